"""The agenda as lines of text and as JSON: shared by `kam today`, an account's page and `kam` in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kam_tui.cli.output import Output, Part, Styled
from kam_tui.cli.records import plain
from kam_tui.domain.when import show_day, show_moment
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem

GIVE = ((4, 36), (2, 30), (4, 0), (3, 30), (2, 16), (3, 16))
"""How a line gives way on a narrow terminal: why is the first to be left out."""


def show(out: Output, found: Agenda, today: date, days: int) -> None:
    """The agenda in groups; one line where there is nothing, and nothing at all in a pipe."""
    due = {item.key for item in (*found.overdue, *found.today, *found.upcoming)}
    groups: Sequence[tuple[str, str, Iterable[AgendaItem]]] = (
        (_("Overdue"), "late", found.overdue),
        (_("Today"), "now", found.today),
        (_("Next"), "mark", found.upcoming),
        (_("Going quiet"), "mark", [item for item in found.quiet if item.key not in due]),
        (_("Snoozed"), "dim", found.snoozed),
    )
    shown = False
    for title, style, items in groups:
        rows = [row_of(item, today, style) for item in items]
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


def row_of(item: AgendaItem, today: date, style: str = "") -> tuple[Part, ...]:
    """One line of the agenda: handle, when, who, what, why."""
    return (
        Styled(item.handle, "mark"),
        Styled(when_of(item, today), style),
        Styled(item.who, "bold"),
        item.what,
        Styled(item.why, "dim"),
    )


def when_of(item: AgendaItem, today: date) -> str:
    """When it is due, as a person says it: `3 days late`, `today 14:00`, `Fri 27 Nov`."""
    clock = f" {item.due.clock:%H:%M}" if item.due.clock else ""
    until = item.snoozed_until
    if until and until.day == today and until.clock:
        return _("until {time}").format(time=f"{until.clock:%H:%M}")
    if until and until.day > today:
        return _("until {day}").format(day=show_moment(until))
    late = item.days_late(today)
    if late > 0:
        return ngettext("{count} day late", "{count} days late", late).format(count=late)
    ahead = (item.due.day - today).days
    if ahead == 0:
        return _("today") + clock
    if ahead == 1:
        return _("tomorrow") + clock
    return show_day(item.due.day, today) + clock


def agenda_json(found: Agenda, today: date) -> dict[str, Any]:
    """The agenda for scripts."""
    groups = {
        "overdue": found.overdue,
        "today": found.today,
        "upcoming": found.upcoming,
        "quiet": found.quiet,
        "snoozed": found.snoozed,
    }
    return {"date": today.isoformat()} | {
        name: [item_json(item, today) for item in items] for name, items in groups.items()
    }


def item_json(item: AgendaItem, today: date) -> dict[str, Any]:
    """One line of the agenda for scripts."""
    return {
        "handle": item.handle,
        "key": item.key,
        "rule": item.rule,
        "due": plain(item.due),
        "day": item.due.day.isoformat(),
        "time": f"{item.due.clock:%H:%M}" if item.due.clock else None,
        "days_late": item.days_late(today),
        "who": item.who,
        "what": item.what,
        "why": item.why,
        "action": item.action,
        "milestone": item.milestone,
        "account_id": item.account_id,
        "contact_ids": list(item.contact_ids),
        "snoozed_until": plain(item.snoozed_until),
    }
