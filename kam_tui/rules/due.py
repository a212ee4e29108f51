"""What comes due at its minute: lines of the agenda whose time of day lies between two looks.

The times are those of the wall: a reminder without a zone of its own rings when the clock where the person
is says so. A time that the change to summer time skips comes the length of the gap later; one that the change
back repeats comes the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment, zone_name
from kam_tui.domain.dates.recurrence import occurrences
from kam_tui.domain.errors import Invalid
from kam_tui.domain.reminder import occurrence_key
from kam_tui.rules import manual
from kam_tui.rules.agenda import RULES
from kam_tui.rules.handled import handled_in
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.question import Question
from kam_tui.settings import Settings

LATE = timedelta(minutes=2)
"""After so long it is said that something comes late."""

_AWAY = timedelta(days=2)  # no two zones are farther apart


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose minute has come."""

    key: str
    """The key of its day and the time: a reminder that is moved to another time rings again."""

    item: AgendaItem
    """What it is."""

    at: datetime
    """When it came due, in the zone of the one who asks."""

    late: bool
    """Whether that is some minutes ago or more."""


def due_between(book: Book, settings: Settings, last: datetime, now: datetime) -> tuple[Due, ...]:
    """What came due after `last` and up to `now`, both aware, in order; of several days of a series the last.

    Both are read as their own walls' clocks said, so that a flight to another zone neither repeats nor skips
    anything.
    """
    today = now.date()
    until = today + timedelta(days=1)
    question = Question(book, settings, today, until, handled_in(book), zone_name(now))
    found: list[Due] = []
    for rule in RULES:
        for item in rule(question):
            come = [
                (at, key)
                for key, moment in _moments(question, item, last.date() - _AWAY)
                if _utc(moment, last) > last.astimezone(UTC)
                and (at := _utc(moment, now)) <= now.astimezone(UTC)
            ]
            if come:
                at, key = max(come)
                found.append(Due(key, item, at.astimezone(now.tzinfo), now.astimezone(UTC) - at >= LATE))
    return tuple(sorted(found, key=lambda due: (due.at.astimezone(UTC), due.key)))


def _moments(question: Question, item: AgendaItem, low: date) -> Iterator[tuple[str, Moment]]:
    """The times at which a line may ring, from the day `low` on: when it comes back, and on its own days."""
    back = item.snoozed_until or (item.due if item.moved_from else None)
    if back and back.clock is None and item.due.clock is not None:
        back = item.due.on(back.day)
    if back and back.clock is not None and low <= back.day <= question.until:
        yield f"{item.key}@{back}", back
    rule, subject, _day = item.key.split(":")
    for day, moment in _own(question, item, low):
        # What was put off stays put off when the next day of the series comes round meanwhile.
        if moment.clock and low <= moment.day <= question.until and (back is None or moment > back):
            yield f"{occurrence_key(rule, subject, day)}@{moment.clock}", moment


def _own(question: Question, item: AgendaItem, low: date) -> Iterator[tuple[date, Moment]]:
    """The days of a line's series that are not settled, and when it is due on each."""
    rule, subject, _day = item.key.split(":")
    reminder = question.book.reminders.get(subject) if rule == manual.RULE else None
    if reminder is None or reminder.due.clock is None:
        yield item.due.day, item.due
        return
    through = question.of(rule, subject).through
    after = low - timedelta(days=2)
    try:
        until = question.until + timedelta(days=1)
        since, off = max(through or after, after), question.holidays
        for day in occurrences(reminder.rule, reminder.first, since, until, off):
            yield day, reminder.on(day)
    except Invalid:  # a book edited by hand: the agenda shows such a reminder on its first day
        yield item.due.day, item.due


def _utc(moment: Moment, where: datetime) -> datetime:
    return moment.instant(where.tzinfo).astimezone(UTC)
