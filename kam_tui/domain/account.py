"""Account: a customer, external or internal; the centre of everything kept here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.day_kinds import DAY, LEADS, OCCASIONS, PARTIAL, ZONE
from kam_tui.domain.fields import CREATED, ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import DAYS, FLAG, LABELED, LINES, TAGS, TEXT, WORDS, Choice, Labeled, Ref
from kam_tui.domain.money import MONEY
from kam_tui.domain.occasion import ANNIVERSARY, Occasion
from kam_tui.domain.pace import STYLES
from kam_tui.i18n import N_, _

KEY, GROWTH, STANDARD = "key", "growth", "standard"
TIERS = {KEY: N_("Key account"), GROWTH: N_("Growth account"), STANDARD: N_("Standard account")}
RATIONALES = {"benefit": N_("Benefit now"), "expected": N_("Benefit expected"), "strategic": N_("Strategic")}
SCOPES = {"external": N_("External"), "internal": N_("Internal")}
PROSPECT, CUSTOMER, FORMER = "prospect", "customer", "former"
STATUSES = {PROSPECT: N_("Prospect"), CUSTOMER: N_("Customer"), FORMER: N_("Former customer")}
STAGES = {
    "awareness": N_("Awareness"),
    "exploration": N_("Exploration"),
    "expansion": N_("Expansion"),
    "commitment": N_("Commitment"),
    "dissolution": N_("Dissolution"),
}
RELATIONSHIPS = {
    "transactional": N_("Transactional"),
    "long-term": N_("Long-term"),
    "personal": N_("Personal assistance"),
    "dedicated": N_("Dedicated personal assistance"),
    "self-service": N_("Self-service"),
    "automated": N_("Automated"),
    "community": N_("Community"),
}
STRATEGIES = {
    "clasp": N_("Clasp: the customer adapts"),
    "velcro": N_("Velcro: the supplier adapts"),
    "zipper": N_("Zipper: both build value together"),
}


@frozen
class Account:
    """A customer relationship with a company, or with a unit of one's own."""

    id: str
    """Own id, `a-…`."""
    created: date
    """The day it came into the book."""
    name: str
    """What it is called."""
    aliases: tuple[str, ...] = ()
    """Other names it is found by."""
    tier: str = STANDARD
    """One of `TIERS`; key accounts lead the list of accounts."""
    rationale: str = ""
    """Why it has its tier: one of `RATIONALES`, or empty."""
    status: str = CUSTOMER
    """One of `STATUSES`."""
    status_reason: str = ""
    """What made it so: the first sale, a signed contract, why it ended."""
    scope: str = "external"
    """One of `SCOPES`."""
    unit: str = ""
    """Business unit of an internal account."""
    via: str | None = None
    """Id of the account an indirect customer is reached through; None for a direct one."""
    stage: str = ""
    """Where the relationship stands: one of `STAGES`, or empty."""
    relationship: str = ""
    """One of `RELATIONSHIPS`, or empty."""
    strategy: str = ""
    """Who adapts to whom: one of `STRATEGIES`, or empty."""
    industry: str = ""
    """Line of business."""
    city: str = ""
    """Town, for planning a visit."""
    country: str = ""
    """Country."""
    timezone: str = ""
    """Time zone its people live in, an IANA name."""
    address: str = ""
    """Street and postal code, one or several lines."""
    phones: tuple[Labeled, ...] = ()
    """Switchboard and others."""
    links: tuple[Labeled, ...] = ()
    """Web pages."""
    domain: str = ""
    """Mail domain (`acme.example`), by which people are matched to it."""
    customer_since: PartialDate | None = None
    """When it became a customer; its anniversary is kept."""
    occasions: tuple[Occasion, ...] = ()
    """Other days worth a call."""
    leads: str = ""
    """What is done for its occasions and its people's, as `lead.read_leads` has it; empty takes the
    settings'."""
    dates_since: date | None = None
    """Since when the days are known of which `dates_learnt` says nothing; None for `created`."""
    dates_learnt: tuple[Labeled, ...] = ()
    """When a day was filled in or corrected, by what `occasion.named` calls it. What was long before is not
    made up for."""
    cadence_days: int | None = None
    """Days between real touches; None takes the tier's."""
    cadence_style: str = ""
    """How its cadence comes up: one of `STYLES`; empty takes the settings'."""
    gift_budget: str = ""
    """What may be given in a year, an amount and its currency; empty takes the tier's, `0 EUR` is for no
    gifts."""
    needs: str = ""
    """Needs and expectations, as they were said."""
    about: str = ""
    """Whatever else is worth knowing."""
    tags: tuple[str, ...] = ()
    """Free labels."""
    archived: bool = False
    """Out of lists and agenda, kept in the book."""
    sources: tuple[str, ...] = ()
    """What it is known as where it was imported from (`hubspot:123`)."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows: columns of imports, keys of a newer kam."""

    def __post_init__(self) -> None:
        """Raise ValueError for a nameless account."""
        if not self.name:
            raise ValueError(_("An account needs a name."))

    @property
    def dates(self) -> tuple[Occasion, ...]:
        """The anniversary as a customer, where known, and all other occasions."""
        since = self.customer_since
        return (Occasion(ANNIVERSARY, since), *self.occasions) if since else self.occasions


