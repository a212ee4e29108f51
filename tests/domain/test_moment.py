"""Moments: days without a zone, and times that keep the zone they were said in."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from builders import NOW
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates.moment import KnownZone, Moment, tzinfo_of, zone_name

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
    ["", "2026-11-31", "24.11.2026", "2026-11-24T25:00", "2026-11-24T14:00[two words]", "2026-11-24 14:00",
     "2026-W47-2", "20261124T1400", "2026-11-24T14", "2026-11-24T14:0000", "2026-11-24T14:00:00.5",
     "2026-11-24T14:00+02:00", "2026-11-24T14:00[]", "2026-11-24T14:00[Europe/Oslo", "2026-11-24T14:00[a]b"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Moment.parse(text)


def test_a_refusal_shows_what_was_meant_or_what_is_wrong_with_the_day() -> None:
    for text in ("someday", "next week.", "2026-11-24T14.00", "2026-W47-2", "abcd-ef-gh"):
        with pytest.raises(ValueError, match="such as 2026-11-24 or"):
            Moment.parse(text)
    for text in ("2026-11-31", "2026-11-31T14:00"):
        with pytest.raises(ValueError, match="day"):
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


YEAR = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1))


@settings(max_examples=60, deadline=None)
@given(YEAR, YEAR, st.integers(0, 1))
@example(datetime(2026, 10, 25, 3, 30), datetime(2026, 10, 25, 3, 30), 1)
@example(datetime(2026, 3, 29, 3, 30), datetime(2026, 10, 25, 0, 30), 0)
def test_a_zone_known_by_one_moment_is_that_zone_at_any_other(
    now: datetime, then: datetime, fold: int
) -> None:
    zone = ZoneInfo(HELSINKI)
    now = now.replace(fold=fold)
    known = KnownZone(HELSINKI, now, now.replace(tzinfo=zone).utcoffset())
    for wall in (now, then, then.replace(fold=1 - fold)):
        ours, theirs = wall.replace(tzinfo=known), wall.replace(tzinfo=zone)
        assert (ours.isoformat(), ours.dst(), ours.tzname()) == (
            theirs.isoformat(),
            theirs.dst(),
            theirs.tzname(),
        )
        assert Moment.of(ours) == Moment.of(theirs)
    there = then.replace(tzinfo=UTC)
    ours, theirs = there.astimezone(known), there.astimezone(zone)
    assert (ours.replace(tzinfo=None), ours.fold) == (theirs.replace(tzinfo=None), theirs.fold)


def test_a_zone_this_computer_has_no_tables_of_keeps_the_offset_that_is_known() -> None:
    now = datetime(2026, 11, 24, 12)
    known = KnownZone("Mars/Olympus", now, timedelta(hours=2))
    for zone in (known, copy.deepcopy(known)):
        assert now.replace(tzinfo=zone).isoformat() == "2026-11-24T12:00:00+02:00"
    assert datetime(2026, 11, 24, 9, tzinfo=UTC).astimezone(known).hour == 11
