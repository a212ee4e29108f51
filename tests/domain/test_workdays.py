"""Working days."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from kam_tui.domain.dates import workdays
from kam_tui.domain.dates.workdays import (
    NO_HOLIDAYS,
    add_workdays,
    holidays_of,
    is_workday,
    next_workday,
    previous_workday,
    untold_holidays,
)

EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})


def test_monday_to_friday_are_working_days() -> None:
    assert [is_workday(date(2026, 11, day)) for day in range(23, 30)] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_next_working_day_is_strictly_after(day: date, expected: date) -> None:
    assert next_workday(day) == expected


def test_public_holidays_are_no_working_days() -> None:
    assert not is_workday(date(2026, 4, 3), EASTER)
    assert next_workday(date(2026, 4, 2), EASTER) == date(2026, 4, 7)


def test_working_days_are_counted_both_ways() -> None:
    thursday = date(2026, 4, 2)
    assert previous_workday(date(2026, 4, 7), EASTER) == thursday
    assert add_workdays(thursday, 2, EASTER) == date(2026, 4, 8)
    assert add_workdays(date(2026, 4, 8), -2, EASTER) == thursday
    assert add_workdays(date(2026, 4, 5), 0) == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("country", "day", "free"),
    [
        ("FI", "2026-06-19", True),  # Midsummer Eve
        ("FI", "2027-05-06", True),  # Ascension Day
        ("FI", "2026-07-04", False),
        ("DE", "2026-01-06", False),
        ("DE-BY", "2026-01-06", True),  # Epiphany, in Bavaria
        ("de-by", "2026-01-06", True),
        ("", "2026-12-25", False),
    ],
)
def test_a_country_has_its_holidays(country: str, day: str, free: bool) -> None:
    assert (date.fromisoformat(day) in holidays_of(country)) is free
    assert untold_holidays(country) == ""


@pytest.mark.parametrize("country", ["XX", "DE-ZZ", "Finland", "-"])
def test_an_unknown_country_has_none_and_it_is_said(country: str) -> None:
    known = holidays_of(country)
    assert is_workday(date(2026, 12, 25), known)
    assert untold_holidays(country).startswith("Setting country: no holidays are known for ")


def test_without_the_library_monday_to_friday_are_working_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert is_workday(date(2026, 12, 25), workdays._Calendar("FI"))
    assert untold_holidays("FI").startswith("The holidays of FI are not known: pip install")
    assert holidays_of("") is NO_HOLIDAYS


def test_what_is_no_day_is_no_holiday() -> None:
    assert "2026-12-25" not in holidays_of("FI")