ACCOUNT = Schema(
    Account,
    "accounts",
    (
        ID,
        CREATED,
        Field("name", TEXT, N_("Name")),
        Field("tier", Choice(TIERS), N_("Tier"), N_("key accounts lead the list of accounts")),
        Field("rationale", Choice(RATIONALES), N_("Rationale"), N_("why it has its tier")),
        Field(
            "status", Choice(STATUSES), N_("Status"), N_("a prospect becomes a customer by its first sale")
        ),
        Field("status_reason", TEXT, N_("Status because")),
        Field("scope", Choice(SCOPES), N_("Scope"), N_("an internal account is a unit of your own company")),
        Field("unit", TEXT, N_("Business unit")),
        Field(
            "via",
            Ref("accounts"),
            N_("Reached through"),
            N_("the account an indirect customer is reached through"),
        ),
        Field("stage", Choice(STAGES), N_("Stage"), N_("where the relationship stands")),
        Field("relationship", Choice(RELATIONSHIPS), N_("Relationship")),
        Field("strategy", Choice(STRATEGIES), N_("Strategy"), N_("who adapts to whom")),
        Field("industry", TEXT, N_("Industry")),
        Field("city", TEXT, N_("City")),
        Field("country", TEXT, N_("Country")),
        Field("timezone", ZONE, N_("Time zone"), N_("Europe/Helsinki, or a city such as Tokyo")),
        Field("address", LINES, N_("Address")),
        Field("phones", LABELED, N_("Phones"), N_("switchboard: +358 9 123; invoices: +358 9 456")),
        Field("links", LABELED, N_("Links")),
        Field("domain", TEXT, N_("Mail domain")),
        Field("customer_since", PARTIAL, N_("Customer since"), N_("a date, or as much of it as is known")),
        Field("occasions", OCCASIONS, N_("Occasions"), N_("Founding day: --03-01")),
        Field("leads", LEADS, N_("For occasions"), N_("gift 14, card 5, call; none; empty: as usual")),
        Field("cadence_days", DAYS, N_("Cadence in days"), N_("how often to be in touch")),
        Field(
            "cadence_style",
            Choice(STYLES),
            N_("Cadence style"),
            N_("periodic: comes due; ambient: listed only; triggered: never chased"),
        ),
        Field("gift_budget", MONEY, N_("Gift budget"), N_("for a year: 100 EUR; 0 EUR for no gifts")),
        Field("aliases", WORDS, N_("Also called")),
        Field("needs", LINES, N_("Needs and expectations")),
        Field("about", LINES, N_("About")),
        Field("tags", TAGS, N_("Tags")),
        Field("archived", FLAG),
        Field("dates_since", DAY),
        Field("dates_learnt", LABELED),
        Field("sources", WORDS),
    ),
)
"""The fields of an account."""
