"""Working days: Monday to Friday, without the public holidays of a country where one is named.

The one home of `holidays`, an extra that is loaded when the first weekday of a country is asked about.
Where it is not installed, or does not know the country, every Monday to Friday is a working day.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

from kam_tui.domain.text import clean
from kam_tui.i18n import _

NO_HOLIDAYS: Container[date] = frozenset()
"""Where no calendar of holidays is known."""


class _Calendar:
    """The public holidays of a country; each year is looked up when a day of it is asked for."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._years: dict[int, Container[date]] = {}

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        if day.year not in self._years:
            try:
                self._years[day.year] = _in_year(self._country, day.year)
            except (ImportError, NotImplementedError):
                self._years[day.year] = NO_HOLIDAYS
        return day in self._years[day.year]


@lru_cache(8)
def holidays_of(country: str) -> Container[date]:
    """The public holidays of an ISO 3166 code (`FI`, `DE-BY`); none for an empty or an unknown one."""
    return _Calendar(country) if country else NO_HOLIDAYS


def untold_holidays(country: str) -> str:
    """Why no holidays of this country are known, as a sentence; empty where they are, or none is named."""
    try:
        if country:
            _in_year(country, 2026)
    except ImportError:
        return _(
            "The holidays of {country} are not known: pip install 'kam-tui[holidays]' brings them. "
            "Until then, Monday to Friday are working days."
        ).format(country=clean(country))
    except NotImplementedError:
        return _(
            "Setting country: no holidays are known for {country}. Write it as an ISO 3166 code, such as FI "
            "or DE-BY. Until then, Monday to Friday are working days."
        ).format(country=clean(country))
    return ""


def is_workday(day: date, holidays: Container[date] = NO_HOLIDAYS) -> bool:
    """Whether people are at work that day."""
    return day.weekday() < 5 and day not in holidays


def next_workday(day: date, holidays: Container[date] = NO_HOLIDAYS) -> date:
    """The first working day strictly after `day`."""
    return add_workdays(day, 1, holidays)


def previous_workday(day: date, holidays: Container[date] = NO_HOLIDAYS) -> date:
    """The last working day strictly before `day`."""
    return add_workdays(day, -1, holidays)


def add_workdays(day: date, count: int, holidays: Container[date] = NO_HOLIDAYS) -> date:
    """The day so many working days after `day`, or before it; `day` itself for none."""
    step = timedelta(days=1 if count > 0 else -1)
    for _each in range(abs(count)):
        day += step
        while not is_workday(day, holidays):
            day += step
    return day


def nth_workday(day: date, place: int, holidays: Container[date] = NO_HOLIDAYS) -> date:
    """The working day at a place in the month of `day`: 1 the first, -1 the last. `day` itself where the
    month has not so many."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    found = add_workdays(first - timedelta(days=1) if place > 0 else following, place, holidays)
    return found if first <= found < following else day


def _in_year(country: str, year: int) -> Container[date]:
    """Raises ImportError without the extra, NotImplementedError for a country that it does not know."""
    from holidays import country_holidays

    land, _dash, part = country.strip().upper().partition("-")
    return frozenset(country_holidays(land, subdiv=part or None, years=year))
