"""Days: the agenda put day by day, as lines of a list and as notes in a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

from textual.content import Content

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_day, show_partial
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.month import ASLEEP, DUE, HAPPENED, KEY, LATE, LOOKS, SIGNS, TOLD, DayNote
from kam_tui.tui.wording import is_asleep, plain, show_near

MOST = 12
"""Lines that a day of the month can show at most."""

DayLines = list[AgendaItem | Heading]
"""Lines of a list, under the days they are on."""


def note_of(book: Book, items: Sequence[AgendaItem], happened: Sequence[Activity], now: datetime) -> DayNote:
    """What a day of the month says: what is to be done, else what was."""
    if not items:
        told = tuple(book.who(each.account_id, each.contact_ids) or each.text for each in happened[:MOST])
        return DayNote(len(happened), HAPPENED, told)
    awake = [item for item in items if not is_asleep(item, now)]
    late = any(item.due.day < now.date() for item in awake)
    key = any(book.is_key(item.account_id) for item in awake)
    mark = LATE if late else KEY if key else DUE if awake else ASLEEP
    return DayNote(len(items), mark, tuple(item.line for item in items[:MOST]))


def by_day(due: Agenda) -> dict[date, list[AgendaItem]]:
    """Day to what is due on it; what is put off stands on the day it comes back."""
    days: dict[date, list[AgendaItem]] = defaultdict(list)
    for item in (*due.overdue, *due.today, *due.upcoming):
        days[item.due.day].append(item)
    for item in due.snoozed:
        days[(item.snoozed_until or item.due).day].append(item)
    return days


def lines_of(due: Agenda, today: date) -> DayLines:
    """All of it: what is late, each day that something is due on, and what is due on no day of its own."""
    lines: DayLines = []

    def part(title: str, note: str, look: str, items: Sequence[AgendaItem]) -> None:
        if items:
            lines.extend((Heading(title, note, look), *items))

    part(_("Late"), str(len(due.overdue)), "late", due.overdue)
    part(_("Today"), show_day(today, today), "soon", due.today)
    days: dict[date, list[AgendaItem]] = defaultdict(list)
    for item in due.upcoming:
        days[item.due.day].append(item)
    for day, items in days.items():
        part(show_day(day, today), distance(day, today), "heading", items)
    part(_("At risk"), str(len(due.at_risk)), "heading", due.at_risk)
    part(_("Name days"), str(len(due.listed)), "dim", due.listed)
    part(_("Put off"), str(len(due.snoozed)), "dim", due.snoozed)
    part(_("Missed lately"), str(len(due.missed)), "dim", due.missed)
    ambient = [item for item in due.quiet if item.ambient]
    part(_("Going quiet, never due"), str(len(ambient)), "dim", ambient)
    return lines


def distance(day: date, today: date) -> str:
    """How far a day is from today."""
    days = (day - today).days
    if abs(days) <= 1:
        return show_near(day, today)
    if days < 0:
        return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def legend(picked: date, width: int) -> Content:
    """The name of the month and what its signs mean, as far as that fits a line."""
    name = Content.styled(show_partial(PartialDate(picked.year, picked.month)), "bold $primary")
    styles = {"late": "$late", "key": "$key-account", "soon": "$soon", "dim": "$quiet"}
    told = [
        Content.assemble((SIGNS[mark], styles[LOOKS[mark]]), (f" {_(words)}", "$quiet"))
        for mark, words in TOLD.items()
    ]
    line = Content("   ").join([name, *told])
    return line if line.cell_length <= width else name


def headline(due: Agenda) -> Content:
    """How much there is, in one line."""
    said: list[tuple[int, Callable[[int], str], str]] = [
        (len(due.overdue), lambda n: _("{count} late").format(count=n), "bold $late"),
        (len(due.today), lambda n: _("{count} today").format(count=n), "bold $soon"),
        (len(due.upcoming), lambda n: _("{count} ahead").format(count=n), "$foreground"),
        (len(due.at_risk), lambda n: _("{count} at risk").format(count=n), "$foreground"),
        (len(due.snoozed), lambda n: _("{count} put off").format(count=n), "$quiet"),
        (len(due.missed), lambda n: _("{count} missed").format(count=n), "$quiet"),
    ]
    parts = [plain(say(count), style) for count, say, style in said if count]
    return Content.styled("  ·  ", "$quiet").join(parts) if parts else Content(_("All is well."))
