"""Reminder: something that should happen, set by hand. Occurrence: what became of one due day.

A reminder is a rule and keeps no state. What a person does with one of its days, or with a day
that follows from a fact (a birthday, a sale, a silence), is an Occurrence of its own: so nothing
repeats, nothing is lost, and both kinds are done, skipped and snoozed alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.zone import brought
from kam_tui.domain.day_kinds import RULE, WHEN, ZONE
from kam_tui.domain.fields import CREATED, ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import FLAG, TAGS, TEXT, Choice, Ref, Refs
from kam_tui.i18n import N_, _

DONE, SKIPPED, SNOOZED = "done", "skipped", "snoozed"
STATES = {DONE: N_("done"), SKIPPED: N_("skipped"), SNOOZED: N_("snoozed")}

ACTIONS = {
    kind: ACTIVITY_KINDS[kind].label
    for kind in ("call", "meeting", "visit", "mail", "message", "card", "gift", "share", "thank-you", "note")
}
"""What a reminder asks for; doing it writes an activity of that kind."""


@frozen
class Reminder:
    """Something to do for a customer, once or again and again."""

    id: str
    """Own id, `r-…`."""
    created: date
    """The day it was set."""
    text: str
    """What to do."""
    due: Moment
    """When, or when first."""
    rule: str = ""
    """RFC 5545 recurrence rule (`FREQ=WEEKLY;INTERVAL=2`); empty for once."""
    from_done: bool = False
    """Whether the next time is counted from the day it was done, and not from the day it was due."""
    zone: str = ""
    """Zone of the clock that it was said on and follows, where that is not the one `due` is said in."""
    action: str = "call"
    """One of `ACTIONS`."""
    account_id: str | None = None
    """The account it is for."""
    contact_ids: tuple[str, ...] = ()
    """The people it is for."""
    tags: tuple[str, ...] = ()
    """Free labels."""
    archived: bool = False
    """No longer wanted; kept for the history."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows."""

    def __post_init__(self) -> None:
        """Raise ValueError for a reminder without a text or with an unknown action."""
        if not self.text:
            raise ValueError(_("A reminder needs a text."))
        if self.action not in ACTIONS:
            raise ValueError(
                _("{action} is not something a reminder can ask for.").format(action=self.action)
            )

    @property
    def first(self) -> Moment:
        """When first, by the clock that it follows: the days of its rule are days there."""
        return brought(self.due, self.zone) if self.rule and self.zone else self.due

    def on(self, day: date) -> Moment:
        """When it is due on a day of its rule, by the clock that `due` is said on."""
        return brought(self.first.on(day), self.due.zone)


@frozen
class Occurrence:
    """What became of one day of one rule for one subject."""

    id: str
    """The agenda key, `rule:subject:day`, so that two screens cannot handle the same day twice."""
    created: date
    """The day it was handled: done, skipped, or put off."""
    state: str
    """One of `STATES`."""
    until: Moment | None = None
    """When it comes back, if snoozed; of one that was moved, the day it was moved to."""
    moved: Moment | None = None
    """When it is due instead, where it was moved; None where it keeps its day."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown state, a key of another shape, or a snooze without an end."""
        if self.state not in STATES:
            raise ValueError(_("{state} is not what becomes of a reminder.").format(state=self.state))
        try:
            _rule, _subject, day = self.id.split(":")
            date.fromisoformat(day)
        except ValueError:
            said = _("{key} is not a key of the form rule:subject:day.")
            raise ValueError(said.format(key=self.id)) from None
        if (self.state == SNOOZED) != (self.until is not None):
            raise ValueError(_("A snoozed reminder needs the time it comes back, and no other does."))
        if self.moved is not None and self.until is None:
            raise ValueError(_("Only what is still open can have been moved."))

    @property
    def series(self) -> tuple[str, str]:
        """Rule and subject, without the day."""
        rule, subject, _day = self.id.split(":")
        return rule, subject

    @property
    def day(self) -> date:
        """The day it was due."""
        return date.fromisoformat(self.id.rpartition(":")[2])


def occurrence_key(rule: str, subject_id: str, day: date) -> str:
    """The key of one day of one rule for one subject."""
    return f"{rule}:{subject_id}:{day.isoformat()}"


REMINDER = Schema(
    Reminder,
    "reminders",
    (
        ID,
        CREATED,
        Field("text", TEXT, N_("What to do")),
        Field("due", WHEN, N_("Due")),
        Field("rule", RULE, N_("Repeats"), N_("every 2 weeks, every month, or an RFC 5545 rule")),
        Field(
            "from_done", FLAG, N_("Counted from done"), N_("yes: the next comes so long after it was done")
        ),
        Field("zone", ZONE),
        Field("action", Choice(ACTIONS), N_("Action")),
        Field("account_id", Ref("accounts"), N_("Account")),
        Field("contact_ids", Refs("contacts"), N_("People")),
        Field("tags", TAGS, N_("Tags")),
        Field("archived", FLAG),
    ),
)
"""The fields of a reminder."""

OCCURRENCE = Schema(
    Occurrence,
    "occurrences",
    (ID, CREATED, Field("state", Choice(STATES)), Field("until", WHEN), Field("moved", WHEN)),
)
"""The fields of an occurrence; its day is in its id."""
