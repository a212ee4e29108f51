"""Reminders set by hand: once, and by every sort of rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import ZONE, account, contact, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.zone import at_home
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.finding import find_item
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
MATTI = contact("Matti Virtanen", account_id=ACME.id)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def set_for(day: date, rule: str = "", **fields: Any) -> Reminder:
    known = {"due": Moment(day), "rule": rule, "account_id": ACME.id, "created": ahead(-60)}
    return reminder("Send the offer", "r-1", **known | fields)


def plan(*records: Record, today: date = TODAY, days: int = 7) -> Agenda:
    return agenda(Book.of(ACME, LIISA, MATTI, *records), CALM, today, days)


def only(found: Agenda) -> AgendaItem:
    (item,) = (*found.overdue, *found.today, *found.upcoming)
    return item


def handled(day: date, state: str = "done", until: Moment | None = None) -> Occurrence:
    return Occurrence(f"reminder:r-1:{day}", TODAY, state, until)


def test_a_reminder_comes_up_on_its_day_and_stays() -> None:
    assert plan(set_for(ahead(8))) == Agenda()
    assert plan(set_for(ahead(7))).upcoming
    assert plan(set_for(TODAY)).today
    assert only(plan(set_for(ahead(-400)))).days_late(TODAY) == 400
    for state in ("done", "skipped"):
        assert plan(set_for(ahead(-400)), handled(ahead(-400), state)) == Agenda()


def test_it_says_who_what_and_why() -> None:
    item = only(plan(set_for(TODAY, contact_ids=(LIISA.id, MATTI.id), action="mail")))
    assert (item.who, item.what) == ("Liisa Korhonen and Matti Virtanen, Acme Oy", "Send the offer")
    assert item.why == "Reminder set on Fri 25 Sep 2026."
    assert (item.action, item.rule) == ("mail", "reminder")
    recurring = only(plan(set_for(TODAY, "FREQ=WEEKLY;INTERVAL=2")))
    assert recurring.why == "Reminder set on Fri 25 Sep 2026; every 2 weeks."


def test_a_person_alone_stands_for_their_account_and_nobody_is_nobody() -> None:
    item = only(plan(set_for(TODAY, account_id=None, contact_ids=(LIISA.id,))))
    assert (item.who, item.account_id) == ("Liisa Korhonen, Acme Oy", ACME.id)
    nobody = only(plan(set_for(TODAY, account_id=None)))
    assert (nobody.who, nobody.line) == ("", "Send the offer")


def test_missed_days_are_one_line_due_since_the_first_and_settled_by_the_last() -> None:
    item = only(plan(set_for(ahead(-21), "FREQ=WEEKLY")))
    assert item.due.day == ahead(-21)
    assert item.key == f"reminder:r-1:{TODAY}"
    assert item.why.endswith("4 times open since Tue 3 Nov 2026.")
    assert plan(set_for(ahead(-21), "FREQ=WEEKLY"), handled(TODAY)).overdue == ()
    after = only(plan(set_for(ahead(-21), "FREQ=WEEKLY"), handled(TODAY)))
    assert after.due.day == ahead(7)


def test_a_line_keeps_its_short_word_while_more_days_are_missed() -> None:
    weekly = set_for(TODAY, "FREQ=WEEKLY")
    first, later = only(plan(weekly)), only(plan(weekly, today=ahead(14)))
    assert (first.handle, first.key) == (later.handle, f"reminder:r-1:{TODAY}")
    assert later.key == f"reminder:r-1:{ahead(14)}"
    assert find_item(Book.of(ACME, weekly), CALM, ahead(14), first.handle) == later
    assert only(plan(weekly, handled(ahead(14)), today=ahead(21))).handle != first.handle


def test_between_two_days_the_missed_ones_are_settled_and_the_next_still_comes() -> None:
    weekly = set_for(ahead(-16), "FREQ=WEEKLY")
    item = only(plan(weekly))
    assert item.key == f"reminder:r-1:{ahead(-2)}"
    assert (item.due.day, item.days_late(TODAY)) == (ahead(-16), 16)
    assert only(plan(weekly, handled(ahead(-2)))).due.day == ahead(5)


def test_done_early_the_next_is_the_one_after() -> None:
    weekly = set_for(ahead(3), "FREQ=WEEKLY")
    assert plan(weekly, handled(ahead(3))) == Agenda()
    assert only(plan(weekly, handled(ahead(3)), days=14)).due.day == ahead(10)


def test_a_time_of_day_is_kept_on_every_day() -> None:
    timed = set_for(ahead(-8), "FREQ=WEEKLY", due=Moment(ahead(-7), time(14), "Europe/Helsinki"))
    assert only(plan(timed, handled(ahead(-7)))).due == Moment(TODAY, time(14), "Europe/Helsinki")


@pytest.mark.parametrize(
    ("rule", "first", "today", "due"),
    [
        ("FREQ=MONTHLY", "2027-01-31", "2027-02-28", "2027-02-28"),
        ("FREQ=MONTHLY", "2027-01-31", "2027-03-31", "2027-03-31"),
        ("FREQ=YEARLY", "2024-02-29", "2027-02-28", "2027-02-28"),
        ("FREQ=YEARLY", "2024-02-29", "2028-02-29", "2028-02-29"),
        ("FREQ=MONTHLY;BYDAY=2FR", "2026-11-13", "2026-12-11", "2026-12-11"),
        ("FREQ=DAILY;INTERVAL=2", "2026-12-30", "2027-01-01", "2027-01-01"),
    ],
)
def test_the_hard_days_come_up_on_their_day(rule: str, first: str, today: str, due: str) -> None:
    day = date.fromisoformat(today)
    before = handled(day - timedelta(days=1))
    item = only(plan(set_for(date.fromisoformat(first), rule), before, today=day, days=0))
    assert str(item.due.day) == due


def test_snoozed_it_hides_through_the_next_days_of_its_rule_too() -> None:
    daily = set_for(ahead(-3), "FREQ=DAILY")
    put_off = handled(TODAY, "snoozed", Moment(ahead(3)))
    assert plan(daily, put_off).snoozed
    assert plan(daily, put_off, today=ahead(2)).snoozed[0].snoozed_until == Moment(ahead(3))
    back = only(plan(daily, put_off, today=ahead(3)))
    assert (back.due.day, back.days_late(ahead(3))) == (ahead(-3), 6)
    done = handled(ahead(1))
    assert plan(daily, put_off, done, today=ahead(2)).today


def test_put_off_until_later_today_it_hides_by_the_clock() -> None:
    put_off = handled(TODAY, "snoozed", Moment(TODAY, time(14), "Europe/Helsinki"))
    book = Book.of(ACME, set_for(TODAY), put_off)
    assert agenda(book, CALM, TODAY, clock=time(13, 59)).snoozed
    assert agenda(book, CALM, TODAY, clock=time(14)).today[0].snoozed_until is None
    assert agenda(book, CALM, TODAY).today[0].snoozed_until == put_off.until


def test_rescheduled_it_is_due_on_its_new_day() -> None:
    moved = replace(set_for(TODAY), due=Moment(ahead(5)))
    assert only(plan(moved)).due.day == ahead(5)


def test_archived_reminders_and_accounts_are_silent() -> None:
    assert plan(set_for(TODAY, archived=True)) == Agenda()
    assert agenda(Book.of(replace(ACME, archived=True), set_for(TODAY)), CALM, TODAY) == Agenda()


def test_a_rule_that_cannot_be_read_does_not_take_the_reminder_along() -> None:
    item = only(plan(set_for(TODAY, "FREQ=NEVER")))
    assert "its rule FREQ=NEVER cannot be read" in item.why


def test_a_rule_that_has_ended_leaves_what_was_missed() -> None:
    ended = set_for(ahead(-30), "FREQ=WEEKLY;COUNT=2")
    item = only(plan(ended))
    assert (item.due.day, item.key) == (ahead(-30), f"reminder:r-1:{ahead(-23)}")
    assert plan(ended, handled(ahead(-23)), days=366) == Agenda()


def done_on(day: date, due: date, state: str = "done") -> Occurrence:
    return Occurrence(f"reminder:r-1:{due}", day, state)


@pytest.mark.parametrize("state", ["done", "skipped"])
@pytest.mark.parametrize(
    ("rule", "done", "due", "following"),
    [
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-24", "2026-11-10", "2026-12-08"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-20", "2026-11-24", "2026-12-04"),
        ("FREQ=MONTHLY", "2027-01-31", "2027-01-15", "2027-02-28"),
        ("FREQ=MONTHLY", "2027-02-28", "2027-02-28", "2027-03-28"),
        ("FREQ=YEARLY", "2028-02-29", "2028-02-20", "2029-02-28"),
        ("FREQ=DAILY", "2026-11-20", "2026-11-24", "2026-11-25"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-11-24", "2026-12-08", "2026-12-09"),
    ],
)
def test_counted_from_done_the_next_comes_so_long_after_it_was_done(
    rule: str, done: str, due: str, following: str, state: str
) -> None:
    """Done early or late; and always after the day that was settled."""
    one = set_for(date.fromisoformat(due), rule, from_done=True)
    settled = done_on(date.fromisoformat(done), one.due.day, state)
    item = only(plan(one, settled, today=date.fromisoformat(following)))
    assert (str(item.due.day), item.key) == (following, f"reminder:r-1:{following}")
    assert plan(one, settled, today=date.fromisoformat(following) - timedelta(days=1), days=0) == Agenda()


def test_counted_from_done_it_waits_on_its_one_day_until_it_is_done() -> None:
    one = set_for(ahead(-30), "FREQ=WEEKLY", from_done=True)
    item = only(plan(one))
    assert (item.key, item.days_late(TODAY)) == (f"reminder:r-1:{ahead(-30)}", 30)
    assert item.why == "Reminder set on Fri 25 Sep 2026; every week, counted from when it was done."
    moved = replace(one, due=Moment(ahead(3)))
    assert only(plan(moved, done_on(ahead(-30), ahead(-30)))).due.day == ahead(3)


def test_counted_from_done_it_goes_on_from_each_time() -> None:
    one = set_for(ahead(-30), "FREQ=DAILY;INTERVAL=10", from_done=True)
    records = [done_on(ahead(-25), ahead(-30)), done_on(ahead(-5), ahead(-15))]
    assert only(plan(one, *records)).due.day == ahead(5)
    assert only(plan(one, *reversed(records))).due.day == ahead(5)
    assert only(plan(one, records[0])).due.day == ahead(-15)


@pytest.mark.parametrize(
    ("said", "home", "here"),
    [
        ("2026-12-01T09:00[Asia/Tokyo]", "America/Los_Angeles", "2026-11-30T16:00"),
        ("2026-12-01T20:00[America/New_York]", "Asia/Tokyo", "2026-12-02T10:00"),
        ("2026-12-01T09:00[Asia/Tokyo]", "Europe/Helsinki", "2026-12-01T02:00"),
    ],
)
def test_every_tuesday_there_is_a_tuesday_there_whatever_day_it_is_here(
    said: str, home: str, here: str
) -> None:
    """Day by day for eight months, over every change to summer time: each once, on its day, and done."""
    there = Moment.parse(said)
    due, zone = at_home(there, datetime(2026, 11, 20, 12, tzinfo=ZoneInfo(home)))
    assert str(due) == f"{here}[{home}]"
    call = reminder("Call", "r-1", due=due, zone=zone, rule="FREQ=WEEKLY;BYDAY=TU", created=date(2026, 11, 1))
    handled: list[Occurrence] = []
    told: list[Moment] = []
    day = date(2026, 11, 20)
    while day < date(2027, 7, 20):
        found = agenda(Book.of(call, *handled), CALM, day, 3)
        assert not found.overdue
        assert all(item.due.day <= day + timedelta(days=3) for item in found.upcoming)
        for item in found.today:
            told.append(item.due)
            handled.append(Occurrence(item.key, day, "done"))
        day += timedelta(days=1)
    theirs = [moment.instant(None).astimezone(ZoneInfo(there.zone)) for moment in told]
    assert {(each.weekday(), each.time()) for each in theirs} == {(1, there.clock)}
    days = [each.date() for each in theirs]
    assert days == [there.day + timedelta(weeks=number) for number in range(len(days))]
    assert len(days) >= 33


def test_missed_days_there_are_one_line_of_those_that_have_come_here() -> None:
    due, zone = at_home(
        Moment.parse("2026-12-01T20:00[America/New_York]"), datetime(2026, 11, 20, tzinfo=ZONE)
    )
    call = reminder("Call", "r-1", due=due, zone=zone, rule="FREQ=DAILY")
    (item,) = agenda(Book.of(call), CALM, date(2026, 12, 4)).overdue
    assert item.due == Moment.parse("2026-12-02T03:00[Europe/Helsinki]")
    assert item.key == "reminder:r-1:2026-12-03"  # that of the 4th there comes tomorrow here
    (item,) = agenda(
        Book.of(call, Occurrence(item.key, date(2026, 12, 4), "done")), CALM, date(2026, 12, 4), 1
    ).upcoming
    assert item.due == Moment.parse("2026-12-05T03:00[Europe/Helsinki]")


def test_a_rule_of_working_days_heeds_the_holidays_of_the_country() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"
    book = Book.of(ACME, set_for(date(2026, 12, 1), rule), handled(date(2026, 12, 1)))
    found = {
        country: only(agenda(book, replace(CALM, country=country), date(2026, 12, 30))).due.day
        for country in ("", "FI")
    }
    assert found == {"": date(2027, 1, 1), "FI": date(2027, 1, 4)}
