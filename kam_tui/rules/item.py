"""What a rule is asked, and what it answers: one line of the agenda. Shared by all rules."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kam_tui.domain.book import Book
from kam_tui.domain.contract import Contract
from kam_tui.domain.ids import handle_of
from kam_tui.domain.moment import Moment
from kam_tui.domain.pace import COLD, QUIET, STATES
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import SKIPPED, SNOOZED, Occurrence, Reminder
from kam_tui.domain.workdays import holidays_of
from kam_tui.i18n import _
from kam_tui.settings import Settings

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

    @property
    def handle(self) -> str:
        """A short word that a person types for it."""
        return self.word[:HANDLE]

    @property
    def word(self) -> str:
        """The whole word that `handle` begins. It follows from the first missed day and not from the last,
        as the key does: what yesterday's digest called it, it is called until it is dealt with."""
        return handle_of(f"{self.key.rpartition(':')[0]}:{self.due.day.isoformat()}")

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

    def days_late(self, today: date) -> int:
        """How many days ago it was due; 0 on its day and before."""
        return max(0, (today - self.due.day).days)


def origin(book: Book, item: AgendaItem) -> Reminder | Promise | Contract | None:
    """What a person has written down that a line comes from; None where it follows from other facts."""
    subject = item.key.split(":")[1]
    return book.reminders.get(subject) or book.promises.get(subject) or book.contracts.get(subject)


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of the days of one rule for one subject."""

    through: date | None = None
    """The last day that was done or skipped: it, and all days before it, are settled."""

    skipped: date | None = None
    """When one was last skipped."""

    snooze: Occurrence | None = None
    """The last day that was put off, if it is not settled since."""

    settled: date | None = None
    """When the day `through` was done or skipped, early or late."""


UNTOUCHED = Handled()
"""A series that nobody has handled yet."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a rule: what follows, from this book, for this day and some after it?"""

    book: Book
    """Where the facts are."""

    settings: Settings
    """How much notice, which policies."""

    today: date
    """The local day."""

    until: date
    """The last day ahead to tell of; what gives notice already is told of beyond it."""

    handled: Mapping[tuple[str, str], Handled] = field(default_factory=dict)
    """Rule and subject to what became of their days."""

    @property
    def holidays(self) -> Container[date]:
        """The public holidays of the settings' country."""
        return holidays_of(self.settings.country)

    def of(self, rule: str, subject_id: str) -> Handled:
        """What became of the days of one series."""
        return self.handled.get((rule, subject_id), UNTOUCHED)

    def snoozed(self, key: str) -> Moment | None:
        """Until when this very day is put off."""
        record = self.book.occurrences.get(key)
        return record.until if record else None

    def who(self, account_id: str | None, contact_ids: Iterable[str] = ()) -> str:
        """People and their account, as a line names them."""
        people = [c.name for c in map(self.book.contacts.get, contact_ids) if c]
        account = self.book.accounts.get(account_id or "")
        names = _(" and ").join(people)
        return ", ".join(filter(None, (names, account.name if account else "")))

    def silent(self, account_id: str | None) -> bool:
        """Whether an account is archived, and so nothing about it comes up."""
        account = self.book.accounts.get(account_id or "")
        return account is not None and account.archived


def handled_by_series(occurrences: Iterable[Occurrence]) -> dict[tuple[str, str], Handled]:
    """The records of what was handled, by rule and subject; one pass.

    A day that was done or skipped settles every earlier day of its series: a series is one line, and
    one decision is enough.
    """
    found: dict[tuple[str, str], Handled] = {}
    for record in occurrences:
        known = found.get(record.series, UNTOUCHED)
        through, skipped, snooze = known.through, known.skipped, known.snooze
        settled = known.settled
        if record.state == SNOOZED:
            snooze = record if snooze is None or snooze.day < record.day else snooze
        elif through is None or through <= record.day:
            through, settled = record.day, record.created
        if record.state == SKIPPED:
            skipped = max(skipped or record.created, record.created)
        if snooze and through and snooze.day <= through:
            snooze = None
        found[record.series] = Handled(through, skipped, snooze, settled)
    return found
