"""Moments: days without a zone, and times that keep the zone they were said in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from builders import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.moment import Moment, tzinfo_of, zone_name

HELSINKI = "Europe/Helsinki"


@settings(max_examples=60, deadline=None)
@given(
    st.dates(),
    st.none() | st.times(),
    st.sampled_from(["", HELSINKI, "+02:00", "-09:30", "America/Argentina/Salta"]),
)
def test_what_is_written_is_read_back(day: date, clock: time | None, zone: str) -> None:
    moment = Moment(day, clock and clock.replace(microsecond=0), zone if clock else "")
    assert Moment.parse(str(moment)) == moment


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-31", "24.11.2026", "2026-11-24T25:00", "2026-11-24T14:00[two words]", "2026-11-24 14:00"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Moment.parse(text)


def test_a_whole_day_comes_before_its_times() -> None:
    day = date(2026, 11, 24)
    moments = [
        Moment(day, time(14), HELSINKI),
        Moment(day + timedelta(1)),
        Moment(day),
        Moment(day, time(9), HELSINKI),
    ]
    assert [str(moment)[8:16] for moment in sorted(moments)] == ["24", "24T09:00", "24T14:00", "25"]


def test_a_time_keeps_its_wall_clock_when_daylight_saving_changes() -> None:
    winter = Moment(date(2026, 3, 25), time(9), HELSINKI)
    summer = winter.on(date(2026, 4, 1))
    assert (summer.clock, summer.zone) == (time(9), HELSINKI)
    assert summer.instant(None) - winter.instant(None) == timedelta(days=7)
    assert (summer.instant(None).astimezone(UTC).hour, winter.instant(None).astimezone(UTC).hour) == (6, 7)


def test_a_time_that_is_skipped_in_spring_comes_the_length_of_the_gap_later() -> None:
    gap = Moment(date(2026, 3, 29), time(3, 30), HELSINKI).instant(None)
    assert gap.astimezone(UTC).astimezone(ZoneInfo(HELSINKI)).time() == time(4, 30)


def test_a_time_that_comes_twice_in_autumn_is_the_first_of_the_two() -> None:
    twice = Moment(date(2026, 10, 25), time(3, 30), HELSINKI).instant(None)
    assert twice.astimezone(UTC).time() == time(0, 30)


def test_a_whole_day_is_the_same_day_everywhere_and_begins_at_midnight() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        begin = Moment(date(2026, 11, 24)).instant(tzinfo_of(zone))
        assert (begin.date(), begin.time()) == (date(2026, 11, 24), time(0))


def test_now_is_kept_to_the_second_with_its_zone() -> None:
    assert Moment.of(NOW.replace(microsecond=5)) == Moment(NOW.date(), time(10, 30), HELSINKI)
    assert Moment.of(NOW, "+02:00").zone == "+02:00"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        (ZoneInfo(HELSINKI), HELSINKI),
        (timezone(timedelta(hours=2)), "+02:00"),
        (timezone(-timedelta(hours=9, minutes=30)), "-09:30"),
        (UTC, "+00:00"),
    ],
)
def test_a_zone_is_named_so_that_it_is_found_again(zone: ZoneInfo | timezone, name: str) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=zone)
    assert zone_name(now) == name
    found = tzinfo_of(name)
    assert found is not None
    assert now.astimezone(found).utcoffset() == now.utcoffset()


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../etc/passwd", "+2", "/etc/localtime"])
def test_an_unknown_zone_is_none(zone: str) -> None:
    assert tzinfo_of(zone) is None
