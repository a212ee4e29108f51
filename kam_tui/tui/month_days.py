"""MonthDays: what is on the days of a month: in a sign and a few words for each, and as lines for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice

from textual.content import Content

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_day, show_partial
from kam_tui.i18n import N_, _
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.rules.celebrations import Almanac, Celebration, word_of
from kam_tui.tui.days import DayLines, distance
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.day_note import (
    ASLEEP,
    CELEBRATED,
    DUE,
    GOOD_TO_KNOW,
    HAPPENED,
    KEY,
    LATE,
    LOOKS,
    MISSED,
    NAMED,
    RISK,
    SIGNS,
    TOLD,
    DayNote,
)
from kam_tui.tui.wording import is_asleep

MOST = 12
"""Lines that a day of the month can show at most."""


class MonthDays:
    """The days around today that the agenda tells of, and those of the month that is shown."""

    def __init__(self, due: Agenda) -> None:
        self._due = due
        self._items = by_day(due)
        self._known = known_by_day(due)
        self._happened: Mapping[date, Sequence[Activity]] = {}
        self._celebrated: Mapping[date, Sequence[Celebration]] = {}
        self.first: date | None = None
        """The first day of the weeks that are shown."""

    def turn(
        self, book: Book, almanac: Almanac | None, first: date, last: date, now: datetime
    ) -> dict[date, DayNote]:
        """Look through these days; what each of them says."""
        happened: dict[date, list[Activity]] = defaultdict(list)
        for activity in book.between(first, min(last, now.date())):
            happened[activity.when.day].append(activity)
        days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
        celebrated = {day: self._not_told(day, almanac.on(day)) for day in days} if almanac else {}
        self.first, self._happened, self._celebrated = first, happened, celebrated
        noted = ((day, self._note(book, day, now)) for day in days)
        return {day: note for day, note in noted if note}

    def happened(self, day: date) -> Sequence[Activity]:
        """What happened on a day."""
        return self._happened.get(day, ())

    def celebrated(self, day: date) -> Sequence[Celebration]:
        """What is celebrated on a day, and asks for nothing."""
        return self._celebrated.get(day, ())

    def lines(self, day: date, today: date) -> DayLines:
        """What is to be done on a day, and what the agenda tells besides; all that is late is today's."""
        items: Sequence[AgendaItem] = self._items.get(day, ())
        known: Sequence[AgendaItem] = self._known.get(day, ())
        lines: DayLines = [Heading(show_day(day), distance(day, today)), *items] if items else []
        if day == today:
            lines = [*before(self._due, day), *lines]
            known = (*self._due.at_risk, *self._due.listed, *self._due.missed)
        return lines + known_lines(known)

    def _not_told(self, day: date, found: Sequence[Celebration]) -> Sequence[Celebration]:
        """Those that no line of the agenda tells of on that very day."""
        told = {word_of(item) for item in chain(self._items.get(day, ()), self._known.get(day, ()))}
        return [each for each in found if each.word not in told] if told else found

    def _note(self, book: Book, day: date, now: datetime) -> DayNote | None:
        """What is to be done on a day, else what happened; and what is good to know beside it."""
        items, happened = self._items.get(day, ()), self.happened(day)
        known, celebrated = self._known.get(day, ()), self.celebrated(day)
        kinds = [*map(_kind_of, known), *(NAMED if each.is_name_day else CELEBRATED for each in celebrated)]
        also = tuple(kind for kind in GOOD_TO_KNOW if kind in kinds)
        lines = chain((item.line for item in known), (each.line(now.date()) for each in celebrated))
        beside = (f"{SIGNS[kind]} {line}" for kind, line in zip(kinds, lines, strict=True))
        if items:
            told = chain((item.line for item in items), beside)
            return DayNote(len(items), _mark(book, items, now), tuple(islice(told, MOST)), also)
        if happened:
            told = chain(beside, (book.who(e.account_id, e.contact_ids) or e.text for e in happened))
            return DayNote(len(happened), HAPPENED, tuple(islice(told, MOST)), also)
        if also:
            return DayNote(kinds.count(also[0]), also[0], tuple(islice(beside, MOST)), also[1:])
        return None


def _mark(book: Book, items: Sequence[AgendaItem], now: datetime) -> str:
    """The strongest of what is to be done."""
    awake = [item for item in items if not is_asleep(item, now)]
    if any(item.due.day < now.date() for item in awake):
        return LATE
    return KEY if any(book.is_key(item.account_id) for item in awake) else DUE if awake else ASLEEP


def by_day(due: Agenda) -> dict[date, list[AgendaItem]]:
    """Day to what is due on it; what is put off stands on the day it comes back."""
    days: dict[date, list[AgendaItem]] = defaultdict(list)
    for item in (*due.overdue, *due.today, *due.upcoming):
        days[item.due.day].append(item)
    for item in due.snoozed:
        days[(item.snoozed_until or item.due).day].append(item)
    return days


def known_by_day(due: Agenda) -> dict[date, list[AgendaItem]]:
    """Day to what is good to know of it and asks for nothing: since when an account is at risk, whose name
    day it is, which occasion was missed."""
    days: dict[date, list[AgendaItem]] = defaultdict(list)
    for item in (*due.at_risk, *due.listed, *due.missed):
        days[item.due.day].append(item)
    return days


def _kind_of(item: AgendaItem) -> str:
    return RISK if item.signs else NAMED if item.is_listed else MISSED


KNOWN = {RISK: N_("At risk"), NAMED: N_("Name days"), MISSED: N_("Missed")}
"""What stands above the lines of what is good to know."""


def known_lines(items: Sequence[AgendaItem]) -> DayLines:
    """What is good to know, each kind under a heading."""
    lines: DayLines = []
    for kind, title in KNOWN.items():
        some = [item for item in items if _kind_of(item) == kind]
        lines += (
            [Heading(_(title), str(len(some)), "heading" if kind == RISK else "dim"), *some] if some else []
        )
    return lines


def before(due: Agenda, today: date) -> DayLines:
    """What was due before today and still is: what is late, and who has gone quiet."""
    due = due.told_apart(today)
    quiet = [item for item in due.quiet if item.due.day < today]
    lines: DayLines = []
    for title, look, items in ((_("Late"), "late", due.overdue), (_("Going quiet"), "heading", quiet)):
        lines += [Heading(title, str(len(items)), look), *items] if items else []
    return lines


def legend(picked: date, notes: Iterable[DayNote], width: int) -> Content:
    """The name of the month and what the signs in it mean, as far as that fits a line."""
    used = {mark for note in notes for mark in (note.mark, *note.also)}
    name = Content.styled(show_partial(PartialDate(picked.year, picked.month)), "bold $primary")
    styles = {"late": "$late", "key": "$key-account", "soon": "$soon", "dim": "$quiet"}
    told = [
        Content.assemble((SIGNS[mark], styles[LOOKS[mark]]), (f" {_(words)}", "$quiet"))
        for mark, words in TOLD.items()
        if mark in used
    ]
    line = name
    for part in told:
        if (longer := Content("   ").join([line, part])).cell_length > width:
            break
        line = longer
    return line
