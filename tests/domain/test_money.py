"""Money: the amount that a line of text names, and sums of one currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.money import named_in, read_amount, read_money, show_sum, summed, with_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("45€ a book on cheese", "45 EUR"),
        ("a book on cheese €45", "45 EUR"),
        ("a book, 45 EUR", "45 EUR"),
        ("a book, 45 EUR.", "45 EUR"),
        ("a book for 45,50 €!", "45.50 EUR"),
        ("a book (45.50€)", "45.50 EUR"),
        ("ten licences for 1 200 €", "1200 EUR"),
        ("ten licences for 1\u00a0200\u00a0€", "1200 EUR"),
        ("EUR 45 for a book", "45 EUR"),
        ("45 eur", "45 EUR"),
        ("45 euros of wine", "45 EUR"),
        ("kirja, 45 euroa", "45 EUR"),
        ("a hamper, £ 30", "30 GBP"),
        ("500 SEK for flowers", "500 SEK"),
        ("2 books 45€", "45 EUR"),
        ("a box 45€", "45 EUR"),
        ("Room 12, 45€", "45 EUR"),
        ("45€ for the book; once more, 45 EUR", "45 EUR"),
        ("ten at 45€ each, 450€ in all", "450 EUR"),
        ("45% off, so 90 €", "90 EUR"),
        ("call +358 40 123 4567 about the 45 € book", "45 EUR"),
    ],
)
def test_an_amount_is_found_wherever_it_stands(text: str, amount: str) -> None:
    assert read_amount(text) == (amount, "")


@pytest.mark.parametrize(
    "text",
    [
        "a book on cheese",
        "45",
        "45% off",
        "45 % off",
        "45€ off",
        "call +358 40 123 4567",
        "call 040 1234567",
        "10 USB sticks and 3 LED lamps",
        "3 ALL of them",
        "$45",
        "2 x 45€",
        "2 × 45 €",
        "45€ x 2",
        "45 € each",
        "12 €/month",
        "12 € per month",
        "45-60€",
        "45–60 €",
        "€45-60",
        "45k€",
        "€45k",
        "-5 EUR",
        "v2.45 EUR",
        "45 EUROPE",
        "2026-11-24 €",
    ],
)
def test_what_is_no_amount_is_not_taken_for_one(text: str) -> None:
    assert read_amount(text) == ("", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("€1,200 for the lot", "€1,200 can be read in more than one way, so no amount is taken."),
        ("call 040 123 456 €", "040 123 456 € can be read in more than one way"),
        ("in 2026 45 €", "2026 45 € can be read in more than one way"),
        ("wine 20€, cheese 25€", "Several amounts are named, 20€, 25€, so none is taken."),
        ("wine 20€ and 20 SEK", "Several amounts are named, 20€, 20 SEK, so none is taken."),
    ],
)
def test_what_is_not_certain_is_told_and_not_taken(text: str, said: str) -> None:
    amount, doubt = read_amount(text)
    assert amount == ""
    assert doubt.startswith(said)


AMOUNTS = st.builds(
    lambda whole, part, code: f"{whole}{part and f'.{part}'} {code}",
    st.integers(0, 10**9),
    st.sampled_from(["", "5", "50", "05", "99"]),
    st.sampled_from(["EUR", "SEK", "USD", "PLN"]),
)


@given(AMOUNTS, st.sampled_from(["a book", "tea, jam", "for Åsa", ""]))
@settings(max_examples=60)
def test_an_amount_as_it_is_kept_is_found_in_any_text(amount: str, words: str) -> None:
    for text in (f"{amount} {words}", f"{words} {amount}", f"{words}; {amount}."):
        assert read_amount(text) == (amount, "")
    assert read_money(amount) == amount


@given(st.text(alphabet="0123456789 .,€£-+/x%EURSek", max_size=30))
@settings(max_examples=150)
def test_whatever_is_named_is_in_the_text_as_it_stands(text: str) -> None:
    for said, kept in named_in(text):
        assert said in " ".join(text.split())
        assert kept == "" or read_money(kept) == kept


def test_an_amount_stands_behind_a_text_that_does_not_say_it() -> None:
    assert with_amount("a book", "45 EUR") == "a book (45 EUR)"
    assert with_amount("45€ a book", "45 EUR") == "45€ a book"
    assert with_amount("a book, 45 SEK", "45 EUR") == "a book, 45 SEK (45 EUR)"
    assert with_amount("a book", "") == "a book"
    assert with_amount("", "45 EUR") == "45 EUR"


def test_amounts_are_added_up_exactly_and_each_currency_by_itself() -> None:
    sums = summed(["0.10 EUR", "0.20 EUR", "5 SEK", "999999999999999.99 EUR"])
    assert sums == {"EUR": Decimal("1000000000000000.29"), "SEK": Decimal(5)}
    assert [show_sum(number, code) for code, number in sums.items()] == ["1000000000000000.29 EUR", "5 SEK"]
    assert show_sum(Decimal("-12.5"), "EUR") == "-12.50 EUR"
    assert show_sum(Decimal("100.00"), "EUR") == "100 EUR"
