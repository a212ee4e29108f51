"""The phrases that say a day: one table of patterns over the symbols of `words`, each with its reading.

What the phrases mean is told in `when.py`, which is the way in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.spans import begin, day_of, last_of, nth_weekday, shift
from kam_tui.domain.dates.words import SHORT_MONTHS, WEEKDAYS
from kam_tui.domain.dates.workdays import add_workdays
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _

Found = re.Match[str]
_RELATIVE = {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1, "OVERMORROW": 2, "EREYESTERDAY": -2}
_STEPS = {"NEXT": 1, "THIS": 0, "LAST": -1}
_IN_MONTH = {"START": 1, "EARLY": 5, "MID": 15, "LATE": 25}
_IN_WEEK = {"START": 0, "EARLY": 0, "MID": 2, "LATE": 4, "END": 4}
_IN_YEAR = {"START": (1, 1), "EARLY": (1, 5), "END": (12, 31)}


def nearest(how: Reading, choose: Callable[[int], date | None], start: int) -> date | None:
    """The first day `choose` gives for the numbers from `start` on, today or further that way."""
    for count in range(50):
        day = choose(start + count * how.step)
        if day and (day - how.today).days * how.step >= 0:
            return day
    return None


def yearly(how: Reading, choose: Callable[[int], date | None]) -> date | None:
    """The nearest of a day's yearly forms. 29 February may be eight years off."""
    return nearest(how, choose, how.today.year)


def day_in(phrase: str, how: Reading) -> date | None:
    """The day that a phrase of symbols says; None where it says none.

    Raises Invalid, or ValueError or OverflowError, where it says one that no calendar has.
    """
    for pattern, read in (*CALENDAR, *RELATIVE):
        if found := re.fullmatch(pattern, phrase):
            return read(found, how)
    return None


def _on(how: Reading, year: str | None, month: int, day: int) -> date | None:
    if not 1 <= month <= 12:
        said = _("There is no month {month}.")
        if year is None:  # it may be meant as a time
            said = _("There is no month {month}; a time is written 14:30 or klo 14.30.")
        raise Invalid(said.format(month=month))
    named = _(SHORT_MONTHS[month - 1])
    if year is None:
        found = yearly(how, lambda y: day_of(y, month, day))
        problem = _("There is no {day} {month}.").format(day=day, month=named)
    else:
        number = int(year) + (2000 if len(year) == 2 else 0)
        found = day_of(number, month, day)
        problem = _("There is no {day} {month} {year}.").format(day=day, month=named, year=number)
    if found is None:
        raise Invalid(problem)
    return found


def _slashed(found: Found, how: Reading) -> date | None:
    first, second, year = found.groups()
    if not how.order:
        raise Invalid(
            _(
                "{text} can be read in two ways: set date_order to dmy or mdy, or write it like 2026-11-24."
            ).format(text=found[0])
        )
    day, month = (first, second) if how.order == "dmy" else (second, first)
    return _on(how, year, int(month), int(day))


def _in_this_month(found: Found, how: Reading) -> date | None:
    if not 1 <= int(found[1]) <= 31:
        raise Invalid(_("There is no day {day} in any month.").format(day=found[1]))

    def in_month(count: int) -> date | None:
        first = shift(how.today.replace(day=1), "MONTH", count)
        return day_of(first.year, first.month, int(found[1]))

    return nearest(how, in_month, 0)


def _week(found: Found, how: Reading) -> date | None:
    week, weekday, year = int(found["week"]), int(found["wd"] or 0), found["year"]

    def in_year(number: int) -> date | None:
        try:
            return date.fromisocalendar(number, week, weekday + 1)
        except ValueError:
            return None

    day = in_year(int(year)) if year else yearly(how, in_year)
    if day is None:
        raise Invalid(_("There is no week {week}.").format(week=week))
    return day


