"""Cadence: counted from the last real touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import account, activity, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.pace import Pace
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.finding import find_item
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
SETTINGS = Settings(playbook=())


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def acme(**fields: Any) -> Account:
    known: dict[str, Any] = {"tier": "key", "created": days_ago(300)}
    return account("Acme Oy", **known | fields)


def touch(days: int, kind: str = "call", **fields: Any) -> Activity:
    known = {"kind": kind, "when": Moment(days_ago(days)), "account_id": "a-acmeoy"}
    return activity("Talked", f"t-{days}{kind}", **known | fields)


def plan(*records: Record, days: int = 7, wanted: Settings = SETTINGS) -> Agenda:
    return agenda(Book.of(*records), wanted, TODAY, days)


def only(found: Agenda) -> AgendaItem:
    (item,) = (*found.overdue, *found.today, *found.upcoming)
    return item


def test_a_key_account_is_due_fourteen_days_after_the_last_contact_and_says_so() -> None:
    item = only(plan(acme(), touch(20)))
    assert item.due == Moment(days_ago(6))
    assert item.why == "Last real contact Wed 4 Nov 2026 (call): 20 days ago; every 14 days."
    assert (item.who, item.what, item.action) == ("Acme Oy", "Be in touch", "call")
    assert item.key == "cadence:a-acmeoy:2026-11-18"
    assert item.every_days == 14


@pytest.mark.parametrize(("tier", "every"), [("key", 14), ("growth", 30), ("standard", 90)])
def test_each_tier_has_its_own_cadence(tier: str, every: int) -> None:
    assert plan(acme(tier=tier), touch(every)).today
    assert plan(acme(tier=tier), touch(every + 1)).overdue
    assert plan(acme(tier=tier), touch(every - 1)).upcoming
    assert plan(acme(tier=tier), touch(every - 8)) == Agenda()


def test_an_account_may_have_a_cadence_of_its_own_and_a_tier_none() -> None:
    assert plan(acme(cadence_days=60), touch(59)).upcoming
    assert plan(acme(), touch(500), wanted=replace(SETTINGS, cadence_key=0)) == Agenda()
    assert plan(acme(cadence_days=5), touch(5), wanted=replace(SETTINGS, cadence_key=0)).today


def test_never_touched_counts_from_the_day_it_came_into_the_book() -> None:
    item = only(plan(acme(created=days_ago(14))))
    assert item.due.day == TODAY
    assert item.why == "No contact yet, in the book since Tue 10 Nov 2026: 14 days ago; every 14 days."


def test_a_contact_of_today_is_no_days_ago() -> None:
    item = only(plan(acme(), touch(0), days=14))
    assert item.why == "Last real contact Tue 24 Nov 2026 (call): today; every 14 days."


@pytest.mark.parametrize("kind", ["newsletter", "invoice", "sale", "note"])
def test_what_is_no_contact_between_people_does_not_count(kind: str) -> None:
    assert only(plan(acme(), touch(20), touch(1, kind))).due.day == days_ago(6)
    assert plan(acme(), touch(20), touch(1, kind, counts=True)) == Agenda()
    assert plan(acme(), touch(20), touch(1, "call", counts=False)).overdue


def test_logging_backdating_and_deleting_are_heeded_at_once() -> None:
    assert only(plan(acme(), touch(20))).due.day == days_ago(6)
    assert plan(acme(), touch(20), touch(2)) == Agenda()
    assert only(plan(acme(), touch(20), touch(16))).due.day == days_ago(2)
    assert only(plan(acme(), touch(20))).due.day == days_ago(6)


def test_a_meeting_that_is_still_ahead_is_no_contact_yet() -> None:
    assert plan(acme(), touch(20), touch(-2, "meeting")).overdue


def test_a_call_with_a_person_is_contact_with_the_account() -> None:
    liisa = contact("Liisa Korhonen", account_id="a-acmeoy")
    by_person = touch(3, account_id=None, contact_ids=(liisa.id,))
    assert plan(acme(), liisa, touch(20), by_person) == Agenda()


def test_a_person_may_have_a_cadence_of_their_own() -> None:
    liisa = contact("Liisa Korhonen", account_id="a-acmeoy", cadence_days=10, created=days_ago(50))
    item = only(plan(acme(), liisa, touch(1)))
    assert (item.who, item.contact_ids) == ("Liisa Korhonen, Acme Oy", (liisa.id,))
    assert item.due.day == days_ago(40)
    assert plan(acme(), liisa, touch(1), touch(1, "mail", contact_ids=(liisa.id,))) == Agenda()
    for silent in (replace(liisa, standing="left"), replace(liisa, archived=True)):
        assert plan(acme(), silent, touch(1)) == Agenda()
    assert plan(acme(archived=True), liisa) == Agenda()


@pytest.mark.parametrize("fields", [{"status": "former"}, {"archived": True}])
def test_former_and_archived_accounts_are_not_chased(fields: dict[str, Any]) -> None:
    assert plan(acme(**fields), touch(100)) == Agenda()
    assert plan(acme(status="prospect"), touch(100)).overdue


def test_skipped_it_counts_from_the_day_it_was_skipped() -> None:
    skipped = Occurrence("cadence:a-acmeoy:2026-11-18", days_ago(3), "skipped")
    item = only(plan(acme(), touch(20), skipped, days=30))
    assert item.due.day == TODAY + timedelta(days=11)
    assert item.why.endswith("Skipped Sat 21 Nov 2026.")
    older = Occurrence("cadence:a-acmeoy:2026-10-18", days_ago(30), "skipped")
    assert only(plan(acme(), touch(20), older)).due.day == days_ago(6)


def test_done_is_the_activity_it_wrote_so_that_deleting_it_brings_the_line_back() -> None:
    done = Occurrence("cadence:a-acmeoy:2026-11-18", TODAY, "done")
    assert plan(acme(), touch(20), touch(0), done) == Agenda()
    assert only(plan(acme(), touch(20), done)).due.day == days_ago(6)


def test_snoozed_it_hides_until_it_comes_back_or_there_is_contact() -> None:
    put_off = Occurrence("cadence:a-acmeoy:2026-11-18", TODAY, "snoozed", Moment(TODAY + timedelta(days=2)))
    found = plan(acme(), touch(20), put_off)
    assert found.snoozed
    assert found.quiet == found.overdue == ()
    assert plan(acme(), touch(20), touch(0), put_off) == Agenda()
    later = agenda(Book.of(acme(), touch(20), put_off), SETTINGS, TODAY + timedelta(days=2))
    assert later.overdue[0].days_late(TODAY + timedelta(days=2)) == 8


def test_quiet_lists_the_worst_for_their_cadence_first_and_key_accounts_on_ties() -> None:
    names = {
        "Ten of ten": ("standard", 10, 20),
        "Ten of forty": ("standard", 40, 50),
        "Due": ("standard", 30, 30),
        "Soon": ("key", 30, 27),
        "Later": ("key", 30, 10),
        "Key ten of ten": ("key", 10, 20),
    }
    records: list[Record] = []
    for name, (tier, every, ago) in names.items():
        one = account(name, tier=tier, cadence_days=every)
        records += [one, activity("x", f"t-{one.id}", when=Moment(days_ago(ago)), account_id=one.id)]
    found = plan(*records)
    assert [item.who for item in found.quiet] == [
        "Key ten of ten",
        "Ten of ten",
        "Ten of forty",
        "Due",
        "Soon",
    ]
    assert {item.who for item in found.overdue} == {"Key ten of ten", "Ten of ten", "Ten of forty"}


@pytest.mark.parametrize(
    ("ago", "state", "pressure", "said"),
    [
        (7, "soon", 0.5, "Be in touch"),
        (13, "soon", 13 / 14, "Be in touch"),
        (14, "quiet", 1, "Be in touch (quiet)"),
        (20, "quiet", 20 / 14, "Be in touch (quiet)"),
        (21, "cold", 1.5, "Be in touch (cold)"),
        (28, "cold", 2, "Be in touch (cold)"),
    ],
)
def test_how_far_gone_it_is_stands_in_a_word(ago: int, state: str, pressure: float, said: str) -> None:
    item = only(plan(acme(), touch(ago)))
    assert (item.state, item.pressure, item.told, item.what) == (state, pressure, said, "Be in touch")
    assert item.facts[-1].endswith(
        f"cold from {days_ago(ago - 21):%a} {days_ago(ago - 21).day} {days_ago(ago - 21):%b %Y}."
    )


def test_the_maximum_can_be_set() -> None:
    patient = replace(SETTINGS, cadence_maximum=200)
    assert only(plan(acme(), touch(27), wanted=patient)).state == "quiet"
    assert only(plan(acme(), touch(28), wanted=patient)).state == "cold"
    assert only(plan(acme(), touch(14), wanted=replace(SETTINGS, cadence_maximum=100))).state == "cold"


def test_an_ambient_account_is_listed_as_quiet_and_never_asks() -> None:
    found = plan(acme(cadence_style="ambient"), touch(40))
    assert [(item.who, item.state) for item in found.quiet] == [("Acme Oy", "cold")]
    assert replace(found, quiet=()) == Agenda()
    book = Book.of(acme(cadence_style="ambient"), touch(40))
    assert find_item(book, SETTINGS, TODAY, "acme").key == found.quiet[0].key


def test_a_triggered_account_or_person_is_never_chased() -> None:
    assert plan(acme(cadence_style="triggered"), touch(400)) == Agenda()
    liisa = contact("Liisa Korhonen", cadence_days=10, cadence_style="triggered", created=days_ago(50))
    assert plan(liisa) == Agenda()
    assert plan(replace(liisa, cadence_style="ambient")).quiet
    assert plan(replace(liisa, cadence_style="")).overdue


def test_the_first_row_that_fits_comes_before_the_tier_and_after_what_is_the_accounts_own() -> None:
    rows = replace(
        SETTINGS, cadence=(Pace("tag:slow", 60), Pace("tag:calm", style="ambient"), Pace("tier:key", 7))
    )
    assert only(plan(acme(), touch(7), wanted=rows)).every_days == 7
    assert only(plan(acme(tags=("slow",)), touch(60), wanted=rows)).every_days == 60
    assert only(plan(acme(tags=("slow",), cadence_days=9), touch(9), wanted=rows)).every_days == 9
    (calm,) = plan(acme(tags=("calm",)), touch(14), wanted=rows).quiet
    assert (calm.every_days, calm.ambient) == (14, True)
    own = acme(tags=("calm",), cadence_style="periodic")
    assert plan(own, touch(14), wanted=rows).today


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({}, "The tier of Acme Oy is key: 14 days."),
        ({"cadence_days": 9}, "Acme Oy has a cadence of its own: 9 days."),
        ({"tags": ("slow",)}, "A row of the cadences in the settings fits Acme Oy: 8 days."),
    ],
)
def test_the_facts_say_where_its_days_come_from(fields: dict[str, Any], fact: str) -> None:
    rows = replace(SETTINGS, cadence=(Pace("tag:slow", 8),))
    item = only(plan(acme(**fields), touch(20), wanted=rows))
    assert item.facts[:2] == (item.why, fact)
    assert item.rests_on == (("a-acmeoy", "cadence_days"), ("t-20call", "when"))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["call", "mail", "note", "sale"])), max_size=8),
    st.data(),
)
def test_it_is_counted_from_the_last_real_touch_whatever_is_logged_backdated_or_deleted(
    logged: list[tuple[int, str]], data: st.DataObject
) -> None:
    """The book is changed step by step, as the verbs change it, and asked after each."""
    book = Book.of(acme())
    kept: list[Activity] = []

    def check() -> None:
        days = [(TODAY - a.when.day).days for a in kept if a.kind in ("call", "mail")]
        item = only(agenda(book, SETTINGS, TODAY, 20))
        assert item.due.day == days_ago(min(days, default=300) - 14)

    for number, (days, kind) in enumerate(logged):
        new = replace(touch(days, kind), id=f"t-{number}")
        kept.append(new)
        book = book.after([Edit(None, new)])
        check()
        if data.draw(st.booleans()):
            gone = kept.pop(data.draw(st.integers(0, len(kept) - 1)))
            book = book.after([Edit(gone, None)])
        elif data.draw(st.booleans()):
            moved = replace(kept[0], when=Moment(days_ago(data.draw(st.integers(0, 90)))))
            book = book.after([Edit(kept[0], moved)])
            kept[0] = moved
        check()
