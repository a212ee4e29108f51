"""Birthdays and anniversaries: never missed, never twice, and never invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import account, contact

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.finding import find_item
from kam_tui.rules.occasion_words import is_milestone
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")


def liisa(birthday: PartialDate | None = None, **fields: Any) -> Contact:
    known: dict[str, Any] = {"account_id": ACME.id, "birthday": birthday or PartialDate(1976, 11, 24)}
    return contact("Liisa Korhonen", **known | fields)


def plan(*records: Record, today: date = TODAY, settings: Settings = CALM, days: int = 7) -> Agenda:
    return agenda(Book.of(ACME, *records), settings, today, days)


def only(found: Agenda) -> AgendaItem:
    (item,) = (*found.overdue, *found.today, *found.upcoming)
    return item


def test_a_birthday_says_who_and_how_old_and_why() -> None:
    found = plan(liisa())
    item = found.today[0]
    assert (item.who, item.what) == ("Liisa Korhonen, Acme Oy", "Birthday, turns 50")
    assert item.why == "Born 24 Nov 1976."
    assert item.key == "birthday:c-liisakorhonen:2026-11-24"
    assert (item.rule, item.action) == ("birthday", "call")
    assert (item.account_id, item.contact_ids) == (ACME.id, ("c-liisakorhonen",))
    assert item.milestone
    assert found.overdue == found.upcoming == ()


def test_a_birthday_that_is_over_is_told_as_over() -> None:
    assert plan(liisa(), today=TODAY + timedelta(days=1)).overdue[0].what == "Birthday, turned 50"


def test_without_a_year_no_age_is_told() -> None:
    item = plan(liisa(PartialDate(None, 11, 24))).today[0]
    assert (item.what, item.why, item.milestone) == ("Birthday", "Born 24 Nov.", False)


def test_a_birthday_of_which_the_year_alone_is_known_is_no_occasion() -> None:
    assert plan(liisa(PartialDate(1976)), days=366) == Agenda()


@pytest.mark.parametrize(
    ("known", "what"),
    [
        (PartialDate(1977, 11), "Birthday, turns 49, some time in Nov"),
        (PartialDate(None, 11), "Birthday, some time in Nov"),
    ],
)
def test_a_birthday_without_a_day_is_told_once_from_the_start_of_its_month(
    known: PartialDate, what: str
) -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    key = replace(ACME, tier="key")
    assert plan(key, liisa(known), today=first - timedelta(days=1), days=0) == Agenda()
    (item,) = plan(key, liisa(known), today=first, days=0).upcoming
    assert (item.due.day, item.what, item.key) == (last, what, "birthday:c-liisakorhonen:2026-11-30")
    assert [each.key for each in plan(liisa(known), today=last).today] == [item.key]
    assert [each.key for each in plan(liisa(known), today=date(2026, 12, 14)).overdue] == [item.key]
    assert plan(liisa(known), today=date(2026, 12, 15)).missed
    done = Occurrence(item.key, first, "done")
    assert plan(liisa(known), done, today=last) == Agenda()
    assert only(plan(liisa(known), done, today=date(2027, 11, 1))).due.day == date(2027, 11, 30)


def test_it_comes_up_with_its_notice_and_no_sooner() -> None:
    born = liisa(PartialDate(1980, 12, 1), created=date(2026, 11, 1))
    assert [i.due.day for i in plan(born).upcoming] == [date(2026, 12, 1)]
    assert plan(born, days=0).upcoming[0].shows_from == TODAY
    assert plan(born, days=6, today=date(2026, 11, 23)) == Agenda()
    notice = Settings(cadence_standard=0, lead_birthday=14)
    assert plan(born, days=0, today=date(2026, 11, 18), settings=notice).upcoming
    assert plan(born, days=30, today=date(2026, 11, 10)).upcoming


def test_an_occasion_may_have_notice_of_its_own() -> None:
    wedding = Occasion("wedding", PartialDate(2010, 12, 20), lead_days=30)
    item = only(plan(liisa(PartialDate(1980, 1, 1), created=TODAY, occasions=(wedding,))))
    assert (item.what, item.shows_from) == ("Wedding anniversary, 16 years", date(2026, 11, 20))


def test_it_stays_with_the_days_it_is_late_for_its_grace() -> None:
    for late in (1, 3, 14):
        item = only(plan(liisa(), today=TODAY + timedelta(days=late)))
        assert (item.due.day, item.days_late(TODAY + timedelta(days=late))) == (TODAY, late)
        assert item.closes == TODAY + timedelta(days=14)


def test_after_its_grace_it_is_missed_and_told_so_for_sixty_days() -> None:
    for late in (15, 40, 74):
        found = plan(liisa(), today=TODAY + timedelta(days=late))
        assert (found.open, found.upcoming, found.snoozed, found.quiet) == ((), (), (), ())
        assert [item.what for item in found.missed] == ["Birthday, turned 50"]
    assert plan(liisa(), today=TODAY + timedelta(days=75)) == Agenda()
    long = replace(CALM, grace_days=100)
    assert plan(liisa(), today=TODAY + timedelta(days=100), settings=long).overdue
    none = replace(CALM, grace_days=0)
    assert plan(liisa(), settings=none).today
    assert plan(liisa(), today=TODAY + timedelta(days=1), settings=none).missed


def test_what_was_missed_can_still_be_done_by_its_key_its_handle_and_its_words() -> None:
    late = TODAY + timedelta(days=20)
    book = Book.of(ACME, liisa())
    (item,) = agenda(book, CALM, late).missed
    for text in (item.key, item.handle, "liisa birthday turned"):
        assert find_item(book, CALM, late, text) == item
    done = Occurrence(item.key, late, "done")
    assert plan(liisa(), done, today=late) == Agenda()


def test_the_next_birthday_is_meant_before_the_one_that_was_missed() -> None:
    late = date(2026, 12, 20)
    assert find_item(Book.of(ACME, liisa()), CALM, late, "liisa").due.day == date(2027, 11, 24)


def test_put_off_for_longer_than_its_grace_it_still_comes_back() -> None:
    until = TODAY + timedelta(days=40)
    put_off = Occurrence("birthday:c-liisakorhonen:2026-11-24", TODAY, "snoozed", Moment(until))
    assert plan(liisa(), put_off, today=until - timedelta(days=1)).snoozed
    assert only(plan(liisa(), put_off, today=until)).days_late(until) == 40
    assert plan(liisa(), put_off, today=until + timedelta(days=15)).missed


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_handled_it_comes_up_no_more_until_next_year(state: str) -> None:
    handled = Occurrence("birthday:c-liisakorhonen:2026-11-24", TODAY, state)
    for late in (0, 1, 100, 350):
        assert plan(liisa(), handled, today=TODAY + timedelta(days=late)) == Agenda()
    again = only(plan(liisa(), handled, today=date(2027, 11, 17)))
    assert (again.due.day, again.what) == (date(2027, 11, 24), "Birthday, turns 51")


def test_greeted_ahead_of_the_day_it_does_not_come_up_on_it() -> None:
    handled = Occurrence("birthday:c-liisakorhonen:2026-11-24", date(2026, 11, 20), "done")
    assert plan(liisa(), handled, today=date(2026, 11, 20)) == Agenda()
    assert plan(liisa(), handled) == Agenda()


def test_a_later_day_that_was_handled_settles_the_earlier_ones() -> None:
    handled = Occurrence("birthday:c-liisakorhonen:2026-11-24", TODAY, "done")
    early = Occurrence("birthday:c-liisakorhonen:2024-11-24", TODAY, "done")
    assert plan(liisa(), handled, early, today=TODAY + timedelta(days=10)) == Agenda()


def test_missed_years_are_one_line_and_a_new_one_shows_beside_it_with_its_notice() -> None:
    long = replace(CALM, grace_days=3000)
    found = plan(liisa(), today=date(2026, 11, 20), settings=long)
    assert [str(i.due.day) for i in found.overdue] == ["2025-11-24"]
    assert [str(i.due.day) for i in found.upcoming] == ["2026-11-24"]
    assert only(plan(liisa(), settings=long)).due.day == TODAY


def test_what_was_long_before_a_person_came_into_the_book_is_not_held_against_it() -> None:
    assert plan(liisa(created=date(2026, 12, 2)), today=date(2026, 12, 2)) == Agenda()
    assert only(plan(liisa(created=date(2026, 12, 1)), today=date(2026, 12, 1))).due.day == TODAY
    assert plan(
        liisa(created=date(2026, 11, 25)), settings=replace(CALM, belated_days=0), today=date(2026, 12, 1)
    ) == (Agenda())


def test_snoozed_it_hides_and_comes_back_as_late_as_it_is() -> None:
    put_off = Occurrence("birthday:c-liisakorhonen:2026-11-24", TODAY, "snoozed", Moment(date(2026, 11, 27)))
    found = plan(liisa(), put_off, today=date(2026, 11, 26))
    assert [item.snoozed_until for item in found.snoozed] == [Moment(date(2026, 11, 27))]
    assert found.overdue == ()
    (item,) = plan(liisa(), put_off, today=date(2026, 11, 27)).overdue
    assert (item.due.day, item.days_late(date(2026, 11, 27))) == (TODAY, 3)


def test_last_year_put_off_for_long_does_not_hide_this_years() -> None:
    put_off = Occurrence("birthday:c-liisakorhonen:2025-11-24", TODAY, "snoozed", Moment(date(2027, 1, 1)))
    assert only(plan(liisa(), put_off)).due.day == TODAY


def test_a_corrected_date_does_not_ask_for_the_same_birthday_again() -> None:
    handled = Occurrence("birthday:c-liisakorhonen:2026-11-24", TODAY, "done")
    corrected = liisa(PartialDate(1976, 11, 26))
    assert plan(corrected, handled, today=date(2026, 11, 27)) == Agenda()
    assert only(plan(corrected, handled, today=date(2027, 11, 26))).due.day == date(2027, 11, 26)
    assert only(plan(liisa(PartialDate(1976, 12, 30)), handled, today=date(2026, 12, 30))).due.day.month == 12


@pytest.mark.parametrize(
    ("year", "rule", "day", "note"),
    [
        (2026, "feb28", "2026-02-28", True),
        (2026, "mar1", "2026-03-01", True),
        (2028, "feb28", "2028-02-29", False),
        (2028, "mar1", "2028-02-29", False),
    ],
)
def test_29_february_follows_the_policy_each_year_anew(year: int, rule: str, day: str, note: bool) -> None:
    settings = replace(CALM, leap_day=rule)
    born = liisa(PartialDate(1980, 2, 29), created=date(year, 1, 1))
    item = only(plan(born, today=date(year, 2, 25), settings=settings))
    assert str(item.due.day) == day
    assert item.what == f"Birthday, turns {year - 1980}"
    assert ("no 29 February" in item.why) is note


def test_another_leap_policy_does_not_ask_for_a_greeted_birthday_again() -> None:
    handled = Occurrence("birthday:c-liisakorhonen:2026-02-28", date(2026, 2, 28), "done")
    born = liisa(PartialDate(1980, 2, 29))
    assert plan(born, handled, today=date(2026, 3, 5), settings=replace(CALM, leap_day="mar1")) == Agenda()


def test_the_day_of_birth_itself_is_no_birthday_and_great_age_is_no_error() -> None:
    newborn = liisa(PartialDate(2026, 11, 24))
    assert plan(newborn) == Agenda()
    assert only(plan(newborn, today=date(2027, 11, 24))).what == "Birthday, turns 1"
    assert plan(liisa(PartialDate(2030, 11, 24))) == Agenda()
    assert plan(liisa(PartialDate(1910, 11, 24))).today[0].what == "Birthday, turns 116"


@pytest.mark.parametrize("standing", ["left", "do-not-contact", "deceased"])
def test_people_who_are_not_to_be_reached_are_silent(standing: str) -> None:
    assert plan(liisa(standing=standing)) == Agenda()
    assert plan(liisa(archived=True)) == Agenda()


def test_an_archived_account_and_its_people_are_silent() -> None:
    gone = replace(ACME, archived=True, customer_since=PartialDate(2016, 11, 24))
    assert agenda(Book.of(gone, liisa()), CALM, TODAY) == Agenda()


def test_a_customer_anniversary_stands_out_after_five_ten_and_twenty_five_years() -> None:
    since = replace(ACME, customer_since=PartialDate(2016, 11, 24))
    (item,) = agenda(Book.of(since), CALM, TODAY).today
    assert (item.who, item.what) == ("Acme Oy", "Customer anniversary, 10 years")
    assert item.why == "Customer since 24 Nov 2016."
    assert item.milestone
    assert (item.account_id, item.contact_ids) == (ACME.id, ())
    former = replace(since, status="former")
    assert agenda(Book.of(former), CALM, TODAY) == Agenda()
    first = replace(ACME, customer_since=PartialDate(2025, 11, 24))
    assert agenda(Book.of(first), CALM, TODAY).today[0].what == "Customer anniversary, 1 year"


@pytest.mark.parametrize(
    ("kind", "round_years"), [("birthday", {10, 20, 30, 40, 50}), ("customer", {5, 10, 20, 25, 30, 40, 50})]
)
def test_round_years_stand_out(kind: str, round_years: set[int]) -> None:
    assert {years for years in range(51) if is_milestone(kind, years)} == round_years
    assert not is_milestone(kind, None)


def test_occasions_of_one_person_are_told_apart() -> None:
    day = PartialDate(None, 11, 24)
    several = (
        Occasion("other", day, "Boat launch"),
        Occasion("other", day, "Kesäjuhla: räme"),
        Occasion("other", day, "★"),
        Occasion("wedding", day),
        Occasion("wedding", PartialDate(None, 11, 23)),
    )
    found = plan(liisa(occasions=several))
    keys = [item.key for item in (*found.overdue, *found.today)]
    assert len(set(keys)) == 6
    assert all(key.count(":") == 2 for key in keys)
    done = [Occurrence(key, TODAY, "done") for key in keys]
    assert plan(liisa(occasions=several), *done) == Agenda()
    assert (
        len(plan(liisa(occasions=several), done[1]).today)
        + len(plan(liisa(occasions=several), done[1]).overdue)
        == 5
    )


def test_the_same_occasion_twice_is_told_once() -> None:
    twice = (Occasion("wedding", PartialDate(2010, 11, 24)),) * 2
    assert [
        item.key for item in plan(liisa(PartialDate(1980, 1, 1), created=TODAY, occasions=twice)).today
    ] == ["wedding:c-liisakorhonen:2026-11-24"]


@pytest.mark.parametrize(
    ("channel", "action"), [("", "call"), ("mail", "mail"), ("post", "card"), ("phone", "call")]
)
def test_a_greeting_goes_by_the_channel_the_person_likes(channel: str, action: str) -> None:
    assert plan(liisa(channel=channel)).today[0].action == action
