"""What a person has done with the days of each series of lines: through which they are settled, and which is
put off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from weakref import WeakKeyDictionary

from kam_tui.domain.book import Book
from kam_tui.domain.frozen import frozen
from kam_tui.domain.reminder import SKIPPED, SNOOZED, Occurrence


@frozen
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


def handled_in(book: Book) -> Mapping[tuple[str, str], Handled]:
    """What was handled, by rule and subject; worked out once for a book, which is asked again and again."""
    known = _HANDLED.get(book)
    if known is None:
        known = _HANDLED[book] = handled_by_series(book.occurrences.values())
    return known


_HANDLED: WeakKeyDictionary[Book, Mapping[tuple[str, str], Handled]] = WeakKeyDictionary()


def handled_by_series(occurrences: Iterable[Occurrence]) -> dict[tuple[str, str], Handled]:
    """The records of what was handled, by rule and subject; one pass.

    A day that was done or skipped settles every earlier day of its series: a series is one line, and
    one decision is enough.
    """
    last: dict[str, Occurrence] = {}
    asleep: dict[str, Occurrence] = {}
    skipped: dict[str, date] = {}
    for record in occurrences:  # Many years of them: of one series, the later day has the greater id.
        series, _colon, _day = record.id.rpartition(":")
        kept = asleep if record.state == SNOOZED else last
        known = kept.get(series)
        if known is None or known.id < record.id:
            kept[series] = record
        if record.state == SKIPPED:
            skipped[series] = max(skipped.get(series, record.created), record.created)
    found: dict[tuple[str, str], Handled] = {}
    for series in last.keys() | asleep.keys():
        rule, _colon, subject = series.partition(":")
        settled, snooze = last.get(series), asleep.get(series)
        if settled is None:
            found[rule, subject] = Handled(snooze=snooze)
        else:
            snooze = snooze if snooze and snooze.id > settled.id else None
            found[rule, subject] = Handled(settled.day, skipped.get(series), snooze, settled.created)
    return found
