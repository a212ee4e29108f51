"""Days: the agenda put day by day, as lines of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from textual.content import Content

from kam_tui.domain.dates.when import show_day
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.wording import plain, show_near

DayLines = list[AgendaItem | Heading]
"""Lines of a list, under the days they are on."""


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


def distance(day: date, today: date) -> str:
    """How far a day is from today."""
    days = (day - today).days
    if abs(days) <= 1:
        return show_near(day, today)
    if days < 0:
        return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


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
