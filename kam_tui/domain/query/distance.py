"""Distance: how far a day lies from today, as a query says it: `30d`, `2w`, `3m`, `1y`, back or ahead."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.spans import shift
from kam_tui.domain.frozen import frozen

UNITS = {"d": "DAY", "w": "WEEK", "m": "MONTH", "y": "YEAR"}
"""Letter to unit of time."""

NEAR_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
"""Words for days, with how many days they are ahead."""

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    ":": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
"""How two values may be compared."""

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", ":": ":"}


@frozen
class Span:
    """So many days, weeks, months or years."""

    count: int
    """How many; below 0 it lies on the other side of today."""

    unit: str = "d"
    """One of `UNITS`."""

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @classmethod
    def read(cls, text: str, *, ahead: bool) -> Span | None:
        """`14d`, `2w`, `14` for days, or a word such as `today`; None for a text that is no span."""
        text = text.strip().casefold()
        if text in NEAR_DAYS:
            return cls(NEAR_DAYS[text] * (1 if ahead else -1))
        found = re.fullmatch(r"([+-]?[0-9]{1,4})([dwmy])|([+-]?[0-9]{1,3})", text)
        return cls(int(found[1] or found[3]), found[2] or "d") if found else None

    def end(self, today: date, *, ahead: bool) -> date:
        """The day that lies so far ahead of today, or back."""
        count = self.count if ahead else -self.count
        try:
            return shift(today, UNITS[self.unit], count)
        except OverflowError:
            return date.max if count > 0 else date.min


def spanned(sign: str, span: Span, today: date, *, ahead: bool) -> Callable[[PartialDate | date], bool]:
    """Whether a day lies less or more than a span ahead of today, or back: longer ago is an earlier day."""
    end, turned = span.end(today, ahead=ahead), sign if ahead else _TURNED[sign]
    compare, whole = SIGNS[turned], PartialDate.of(end)
    return lambda day: compare(day, end) if isinstance(day, date) else dated(turned, day, whole)


def dated(sign: str, day: PartialDate | date, wanted: PartialDate) -> bool:
    """Whether a day is, or lies before or after, another, by what is known of both: all of 2019 is before
    2020, and no day of 2020 is after it."""
    pairs = [(getattr(day, part), getattr(wanted, part)) for part in ("year", "month", "day")]
    if sign == ":":
        return all(has == asked for has, asked in pairs if asked is not None)
    if None in pairs[0]:
        return False
    known = [pair for pair in pairs if None not in pair]
    return SIGNS[sign]([has for has, _asked in known], [asked for _has, asked in known])


def next_of(on: PartialDate, today: date, leap_rule: str) -> date | None:
    """The next day, from today on, of something that comes every year; None where its day is unknown."""
    for year in (today.year, today.year + 1):
        day = on.in_year(year, leap_rule) if year < 10000 else None
        if day and day >= today:
            return day
    return None
