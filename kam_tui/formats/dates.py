"""Dates as files write them, read without guessing.

A date that could be two dates is not taken: the caller reports it, with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.i18n import _

DOUBTFUL_YEAR = 1900
"""The year that some address books write for an unknown one, and a year of its own."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ]\s*\d{1,2}:?\d\d.*)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{2,4}}){_TIME}")
_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})")
_ISO = re.compile(rf"(\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{8}}){_TIME}", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_NOUGHT = re.compile(r"0{1,2}([/.-])0{1,2}\1(00|0000|1900)")


class Doubtful(ValueError):
    """A date that came in without its year, which is not to be believed; `found` is what came in."""

    def __init__(self, message: str, found: PartialDate) -> None:
        super().__init__(message)
        self.found = found


class TwoDates(ValueError):
    """A date that is one day for some readers and another for others."""


def is_blank(text: str) -> bool:
    """Whether this is how a program writes that there is no date (`0/0/00`)."""
    return not text.strip() or bool(_NOUGHT.fullmatch(text.strip()))


def read_date(text: str, order: str = "") -> PartialDate:
    """The date in `text`; of a date with a time, the date as written, whatever the zone.

    `order` (`dmy`, `mdy`) says how `3/4/1980` is read. Raises ValueError with a sentence, and its kinds
    TwoDates, where that is not said, and Doubtful, with the part that may be taken.
    """
    text = text.strip()
    found = _in_digits(text, order) or _in_words(text)
    if found is None:
        try:
            found = PartialDate.parse(text)
        except ValueError:
            raise ValueError(_("{text} is not a date.").format(text=text)) from None
    if found.year == DOUBTFUL_YEAR and found.recurs:
        raise Doubtful(
            _("{text}: some programs write 1900 for an unknown year, so the year was left out.").format(
                text=text
            ),
            replace(found, year=None),
        )
    return found.believed


def column_order(values: Iterable[str]) -> str:
    """`dmy` or `mdy` when a value of the column shows it (a part above 12), and none speaks against it."""
    shown = set()
    for value in values:
        found = _NUMERIC.fullmatch(value.strip())
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                shown.add("dmy")
            elif second > 12 >= first:
                shown.add("mdy")
    return shown.pop() if len(shown) == 1 else ""


def _in_digits(text: str, order: str) -> PartialDate | None:
    if iso := _ISO.fullmatch(text):
        return _calendar(text, iso[1])
    if found := _SHORT.fullmatch(text):
        first, second, mark, year = found[1], found[2], "/", ""
    elif found := _NUMERIC.fullmatch(text):
        first, mark, second, year = found.groups()
    else:
        return None
    if year and len(year) != 4:
        raise ValueError(_("{text}: the year has no century.").format(text=text))
    if mark == ".":
        order = "dmy"
    if first == second:
        order = "dmy"  # 3/3 is 3 March either way
    if order not in ("dmy", "mdy"):
        raise TwoDates(_("{text} could be two dates, and was kept as text.").format(text=text))
    day, month = (first, second) if order == "dmy" else (second, first)
    return _calendar(text, f"{year}-{month}-{day}" if year else f"--{month:0>2}-{day:0>2}")


def _in_words(text: str) -> PartialDate | None:
    """`15 Jun 2026` and `Jun 15, 2026`."""
    if found := _DAY_MONTH.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_DAY.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    if month.casefold() not in _MONTHS:
        return None
    return _calendar(text, f"{year}-{_MONTHS.index(month.casefold()) + 1}-{day}")


def _calendar(text: str, iso: str) -> PartialDate:
    try:
        return PartialDate.parse(iso)
    except ValueError:
        raise ValueError(_("{text} is in no calendar.").format(text=text)) from None
