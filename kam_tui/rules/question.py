"""Question: what a rule is asked: what follows, from this book, for this day and some after it?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.dates.workdays import holidays_of
from kam_tui.domain.dates.zone import brought
from kam_tui.domain.query.answers import Circumstances, Test
from kam_tui.domain.query.query import Query
from kam_tui.domain.reminder import Occurrence
from kam_tui.domain.residence import zone_for
from kam_tui.i18n import _
from kam_tui.rules.handled import UNTOUCHED, Handled
from kam_tui.rules.item import AgendaItem
from kam_tui.settings import Settings

EARLIEST = date(1000, 1, 1)
"""The first day from which on what was missed is told of: the calendar goes on before it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule has to go by."""

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

    here: str = ""
    """The zone by whose clock is told; empty for the one that each time was set in."""

    since: date | None = None
    """The day from which on what was missed is told of, where that is longer ago than usual."""

    def told_from(self, usual: timedelta) -> date:
        """The first day of which it is told what has closed on it: so long ago as usual, or longer."""
        return min(self.today - usual, max(self.since, EARLIEST) if self.since else date.max)

    @property
    def holidays(self) -> Container[date]:
        """The public holidays of the settings' country."""
        return holidays_of(self.settings.country)

    def meant(self, where: str) -> Test:
        """Whether an account or a person is one of those that a row of the settings is for."""
        known = Circumstances(self.today, leap_rule=self.settings.leap_day)
        return Query.read(where, self.settings.segments).test(self.book, known)

    def of(self, rule: str, subject_id: str) -> Handled:
        """What became of the days of one series."""
        return self.handled.get((rule, subject_id), UNTOUCHED)

    def snoozed(self, key: str) -> Moment | None:
        """Until when this very day is put off."""
        record = self.book.occurrences.get(key)
        return record.until if record else None

    def told(self, moment: Moment) -> Moment:
        """A moment as the clock says it by which is told."""
        return brought(moment, self.here) if self.here else moment

    def zone(self, due: Moment, account_id: str | None, contact_ids: Iterable[str]) -> str:
        """Where the people are, for a moment with a time of day."""
        return zone_for(self.book, account_id, contact_ids) if due.clock else ""

    def is_near(self, rule: str, subject_id: str, day: date) -> bool:
        """Whether a day, or the one it was moved to, is in the time asked for."""
        if day <= self.until:
            return True
        snooze = self.of(rule, subject_id).snooze
        return bool(snooze and snooze.day == day and snooze.moved and snooze.moved.day <= self.until)

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


def put_off(question: Question, item: AgendaItem, record: Occurrence | None) -> AgendaItem:
    """A line as it is where its day was put off, or moved to another one."""
    if record is None or record.until is None:
        return item
    if record.moved is None:
        return replace(item, snoozed_until=record.until)
    notice = item.due.day - item.shows_from
    days = {"day": show_moment(question.told(item.due)), "other": show_moment(question.told(record.moved))}
    said = _("Moved from {day} to {other}.").format(**days)
    return replace(
        item,
        due=record.moved,
        moved_from=item.due,
        shows_from=record.moved.day - notice,
        zone=item.zone or question.zone(record.moved, item.account_id, item.contact_ids),
        snoozed_until=None if record.until == record.moved else record.until,
        why=f"{item.why} {said}",
        facts=(*(item.facts or (item.why,)), said),
    )
