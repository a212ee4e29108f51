"""Partial dates: what is unknown stays unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates.partial_date import LEAP_RULES, MARCH_FIRST, PartialDate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1980-03-22", PartialDate(1980, 3, 22)),
        ("1980-3-2", PartialDate(1980, 3, 2)),
        ("19800322", PartialDate(1980, 3, 22)),
        ("1980-03", PartialDate(1980, 3)),
        ("1980", PartialDate(1980)),
        ("--03-22", PartialDate(None, 3, 22)),
        ("--0322", PartialDate(None, 3, 22)),
        ("--03", PartialDate(None, 3)),
        ("--02-29", PartialDate(None, 2, 29)),
        ("22.3.1980", PartialDate(1980, 3, 22)),
        ("22. 3. 1980", PartialDate(1980, 3, 22)),
        ("22.3.", PartialDate(None, 3, 22)),
        (" 29.2. ", PartialDate(None, 2, 29)),
    ],
)
def test_dates_are_read_as_far_as_they_say(text: str, expected: PartialDate) -> None:
    assert PartialDate.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "soon", "1981-02-29", "31.4.", "--13-01", "--02-30", "1980-00", "0000-01-01", "22/3/1980", "---15"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        PartialDate.parse(text)


def test_slashes_are_read_in_the_order_that_is_set() -> None:
    assert PartialDate.parse("3/4/1980", "dmy") == PartialDate(1980, 4, 3)
    assert PartialDate.parse("3/4/1980", "mdy") == PartialDate(1980, 3, 4)
    assert PartialDate.parse("3/4", "mdy") == PartialDate(None, 3, 4)


@settings(max_examples=60, deadline=None)
@given(st.dates(), st.booleans(), st.booleans())
def test_what_is_written_is_read_back(day: date, yearless: bool, dayless: bool) -> None:
    known = PartialDate(None if yearless else day.year, day.month, None if dayless else day.day)
    assert PartialDate.parse(str(known)) == known


@pytest.mark.parametrize(
    ("year", "rule", "expected"),
    [
        (2026, "feb28", date(2026, 2, 28)),
        (2026, "mar1", date(2026, 3, 1)),
        (2028, "feb28", date(2028, 2, 29)),
        (2028, "mar1", date(2028, 2, 29)),
        (2100, "feb28", date(2100, 2, 28)),
    ],
)
def test_29_february_is_kept_as_the_policy_says_and_is_back_in_leap_years(
    year: int, rule: str, expected: date
) -> None:
    assert PartialDate(None, 2, 29).in_year(year, rule) == expected
    assert PartialDate(1980, 2, 29).in_year(year, rule) == expected


def test_a_day_that_is_not_whole_falls_on_no_day() -> None:
    assert PartialDate(1980, 3).in_year(2026) is None
    assert PartialDate(1980).in_year(2026) is None
    assert not PartialDate(1980, 3).recurs
    assert PartialDate(None, 3, 1).recurs


def test_years_are_told_only_where_the_year_is_known() -> None:
    assert PartialDate(1976, 11, 24).years_in(2026) == 50
    assert PartialDate(None, 11, 24).years_in(2026) is None
    assert PartialDate(2030, 11, 24).years_in(2026) is None
    assert set(LEAP_RULES) == {"feb28", MARCH_FIRST}
