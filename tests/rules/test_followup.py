"""Thank-you calls after a sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import account, activity, contact

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.moment import Moment
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
MATTI = contact("Matti Virtanen", account_id=ACME.id)


def happened(kind: str, day: date, text: str = "", **fields: Any) -> Activity:
    known = {"kind": kind, "when": Moment(day), "created": Moment(day), "account_id": ACME.id}
    return activity(text, f"t-{kind}{day:%m%d}", **known | fields)


def plan(*records: Record, today: date = TODAY, settings: Settings = CALM) -> Agenda:
    return agenda(Book.of(ACME, LIISA, MATTI, *records), settings, today)


SALE = happened("sale", date(2026, 11, 23), "40 pallets of birch panels.", contact_ids=(LIISA.id,))


def test_a_sale_asks_for_a_call_on_the_next_working_day_and_says_which_sale() -> None:
    (item,) = plan(SALE).today
    assert item.key == "thank-you:t-sale1123:2026-11-24"
    assert (item.who, item.what) == (
        "Liisa Korhonen, Acme Oy",
        "Call to thank, and ask if they are satisfied",
    )
    assert item.why == "Sale on Mon 23 Nov 2026: 40 pallets of birch panels."
    assert (item.action, item.contact_ids) == ("thank-you", (LIISA.id,))


@pytest.mark.parametrize(
    ("sold", "due"),
    [
        ("2026-11-19", "2026-11-20"),
        ("2026-11-20", "2026-11-23"),
        ("2026-11-21", "2026-11-23"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_the_weekend_is_left_out(sold: str, due: str) -> None:
    day = date.fromisoformat(sold)
    found = plan(happened("sale", day), today=day)
    assert [str(item.due.day) for item in found.upcoming] == [due]


def test_it_stays_until_the_call_is_made() -> None:
    for days in (1, 30, 400):
        today = TODAY + timedelta(days=days)
        assert plan(SALE, today=today).overdue[0].days_late(today) == days
        assert plan(SALE, happened("thank-you", TODAY), today=today) == Agenda()


@pytest.mark.parametrize(
    "thanks",
    [
        happened("thank-you", date(2026, 11, 23)),
        happened("thank-you", TODAY, contact_ids=(MATTI.id,)),
        happened("thank-you", TODAY, account_id=None, contact_ids=(MATTI.id,)),
        happened("mail", TODAY, because="thank-you:t-sale1123:2026-11-24"),
        happened("mail", TODAY, because="thank-you:t-sale1123:2026-11-20"),
        Occurrence("thank-you:t-sale1123:2026-11-24", TODAY, "done"),
        Occurrence("thank-you:t-sale1123:2026-11-20", TODAY, "skipped"),
    ],
)
def test_it_is_satisfied_by_thanks_in_any_form(thanks: Record) -> None:
    assert plan(SALE, thanks) == Agenda()


@pytest.mark.parametrize(
    "other",
    [
        happened("thank-you", date(2026, 11, 22)),
        happened("call", TODAY),
        happened("thank-you", TODAY, account_id="a-other"),
        happened("thank-you", TODAY + timedelta(days=3)),
        happened("mail", TODAY, because="thank-you:t-sale9999:2026-11-24"),
        Occurrence("thank-you:t-sale9999:2026-11-24", TODAY, "done"),
    ],
)
def test_it_is_not_satisfied_by_anything_else(other: Record) -> None:
    assert len(plan(SALE, other).today) == 1


def test_thanks_that_are_deleted_were_not_said() -> None:
    thanks = happened("thank-you", TODAY)
    assert plan(SALE, thanks) == Agenda()
    assert plan(SALE).today


def test_snoozed_it_comes_back() -> None:
    put_off = Occurrence("thank-you:t-sale1123:2026-11-24", TODAY, "snoozed", Moment(date(2026, 11, 26)))
    assert plan(SALE, put_off).snoozed
    (item,) = plan(SALE, put_off, today=date(2026, 11, 27)).overdue
    assert (item.days_late(date(2026, 11, 27)), item.snoozed_until) == (3, None)


def test_old_sales_that_are_only_now_written_down_ask_for_nothing() -> None:
    assert plan(replace(SALE, created=Moment(date(2026, 12, 24))), today=date(2026, 12, 24)) == Agenda()
    assert plan(replace(SALE, created=Moment(date(2026, 12, 23))), today=date(2026, 12, 23)).overdue


def test_a_sale_to_nobody_to_an_archived_account_or_in_the_future_asks_for_nothing() -> None:
    assert plan(replace(SALE, account_id=None, contact_ids=())) == Agenda()
    archived = replace(ACME, archived=True)
    assert agenda(Book.of(archived, LIISA, SALE), CALM, TODAY) == Agenda()
    assert plan(replace(SALE, when=Moment(TODAY + timedelta(days=1)))) == Agenda()


def test_a_sale_with_a_person_alone_is_about_their_account() -> None:
    (item,) = plan(replace(SALE, account_id=None)).today
    assert (item.who, item.account_id) == ("Liisa Korhonen, Acme Oy", ACME.id)
    loner = contact("Pekka Laine")
    alone = happened("sale", date(2026, 11, 23), account_id=None, contact_ids=(loner.id,))
    assert [item.who for item in plan(loner, alone).today] == ["Pekka Laine"]


def test_people_who_left_are_not_to_be_called_but_the_account_is() -> None:
    gone = replace(LIISA, standing="left")
    (item,) = agenda(Book.of(ACME, gone, SALE), CALM, TODAY).today
    assert (item.who, item.contact_ids) == ("Acme Oy", ())


def test_it_can_be_switched_off() -> None:
    assert plan(SALE, settings=replace(CALM, thank_after_sale=False)) == Agenda()
    assert plan(replace(SALE, text="")).today[0].why == "Sale on Mon 23 Nov 2026."


@pytest.mark.parametrize(
    ("text", "end"),
    [("Panels", ": Panels."), ("Panels!", ": Panels!"), ("word " * 30, "word word…"), ("A\nB", ": A.")],
)
def test_the_sale_is_quoted_as_one_sentence(text: str, end: str) -> None:
    assert plan(replace(SALE, text=text)).today[0].why.endswith(end)
