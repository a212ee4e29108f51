"""The hard dates: what a phrase means where the clocks change, the year ends, and the reader travels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.when import read_when
from kam_tui.domain.dates.zone import brought

HELSINKI, TOKYO, NEW_YORK = "Europe/Helsinki", "Asia/Tokyo", "America/New_York"


def read(text: str, now: str, zone: str = HELSINKI, fold: int = 0) -> str:
    there = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return str(read_when(text, Reading(now=there))).removesuffix(f"[{zone}]")


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        pytest.param("2026-03-28T12:00", "tomorrow 3:30", "2026-03-29T03:30", id="a time that is skipped"),
        pytest.param("2026-03-29T02:30", "in 1 hour", "2026-03-29T04:30", id="an hour over the gap"),
        pytest.param("2026-03-29T02:30", "in 30 minutes", "2026-03-29T04:00", id="minutes into the gap"),
        pytest.param("2026-03-28T12:00", "in 24 hours", "2026-03-29T13:00", id="24 hours are not a day"),
        pytest.param("2026-03-28T12:00", "in 1 day", "2026-03-29", id="a day is a day"),
        pytest.param("2026-10-25T02:30", "in 2 hours", "2026-10-25T03:30", id="hours over the second hour"),
        pytest.param("2026-10-25T04:30", "1 hour ago", "2026-10-25T03:30", id="back into the second hour"),
        pytest.param("2026-12-31T23:59", "tomorrow", "2027-01-01", id="tomorrow is next year"),
        pytest.param("2026-12-31T23:59", "in 1 minute", "2027-01-01T00:00", id="a minute is next year"),
        pytest.param("2026-12-31T12:00", "fri", "2027-01-01", id="friday is next year"),
        pytest.param("2026-12-31T12:00", "week 1", "2027-01-04", id="week 1 begins in January"),
        pytest.param("2024-12-29T12:00", "week 1", "2024-12-30", id="week 1 begins in December"),
        pytest.param("2026-12-31T12:00", "week 53", "2032-12-27", id="week 53 is over in a day"),
        pytest.param("2026-12-31T12:00", "end of the year", "2026-12-31", id="the last day of the year"),
        pytest.param("2026-12-31T12:00", "31.12.", "2026-12-31", id="today counts"),
        pytest.param("2027-01-01T00:00", "31.12.", "2027-12-31", id="a minute later it is next time"),
        pytest.param("2026-12-31T12:00", "in 2 months", "2027-02-28", id="two months from the 31st"),
        pytest.param("2027-12-31T12:00", "in 2 months", "2028-02-29", id="the same in a leap year"),
        pytest.param("2027-03-01T12:00", "29.2.", "2028-02-29", id="29 February next year"),
        pytest.param("2096-03-01T12:00", "29 feb", "2104-02-29", id="29 February in eight years"),
        pytest.param("2028-02-29T12:00", "in 1 year", "2029-02-28", id="a year from a leap day"),
        pytest.param("2026-01-31T12:00", "next month", "2026-02-01", id="next month from the 31st"),
        pytest.param("2026-02-01T12:00", "the 31st", "2026-03-31", id="the next month with a 31st"),
        pytest.param("2026-11-24T23:30", "23:00", "2026-11-25T23:00", id="just gone is tomorrow"),
        pytest.param("2026-11-24T23:30", "0:15", "2026-11-25T00:15", id="just past midnight"),
    ],
)
def test_a_hard_date(now: str, text: str, expected: str) -> None:
    assert read(text, now) == expected


def test_the_hour_that_comes_twice_is_told_apart_by_the_reader_who_is_in_it() -> None:
    assert read("in 30 minutes", "2026-10-25T03:15", fold=0) == "2026-10-25T03:45"
    assert read("in 1 hour", "2026-10-25T03:15", fold=1) == "2026-10-25T04:15"


@pytest.mark.parametrize(
    ("zone", "now", "text", "expected"),
    [
        pytest.param(TOKYO, "2026-11-25T01:00", "today", "2026-11-25", id="today is the day here"),
        pytest.param(NEW_YORK, "2026-11-24T11:00", "14:00", "2026-11-24T14:00", id="14:00 by the clock here"),
        pytest.param(NEW_YORK, "2026-11-24T20:00", "yesterday", "2026-11-23", id="yesterday here"),
        pytest.param(
            NEW_YORK, "2026-11-01T00:30", "in 2 hours", "2026-11-01T01:30", id="another day of change"
        ),
        pytest.param(
            "Pacific/Apia", "2011-12-29T23:30", "in 1 hour", "2011-12-31T00:30", id="a day that never was"
        ),
        pytest.param(
            "Asia/Kathmandu", "2026-11-24T23:50", "in 15 minutes", "2026-11-25T00:05", id="a quarter"
        ),
    ],
)
def test_who_travels_is_read_by_the_clock_where_they_are(
    zone: str, now: str, text: str, expected: str
) -> None:
    assert read(text, now, zone) == expected


def test_what_was_set_at_home_stays_at_its_time_there_while_one_travels() -> None:
    set_at_home = Moment.parse("2026-11-24T14:00[Europe/Helsinki]")
    assert str(brought(set_at_home, TOKYO)) == "2026-11-24T21:00[Asia/Tokyo]"
    assert str(brought(brought(set_at_home, TOKYO), HELSINKI)) == str(set_at_home)
    skipped = Moment.parse("2026-03-29T03:30[Europe/Helsinki]")
    assert str(brought(skipped, "UTC")) == "2026-03-29T01:30[UTC]"


@settings(max_examples=60)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from([HELSINKI, TOKYO, NEW_YORK, "Australia/Lord_Howe", "America/St_Johns", "UTC"]),
    st.integers(1, 72),
)
def test_so_many_hours_are_so_many_hours_wherever_and_whenever(now: datetime, zone: str, hours: int) -> None:
    here = now.replace(microsecond=0, second=0, tzinfo=UTC).astimezone(ZoneInfo(zone))
    moment = read_when(f"in {hours} hours", Reading(now=here))
    then = here.astimezone(UTC) + timedelta(hours=hours)
    assert (moment.day, moment.clock) == (
        then.astimezone(ZoneInfo(zone)).date(),
        then.astimezone(ZoneInfo(zone)).time(),
    )
