"""Rules that need no calendar library: their days are those that the library counts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates import recurrence
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.recurrence import occurrences
from kam_tui.domain.dates.turns import turns

PLAIN = st.one_of(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]).map("FREQ={}".format),
    st.tuples(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.integers(1, 40)).map(
        lambda rule: f"FREQ={rule[0]};INTERVAL={rule[1]}"
    ),
    st.integers(1, 28).map("FREQ=MONTHLY;BYMONTHDAY={}".format),
    st.tuples(st.integers(2, 9), st.integers(1, 28)).map(
        lambda rule: f"FREQ=MONTHLY;INTERVAL={rule[0]};BYMONTHDAY={rule[1]}"
    ),
)
STARTS = st.one_of(
    st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2026, 1, 31), date(2025, 12, 30), date(2023, 3, 31)]),
)


@settings(max_examples=150, deadline=None)
@given(PLAIN, STARTS, st.integers(0, 3000), st.integers(0, 900))
def test_they_are_those_that_dateutil_counts(rule: str, start: date, since: int, ahead: int) -> None:
    low = start + timedelta(since)
    until = low + timedelta(ahead)
    found = turns(rule, start, low)
    assert found is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recurrence, "turns", lambda *_rule: None)
        counted = [day for day in occurrences(rule, Moment(start), low, until) if day > low]
    assert list(takewhile(until.__ge__, found)) == counted


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=DAILY;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20270101",
        "nonsense",
    ],
)
def test_others_are_left_to_the_library(rule: str) -> None:
    assert turns(rule, date(2026, 1, 1), date(2026, 1, 1)) is None


def test_they_end_where_the_calendar_ends() -> None:
    found = turns("FREQ=YEARLY;INTERVAL=999", date(2026, 1, 1), date(2026, 1, 1))
    assert found is not None
    assert [day.year for day in islice(found, 20)] == [2026 + 999 * turn for turn in range(1, 8)]
