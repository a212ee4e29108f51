"""Days: the agenda put day by day, as lines of a list and as notes in a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from textual.content import Content

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_day, show_partial
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.day_note import (
    ASLEEP,
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
from kam_tui.tui.wording import is_asleep, plain, show_near

MOST = 12
"""Lines that a day of the month can show at most."""

DayLines = list[AgendaItem | Heading]
"""Lines of a list, under the days they are on."""


def note_of(
    book: Book,
    items: Sequence[AgendaItem],
    happened: Sequence[Activity],
    known: Sequence[AgendaItem],
    now: datetime,
) -> DayNote:
    """What a day of the month says: what is to be done, else what was; and what is `known` beside it."""
    kinds = [_kind_of(item) for item in known]
    also = tuple(kind for kind in GOOD_TO_KNOW if kind in kinds)
    beside = tuple(f"{SIGNS[kind]} {item.line}" for kind, item in zip(kinds, known, strict=True))
    if not items and not happened:
        return DayNote(kinds.count(also[0]), also[0], beside[:MOST], also[1:])
    if not items:
        told = tuple(book.who(each.account_id, each.contact_ids) or each.text for each in happened)
        return DayNote(len(happened), HAPPENED, (*beside, *told)[:MOST], also)
    awake = [item for item in items if not is_asleep(item, now)]
    late = any(item.due.day < now.date() for item in awake)
    key = any(book.is_key(item.account_id) for item in awake)
    mark = LATE if late else KEY if key else DUE if awake else ASLEEP
    return DayNote(len(items), mark, (*(item.line for item in items), *beside)[:MOST], also)


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


def lines_of(due: Agenda, today: date) -> DayLines:
    """All of it: what is late, each day that something is due on, and what is due on no day of its own."""
    lines: DayLines = []

    def part(title: str, note: str, look: str, items: Sequence[AgendaItem]) -> None:
        if items:
            lines.extend((Heading(title, note, look), *items))

    known, due = due, due.told_apart(today)
    part(_("Late"), str(len(due.overdue)), "late", due.overdue)
    part(_("Today"), show_day(today, today), "soon", due.today)
    part(_("Going quiet"), str(len(due.quiet)), "heading", due.quiet)
    days: dict[date, list[AgendaItem]] = defaultdict(list)
    for item in due.upcoming:
        days[item.due.day].append(item)
    for day, items in days.items():
        part(show_day(day, today), distance(day, today), "heading", items)
    part(_("At risk"), str(len(due.at_risk)), "heading", due.at_risk)
    part(_("Name days"), str(len(due.listed)), "dim", due.listed)
    part(_("Snoozed"), str(len(due.snoozed)), "dim", due.snoozed)
    part(_("Missed lately"), str(len(due.missed)), "dim", due.missed)
    ambient = [item for item in known.quiet if item.ambient and item not in due.quiet]
    part(_("Going quiet, never due"), str(len(ambient)), "dim", ambient)
    return lines


def before(due: Agenda, today: date) -> DayLines:
    """What was due before today and still is: what is late, and who has gone quiet."""
    due = due.told_apart(today)
    quiet = [item for item in due.quiet if item.due.day < today]
    lines: DayLines = []
    for title, look, items in ((_("Late"), "late", due.overdue), (_("Going quiet"), "heading", quiet)):
        lines += [Heading(title, str(len(items)), look), *items] if items else []
    return lines


def distance(day: date, today: date) -> str:
    """How far a day is from today."""
    days = (day - today).days
    if abs(days) <= 1:
        return show_near(day, today)
    if days < 0:
        return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


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


def headline(due: Agenda, today: date) -> Content:
    """How much there is, in one line."""
    due = due.told_apart(today)
    said: list[tuple[int, Callable[[int], str], str]] = [
        (len(due.overdue), lambda n: _("{count} late").format(count=n), "bold $late"),
        (len(due.today), lambda n: _("{count} today").format(count=n), "bold $soon"),
        (len(due.upcoming), lambda n: _("{count} ahead").format(count=n), "$foreground"),
        (len(due.quiet), lambda n: _("{count} going quiet").format(count=n), "$foreground"),
        (len(due.at_risk), lambda n: _("{count} at risk").format(count=n), "$foreground"),
        (len(due.snoozed), lambda n: _("{count} snoozed").format(count=n), "$quiet"),
        (len(due.missed), lambda n: _("{count} missed").format(count=n), "$quiet"),
    ]
    parts = [plain(say(count), style) for count, say, style in said if count]
    return Content.styled("  ·  ", "$quiet").join(parts) if parts else Content(_("All is well."))
