"""A line of the agenda in words and as JSON: the same in the agenda, on a page and in the digest."""

from __future__ import annotations

from datetime import date
from typing import Any

from kam_tui.domain.dates.when import show_day, show_moment
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import AgendaItem


def when_of(item: AgendaItem, today: date) -> str:
    """When it is due, as a person says it: `3 days late`, `today 14:00`, `Fri 27 Nov`."""
    clock = f" {item.due.clock:%H:%M}" if item.due.clock else ""
    clock += f" ({item.there})" if item.there else ""
    until = item.snoozed_until
    if until and until.day == today and until.clock:
        return _("until {time}").format(time=f"{until.clock:%H:%M}")
    if until and until.day > today:
        return _("until {day}").format(day=show_moment(until))
    if item.signs:
        return _("since {day}").format(day=show_day(item.due.day, today))
    late = item.days_late(today)
    if late > 0:
        return ngettext("{count} day late", "{count} days late", late).format(count=late)
    ahead = (item.due.day - today).days
    if ahead == 0:
        return _("today") + clock
    if ahead == 1:
        return _("tomorrow") + clock
    return show_day(item.due.day, today) + clock


def item_json(item: AgendaItem, today: date) -> dict[str, Any]:
    """One line of the agenda for scripts."""
    return {
        "handle": item.handle,
        "key": item.key,
        "rule": item.rule,
        "due": str(item.due),
        "day": item.due.day.isoformat(),
        "time": f"{item.due.clock:%H:%M}" if item.due.clock else None,
        "there": item.there,
        "moved_from": str(item.moved_from) if item.moved_from else None,
        "days_late": item.days_late(today),
        "who": item.who,
        "what": item.what,
        "why": item.why,
        "action": item.action,
        "milestone": item.milestone,
        "pressure": round(item.pressure, 2),
        "state": item.state,
        "signs": item.signs,
        "account_id": item.account_id,
        "contact_ids": list(item.contact_ids),
        "snoozed_until": str(item.snoozed_until) if item.snoozed_until else None,
    }
