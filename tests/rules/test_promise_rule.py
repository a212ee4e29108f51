"""Promises on the agenda: they come up in time, lead what is late, and are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from builders import account, contact, promise, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.rules.promises import Keeping, in_order, keeping, promises_of, show_keeping, show_standing
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def given_by(due: date, **fields: object) -> Promise:
    known = {"account_id": ACME.id, "contact_ids": (LIISA.id,), "created": ahead(-21), "due": Moment(due)}
    return promise("send the drawings", "p-1", **known | fields)


def plan(*records: Record, today: date = TODAY, days: int = 0) -> Agenda:
    return agenda(Book.of(ACME, LIISA, *records), CALM, today, days)


def test_a_promise_comes_up_two_days_before_and_stays_until_it_is_settled() -> None:
    due = given_by(TODAY)
    assert plan(due, today=ahead(-3)) == Agenda()
    assert plan(due, today=ahead(-3), days=3).upcoming
    assert plan(due, today=ahead(-2)).upcoming
    assert plan(due, today=ahead(-1)).upcoming
    assert plan(due).today
    (late,) = plan(due, today=ahead(400)).overdue
    assert late.days_late(ahead(400)) == 400
    assert plan(replace(due, state="kept", settled=TODAY)) == Agenda()
    broken = plan(replace(due, state="broken", settled=TODAY), today=ahead(9))
    assert broken == Agenda(at_risk=broken.at_risk)


def test_the_days_of_notice_are_a_setting() -> None:
    book = Book.of(ACME, LIISA, given_by(ahead(10)))
    assert not agenda(book, replace(CALM, lead_promise=9), TODAY, 0).upcoming
    assert agenda(book, replace(CALM, lead_promise=10), TODAY, 0).upcoming


def test_it_says_to_whom_when_and_what_was_promised() -> None:
    (item,) = plan(given_by(TODAY)).today
    assert item.why == "Promised to Liisa Korhonen on Tue 3 Nov 2026: send the drawings, by Tue 24 Nov 2026."
    assert item.facts == (item.why,)
    assert item.rests_on == (("p-1", "due"),)
    assert (item.who, item.what) == ("Liisa Korhonen, Acme Oy", "send the drawings")
    (of_account,) = plan(given_by(TODAY, contact_ids=())).today
    assert of_account.why.startswith("Promised to Acme Oy on Tue 3 Nov 2026")
    (of_nobody,) = plan(given_by(TODAY, contact_ids=(), account_id=None)).today
    assert of_nobody.why.startswith("Promised on Tue 3 Nov 2026")
    (of_person,) = plan(given_by(Moment(TODAY, time(14), "Europe/Helsinki").day, account_id=None)).today
    assert of_person.account_id == ACME.id


def test_an_overdue_promise_leads_all_that_is_late() -> None:
    older = reminder("Older", "r-1", due=Moment(ahead(-30)), account_id=ACME.id)
    first, second = given_by(ahead(-2)), replace(given_by(ahead(-1)), id="p-2")
    found = plan(older, second, first)
    assert [item.key.split(":")[1] for item in found.overdue] == ["p-1", "p-2", "r-1"]


def test_what_is_due_today_stands_by_the_clock_as_all_else() -> None:
    early = reminder("Early", "r-1", due=Moment(TODAY, time(8), "Europe/Helsinki"))
    assert [item.what for item in plan(given_by(TODAY), early).today] == ["Early", "send the drawings"]


def test_it_may_be_put_off_but_a_skip_does_not_hide_it() -> None:
    due = given_by(ahead(-2))
    key = f"promise:p-1:{ahead(-2)}"
    assert plan(due, Occurrence(key, TODAY, "skipped")).overdue
    assert plan(due, Occurrence(key, TODAY, "snoozed", Moment(ahead(3)))).snoozed
    assert plan(due, Occurrence(key, TODAY, "snoozed", Moment(ahead(3))), today=ahead(4)).overdue
    moved = replace(due, due=Moment(ahead(1)))
    assert plan(moved, Occurrence(key, TODAY, "snoozed", Moment(ahead(3)))).upcoming


def test_an_archived_account_is_silent() -> None:
    silent = replace(ACME, archived=True)
    assert agenda(Book.of(silent, LIISA, given_by(TODAY)), CALM, TODAY) == Agenda()


def test_promises_are_counted_by_how_they_were_kept() -> None:
    due = given_by(TODAY)
    some = [
        replace(due, id="p-a", state="kept", settled=ahead(-1)),
        replace(due, id="p-b", state="kept", settled=TODAY),
        replace(due, id="p-c", state="kept", settled=ahead(1)),
        replace(due, id="p-d", state="broken", settled=ahead(-5)),
        replace(due, id="p-e"),
        replace(due, id="p-f", due=Moment(ahead(-1))),
    ]
    kept = keeping(some, TODAY)
    assert kept == Keeping(in_time=2, late=1, broken=1, open=2, overdue=1)
    assert kept.rate == 0.5
    assert show_keeping(kept) == "50 % of promises kept in time (2 of 4)"
    assert [each.id for each in in_order(some)] == ["p-f", "p-e", "p-c", "p-b", "p-a", "p-d"]


def test_nothing_settled_has_no_rate() -> None:
    assert keeping([given_by(TODAY)], TODAY).rate is None
    assert show_keeping(keeping([], TODAY)) == ""


def test_how_a_promise_stands_is_told_by_its_day_and_its_time() -> None:
    by_the_clock = Moment(ahead(1), time(14), "Europe/Helsinki")
    told = [
        (replace(given_by(TODAY), due=by_the_clock), "by Wed 25 Nov 14:00"),
        (given_by(TODAY), "by Tue 24 Nov"),
        (given_by(ahead(-1)), "1 day late"),
        (given_by(ahead(-3)), "3 days late"),
        (given_by(TODAY, state="kept", settled=ahead(-1)), "kept Mon 23 Nov"),
        (given_by(ahead(-2), state="kept", settled=ahead(-1)), "kept late Mon 23 Nov"),
        (given_by(TODAY, state="broken", settled=ahead(-1)), "broken Mon 23 Nov"),
    ]
    assert [show_standing(each, TODAY) for each, _said in told] == [said for _each, said in told]


def test_an_account_has_the_promises_to_its_people() -> None:
    own = given_by(TODAY, account_id=None)
    other = promise("else", "p-2", account_id="a-2")
    assert promises_of(Book.of(ACME, LIISA, own, other), ACME.id) == [own]


@settings(max_examples=40, deadline=None)
@given(offset=st.integers(-40, 40), days=st.integers(0, 20), lead=st.integers(0, 30))
def test_an_open_promise_is_shown_once_from_its_first_day_of_notice_for_ever(
    offset: int, days: int, lead: int
) -> None:
    book = Book.of(ACME, LIISA, given_by(ahead(offset)))
    found = agenda(book, replace(CALM, lead_promise=lead), TODAY, days)
    shown = [*found.overdue, *found.today, *found.upcoming]
    assert len(shown) == (1 if offset <= max(days, lead) else 0)
