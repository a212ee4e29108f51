"""Days, weeks, months and years: where they begin, and what lies so many of them on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def shift(day: date, unit: str, count: int) -> date:
    """`day` so many DAYs, WEEKs, MONTHs or YEARs on; the day of the month is clamped to its end.

    Raises OverflowError where the calendar ends.
    """
    if unit in ("DAY", "WEEK"):
        return day + timedelta(days=count * (7 if unit == "WEEK" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "YEAR" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, last_of(year, month + 1)))


def days_before(day: date, count: int) -> date:
    """The day so many days before, or after for a negative count; no farther than the calendar goes."""
    return date.fromordinal(min(max(1, day.toordinal() - count), date.max.toordinal()))


def begin(day: date, unit: str) -> date:
    """The first day of the WEEK, MONTH or YEAR that `day` is in."""
    if unit == "WEEK":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "MONTH" else day.replace(month=1, day=1)


def last_of(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year, month)[1]


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None where the month has no such day."""
    return date(year, month, day) if 1 <= day <= last_of(year, month) else None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month, or the last for -1; None where the month has none."""
    if nth < 0:
        last = date(year, month, last_of(year, month))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else None
