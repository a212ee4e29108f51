"""Contracts on the agenda: the last day of notice and the end, each a series of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from builders import account, contract

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.contracts import contracts_of, span_of
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def agreed(**fields: Any) -> Contract:
    known = {"account_id": ACME.id, "start": date(2025, 1, 1), "end": ahead(40), "notice": ahead(10)}
    return contract("Frame agreement", "k-1", **known | fields)


def plan(*records: Record, today: date = TODAY, days: int = 0) -> Agenda:
    return agenda(Book.of(ACME, *records), CALM, today, days)


def shown(found: Agenda) -> list[str]:
    return [item.rule for item in (*found.overdue, *found.today, *found.upcoming)]


def notice(*records: Record, today: date = TODAY) -> AgendaItem:
    found = plan(*records, today=today)
    (item,) = (i for i in (*found.overdue, *found.today, *found.upcoming) if i.rule == "contract.notice")
    return item


def test_each_day_comes_up_thirty_days_before_and_stays() -> None:
    assert shown(plan(agreed(), today=ahead(-21))) == []
    assert shown(plan(agreed(), today=ahead(-20))) == ["contract.notice"]
    assert shown(plan(agreed(), today=ahead(10))) == ["contract.notice", "contract.renewal"]
    assert shown(plan(agreed(), today=ahead(90))) == ["contract.notice", "contract.renewal"]


def test_the_days_of_notice_are_a_setting_and_a_longer_look_ahead_shows_more() -> None:
    assert shown(agenda(Book.of(ACME, agreed()), replace(CALM, lead_contract=9), TODAY, 0)) == []
    assert shown(plan(agreed(), days=40)) == ["contract.notice", "contract.renewal"]


def test_one_decision_leaves_the_other_day_open() -> None:
    done = Occurrence(f"contract.notice:k-1:{ahead(10)}", ahead(5), "done")
    assert shown(plan(agreed(), done, today=ahead(20))) == ["contract.renewal"]
    skipped = Occurrence(f"contract.renewal:k-1:{ahead(40)}", ahead(20), "skipped")
    assert shown(plan(agreed(), done, skipped, today=ahead(60))) == []
    renewed = agreed(end=ahead(405), notice=ahead(375))
    assert shown(plan(renewed, done, skipped, today=ahead(360))) == ["contract.notice"]


def test_it_may_be_put_off() -> None:
    later = Occurrence(f"contract.notice:k-1:{ahead(10)}", TODAY, "snoozed", Moment(ahead(5)))
    found = plan(agreed(), later)
    assert [item.rule for item in found.snoozed] == ["contract.notice"]


def test_it_says_what_is_agreed() -> None:
    item = notice(agreed(value="12000 EUR", renews=True))
    assert item.what == "Last day to give notice, or Frame agreement renews"
    assert item.why == (
        "Contract: Frame agreement, Wed 1 Jan 2025 to Sun 3 Jan 2027, 12000 EUR. "
        "Notice by Fri 4 Dec 2026. It renews unless notice is given."
    )
    assert item.facts == (item.why,)
    assert item.rests_on == (("k-1", "notice"),)
    by_period = notice(agreed(notice=None, notice_period="P1M"))
    assert by_period.rests_on == (("k-1", "notice_period"), ("k-1", "end"))
    assert notice(agreed()).what == "Last day to give notice on Frame agreement"
    ends = [each.what for each in plan(agreed(notice=None), days=60).upcoming]
    assert ends == ["Frame agreement ends: agree on what follows"]
    renews = [each.what for each in plan(agreed(notice=None, renews=True), days=60).upcoming]
    assert renews == ["Frame agreement renews"]


def test_what_was_past_when_it_came_into_the_book_is_not_made_up_for() -> None:
    old = agreed(start=None, end=ahead(-60), notice=ahead(-90), created=TODAY)
    assert shown(plan(old)) == []
    assert shown(plan(replace(old, end=ahead(-7)))) == ["contract.renewal"]
    assert shown(plan(replace(old, created=ahead(-100)))) == ["contract.notice", "contract.renewal"]


def test_what_is_archived_is_silent() -> None:
    assert plan(agreed(archived=True), days=90) == Agenda()
    assert agenda(Book.of(replace(ACME, archived=True), agreed()), CALM, TODAY, 90) == Agenda()


def test_contracts_stand_by_when_they_end() -> None:
    first, open_ended = agreed(), agreed(end=None)
    other = replace(first, id="k-2", account_id="a-2", end=ahead(1), notice=None)
    book = Book.of(first, replace(open_ended, id="k-3"), other, replace(first, id="k-4", archived=True))
    assert [each.id for each in contracts_of(book)] == ["k-2", "k-1", "k-3"]
    assert [each.id for each in contracts_of(book, ACME.id, archived=True)] == ["k-1", "k-4", "k-3"]


def test_a_span_says_as_much_as_is_known() -> None:
    assert span_of(agreed()) == "Wed 1 Jan 2025 to Sun 3 Jan 2027"
    assert span_of(agreed(end=None)) == "since Wed 1 Jan 2025"
    assert span_of(agreed(start=None)) == "until Sun 3 Jan 2027"
    assert span_of(agreed(start=None, end=None)) == ""
