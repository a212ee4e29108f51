"""Terms of a contract: spans of time, such as that of notice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.spans import shift
from kam_tui.domain.kinds import Kind, Naming
from kam_tui.domain.text import clean
from kam_tui.i18n import _, ngettext

_STORED_SPAN = r"P([1-9]\d{0,3})([DWM])"
LONGEST_SPAN = 3660
"""The most days, weeks or months of a span."""

_UNITS = {
    "day": "D", "days": "D", "d": "D", "päivä": "D", "päivää": "D", "pv": "D",
    "week": "W", "weeks": "W", "w": "W", "viikko": "W", "viikkoa": "W", "vk": "W",
    "month": "M", "months": "M", "kuukausi": "M", "kuukautta": "M", "kk": "M",
    "year": "Y", "years": "Y", "vuosi": "Y", "vuotta": "Y",
}  # fmt: skip


class Span(Kind):
    """A number of days, weeks or months, kept as ISO 8601 has it: `P3M`."""

    def parse(self, text: str, reading: Reading) -> str:
        typed = clean(text).casefold()
        if re.fullmatch(_STORED_SPAN, typed.upper()):
            return typed.upper()
        found = re.fullmatch(r"(\d{1,4}) ?([^\W\d_]+)", typed)
        count, unit = (int(found[1]), _UNITS.get(found[2], "")) if found else (0, "")
        if unit == "Y":
            count, unit = count * 12, "M"
        if not 1 <= count <= LONGEST_SPAN or not unit:
            raise ValueError(
                _("{text} is not a span of time such as 30 days, 2 weeks or 3 months.").format(
                    text=clean(text)
                )
            )
        return f"P{count}{unit}"

    def show(self, value: Any, naming: Naming) -> str:
        return show_span(value)

    def decode(self, value: Any) -> str:
        text = str(super().decode(value))
        if not re.fullmatch(_STORED_SPAN, text):
            raise ValueError(_("is not a span such as P3M"))
        return text


def show_span(span: str) -> str:
    """A span as a person reads it: `3 months`."""
    count = int(span[1:-1])
    if span[-1] == "D":
        return ngettext("{count} day", "{count} days", count).format(count=count)
    if span[-1] == "W":
        return ngettext("{count} week", "{count} weeks", count).format(count=count)
    return ngettext("{count} month", "{count} months", count).format(count=count)


def before(day: date, span: str) -> date:
    """The day that lies a span before another; three months before 31 May is the last of February.

    Raises OverflowError where that is before the first year of all.
    """
    count = int(span[1:-1])
    if span[-1] != "M":
        return day - timedelta(days=count * (7 if span[-1] == "W" else 1))
    months = day.year * 12 + day.month - 1 - count
    if months < 12:
        raise OverflowError
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def after(day: date, span: str, number: int = 1) -> date:
    """The day that lies so many spans after another; a month after 31 January is the last of February.

    Raises OverflowError or ValueError where that is beyond the last year of all.
    """
    units = {"D": "DAY", "W": "WEEK", "M": "MONTH"}
    return shift(day, units[span[-1]], int(span[1:-1]) * number)


SPAN = Span()
