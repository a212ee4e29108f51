"""The clock: what time it is, and in which zone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kam_tui.clock import local_clock
from kam_tui.domain.dates.moment import zone_name
from kam_tui.domain.errors import Invalid

HELSINKI = "Europe/Helsinki"


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A computer in Helsinki that says so by its link alone."""
    time.tzset()  # by $TZ, which the library goes by until it is told otherwise
    monkeypatch.delenv("TZ")
    monkeypatch.setattr(os, "readlink", lambda _path: f"/usr/share/zoneinfo/{HELSINKI}")
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def test_the_time_is_that_of_the_computer_in_its_zone(computer: pytest.MonkeyPatch) -> None:
    del computer
    for zone in ("", HELSINKI):
        before, now, after = datetime.now(UTC), local_clock(zone)(), datetime.now(UTC)
        assert before <= now <= after
        assert zone_name(now) == HELSINKI
        assert now.isoformat() == now.astimezone(ZoneInfo(HELSINKI)).isoformat()
        assert (now + timedelta(days=180)).utcoffset() != now.utcoffset()


def test_a_zone_of_ones_own_goes_before_that_of_the_computer(computer: pytest.MonkeyPatch) -> None:
    for given in ("setting", "variable"):
        if given == "variable":
            computer.setenv("TZ", "Asia/Tokyo")
        now = local_clock("Asia/Tokyo" if given == "setting" else "")()
        assert (zone_name(now), now.utcoffset()) == ("Asia/Tokyo", timedelta(hours=9))


def test_who_travels_with_kam_open_gets_the_zone_of_where_they_are(computer: pytest.MonkeyPatch) -> None:
    free, fixed = local_clock(), local_clock(HELSINKI)
    computer.setattr(os, "readlink", lambda _path: "/usr/share/zoneinfo/Asia/Tokyo")
    assert (zone_name(free()), free().utcoffset()) == ("Asia/Tokyo", timedelta(hours=9))
    assert zone_name(fixed()) == HELSINKI
    computer.setattr(os, "readlink", lambda _path: f"/usr/share/zoneinfo/{HELSINKI}")
    assert zone_name(free()) == HELSINKI


def test_a_computer_that_tells_no_zone_is_gone_by_its_offset(computer: pytest.MonkeyPatch) -> None:
    def refuse(_path: str) -> str:
        raise OSError

    computer.setattr(os, "readlink", refuse)
    now = local_clock()()
    assert zone_name(now) in ("+02:00", "+03:00")
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_zone_that_is_unknown_is_refused() -> None:
    with pytest.raises(Invalid, match="Mars/Olympus is no zone"):
        local_clock("Mars/Olympus")


@pytest.mark.parametrize("year", ["0001", "1979", "2101", "9999"])
def test_a_year_that_nobody_lives_in_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, year: str
) -> None:
    monkeypatch.setenv("KAM_NOW", f"{year}-12-31T23:59")
    with pytest.raises(Invalid, match=f"KAM_NOW is {year}-12-31T23:59, which is not between the years 1980"):
        local_clock()
