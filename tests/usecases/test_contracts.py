"""Contracts: added, changed, archived; the first makes a customer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from builders import NOW, TODAY, account, contract

from kam_tui.domain.book import Book
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings
from kam_tui.usecases import contracts, reminders

ACME = account("Acme Oy")
BETA = account("Beta", status="prospect")
FRAME = contract("Frame agreement", "k-1", account_id=ACME.id)
BOOK = Book.of(ACME, BETA, FRAME)


def test_a_contract_is_added_in_words() -> None:
    fields = {
        "name": "Service", "account_id": "acme", "start": "1.1.2026", "end": "31.12.2027",
        "notice_period": "3 months", "renews": "yes", "value": "12 000 €", "consideration": "services",
    }  # fmt: skip
    (edit,) = contracts.add(BOOK, NOW, fields).edits
    made: Any = edit.after
    assert (made.start, made.end, made.notice_by) == (
        date(2026, 1, 1),
        date(2027, 12, 31),
        date(2027, 9, 30),
    )
    assert (made.renews, made.value, made.consideration) == (True, "12000 EUR", "services")


def test_a_contract_needs_a_name_and_an_account() -> None:
    with pytest.raises(Invalid) as caught:
        contracts.add(BOOK, NOW, {"end": "31.12.2027"})
    assert set(caught.value.problems) == {"name", "account_id"}
    with pytest.raises(Invalid, match="cannot end before it starts"):
        contracts.add(BOOK, NOW, {"name": "x", "account_id": "acme", "start": "1.1.2026", "end": "1.1.2025"})


@pytest.mark.parametrize(
    ("start", "since"),
    [("", TODAY), ("2026-03-01", date(2026, 3, 1)), ("2027-03-01", TODAY)],
)
def test_the_first_contract_makes_a_customer_and_says_why(start: str, since: date) -> None:
    change = contracts.add(BOOK, NOW, {"name": "Pilot", "account_id": "beta", "start": start})
    beta = BOOK.after(change.edits).accounts[BETA.id]
    assert (beta.status, beta.status_reason) == ("customer", "first contract: Pilot")
    assert beta.customer_since == PartialDate.of(since)


def test_a_customer_stays_as_it_is() -> None:
    change = contracts.add(BOOK, NOW, {"name": "Pilot", "account_id": "acme"})
    assert BOOK.after(change.edits).accounts[ACME.id] == ACME


def test_a_contract_is_changed_and_archived_and_brought_back() -> None:
    book = BOOK.after(contracts.edit(BOOK, NOW, "k-1", {"name": "Frame 2027", "value": "5 EUR"}).edits)
    assert (book.contracts["k-1"].name, book.contracts["k-1"].value) == ("Frame 2027", "5 EUR")
    assert contracts.edit(book, NOW, "k-1", {"value": "5 EUR"}).edits == ()
    with pytest.raises(Invalid, match="is not an amount"):
        contracts.edit(book, NOW, "k-1", {"value": "12,000 EUR"})
    gone = book.after(contracts.archive(book, NOW, "k-1").edits)
    assert gone.contracts["k-1"].archived
    assert contracts.archive(gone, NOW, "k-1").edits == ()
    assert not gone.after(contracts.archive(gone, NOW, "k-1", False).edits).contracts["k-1"].archived
    with pytest.raises(NotFound):
        contracts.edit(BOOK, NOW, "k-2", {"name": "x"})


@pytest.mark.parametrize("act", ["complete", "skip"])
def test_its_days_are_done_and_skipped_as_all_others(act: str) -> None:
    end = TODAY + timedelta(days=9)
    book = Book.of(ACME, contract("Frame", "k-1", account_id=ACME.id, end=end))
    calm = Settings(cadence_standard=0)
    key = f"contract.renewal:k-1:{end}"
    change = getattr(reminders, act)(book, NOW, calm, key)
    after = book.after(change.edits)
    assert not agenda(after, calm, end).overdue + agenda(after, calm, end).today
    assert [each.because for each in after.activities.values()] == ([key] if act == "complete" else [])
    note = reminders.complete(after, NOW, calm, key, "they renew").edits[0].after
    assert getattr(note, "account_id", "") == ACME.id
