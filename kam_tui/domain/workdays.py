"""Working days: Monday to Friday, without the public holidays one is told of."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

NO_HOLIDAYS: frozenset[date] = frozenset()
"""Where no calendar of holidays is known."""


def is_workday(day: date, holidays: Set[date] = NO_HOLIDAYS) -> bool:
    """Whether people are at work that day."""
    return day.weekday() < 5 and day not in holidays


def next_workday(day: date, holidays: Set[date] = NO_HOLIDAYS) -> date:
    """The first working day strictly after `day`."""
    day += timedelta(days=1)
    while not is_workday(day, holidays):
        day += timedelta(days=1)
    return day
