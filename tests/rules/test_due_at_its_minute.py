"""What comes due between two looks: once, at its time by the wall, over changes of clock, zone and year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import NOW, account, reminder
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.reminder import DONE, SNOOZED, Occurrence, Reminder
from kam_tui.rules.due import due_between
from kam_tui.settings import Settings

HELSINKI, STOCKHOLM = ZoneInfo("Europe/Helsinki"), ZoneInfo("Europe/Stockholm")


def book_of(*records: Reminder | Occurrence) -> Book:
    return Book.of(account(), *records)


def at(text: str, zone: ZoneInfo = HELSINKI, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def call(text: str, **fields: Any) -> Reminder:
    return reminder("Call", "r-1", due=Moment.parse(text), account_id="a-acmeoy", **fields)


def keys(book: Book, last: datetime, now: datetime) -> list[str]:
    return [due.key for due in due_between(book, Settings(), last, now)]


def test_it_comes_due_at_its_minute_and_not_again() -> None:
    book = book_of(call("2026-11-18T14:00[Europe/Helsinki]"))
    assert keys(book, at("2026-11-18T13:00"), at("2026-11-18T13:59:59")) == []
    (due,) = due_between(book, Settings(), at("2026-11-18T13:59:59"), at("2026-11-18T14:00"))
    assert (due.key, due.item.line, due.late) == ("reminder:r-1:2026-11-18@14:00:00", "Acme Oy: Call", False)
    assert due.at == at("2026-11-18T14:00")
    assert keys(book, at("2026-11-18T14:00"), at("2026-11-18T14:01")) == []


def test_what_came_due_in_sleep_comes_once_and_late() -> None:
    book = book_of(call("2026-11-10T14:00[Europe/Helsinki]", rule="FREQ=DAILY"))
    (due,) = due_between(book, Settings(), at("2026-11-14T12:00"), at("2026-11-18T09:00"))
    assert (due.key, due.late) == ("reminder:r-1:2026-11-17@14:00:00", True)
    assert due.at == at("2026-11-17T14:00")


def test_a_repeated_reminder_that_nobody_did_rings_on_each_of_its_days() -> None:
    book = book_of(call("2026-11-10T14:00[Europe/Helsinki]", rule="FREQ=DAILY"))
    assert keys(book, at("2026-11-18T13:59"), at("2026-11-18T14:00")) == ["reminder:r-1:2026-11-18@14:00:00"]
    assert keys(book, at("2026-11-19T13:59"), at("2026-11-19T14:00")) == ["reminder:r-1:2026-11-19@14:00:00"]


def test_what_is_done_skipped_or_has_no_time_does_not_ring() -> None:
    done = Occurrence("reminder:r-1:2026-11-18", NOW.date(), DONE)
    whole = reminder("Send it", "r-2", due=Moment(date(2026, 11, 18)))
    assert (
        keys(book_of(call("2026-11-18T14:00"), done, whole), at("2026-11-18T00:00"), at("2026-11-19T00:00"))
        == []
    )
    archived = call("2026-11-18T14:00", archived=True)
    assert keys(book_of(archived), at("2026-11-18T00:00"), at("2026-11-19T00:00")) == []


def test_what_was_put_off_rings_when_it_comes_back() -> None:
    off = Occurrence("reminder:r-1:2026-11-18", NOW.date(), SNOOZED, Moment(date(2026, 11, 18), time(15, 30)))
    book = book_of(call("2026-11-18T14:00[Europe/Helsinki]"), off)
    assert keys(book, at("2026-11-18T13:00"), at("2026-11-18T15:29")) == []
    back = "reminder:r-1:2026-11-18@2026-11-18T15:30"
    assert keys(book, at("2026-11-18T15:29"), at("2026-11-18T15:30")) == [back]
    assert keys(book, at("2026-11-18T12:00"), at("2026-11-20T09:00")) == [back]


def test_what_was_put_off_to_a_day_rings_at_its_own_time_that_day() -> None:
    off = Occurrence("reminder:r-1:2026-11-18", NOW.date(), SNOOZED, Moment(date(2026, 11, 20)))
    book = book_of(call("2026-11-18T14:00[Europe/Helsinki]"), off)
    assert keys(book, at("2026-11-18T13:00"), at("2026-11-20T13:59")) == []
    assert len(keys(book, at("2026-11-20T13:59"), at("2026-11-20T14:00"))) == 1


def test_after_it_came_back_the_next_days_ring_again() -> None:
    off = Occurrence("reminder:r-1:2026-11-18", NOW.date(), SNOOZED, Moment(date(2026, 11, 18), time(15, 30)))
    book = book_of(call("2026-11-18T14:00[Europe/Helsinki]", rule="FREQ=DAILY"), off)
    assert keys(book, at("2026-11-19T13:59"), at("2026-11-19T14:00")) == ["reminder:r-1:2026-11-19@14:00:00"]


def test_a_reminder_moved_to_another_time_has_another_key() -> None:
    day = (at("2026-11-18T00:00"), at("2026-11-18T23:59"))
    assert keys(book_of(call("2026-11-18T14:00")), *day) != keys(book_of(call("2026-11-18T16:00")), *day)


def test_a_time_that_summer_time_skips_comes_the_gap_later() -> None:
    book = book_of(call("2026-03-29T03:30[Europe/Helsinki]"))
    before, after = at("2026-03-29T02:59"), at("2026-03-29T04:00")
    assert keys(book, before, after) == []
    (due,) = due_between(book, Settings(), after, at("2026-03-29T04:30"))
    assert due.at == at("2026-03-29T04:30")


def test_a_time_that_comes_twice_rings_the_first_time() -> None:
    book = book_of(call("2026-10-25T03:30[Europe/Helsinki]"))
    assert len(keys(book, at("2026-10-25T03:29"), at("2026-10-25T03:30"))) == 1
    assert keys(book, at("2026-10-25T03:30"), at("2026-10-25T03:45", fold=1)) == []


@pytest.mark.parametrize("text", ["2026-12-31T23:59", "2027-01-01T00:00", "2028-02-29T12:00"])
def test_the_ends_of_days_months_and_years_are_no_gap(text: str) -> None:
    moment = at(text)
    book = book_of(call(text))
    assert len(keys(book, moment - timedelta(seconds=1), moment)) == 1
    assert keys(book, moment, moment + timedelta(days=3)) == []


def test_a_time_in_another_zone_rings_when_it_is_that_time_there() -> None:
    book = book_of(call("2026-11-19T08:00[Asia/Tokyo]"))
    midnight = at("2026-11-19T01:00")
    assert len(keys(book, midnight - timedelta(seconds=1), midnight)) == 1
    book = book_of(call("2026-11-18T20:00[America/Los_Angeles]"))
    assert len(keys(book, at("2026-11-19T05:59"), at("2026-11-19T06:00"))) == 1


def test_who_flies_east_misses_nothing_and_who_flies_west_hears_nothing_twice() -> None:
    book = book_of(call("2026-11-18T14:00"))
    assert len(keys(book, at("2026-11-18T13:29", STOCKHOLM), at("2026-11-18T14:29:05"))) == 1
    assert keys(book, at("2026-11-18T14:30"), at("2026-11-18T13:30:05", STOCKHOLM)) == []
    assert keys(book, at("2026-11-18T13:30:05", STOCKHOLM), at("2026-11-18T14:30", STOCKHOLM)) != []


def test_a_rule_that_cannot_be_read_rings_on_its_first_day() -> None:
    book = book_of(call("2026-11-18T14:00[Europe/Helsinki]", rule="FREQ=SOMETIMES"))
    assert len(keys(book, at("2026-11-18T13:59"), at("2026-11-18T14:00"))) == 1


@given(
    st.lists(st.integers(1, 60 * 48), min_size=1, max_size=30),
    st.lists(st.integers(0, 60 * 24 * 4), min_size=1, max_size=4),
    st.sampled_from([at("2026-03-27T12:00"), at("2026-10-23T12:00"), at("2026-12-30T12:00")]),
)
def test_however_often_is_looked_everything_rings_once(
    naps: list[int], minutes: list[int], begin: datetime
) -> None:
    begun = begin.astimezone(UTC)
    reminders = [
        reminder("Call", f"r-{i}", due=Moment.of((begun + timedelta(minutes=m)).astimezone(HELSINKI)))
        for i, m in enumerate(minutes)
    ]
    book = book_of(*reminders)
    rung: list[str] = []
    last = begun - timedelta(hours=2)
    for nap in [*naps, 60 * 24 * 8]:
        now = last + timedelta(minutes=nap)
        rung += keys(book, last.astimezone(HELSINKI), now.astimezone(HELSINKI))
        last = now
    assert sorted(rung) == sorted({*rung})
    assert len(rung) == len(reminders)
