"""Contracts that are renewed: the end moves on by its term, and the notice and the reminders with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import NOW, TODAY, account, contract

from kam_tui.domain.book import Book
from kam_tui.domain.contract import Contract
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.rules.agenda import agenda
from kam_tui.rules.contracts import agreed, proposal
from kam_tui.settings import Settings
from kam_tui.usecases import renewing, several

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")


def frame(**fields: Any) -> Contract:
    return contract("Frame agreement", "k-1", account_id=ACME.id, **fields)


def renewed(known: Contract, until: date | None = None) -> Contract:
    (edit,) = renewing.renew(Book.of(ACME, known), NOW, known.id, until).edits
    assert isinstance(edit.after, Contract)
    return edit.after


@pytest.mark.parametrize(
    ("start", "end", "term", "until"),
    [
        ("2026-01-01", "2026-12-31", "", "2027-12-31"),
        ("2025-07-01", "2026-12-31", "", "2028-06-30"),
        ("2026-03-01", "2027-02-28", "", "2028-02-29"),
        ("2026-12-01", "2027-01-31", "P1M", "2027-02-28"),
        ("2026-11-02", "2026-11-29", "P4W", "2026-12-27"),
        ("2026-11-10", "2026-11-20", "", "2026-12-01"),
        ("", "2026-12-31", "P6M", "2027-06-30"),
        ("2022-01-01", "2022-12-31", "", "2026-12-31"),
        ("2024-01-01", "2025-11-18", "P1D", "2026-11-18"),
    ],
)
def test_it_holds_for_its_term_once_more_and_until_a_day_to_come(
    start: str, end: str, term: str, until: str
) -> None:
    known = frame(start=date.fromisoformat(start) if start else None, end=date.fromisoformat(end), term=term)
    assert renewed(known).end == date.fromisoformat(until)


def test_renewed_again_it_is_for_as_long_as_the_first_time() -> None:
    once = renewed(frame(start=date(2026, 1, 1), end=date(2026, 12, 31)))
    assert (once.end, once.term, once.start) == (date(2027, 12, 31), "P12M", date(2026, 1, 1))
    assert renewed(once).end == date(2028, 12, 31)
    longer = renewed(frame(start=date(2026, 1, 1), end=date(2026, 12, 31)), date(2030, 12, 31))
    assert (longer.end, longer.usual_term) == (date(2030, 12, 31), "P12M")


@pytest.mark.parametrize(
    ("end", "notice", "until", "moved"),
    [
        ("2026-12-31", "2026-09-30", "2027-12-31", "2027-09-30"),
        ("2026-12-31", "2026-11-30", "2027-02-28", "2027-01-31"),
        ("2026-12-31", "2026-12-01", "2027-01-10", "2026-12-11"),
        ("2026-12-15", "2026-11-15", "2027-06-15", "2027-05-15"),
    ],
)
def test_a_set_day_of_notice_stays_as_far_before_the_end(
    end: str, notice: str, until: str, moved: str
) -> None:
    known = frame(end=date.fromisoformat(end), notice=date.fromisoformat(notice), term="P12M")
    assert renewed(known, date.fromisoformat(until)).notice == date.fromisoformat(moved)


def test_a_period_of_notice_follows_the_end_by_itself() -> None:
    known = frame(start=date(2026, 1, 1), end=date(2026, 12, 31), notice_period="P3M")
    assert renewed(known).notice_by == date(2027, 9, 30)


def test_what_cannot_be_renewed_says_why_and_what_to_do() -> None:
    for known, words in (
        (frame(), "has no end"),
        (frame(end=date(2026, 12, 31)), "Nobody knows for how long"),
    ):
        with pytest.raises(Invalid, match=words) as caught:
            renewed(known)
        assert caught.value.hint
    with pytest.raises(Invalid, match="holds until Thu 31 Dec 2026 already"):
        renewed(frame(end=date(2026, 12, 31)), date(2026, 12, 31))
    with pytest.raises(NotFound):
        renewing.renew(Book.of(ACME), NOW, "k-1")


def test_a_contract_without_end_of_days_is_not_renewed_beyond_them() -> None:
    assert frame(start=date(2026, 1, 1), end=date.max).renewed_until(TODAY) is None
    assert frame(start=date(2026, 1, 1), end=date(9999, 12, 30), term="P12M").renewed_until(TODAY) is None


def test_done_on_the_line_of_its_end_renews_it_in_one_change_and_the_next_end_comes_up() -> None:
    known = frame(start=date(2026, 1, 1), end=date(2026, 11, 20), term="P12M", renews=True)
    book = Book.of(ACME, known)
    (item,) = agenda(book, CALM, TODAY).upcoming
    until = proposal(book, item, TODAY)
    assert agreed(book, item, TODAY) == until
    assert until == date(2027, 11, 20)
    change = renewing.complete(book, NOW, CALM, item.key, "agreed by phone", until)
    assert change.summary == "Renewed the contract Frame agreement until Sat 20 Nov 2027."
    book = book.after(change.edits)
    assert [each.text for each in book.activities.values()] == ["agreed by phone"]
    assert not agenda(book, CALM, TODAY, 60).upcoming
    (item,) = agenda(book, CALM, date(2027, 11, 1)).upcoming
    assert item.due.day == until


def test_done_where_it_ends_leaves_its_end_as_it_is() -> None:
    book = Book.of(ACME, frame(end=date(2026, 11, 20)))
    (item,) = agenda(book, CALM, TODAY).upcoming
    assert agreed(book, item, TODAY) is None
    book = book.after(renewing.complete(book, NOW, CALM, item.key, "", None).edits)
    assert book.contracts["k-1"].end == date(2026, 11, 20)
    assert not agenda(book, CALM, TODAY).upcoming


def test_done_with_several_at_once_renews_those_that_renew_by_themselves() -> None:
    goes_on = contract("Support", "k-2", account_id=ACME.id, end=date(2026, 11, 20), term="P12M", renews=True)
    book = Book.of(ACME, frame(end=date(2026, 11, 20), term="P12M"), goes_on)
    keys = [item.key for item in agenda(book, CALM, TODAY).upcoming]
    book = book.after(several.complete(book, NOW, CALM, keys, "spoke with them").edits)
    assert [book.contracts[each].end for each in ("k-1", "k-2")] == [date(2026, 11, 20), date(2027, 11, 20)]
    assert not agenda(book, CALM, TODAY, 60).upcoming