def _nth(found: Found, how: Reading) -> date | None:
    nth, weekday = int(found["nth"] or -1), int(found["wd"])
    if found["month"] and found["year"]:
        return nth_weekday(int(found["year"]), int(found["month"]), weekday, nth)
    if found["month"]:
        return yearly(how, lambda year: nth_weekday(year, int(found["month"]), weekday, nth))

    def in_month(count: int) -> date | None:
        first = shift(how.today, "MONTH", count)
        return nth_weekday(first.year, first.month, weekday, nth)

    return in_month(_STEPS[found["step"]]) if found["step"] else nearest(how, in_month, 0)


def _part(found: Found, how: Reading) -> date | None:
    part, step, span = found["part"], found["step"], found["span"]
    if span.startswith("MO") and span != "MONTH":
        month = int(span[2:])
        if step:
            return None
        return (
            _part_from(date(int(found["year"]), month, 1), "MONTH", part)
            if found["year"]
            else yearly(how, lambda year: _part_from(date(year, month, 1), "MONTH", part))
        )
    if found["year"]:
        return None

    def at(count: int) -> date | None:
        return _part_from(shift(begin(how.today, span), span, count), span, part)

    return at(_STEPS[step]) if step else nearest(how, at, 0)


def _part_from(first: date, unit: str, part: str) -> date | None:
    if unit == "WEEK":
        return first + timedelta(days=_IN_WEEK[part])
    if unit == "MONTH":
        return first.replace(day=_IN_MONTH.get(part) or last_of(first.year, first.month))
    return date(first.year, *_IN_YEAR[part]) if part in _IN_YEAR else None


def _weekday(found: Found, how: Reading) -> date | None:
    weekday, step, today = int(found["wd"]), found["step"], how.today
    if step in ("NEXT", "THIS") or (step and found["week"]):
        return begin(today, "WEEK") + timedelta(days=weekday + 7 * _STEPS[step])
    if step == "LAST" or how.past:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _span(found: Found, how: Reading) -> date | None:
    prefix, count, unit, suffix = found.groups()
    if (count is None and (prefix or not suffix)) or (prefix and suffix == "AGO"):
        return None
    back = prefix == "-" or suffix == "AGO" or (how.past and not prefix and not suffix)
    return shift(how.today, unit, int(count or 1) * (-1 if back else 1))


def _workdays(found: Found, how: Reading) -> date | None:
    prefix, count, suffix, step = found.groups()
    if step:
        return add_workdays(how.today, _STEPS[step], how.holidays)
    if prefix and suffix == "AGO":
        return None
    back = suffix == "AGO" or (how.past and not prefix and not suffix)
    return add_workdays(how.today, int(count) * (-1 if back else 1), how.holidays)


def _nth_workday(found: Found, how: Reading) -> date | None:
    """The so-manieth working day of a month, or its last."""

    def in_month(first: date) -> date | None:
        if not found["nth"]:
            return add_workdays(shift(first, "MONTH", 1), -1, how.holidays)
        day = add_workdays(first - timedelta(days=1), int(found["nth"]), how.holidays)
        return day if day.month == first.month else None

    if found["month"] and found["year"]:
        return in_month(date(int(found["year"]), int(found["month"]), 1))
    if found["month"]:
        return yearly(how, lambda year: in_month(date(year, int(found["month"]), 1)))
    begun = how.today.replace(day=1)
    if found["step"]:
        return in_month(shift(begun, "MONTH", _STEPS[found["step"]]))
    return nearest(how, lambda count: in_month(shift(begun, "MONTH", count)), 0)


def _span_from(found: Found, how: Reading) -> date | None:
    count, unit, side, rest = found.groups()
    day, number = day_in(rest, how), int(count) * (-1 if side == "before" else 1)
    if day and unit == "WORKDAY":
        return add_workdays(day, number, how.holidays)
    return day and shift(day, unit, number)


def _named_weekday(found: Found, how: Reading) -> date | None:
    for pattern, read in CALENDAR:
        if inner := re.fullmatch(pattern, found[2]):
            day = read(inner, how)
            if day and day.weekday() != int(found[1]):
                raise Invalid(
                    _("{day} is a {weekday}.").format(day=day.isoformat(), weekday=_(WEEKDAYS[day.weekday()]))
                )
            return day
    return None


