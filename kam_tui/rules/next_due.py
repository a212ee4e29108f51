"""Next due: the day of the next thing for each account and each person, as lists show it and searches ask."""

from __future__ import annotations

from datetime import date

from kam_tui.domain.query.answers import Circumstances
from kam_tui.rules.agenda import Agenda
from kam_tui.settings import Settings

AHEAD = 92
"""Days that are looked ahead."""


def next_due(found: Agenda) -> dict[str, date]:
    """Id of an account or a person to the day that the next thing is due for them. What was put off, and
    what is only listed, is not due."""
    days: dict[str, date] = {}
    for item in (*found.overdue, *found.today, *found.upcoming):
        for subject in (item.account_id, *item.contact_ids):
            if subject:
                days[subject] = min(item.due.day, days.get(subject, date.max))
    return days


def circumstances(found: Agenda, settings: Settings, today: date) -> Circumstances:
    """What a query is asked in: the day, what is due, the way of the settings."""
    return Circumstances(today, next_due(found), settings.leap_day)
