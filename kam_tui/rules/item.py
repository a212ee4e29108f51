"""Item: one line of the agenda, as a rule answers with it and as both faces show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kam_tui.domain.book import Book
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.zone import brought, show_over_there
from kam_tui.domain.ids import handle_of
from kam_tui.domain.pace import COLD, QUIET, STATES
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.i18n import _

HANDLE = 4
"""Letters of a handle as it is shown; more of them are taken as well."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to do for a customer, and why."""

    key: str
    """`rule:subject:day`, by which it is done, skipped and snoozed."""

    rule: str
    """Which rule it follows from: `birthday`, `thank-you`, `cadence`, `reminder`, …"""

    due: Moment
    """When it should be done. Of several missed days of one series, the earliest."""

    who: str
    """The person and the account: `Liisa Korhonen, Acme Oy`. Empty for a reminder about nobody."""

    what: str
    """What to do or to think of, in a few words."""

    why: str
    """The facts it follows from, as one or two sentences."""

    action: str
    """The kind of activity that doing it writes."""

    account_id: str | None
    """The account it is for."""

    contact_ids: tuple[str, ...]
    """The people it is for."""

    shows_from: date
    """The day it comes up: before `due` where it gives notice."""

    snoozed_until: Moment | None = None
    """When it comes back, if it was put off. Its due day, and so how late it is, stays."""

    every_days: int = 0
    """Days of its cadence; 0 where it follows from something else."""

    pressure: float = 0.0
    """How much of its cadence has gone by: 1 on the day it is due, 2 a whole cadence later."""

    state: str = ""
    """Where a cadence stands, one of `pace.STATES`; empty for all else."""

    ambient: bool = False
    """Whether it is only listed as going quiet, and never asks for anything."""

    milestone: bool = False
    """Whether it stands out: a round birthday, ten years as a customer."""

    closes: date | None = None
    """The last day it is open; after that it was missed. None where it stays until it is handled."""

    facts: tuple[str, ...] = ()
    """The chain of facts it follows from, a sentence each, for who asks why; `why` is the short of it."""

    rests_on: tuple[tuple[str, str], ...] = ()
    """Id and field of each record that it follows from, by which the history tells since when."""

    leads: bool = False
    """Whether it stands before everything else that is late: a promise that is overdue."""

    zone: str = ""
    """Zone of whom it is for, whose clock is told beside a time of day; empty where that is not known."""

    moved_from: Moment | None = None
    """When it was due before it was moved; None where it never was."""

    first: date | None = None
    """The day that its word follows from, where `due` is told by another clock; None for that of `due`."""

    is_once: bool = False
    """Whether its subject has this one line and never another, whatever day it is given."""

    signs: int = 0
    """How many signs say that the account is at risk. Such a line tells how things stand since a day, and is
    never late; 0 for all else."""

    @property
    def handle(self) -> str:
        """A short word that a person types for it."""
        return self.word[:HANDLE]

    @property
    def word(self) -> str:
        """The whole word that `handle` begins. It follows from the first missed day and not from the last,
        as the key does, and of what comes up but once from no day at all: what yesterday's digest called it,
        it is called until it is dealt with."""
        if self.is_once:
            return handle_of(self.series)
        return handle_of(f"{self.series}:{self.first_day.isoformat()}")

    @property
    def first_day(self) -> date:
        """The day that it was due at first."""
        return self.first or (self.moved_from or self.due).day

    @property
    def series(self) -> str:
        """Rule and subject of its key, without the day."""
        return self.key.rpartition(":")[0]

    def is_named_by(self, key: str) -> bool:
        """Whether a key is its own, or the one that it had before it was given another day."""
        return self.key == key or (self.is_once and self.series == key.rpartition(":")[0])

    @property
    def there(self) -> str:
        """What time it is then where they are, `21:00 in Tokyo`; empty where that is the time here."""
        return show_over_there(self.due, self.zone) if self.zone else ""

    @property
    def line(self) -> str:
        """Who and what, as one text."""
        return _("{who}: {what}").format(who=self.who, what=self.what) if self.who else self.what

    @property
    def told(self) -> str:
        """What to do, and where its cadence stands: `Be in touch (cold)`. Its day tells who is due soon."""
        if self.state not in (QUIET, COLD):
            return self.what
        return _("{what} ({state})").format(what=self.what, state=_(STATES[self.state]))

    @property
    def is_listed(self) -> bool:
        """Whether it is only good to know, and neither asks for anything nor tells of a cadence."""
        return self.ambient and not (self.every_days or self.signs)

    def is_missed(self, today: date) -> bool:
        """Whether it has closed without anybody having handled it."""
        return self.closes is not None and self.closes < today

    def days_late(self, today: date) -> int:
        """How many days ago it was due; 0 on its day and before."""
        return 0 if self.signs else max(0, (today - self.due.day).days)


def with_whom(what: str, who: str) -> str:
    """What, and behind it whom it is for: `send the drawings (Acme Oy)`; alone where it is for nobody."""
    return _("{what} ({who})").format(what=what, who=who) if who else what


def told_here(item: AgendaItem, zone: str) -> AgendaItem:
    """A line by the clock in a zone, or as it is for none: what was set at home, where one has travelled."""
    if not zone:
        return item
    moments = item.due, item.snoozed_until, item.moved_from
    due, until, moved = (brought(each, zone) if each else None for each in moments)
    if due is None or (due, until, moved) == moments:
        return item
    return replace(
        item,
        due=due,
        snoozed_until=until,
        moved_from=moved,
        first=item.first_day,
        shows_from=item.shows_from + (due.day - item.due.day),
        zone=item.zone or item.due.zone,
    )


def origin(book: Book, item: AgendaItem) -> Reminder | Promise | Contract | None:
    """What a person has written down that a line comes from; None where it follows from other facts."""
    subject = item.key.split(":")[1]
    return book.reminders.get(subject) or book.promises.get(subject) or book.contracts.get(subject)
