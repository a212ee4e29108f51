"""The agenda as lines of text and as JSON: shared by `kam today`, an account's page and `kam` in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kam_tui.cli.output import Output, Part, Styled
from kam_tui.domain.dates.when import show_day
from kam_tui.formats.agenda_words import item_json, when_of
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem

GIVE = ((4, 36), (2, 30), (4, 0), (3, 30), (2, 16), (3, 16))
"""How a line gives way on a narrow terminal: why is the first to be left out."""


def show(out: Output, found: Agenda, today: date, days: int) -> None:
    """The agenda in groups; one line where there is nothing, and nothing at all in a pipe."""
    found = found.told_apart(today)
    groups: Sequence[tuple[str, str, Iterable[AgendaItem]]] = (
        (_("Late"), "late", found.overdue),
        (_("Today"), "now", found.today),
        (_("Next"), "mark", found.upcoming),
        (_("Going quiet"), "", found.quiet),
        (_("At risk"), "late", found.at_risk),
        (_("Name days"), "dim", found.listed),
        (_("Snoozed"), "dim", found.snoozed),
    )
    shown = False
    for title, style, items in groups:
        rows = [row_of(item, today, style or _look(item, today)) for item in items]
        if not rows:
            continue
        if shown:
            out.line()
        out.line(Styled(title, "bold"))
        out.table(rows, indent=2, give=GIVE)
        shown = True
    if not shown and out.is_terminal:
        out.line(
            ngettext(
                "Nothing needs you today or tomorrow.",
                "Nothing needs you today, nor in the next {count} days.",
                days,
            ).format(count=days)
        )


def show_missed(out: Output, found: Agenda, today: date) -> None:
    """What was closed lately without having been handled, the newest first."""
    rows = [
        (Styled(item.handle, "mark"), show_day(item.due.day, today), *row_of(item, today)[2:])
        for item in found.missed
    ]
    out.table(rows, give=GIVE)
    if rows and out.is_terminal:
        out.line(_("kam done still takes each of them, by its short word or its key."))
    elif not rows and out.is_terminal:
        out.line(_("Nothing was missed lately."))


def _look(item: AgendaItem, today: date) -> str:
    return "late" if item.days_late(today) > 0 else "mark"


def row_of(item: AgendaItem, today: date, style: str = "") -> tuple[Part, ...]:
    """One line of the agenda: handle, when, who, what, why."""
    return (
        Styled(item.handle, "mark"),
        Styled(when_of(item, today), style),
        Styled(item.who, "bold"),
        item.told,
        Styled(item.why, "dim"),
    )


def agenda_json(found: Agenda, today: date) -> dict[str, Any]:
    """The agenda for scripts."""
    groups = {
        "overdue": found.overdue,
        "today": found.today,
        "upcoming": found.upcoming,
        "quiet": found.quiet,
        "at_risk": found.at_risk,
        "listed": found.listed,
        "snoozed": found.snoozed,
        "missed": found.missed,
    }
    return {"date": today.isoformat()} | {
        name: [item_json(item, today) for item in items] for name, items in groups.items()
    }
