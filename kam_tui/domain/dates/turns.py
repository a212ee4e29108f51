"""Turns: the days of a rule that are simply so many days, weeks, months or years apart, as most are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import count

from kam_tui.domain.dates.spans import shift

_PLAIN = re.compile(
    r"(?!FREQ=[DWY].*BY)FREQ=(DAI|WEEK|MONTH|YEAR)LY(?:;INTERVAL=([1-9]\d{0,2}))?"
    r"(?:;BYMONTHDAY=(1\d|2[0-8]|[1-9]))?"
)
"""Such a rule; of the days of a month, it may name one that every month has."""

_UNITS = {"DAI": "DAY", "WEEK": "WEEK", "MONTH": "MONTH", "YEAR": "YEAR"}


def is_plain(rule: str) -> bool:
    """Whether a text in upper case is such a rule; each of them is valid."""
    return _PLAIN.fullmatch(rule) is not None


def turns(rule: str, start: date, low: date) -> Iterator[date] | None:
    """The days after `low` of such a rule that began on `start`; None for any other rule.

    A month that is too short for the day it began on has it at its end.
    """
    plain = _PLAIN.fullmatch(rule)
    return _turns(_UNITS[plain[1]], int(plain[2] or 1), _first(start, plain[3]), low) if plain else None


def _first(start: date, named: str | None) -> date:
    return start.replace(day=int(named)) if named else start


def _turns(unit: str, every: int, first: date, low: date) -> Iterator[date]:
    if unit in ("DAY", "WEEK"):
        past = (low - first).days // (7 if unit == "WEEK" else 1)
    else:
        past = (12 * (low.year - first.year) + low.month - first.month) // (12 if unit == "YEAR" else 1)
    for turn in count(max(0, past // every)):
        try:
            day = shift(first, unit, turn * every)
        except OverflowError:  # the calendar ends
            return
        if day > low:
            yield day