_PART = r"(?P<part>EARLY|START|MID|LATE|END)"
_SPAN = r"(?:(?P<step>NEXT|THIS|LAST) )?(?P<span>WEEK|MONTH|YEAR|MO\d+)(?: (?P<year>\d{4}))?"
_WEEK_NO = r"WEEK (?P<week>\d\d?)(?: (?P<year>\d{4}))?"
_OF_MONTH = r"(?:IN )?(?:(?:(?P<step>NEXT|THIS|LAST) )?MONTH|MO(?P<month>\d+)(?: (?P<year>\d{4}))?)"
_WD, _STEP = r"WD(?P<wd>\d)", r"(?P<step>NEXT|THIS|LAST)"

CALENDAR: tuple[tuple[str, Callable[[Found, Reading], date | None]], ...] = (
    (r"(\d{4})-(\d\d?)-(\d\d?)", lambda f, a: _on(a, f[1], int(f[2]), int(f[3]))),
    (
        r"(\d\d?)\. ?(\d\d?)(?:\.(?:(\d\d)| ?(\d{4}))?)?",
        lambda f, a: _on(a, f[3] or f[4], int(f[2]), int(f[1])),
    ),
    (r"(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?", _slashed),
    (
        r"(\d\d?)(?: ?(?:st|nd|rd|th|TH)|\.)? MO(\d+)(?: (\d{4}))?",
        lambda f, a: _on(a, f[3], int(f[2]), int(f[1])),
    ),
    (
        r"MO(\d+) (\d\d?)(?: ?(?:st|nd|rd|th)|\.)?(?: (\d{4}))?",
        lambda f, a: _on(a, f[3], int(f[1]), int(f[2])),
    ),
    (r"(\d\d?)(?: ?(?:st|nd|rd|th)|\. DAY)", _in_this_month),
)
"""Phrases that name a day of the calendar; a weekday beside one must be the right one."""

RELATIVE: tuple[tuple[str, Callable[[Found, Reading], date | None]], ...] = (
    ("|".join(_RELATIVE), lambda f, a: shift(a.today, "DAY", _RELATIVE[f[0]])),
    (rf"(?:{_STEP} )?{_WD}(?P<week>)", _weekday),
    (rf"{_WD} {_STEP} (?P<week>WEEK)|", lambda f, a: _weekday(f, a) if f[0] else None),
    (rf"{_STEP} (?P<week>WEEK) {_WD}", _weekday),
    (r"(NEXT|LAST) (WEEK|MONTH|YEAR)", lambda f, a: shift(begin(a.today, f[2]), f[2], _STEPS[f[1]])),
    (r"(?:(IN|-) ?)?(?:(\d{1,4}) )?(DAY|WEEK|MONTH|YEAR)(?: (AGO|HENCE))?", _span),
    (r"(IN )?(\d{1,3}) WORKDAY(?: (AGO|HENCE))?|(NEXT|LAST) WORKDAY", _workdays),
    (r"(\d{1,4}) (DAY|WEEK|MONTH|YEAR|WORKDAY) (after|from|before) (.+)", _span_from),
    (rf"(?:IN )?{_PART} (?:IN )?{_SPAN}", _part),
    (rf"{_SPAN} {_PART}", _part),
    (rf"(?:{_WD} )?{_WEEK_NO}", _week),
    (rf"{_WEEK_NO} {_WD}", _week),
    (rf"(?:(?P<nth>[1-5]) (?:st|nd|rd|th|TH)|LAST) {_WD} {_OF_MONTH}", _nth),
    (rf"(?:(?P<nth>\d\d?) ?(?:st|nd|rd|th|TH)|LAST) WORKDAY {_OF_MONTH}", _nth_workday),
    (rf"{_OF_MONTH} LAST WORKDAY(?P<nth>(?!))?", _nth_workday),
    (r"WD(\d) (.+)", _named_weekday),
)
"""All other phrases."""
