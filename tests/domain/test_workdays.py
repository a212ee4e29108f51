"""Working days."""

from __future__ import annotations

from datetime import date

import pytest

from kam_tui.domain.workdays import is_workday, next_workday

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
