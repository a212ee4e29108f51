"""Contact: a person, usually at an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.day_kinds import DAY, LEADS, OCCASIONS, PARTIAL, ZONE
from kam_tui.domain.fields import CREATED, ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import DAYS, FLAG, LABELED, LINES, TAGS, TEXT, WORDS, Choice, Labeled, Ref
from kam_tui.domain.name_day import NAME_DAY
from kam_tui.domain.occasion import BIRTHDAY, Occasion
from kam_tui.domain.pace import STYLES
from kam_tui.i18n import N_, _

ROLES = {
    "decision-maker": N_("Decision maker"),
    "champion": N_("Champion"),
    "user": N_("User"),
    "blocker": N_("Blocker"),
}
ACTIVE = "active"
STANDINGS = {
    ACTIVE: N_("Active"),
    "left": N_("Left the company"),
    "do-not-contact": N_("Do not contact"),
    "deceased": N_("Deceased"),
}
CHANNELS = {
    "phone": N_("Phone"),
    "meeting": N_("In person"),
    "mail": N_("Mail"),
    "message": N_("Message"),
    "post": N_("Post"),
}


@frozen
class Contact:
    """A person one keeps in touch with."""

    id: str
    """Own id, `c-…`."""
    created: date
    """The day it came into the book."""
    name: str
    """One display name, in the person's own order; never forced into first and last."""
    nickname: str = ""
    """What they are called, and found by."""
    account_id: str | None = None
    """The account they are at."""
    title: str = ""
    """Job title."""
    department: str = ""
    """Where in the company."""
    role: str = ""
    """Influence on decisions: one of `ROLES`, or empty."""
    reports_to: str | None = None
    """Id of the contact they report to."""
    emails: tuple[Labeled, ...] = ()
    """Mail addresses, preferred first."""
    phones: tuple[Labeled, ...] = ()
    """Phone numbers as written, preferred first."""
    links: tuple[Labeled, ...] = ()
    """Web pages and profiles."""
    address: str = ""
    """Postal address, one or several lines."""
    birthday: PartialDate | None = None
    """Birthday, the year optional."""
    occasions: tuple[Occasion, ...] = ()
    """Other days worth a call."""
    name_day: str = ""
    """By which name they keep their name day, several with commas; `none` for no name day; empty for the
    given name."""
    leads: str = ""
    """What is done for their occasions, as `lead.read_leads` has it; empty takes the account's."""
    dates_since: date | None = None
    """Since when the days are known of which `dates_learnt` says nothing; None for `created`."""
    dates_learnt: tuple[Labeled, ...] = ()
    """When a day was filled in or corrected, by what `occasion.named` calls it. What was long before is not
    made up for."""
    timezone: str = ""
    """Time zone they live in, an IANA name; empty takes the account's."""
    language: str = ""
    """Language to speak with them."""
    channel: str = ""
    """How they like to be reached: one of `CHANNELS`, or empty."""
    interests: tuple[str, ...] = ()
    """What would interest them: topics, hobbies."""
    cares_about: str = ""
    """What matters to them, needs and expectations, as they were said."""
    gift_ideas: str = ""
    """What they would be glad of: ideas for gifts, one on a line."""
    cadence_days: int | None = None
    """Days between real touches with this person; None for no cadence of their own."""
    cadence_style: str = ""
    """How their cadence comes up: one of `STYLES`; empty for `periodic`."""
    standing: str = ACTIVE
    """One of `STANDINGS`; only active people come up on the agenda."""
    about: str = ""
    """Whatever else is worth knowing."""
    tags: tuple[str, ...] = ()
    """Free labels."""
    archived: bool = False
    """Out of lists and agenda, kept in the book."""
    sources: tuple[str, ...] = ()
    """What they are known as where they were imported from (`uid:urn:uuid:…`)."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows: raw vCard lines, columns of imports, keys of a newer kam."""

    def __post_init__(self) -> None:
        """Raise ValueError for a nameless contact."""
        if not self.name:
            raise ValueError(_("A contact needs a name."))

    @property
    def reachable(self) -> bool:
        """Whether they may come up on the agenda."""
        return self.standing == ACTIVE and not self.archived

    @property
    def dates(self) -> tuple[Occasion, ...]:
        """The birthday, where known, and all other occasions."""
        return (Occasion(BIRTHDAY, self.birthday), *self.occasions) if self.birthday else self.occasions


CONTACT = Schema(
    Contact,
    "contacts",
    (
        ID,
        CREATED,
        Field("name", TEXT, N_("Name")),
        Field("nickname", TEXT, N_("Called")),
        Field("account_id", Ref("accounts"), N_("Account")),
        Field("title", TEXT, N_("Title")),
        Field("department", TEXT, N_("Department")),
        Field("role", Choice(ROLES), N_("Role"), N_("influence on decisions")),
        Field("reports_to", Ref("contacts"), N_("Reports to")),
        Field("emails", LABELED, N_("Mail"), N_("work: anna@acme.example; home: anna@home.example")),
        Field("phones", LABELED, N_("Phones"), N_("mobile: +358 40 123; work: +358 9 456")),
        Field("links", LABELED, N_("Links")),
        Field("address", LINES, N_("Address")),
        Field("birthday", PARTIAL, N_("Birthday"), N_("12.4.1980, 1980-04-12, or --04-12 without the year")),
        Field("occasions", OCCASIONS, N_("Occasions"), N_("wedding: 2010-06-15; name day: --11-24")),
        Field("name_day", NAME_DAY, N_("Name day by"), N_("Liisa; none; empty: by their given name")),
        Field("leads", LEADS, N_("For occasions"), N_("gift 14, card 5, call; none; empty: as usual")),
        Field("timezone", ZONE, N_("Time zone"), N_("Europe/Helsinki, or a city such as Tokyo")),
        Field("language", TEXT, N_("Language")),
        Field("channel", Choice(CHANNELS), N_("Preferred channel")),
        Field("interests", WORDS, N_("Interests")),
        Field("cares_about", LINES, N_("Cares about")),
        Field("gift_ideas", LINES, N_("Gift ideas"), N_("one on a line")),
        Field("cadence_days", DAYS, N_("Cadence in days"), N_("how often to be in touch")),
        Field(
            "cadence_style",
            Choice(STYLES),
            N_("Cadence style"),
            N_("periodic: comes due; ambient: listed only; triggered: never chased"),
        ),
        Field("standing", Choice(STANDINGS), N_("Standing"), N_("only active people come up on the agenda")),
        Field("about", LINES, N_("About")),
        Field("tags", TAGS, N_("Tags")),
        Field("archived", FLAG),
        Field("dates_since", DAY),
        Field("dates_learnt", LABELED),
        Field("sources", WORDS),
    ),
)
"""The fields of a contact."""
