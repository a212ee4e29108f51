"""Activity: something that happened, on the timeline of an account and its people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.day_kinds import WHEN
from kam_tui.domain.fields import ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import FLAG, LINES, TAGS, TEXT, Choice, Ref, Refs
from kam_tui.domain.money import MONEY
from kam_tui.i18n import N_, _


@frozen
class ActivityKind:
    """One kind of activity."""

    label: str
    """What it is called; marked for translation."""

    channel: str = ""
    """How it reaches the customer: `phone`, `meeting`, `mail`, `message`, `post`; empty for none."""

    touch: bool = True
    """Whether it counts as being in touch, and so restarts a cadence."""

    mark: str = "·"
    """One narrow character that tells it apart without colour."""


_MIDNIGHT = time.min
NOTE, SALE, THANKS, GIFT = "note", "sale", "thank-you", "gift"

ACTIVITY_KINDS: dict[str, ActivityKind] = {
    NOTE: ActivityKind(N_("Note"), touch=False, mark="·"),
    "call": ActivityKind(N_("Call"), "phone", mark="☏"),
    "meeting": ActivityKind(N_("Meeting"), "meeting", mark="◆"),
    "visit": ActivityKind(N_("Visit"), "meeting", mark="⌂"),
    "event": ActivityKind(N_("Event"), "meeting", mark="◇"),
    "mail": ActivityKind(N_("Mail"), "mail", mark="@"),
    "message": ActivityKind(N_("Message"), "message", mark="»"),
    "received": ActivityKind(N_("Message received"), "message", mark="«"),
    "card": ActivityKind(N_("Card"), "post", mark="▭"),
    GIFT: ActivityKind(N_("Gift"), "post", mark="♦"),
    "share": ActivityKind(N_("Share"), "mail", mark="↗"),
    THANKS: ActivityKind(N_("Thank-you"), "phone", mark="♥"),
    "newsletter": ActivityKind(N_("Newsletter"), "mail", touch=False, mark="≡"),
    SALE: ActivityKind(N_("Sale"), touch=False, mark="€"),
    "invoice": ActivityKind(N_("Invoice"), "mail", touch=False, mark="#"),
    "delivery": ActivityKind(N_("Delivery"), touch=False, mark="▸"),
    "complaint": ActivityKind(N_("Complaint"), "phone", mark="!"),
    "feedback": ActivityKind(N_("Feedback"), touch=False, mark="☆"),
    "hand-off": ActivityKind(N_("Hand-off"), touch=False, mark="⇢"),
}
"""Every kind of activity. A sale or an invoice is paper: it is no contact between people."""

PRICED = frozenset((GIFT, SALE, "invoice"))
"""Kinds whose text tells what they cost or bring: `45 € a book` is a gift of 45 EUR."""


@frozen
class Activity:
    """What happened, when, and with whom."""

    id: str
    """Own id, `t-…` (timeline)."""
    created: Moment
    """When it was written down; the order of what happened on the same day."""
    kind: str
    """One of `ACTIVITY_KINDS`."""
    when: Moment
    """When it happened; before `created` where it was backdated."""
    text: str = ""
    """What was said and done."""
    amount: str = ""
    """What it cost, as a gift, or what it brings, as a sale: an amount and its currency (`45 EUR`)."""
    account_id: str | None = None
    """The account it is about."""
    contact_ids: tuple[str, ...] = ()
    """The people who took part."""
    tags: tuple[str, ...] = ()
    """Free labels."""
    counts: bool | None = None
    """Whether it counts as a touch; None takes the kind's."""
    because: str = ""
    """Key of the agenda item it completed; empty for most."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown kind, or an activity with neither text nor anybody."""
        if self.kind not in ACTIVITY_KINDS:
            raise ValueError(_("{kind} is not a kind of activity.").format(kind=self.kind))
        if not (self.text or self.account_id or self.contact_ids):
            raise ValueError(_("An activity needs a text, an account or a person."))

    @property
    def order(self) -> tuple[object, ...]:
        """Its place on a timeline: by when it happened, then by when it was written down."""
        when, created = self.when, self.created
        return when.day, when.clock or _MIDNIGHT, created.day, created.clock or _MIDNIGHT, self.id

    @property
    def is_touch(self) -> bool:
        """Whether it counts as being in touch."""
        return ACTIVITY_KINDS[self.kind].touch if self.counts is None else self.counts


ACTIVITY = Schema(
    Activity,
    "activities",
    (
        ID,
        Field("created", WHEN),
        Field("kind", Choice({kind: row.label for kind, row in ACTIVITY_KINDS.items()}), N_("Kind")),
        Field("when", WHEN, N_("When")),
        Field("account_id", Ref("accounts"), N_("Account")),
        Field("contact_ids", Refs("contacts"), N_("People")),
        Field("text", LINES, N_("Text")),
        Field("amount", MONEY, N_("Amount"), N_("what a gift cost, or what a sale brings: 45 EUR")),
        Field("tags", TAGS, N_("Tags")),
        Field("counts", FLAG, N_("Counts as a touch"), N_("empty takes what is usual for the kind")),
        Field("because", TEXT),
    ),
)
"""The fields of an activity."""
