"""Backups by their names: what a name tells, and which of many are kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.backup import DAMAGED, REASONS, Backup, Named, newest_until, outlived

AT = datetime(2026, 11, 22, 14, 15)


def made(at: datetime, reason: str = "daily", *, is_whole: bool = True, count: int = 1) -> Backup:
    named = Named(at, reason, count)
    return Backup(f"/book/backups/{named}", at, reason, count, 100, False, is_whole, "0" * 12)


def test_a_name_tells_when_and_why() -> None:
    assert str(Named(AT, "import")) == "kam-20261122-141500-before-import.zip"
    assert str(Named(AT, "by-hand", 3)) == "kam-20261122-141500-by-hand-3.zip"
    assert str(Named(AT, "daily", 1, "fe20c3d4da8b")) == "kam-20261122-141500-daily.fe20c3d4da8b.zip.age"


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("count", [1, 2, 12])
@pytest.mark.parametrize("mark", ["", "0123456789ab"])
def test_what_was_named_is_read_again(reason: str, count: int, mark: str) -> None:
    named = Named(AT, reason, count, mark)
    assert Named.read(str(named)) == named


@pytest.mark.parametrize(
    "name",
    [
        "lock",
        "kam-20261122-141500-daily.zip.tmp",
        "kam-20261322-141500-daily.zip",
        "kam-20261122-141500-whenever.zip",
        "kam-20261122-141500-daily.zip.age",
        "kam-20261122-daily.zip",
        "../kam-20261122-141500-daily.zip",
    ],
)
def test_other_files_are_no_backups(name: str) -> None:
    assert Named.read(name) is None


def test_of_the_last_day_ten_are_kept() -> None:
    some = [made(AT - timedelta(minutes=n)) for n in range(14)]
    assert outlived(some) == some[10:]


def test_of_a_year_days_weeks_and_months_are_kept() -> None:
    some = [made(AT - timedelta(days=n)) for n in range(400)]
    gone = {each.name for each in outlived(some)}
    kept = [each.at.date() for each in some if each.name not in gone]
    assert kept[:7] == [date(2026, 11, 22) - timedelta(days=n) for n in range(7)]
    sundays = [day for day in kept[7:] if day.month in (10, 11)]
    assert sundays == [
        date(2026, 11, 15),
        date(2026, 11, 8),
        date(2026, 11, 1),
        date(2026, 10, 31),
        date(2026, 10, 25),
    ]
    months = [date(2026, month, 1) - timedelta(days=1) for month in range(10, 0, -1)]
    assert kept[-10:] == months


def test_a_long_pause_lets_nothing_go() -> None:
    some = [made(AT - timedelta(days=400 * n)) for n in range(6)]
    assert outlived(some) == []


def test_what_is_damaged_or_not_whole_is_left_to_a_person() -> None:
    some = [made(AT - timedelta(minutes=n)) for n in range(10)]
    ruin = made(AT - timedelta(days=900), DAMAGED)
    broken = made(AT - timedelta(minutes=20), is_whole=False)
    assert outlived([*some, ruin, broken]) == []
    later = [made(AT + timedelta(minutes=n), DAMAGED) for n in range(20)]
    assert outlived([*some, *later]) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)), min_size=1, max_size=80, unique=True)
)
def test_the_newest_is_always_kept_and_thinning_again_takes_nothing(moments: list[datetime]) -> None:
    some = [made(at.replace(microsecond=0), count=n) for n, at in enumerate(moments, 1)]
    gone = outlived(some)
    left = [each for each in some if each not in gone]
    assert max(some, key=lambda each: each.order) in left
    assert outlived(left) == []
    assert len(left) <= 10 + 7 + 5 + 12


def test_the_newest_until_a_day_or_time_is_found() -> None:
    some = [made(AT - timedelta(hours=n)) for n in (0, 5, 20, 50)]
    assert newest_until(some, AT.date()) == some[0]
    assert newest_until(some, AT - timedelta(hours=1)) == some[1]
    assert newest_until(some, date(2026, 11, 21)) == some[2]
    assert newest_until(some, date(2026, 11, 19)) is None
    assert newest_until([made(AT, DAMAGED), made(AT, is_whole=False)], AT) is None
