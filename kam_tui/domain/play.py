"""Play: one row of the follow-up playbook. What has happened asks for something, so long after it."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

from kam_tui.domain.activity import ACTIVITY_KINDS, SALE, THANKS
from kam_tui.domain.dates.workdays import NO_HOLIDAYS, add_workdays, is_workday, next_workday
from kam_tui.domain.frozen import frozen
from kam_tui.domain.occasion import OCCASION_KINDS
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _, ngettext

NONE = "none"
"""In place of the kinds that satisfy a play: none does, it waits for being done or skipped."""

MOST_DAYS = 366
"""The longest wait, in days."""

_UNITS = {"day": 1, "week": 7, "working day": 1}
"""Unit of a wait to its days."""

_TAKEN = ("cadence", "reminder", "promise", "contract", "at-risk", *OCCASION_KINDS)
_LETTERS = set("abcdefghijklmnopqrstuvwxyz0123456789-")


@frozen
class Play:
    """What kind of activity asks for what, when, and what answers it."""

    name: str
    """What its reminders are called by, one word; no other row has it. Another name makes other reminders."""

    on: str
    """The kind of activity that it follows: `sale`, `meeting`, `complaint`, `received`, `hand-off`, …"""

    after: str = "1 working day"
    """How long after it: `1 working day`, `7 days`, `2 weeks`. Due on a day off, it waits for the next
    working day."""

    action: str = "call"
    """What to do: the kind of activity that doing it writes."""

    text: str = ""
    """What to do, in words; empty for `Follow up`."""

    where: str = ""
    """For which accounts, as a search (`tier:key`); empty for all."""

    unless: str = ""
    """Kinds of activities, with commas, that satisfy it when they come after; empty for the action's own,
    `none` where only doing or skipping it does."""

    unless_after: str = "0 days"
    """How long after it such an activity must come to count: a call on the next day is no check-in of a
    month later."""

    same_people: bool = False
    """Whether such an activity must be with one of the same people; else the same account will do."""

    expires: str = "60 days"
    """How late it may be; then it asks for nothing any more, and is told as missed."""

    def __post_init__(self) -> None:
        """Raise ValueError for a name, a kind or a wait that is none."""
        if set(self.name) - _LETTERS or not self.name.strip("-"):
            raise ValueError(
                _("{text} is no name for a row: take small letters, digits and -").format(
                    text=clean(self.name) or '""'
                )
            )
        if self.name in _TAKEN:
            raise ValueError(_("{text} is what other reminders are called by").format(text=self.name))
        for kind in (self.on, self.action, *self.answers):
            if kind not in ACTIVITY_KINDS:
                raise ValueError(
                    _("{kind} is not a kind of activity; there are {kinds}").format(
                        kind=clean(kind) or '""', kinds=", ".join(ACTIVITY_KINDS)
                    )
                )
        for wait in (self.after, self.unless_after, self.expires):
            _read(wait)

    @property
    def answers(self) -> tuple[str, ...]:
        """The kinds of activities that satisfy it."""
        if self.unless.strip() == NONE:
            return ()
        return tuple(kind.strip() for kind in self.unless.split(",")) if self.unless else (self.action,)

    @property
    def what(self) -> str:
        """What to do, in the language of the program."""
        return _(self.text) if self.text else _("Follow up")

    def due(self, day: date, holidays: Container[date] = NO_HOLIDAYS) -> date:
        """The day it is due, for what happened on `day`."""
        due = _later(day, self.after, holidays)
        return due if is_workday(due, holidays) else next_workday(due, holidays)

    def counts_from(self, day: date, holidays: Container[date] = NO_HOLIDAYS) -> date:
        """The first day on which an answer to what happened on `day` counts."""
        return _later(day, self.unless_after, holidays)

    def closes(self, due: date, holidays: Container[date] = NO_HOLIDAYS) -> date:
        """The last day on which what was due on `due` is still asked for."""
        return _later(due, self.expires, holidays)

    @property
    def reach(self) -> timedelta:
        """How far back, at the most, what still asks for something has happened."""
        waits = (_read(self.after), _read(self.expires))
        days = sum(count * 2 + 14 if working else count for count, working in waits)
        return timedelta(days=days + 14)

    @property
    def when(self) -> str:
        """What it follows and how long after, in words: `sale, 7 days after`."""
        count, working = _read(self.after)
        said = (
            ngettext("{kind}, {count} working day after", "{kind}, {count} working days after", count)
            if working
            else ngettext("{kind}, {count} day after", "{kind}, {count} days after", count)
        )
        return said.format(count=count, kind=_(ACTIVITY_KINDS[self.on].label).lower())


@lru_cache(256)
def _read(wait: str) -> tuple[int, bool]:
    """How many days, and whether working ones. Raises ValueError for a text that says no number of days."""
    number, _space, said = " ".join(wait.split()).partition(" ")
    unit = said.removesuffix("s")
    sound = unit in _UNITS and len(number) < 4 and number.isascii() and number.isdigit()
    count = int(number) * _UNITS[unit] if sound else MOST_DAYS + 1
    if count > MOST_DAYS:
        raise ValueError(
            _("{text} is not written like 1 working day, 7 days or 2 weeks, up to {most} days").format(
                text=clean(wait) or '""', most=MOST_DAYS
            )
        )
    return count, unit == "working day"


def _later(day: date, wait: str, holidays: Container[date]) -> date:
    count, working = _read(wait)
    return add_workdays(day, count, holidays) if working else day + timedelta(days=count)


PLAYBOOK = (
    Play(THANKS, SALE, "1 working day", THANKS, N_("Call to thank, and ask if they are satisfied")),
    Play(
        "check-in-week", SALE, "7 days", "call", N_("Check in: how is it, a week after the sale?"),
        unless="call, meeting, visit", unless_after="3 days",
    ),
    Play(
        "check-in-month", SALE, "30 days", "call", N_("Check in: how is it, a month after the sale?"),
        unless="call, meeting, visit", unless_after="15 days",
    ),
    Play(
        "complaint-check", "complaint", "7 days", "call", N_("Ask if it still holds"),
        unless="call, meeting, visit", unless_after="3 days",
    ),
    Play(
        "summary", "meeting", "1 working day", "mail", N_("Send the summary"),
        where="tier:key", unless="mail, message, share", expires="14 days",
    ),
    Play(
        "answer", "received", "1 working day", "mail", N_("Answer the message"),
        unless="mail, message, call", same_people=True,
    ),
    Play(
        "hear-back", "hand-off", "5 working days", "note", N_("Hear back: what has come of it?"),
        unless="none",
    ),
)  # fmt: skip
"""A sale is thanked for and asked about twice, a complaint once; a summary goes to key accounts; messages
are answered, and what was handed to a colleague is heard back of."""
