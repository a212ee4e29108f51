"""The hard dates, each by its name: on which days something is due, and at which moments it rings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import account, contact, contract, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import Options
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.formats.vcard_reader import read
from kam_tui.rules.agenda import agenda
from kam_tui.rules.due import due_between
from kam_tui.settings import Settings

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account(tier="key")


@dataclass(frozen=True)
class Days:
    """One row of the table of days."""

    name: str
    record: Record
    first: str
    last: str
    due: str
    """The days, with spaces between them."""
    leap_day: str = "feb28"


def born(text: str, **fields: Any) -> Contact:
    return contact(birthday=PartialDate.parse(text), **fields)


def on_a_card(text: str) -> Contact:
    """Somebody whose birthday stands on a vCard."""
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Liisa\r\n{text}\r\nEND:VCARD\r\n"
    (draft,) = read(card.encode(), Options()).drafts
    return contact(birthday=draft.contact["birthday"])


def again(first: str, rule: str, **fields: Any) -> Reminder:
    return reminder("Call", "r-1", due=Moment(date.fromisoformat(first)), rule=rule, **fields)


DAYS = [
    Days("29 February, kept on the 28th", born("1980-02-29"), "2027-01-01", "2029-12-31",
         "2027-02-28 2028-02-29 2029-02-28"),
    Days("29 February, kept on 1 March", born("1980-02-29"), "2027-01-01", "2029-12-31",
         "2027-03-01 2028-02-29 2029-03-01", "mar1"),
    Days("29 February without a year, on the 28th", born("--02-29"), "2027-01-01", "2029-12-31",
         "2027-02-28 2028-02-29 2029-02-28"),
    Days("29 February without a year, on 1 March", born("--02-29"), "2027-01-01", "2029-12-31",
         "2027-03-01 2028-02-29 2029-03-01", "mar1"),
    Days("29 February in 2100, which is no leap year", born("--02-29"), "2100-01-20", "2100-03-31",
         "2100-02-28"),
    Days("28 February beside it stays", born("1980-02-28"), "2027-01-01", "2029-12-31",
         "2027-02-28 2028-02-28 2029-02-28", "mar1"),
    Days("1 March beside it stays", born("1980-03-01"), "2027-01-01", "2029-12-31",
         "2027-03-01 2028-03-01 2029-03-01"),
    Days("the last day of the year", born("1980-12-31"), "2027-01-20", "2029-12-31",
         "2027-12-31 2028-12-31 2029-12-31"),
    Days("the first day of the year", born("1980-01-01"), "2027-01-01", "2029-12-31",
         "2027-01-01 2028-01-01 2029-01-01"),
    Days("a gift for New Year's Day is due in the old year",
         born("1980-01-01", account_id=ACME.id, leads="gift 10"), "2027-12-01", "2028-01-31", "2027-12-22"),
    Days("the year of birth itself is no birthday", born("2028-06-30"), "2027-01-01", "2029-12-31",
         "2029-06-30"),
    Days("a month alone is due on its last day", born("--02"), "2027-01-01", "2028-12-31",
         "2027-02-28 2028-02-29"),
    Days("a year alone is due on no day", born("1980"), "2027-01-01", "2029-12-31", ""),
    Days("1604 on a vCard is no year", on_a_card("BDAY:1604-02-29"), "2027-01-01", "2028-12-31",
         "2027-02-28 2028-02-29"),
    Days("1604 with its parameter is no year either", on_a_card("BDAY;X-APPLE-OMIT-YEAR=1604:1604-07-14"),
         "2027-01-01", "2028-12-31", "2027-07-14 2028-07-14"),
    Days("the 31st of each month clamps and comes back", again("2027-01-31", "FREQ=MONTHLY"),
         "2027-01-01", "2027-08-31",
         "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31 2027-06-30 2027-07-31 2027-08-31"),
    Days("the 31st, as RFC 5545 means it, skips", again("2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=31"),
         "2027-01-01", "2027-08-31", "2027-01-31 2027-03-31 2027-05-31 2027-07-31 2027-08-31"),
    Days("the 30th in February", again("2027-01-30", "FREQ=MONTHLY"), "2027-01-01", "2027-03-31",
         "2027-01-30 2027-02-28 2027-03-30"),
    Days("the last day in a leap year", again("2028-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
         "2028-01-01", "2028-03-31", "2028-01-31 2028-02-29 2028-03-31"),
    Days("each year from 29 February on", again("2028-02-29", "FREQ=YEARLY"), "2028-01-01", "2032-12-31",
         "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
    Days("every second week over the end of a year of 53 weeks",
         again("2026-12-18", "FREQ=WEEKLY;INTERVAL=2"), "2026-12-01", "2027-01-31",
         "2026-12-18 2027-01-01 2027-01-15 2027-01-29"),
    Days("every day over the end of February", again("2028-02-27", "FREQ=DAILY"), "2028-02-27", "2028-03-02",
         "2028-02-27 2028-02-28 2028-02-29 2028-03-01 2028-03-02"),
    Days("notice of three months before 31 May is the last of February",
         contract(end=date(2027, 5, 31), notice_period="P3M"), "2027-01-01", "2027-06-30",
         "2027-02-28 2027-05-31"),
]  # fmt: skip


@pytest.mark.parametrize("row", DAYS, ids=lambda row: row.name)
def test_it_is_due_on_these_days_and_on_no_others(row: Days) -> None:
    """What is due is done at once, so that each day stands for itself. No activity matters to these dates, so
    the rules that look at them are asked on those days alone on which something is due."""
    settings = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0, leap_day=row.leap_day)
    handled: list[Occurrence] = []
    found: list[str] = []
    today, last = date.fromisoformat(row.first), date.fromisoformat(row.last)
    while today <= last:
        book = Book.of(ACME, row.record, *handled)
        due = agenda(book, settings, today, 0, early=True)
        assert not due.overdue
        assert not due.today or agenda(book, settings, today, 0).today == due.today
        for item in due.today:
            found.append(str(today))
            handled.append(Occurrence(item.key, today, "done"))
        today += timedelta(days=1)
    assert " ".join(found) == row.due


@dataclass(frozen=True)
class Rings:
    """One row of the table of moments."""

    name: str
    due: str
    rule: str
    first: str
    last: str
    at: str
    """The moments, in UTC, with spaces between them."""
    journey: tuple[tuple[str, str], ...] = (("2000-01-01T00:00", "Europe/Helsinki"),)
    """From which moment on, in UTC, the clock on the wall is that of which zone."""


RINGS = [
    Rings("a time that summer time skips comes the gap later", "2026-03-29T03:30[Europe/Helsinki]", "",
          "2026-03-28T12:00", "2026-03-30T12:00", "2026-03-29T01:30"),
    Rings("each day over the change to summer time", "2026-03-28T03:30[Europe/Helsinki]", "FREQ=DAILY",
          "2026-03-28T00:00", "2026-03-30T12:00", "2026-03-28T01:30 2026-03-29T01:30 2026-03-30T00:30"),
    Rings("a time that comes twice rings the first time", "2026-10-25T03:30[Europe/Helsinki]", "",
          "2026-10-24T12:00", "2026-10-26T12:00", "2026-10-25T00:30"),
    Rings("each day over the change to winter time", "2026-10-24T03:30[Europe/Helsinki]", "FREQ=DAILY",
          "2026-10-24T00:00", "2026-10-26T12:00", "2026-10-24T00:30 2026-10-25T00:30 2026-10-26T01:30"),
    Rings("noon stays noon on both sides of a change", "2026-03-28T12:00[Europe/Helsinki]", "FREQ=DAILY",
          "2026-03-28T00:00", "2026-03-30T12:00", "2026-03-28T10:00 2026-03-29T09:00 2026-03-30T09:00"),
    Rings("a minute before the year ends", "2026-12-31T23:59[Europe/Helsinki]", "", "2026-12-31T12:00",
          "2027-01-01T12:00", "2026-12-31T21:59"),
    Rings("midnight of the new year", "2027-01-01T00:00[Europe/Helsinki]", "", "2026-12-31T12:00",
          "2027-01-01T12:00", "2026-12-31T22:00"),
    Rings("noon of 29 February", "2028-02-29T12:00[Europe/Helsinki]", "", "2028-02-28T12:00",
          "2028-03-01T12:00", "2028-02-29T10:00"),
    Rings("a zone a day ahead", "2026-11-19T00:30[Pacific/Kiritimati]", "", "2026-11-17T12:00",
          "2026-11-19T12:00", "2026-11-18T10:30"),
    Rings("who flies west hears it by the clock over there", "2026-11-18T14:00", "", "2026-11-18T06:00",
          "2026-11-19T06:00", "2026-11-18T19:00",
          (("2000-01-01T00:00", "Europe/Helsinki"), ("2026-11-18T10:00", "America/New_York"))),
    Rings("who has heard it and flies west does not hear it again", "2026-11-18T14:00", "",
          "2026-11-18T06:00", "2026-11-19T06:00", "2026-11-18T12:00",
          (("2000-01-01T00:00", "Europe/Helsinki"), ("2026-11-18T16:00", "America/New_York"))),
    Rings("who flies east past it hears it on landing", "2026-11-18T14:00", "", "2026-11-18T06:00",
          "2026-11-19T06:00", "2026-11-18T08:10",
          (("2000-01-01T00:00", "Europe/Helsinki"), ("2026-11-18T08:01", "Asia/Tokyo"))),
    Rings("a zone of its own does not travel", "2026-11-18T14:00[Europe/Helsinki]", "", "2026-11-18T06:00",
          "2026-11-19T06:00", "2026-11-18T12:00",
          (("2000-01-01T00:00", "Europe/Helsinki"), ("2026-11-18T08:01", "Asia/Tokyo"))),
]  # fmt: skip


@pytest.mark.parametrize("row", RINGS, ids=lambda row: row.name)
def test_it_rings_at_these_moments_and_at_no_others(row: Rings) -> None:
    """A look every ten minutes; what rang is remembered, as the one who rings does."""
    book = Book.of(reminder("Call", "r-1", due=Moment.parse(row.due), rule=row.rule))
    rung: dict[str, str] = {}
    now, end = utc(row.first), utc(row.last)
    last = wall(now, row)
    while now < end:
        now += timedelta(minutes=10)
        here = wall(now, row)
        for due in due_between(book, CALM, last, here):
            if due.key not in rung:
                on_time = due.at.astimezone(UTC)
                heard = on_time if now - on_time < timedelta(minutes=10) else now
                rung[due.key] = f"{heard:%Y-%m-%dT%H:%M}"
        last = here
    assert " ".join(rung.values()) == row.at


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(now: datetime, row: Rings) -> datetime:
    """The clock on the wall where the person is at a moment."""
    zones = [zone for begin, zone in row.journey if utc(begin) <= now]
    return now.astimezone(ZoneInfo(zones[-1]))
