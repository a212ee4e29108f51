"""Arithmetic of weeks, months and years."""

from __future__ import annotations

from datetime import date

import pytest

from kam_tui.domain.dates.spans import begin, day_of, nth_weekday, shift


@pytest.mark.parametrize(
    ("day", "unit", "count", "expected"),
    [
        ("2026-01-31", "MONTH", 1, "2026-02-28"),
        ("2026-01-31", "MONTH", 2, "2026-03-31"),
        ("2026-01-31", "MONTH", -2, "2025-11-30"),
        ("2026-12-15", "MONTH", 1, "2027-01-15"),
        ("2024-02-29", "YEAR", 1, "2025-02-28"),
        ("2024-02-29", "YEAR", -4, "2020-02-29"),
        ("2026-12-31", "DAY", 1, "2027-01-01"),
        ("2026-12-31", "WEEK", -1, "2026-12-24"),
    ],
)
def test_months_are_clamped_to_their_end(day: str, unit: str, count: int, expected: str) -> None:
    assert str(shift(date.fromisoformat(day), unit, count)) == expected


@pytest.mark.parametrize("count", [8000, -2027])
def test_the_calendar_ends(count: int) -> None:
    with pytest.raises(OverflowError):
        shift(date(2026, 1, 1), "YEAR", count)


def test_spans_begin_on_monday_on_the_first_and_in_january() -> None:
    day = date(2026, 11, 29)
    assert [str(begin(day, unit)) for unit in ("WEEK", "MONTH", "YEAR")] == [
        "2026-11-23",
        "2026-11-01",
        "2026-01-01",
    ]


def test_the_nth_weekday_of_a_month_may_be_missing() -> None:
    assert nth_weekday(2026, 11, 0, 5) == date(2026, 11, 30)
    assert nth_weekday(2026, 11, 1, 5) is None
    assert nth_weekday(2026, 11, 1, -1) == date(2026, 11, 24)
    assert day_of(2027, 2, 29) is None
