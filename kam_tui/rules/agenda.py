"""Agenda: everything that should happen, set by hand or following from the facts.

Nothing here is stored. Each rule derives its lines from the book as it is, so that a date that is corrected,
an activity that is deleted or a setting that is changed is heeded at once. Two kinds of rule there are:

* by the calendar (birthdays, anniversaries, reminders): the missed days of one series are one line, which
  stays, and says how late it is, until a day of the series is done or skipped. An occasion that is not
  handled within its grace is missed: it is told so for a while, and asks for nothing any more;
* by cadence: due so many days after the last real touch.

Beside the lines stand the customers at risk, which follows from the lines and the book together.

Order: what is overdue, promises first, then most days late first; today, by the clock first, the whole day
after; what is ahead, by day. Where that leaves a tie, key accounts come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import zone_name
from kam_tui.domain.frozen import frozen
from kam_tui.domain.pace import COLD
from kam_tui.domain.text import fold
from kam_tui.rules.at_risk import at_risk
from kam_tui.rules.cadence import cadence
from kam_tui.rules.contracts import contracts
from kam_tui.rules.handled import handled_in
from kam_tui.rules.item import AgendaItem, told_here
from kam_tui.rules.manual import manual
from kam_tui.rules.name_days import name_days
from kam_tui.rules.occasions import occasions
from kam_tui.rules.playbook import playbook
from kam_tui.rules.promises import promises
from kam_tui.rules.question import Question
from kam_tui.settings import Settings

__all__ = ["EARLY", "RULES", "Agenda", "AgendaItem", "agenda", "derive"]

RULES: tuple[Callable[[Question], Iterator[AgendaItem]], ...] = (
    occasions,
    name_days,
    playbook,
    promises,
    contracts,
    cadence,
    manual,
)
"""Every kind of line, each derived in a file of its own."""

EARLY = (occasions, promises, contracts, manual)
"""Those that follow from people, accounts and dates, whatever has happened meanwhile."""

WEEK = timedelta(days=7)
"""How far ahead who is going quiet is told of."""


@frozen
class Agenda:
    """What needs doing, as of one day."""

    overdue: tuple[AgendaItem, ...] = ()
    """Due before today and still open."""

    today: tuple[AgendaItem, ...] = ()
    """Due today."""

    upcoming: tuple[AgendaItem, ...] = ()
    """Due in the days asked for, or later but giving notice already."""

    snoozed: tuple[AgendaItem, ...] = ()
    """Put off, by when they come back."""

    quiet: tuple[AgendaItem, ...] = ()
    """Who is going quiet: the cadence lines of the above but the snoozed, and those that are never due but
    only listed here; the worst first, by how late they are for their cadence."""

    at_risk: tuple[AgendaItem, ...] = ()
    """The customers at risk: those with most signs first, then key accounts, then the longest."""

    listed: tuple[AgendaItem, ...] = ()
    """Good to know, and asking for nothing: name days of the calendar, by day."""

    missed: tuple[AgendaItem, ...] = ()
    """Closed lately without having been handled, the newest first. Each can still be done by its key."""

    @property
    def open(self) -> tuple[AgendaItem, ...]:
        """What asks for something now: overdue, then today."""
        return self.overdue + self.today

    def told_apart(self, today: date) -> Agenda:
        """The same with each line in one part alone, as it is shown: who goes quiet within a week of `today`
        stands in `quiet`, and is neither late nor due; or in `at_risk` alone, where that says so."""
        soon = {item.key for item in self.quiet if item.due.day <= today + WEEK}
        due = {
            part: tuple(item for item in getattr(self, part) if item.key not in soon)
            for part in ("overdue", "today", "upcoming")
        }
        return replace(self, **due, quiet=tuple(item for item in self.fading if item.key in soon))

    def of(self, fits: Callable[[AgendaItem], bool]) -> Agenda:
        """Those of its lines that fit, in their order."""
        return Agenda(*(tuple(filter(fits, getattr(self, part.name))) for part in fields(self)))

    @property
    def fading(self) -> tuple[AgendaItem, ...]:
        """Who is going quiet, but for the accounts of whom `at_risk` says so."""
        told = {item.account_id for item in self.at_risk}
        return tuple(
            item
            for item in self.quiet
            if item.state != COLD or item.ambient or item.contact_ids or item.account_id not in told
        )


def agenda(
    book: Book,
    settings: Settings,
    today: date,
    days: int = 7,
    *,
    clock: time | None = None,
    here: str = "",
    early: bool = False,
) -> Agenda:
    """What needs doing on `today` and the `days` after it.

    With the local time `clock`, what was put off until later today is still put off; without, it is back.
    Times of day are told by the clock in the zone `here`, else in that of `clock`, where it knows one. An
    `early` one asks for no activity, and has only the lines of the rules that need none.
    """
    parts: defaultdict[str, list[AgendaItem]] = defaultdict(list)
    until = today + timedelta(days=days)
    if clock and clock.tzinfo:
        here = here or zone_name(datetime.combine(today, clock))
        clock = clock.replace(tzinfo=None)
    for item in derive(book, settings, today, until, here=here, early=early):
        if _is_moved_out(item, today, until):
            continue
        part = _part(item, today, clock)
        if part != "snoozed" and item.snoozed_until and (clock is not None or item.snoozed_until.day < today):
            item = replace(item, snoozed_until=None)
        parts[part].append(item)
    return _in_order(book, parts)


def _in_order(book: Book, parts: Mapping[str, list[AgendaItem]]) -> Agenda:
    """The parts of an agenda, each in its order: key accounts come before others of the same day."""
    overdue, due, upcoming, ambient = (parts[name] for name in ("overdue", "due", "upcoming", "ambient"))
    awake = overdue + due + upcoming + ambient

    def is_other(item: AgendaItem) -> bool:
        return not book.is_key(item.account_id)

    def by(item: AgendaItem) -> tuple[object, ...]:
        return item.due.day, item.due.clock or time.max, is_other(item), fold(item.who), item.key

    def of(
        some: Iterable[AgendaItem], first: Callable[[AgendaItem], Any] | None = None
    ) -> tuple[AgendaItem, ...]:
        items = sorted(some, key=by)
        return tuple(sorted(items, key=first) if first else items)

    return Agenda(
        overdue=of(overdue, lambda item: (not item.leads, item.due.day, is_other(item))),
        today=of(due),
        upcoming=of(upcoming),
        snoozed=of(parts["snoozed"], lambda item: item.snoozed_until.sort_key if item.snoozed_until else ()),
        quiet=of((item for item in awake if item.every_days), lambda item: (-item.pressure, is_other(item))),
        at_risk=of(parts["risky"], lambda item: (-item.signs, is_other(item))),
        listed=of(item for item in ambient if item.is_listed),
        missed=of(parts["missed"], lambda item: -item.due.day.toordinal()),
    )


def derive(
    book: Book, settings: Settings, today: date, until: date, *, here: str = "", early: bool = False
) -> Iterator[AgendaItem]:
    """All lines of the book until a day, in the order of the rules, by the clock in the zone `here`; empty
    for that of each."""
    asked = until + timedelta(days=1) if here else until  # of a zone farther east, it has hours of `until`
    question = Question(book, settings, today, asked, handled_in(book), here)
    rules = EARLY if early else RULES
    lines = [item for rule in rules for item in rule(question)]
    if here:
        lines = [told for item in lines if _is_near(told := told_here(item, here), today, until)]
    yield from lines
    if not early:
        yield from at_risk(question, lines)


def _is_near(item: AgendaItem, today: date, until: date) -> bool:
    """Whether a line belongs into a time, and not only into the day after it."""
    is_put_off = item.snoozed_until is not None or item.moved_from is not None
    return item.due.day <= until or item.shows_from <= today or is_put_off


def _is_moved_out(item: AgendaItem, today: date, until: date) -> bool:
    """Whether a line was moved out of the time asked for. It can still be named."""
    is_moved = item.moved_from is not None and item.snoozed_until is None
    return is_moved and item.due.day > until and item.shows_from > today


def _part(item: AgendaItem, today: date, clock: time | None) -> str:
    """Where a line belongs."""
    if item.is_missed(today):
        return "missed"
    if _sleeps(item, today, clock):
        return "snoozed"
    if item.signs or item.ambient:
        return "risky" if item.signs else "ambient"
    if item.due.day > today:
        return "upcoming"
    return "overdue" if item.due.day < today else "due"


def _sleeps(item: AgendaItem, today: date, clock: time | None) -> bool:
    until = item.snoozed_until
    if until is None or until.day < today:
        return False
    return until.day > today or (clock is not None and until.clock is not None and until.clock > clock)
