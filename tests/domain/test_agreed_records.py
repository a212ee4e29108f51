"""Promises and contracts as records: what they refuse, and what follows from their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from builders import TODAY, contract, promise
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.contract import CONTRACT
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.errors import Invalid
from kam_tui.domain.money import MONEY
from kam_tui.domain.promise import PROMISE
from kam_tui.domain.terms import SPAN, before, show_span

READING = PLAIN


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12000 EUR", "12000 EUR"),
        ("12 000,50 €", "12000.50 EUR"),
        ("eur 99.5", "99.5 EUR"),
        ("£7", "7 GBP"),
        ("12'000 chf", "12000 CHF"),
        ("0 SEK", "0 SEK"),
        ("007 SEK", "7 SEK"),
        ("5 EURO", "5 EUR"),
        ("45,50 euroa", "45.50 EUR"),
    ],
)
def test_an_amount_has_a_currency(typed: str, kept: str) -> None:
    assert MONEY.parse(typed, READING) == kept
    assert MONEY.decode(kept) == kept
    assert MONEY.parse(MONEY.show(kept, Book().name_of), READING) == kept


@pytest.mark.parametrize(
    "typed", ["12000", "12,000 EUR", "1.2.3 EUR", "-5 EUR", "$5", "EUR", "5 EUROPE", "1 2 EUR"]
)
def test_what_is_no_certain_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is not an amount with its currency, such as 12000 EUR"):
        MONEY.parse(typed, READING)


@pytest.mark.parametrize("stored", ["12000", "1e3 EUR", "5 eur", "", 5])
def test_a_document_has_an_amount_in_one_form_only(stored: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        MONEY.decode(stored)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("30 days", "P30D", "30 days"),
        ("1 day", "P1D", "1 day"),
        ("2 viikkoa", "P2W", "2 weeks"),
        ("3 kk", "P3M", "3 months"),
        ("a", "", ""),
        ("1 year", "P12M", "12 months"),
        ("p3m", "P3M", "3 months"),
    ],
)
def test_a_span_of_notice_is_said_in_words(typed: str, kept: str, shown: str) -> None:
    if not kept:
        with pytest.raises(ValueError, match="is not a span of time such as 30 days"):
            SPAN.parse(typed, READING)
        return
    assert SPAN.parse(typed, READING) == kept == SPAN.parse(shown, READING)
    assert show_span(kept) == shown == SPAN.show(kept, Book().name_of)
    assert SPAN.decode(kept) == kept


@pytest.mark.parametrize("typed", ["0 days", "4000 days", "3 fortnights", "3", "P0D", "-1 day"])
def test_what_is_no_span_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a span of time"):
        SPAN.parse(typed, READING)


@pytest.mark.parametrize(
    ("day", "span", "earlier"),
    [
        (date(2026, 5, 31), "P3M", date(2026, 2, 28)),
        (date(2028, 5, 31), "P3M", date(2028, 2, 29)),
        (date(2026, 12, 31), "P3M", date(2026, 9, 30)),
        (date(2026, 1, 15), "P1M", date(2025, 12, 15)),
        (date(2026, 1, 15), "P24M", date(2024, 1, 15)),
        (date(2026, 3, 1), "P30D", date(2026, 1, 30)),
        (date(2026, 3, 1), "P2W", date(2026, 2, 15)),
    ],
)
def test_a_span_is_counted_back_and_month_ends_clamp(day: date, span: str, earlier: date) -> None:
    assert before(day, span) == earlier


@settings(max_examples=60, deadline=None)
@given(day=st.dates(date(400, 1, 1)), months=st.integers(1, 3660))
def test_so_many_months_before_are_so_many_months(day: date, months: int) -> None:
    earlier = before(day, f"P{months}M")
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier.day < day.day and (earlier + timedelta(days=1)).day == 1)


def test_notice_is_its_own_day_else_so_long_before_the_end() -> None:
    ends = contract(end=date(2026, 12, 31), notice_period="P3M")
    assert ends.notice_by == date(2026, 9, 30)
    assert CONTRACT.change(ends, notice=date(2026, 10, 15)).notice_by == date(2026, 10, 15)
    assert contract(notice_period="P3M").notice_by is None
    assert contract(end=date(1, 1, 31), notice_period="P2M").notice_by is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "A contract needs a name."),
        ({"account_id": ""}, "A contract needs an account."),
        ({"start": date(2026, 2, 1), "end": date(2026, 1, 1)}, "cannot end before it starts"),
        ({"notice": date(2026, 2, 1), "end": date(2026, 1, 1)}, "Notice must be given before"),
    ],
)
def test_a_contract_of_contradictory_days_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        CONTRACT.change(contract(), **fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "A promise needs a text."),
        ({"state": "late", "settled": TODAY}, "late is not what becomes of a promise."),
        ({"state": "kept"}, "needs the day of it"),
        ({"settled": TODAY}, "an open one has none"),
    ],
)
def test_a_promise_settled_by_halves_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        PROMISE.change(promise(), **fields)


def test_kept_late_follows_from_the_days() -> None:
    assert not promise().kept_late
    assert not promise(state="kept", settled=TODAY).kept_late
    assert promise(state="kept", settled=TODAY + timedelta(days=1)).kept_late
    assert not promise(state="broken", settled=TODAY + timedelta(days=1)).kept_late


def test_documents_come_back_as_they_were() -> None:
    kept = promise(state="kept", settled=TODAY, note="by courier\nsigned", contact_ids=("c-1",))
    assert PROMISE.decode(PROMISE.encode(kept)) == kept
    agreed = contract(end=TODAY, notice_period="P3M", renews=True, value="12.50 EUR", consideration="goods")
    assert CONTRACT.decode(CONTRACT.encode(agreed)) == agreed
    assert CONTRACT.encode(agreed)["notice_period"] == "P3M"
