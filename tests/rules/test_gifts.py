"""Gifts: what is left of a budget, what was given before, and that nobody gets the same twice unnoticed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders import account, activity, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.money import currency_of, number_of
from kam_tui.rules.agenda import agenda
from kam_tui.rules.gifts import (
    Giving,
    Spending,
    giving,
    label_of,
    notes,
    repeats,
    show_spending,
    spending,
    told_of,
)
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
ACME = account("Acme Oy", tier="key")
LIISA = contact("Liisa Korhonen", account_id=ACME.id, gift_ideas="- a sailing knife\n\n* cloudberry jam")
ANNA = contact("Anna Salo", account_id=ACME.id)
HUNDRED = Settings(gift_budget_key="100 €")


def gift(text: str, amount: str = "", day: date = TODAY, **fields: Any) -> Activity:
    """A gift to Liisa, unless it is to somebody else."""
    to = {"contact_ids": (LIISA.id,), "account_id": ACME.id} | fields
    return activity(text, f"t-{text}-{day}", kind="gift", amount=amount, when=Moment(day), **to)


def spent(*records: Record, settings: Settings = HUNDRED, of: Any = ACME, today: date = TODAY) -> Spending:
    return spending(Book.of(of, LIISA, ANNA, *records), settings, today, of)


def test_what_is_left_is_the_budget_without_the_gifts_of_the_year() -> None:
    told = spent(
        gift("Book", "45 EUR"),
        gift("Wine", "9.50 EUR", date(2026, 1, 1), contact_ids=(ANNA.id,)),
        gift("Tea", "5 EUR", account_id=None),
        gift("Cards", "30 EUR", date(2025, 12, 31)),
        gift("Jam", "30 EUR", TODAY + timedelta(days=1)),
        activity("Sold", kind="sale", amount="900 EUR", account_id=ACME.id, when=Moment(TODAY)),
    )
    assert told == Spending(2026, "100 EUR", "40.50 EUR", "59.50 EUR")
    assert (label_of(told), show_spending(told)) == ("Gift budget", "40.50 EUR of 100 EUR left in 2026")


@pytest.mark.parametrize(
    ("own", "tier", "budget"),
    [
        ("", "key", "100 EUR"),
        ("", "growth", "50 SEK"),
        ("", "standard", ""),
        ("20 EUR", "key", "20 EUR"),
        ("0 EUR", "key", "0 EUR"),
        ("20 EUR", "standard", "20 EUR"),
    ],
)
def test_an_accounts_own_budget_comes_before_that_of_its_tier(own: str, tier: str, budget: str) -> None:
    given_by = Settings(gift_budget_key="100 €", gift_budget_growth="50 SEK")
    assert spent(of=account("Acme Oy", tier=tier, gift_budget=own), settings=given_by).budget == budget


def test_an_overdrawn_budget_is_said_so() -> None:
    told = spent(gift("Book", "45 EUR"), gift("Watch", "67.50 EUR"))
    assert told.is_overdrawn
    assert show_spending(told) == "overdrawn by 12.50 EUR, with 112.50 EUR of 100 EUR given in 2026"


def test_gifts_without_an_amount_and_other_currencies_are_named_and_not_counted() -> None:
    told = spent(gift("Book"), gift("Jam", "300 SEK"), gift("Tea", "5 USD"), gift("Wine", "1 SEK"))
    assert told == Spending(2026, "100 EUR", "100 EUR", "0 EUR", ("301 SEK", "5 USD"), 1)
    assert show_spending(told) == (
        "100 EUR of 100 EUR left in 2026; 301 SEK and 5 USD given besides, not counted;"
        " 1 gift without an amount"
    )


def test_a_budget_of_nothing_is_for_no_gifts() -> None:
    none = account("Acme Oy", gift_budget="0 EUR")
    assert show_spending(spent(of=none)) == "no gifts in 2026"
    assert "overdrawn by 5 EUR" in show_spending(spent(gift("Book", "5 EUR"), of=none))


def test_without_a_budget_only_what_was_given_is_told() -> None:
    none = Settings()
    assert show_spending(spent(settings=none)) == ""
    told = spent(gift("Book", "45 EUR"), gift("Tea"), gift("Jam"), settings=none)
    assert (label_of(told), show_spending(told)) == (
        "Gifts",
        "45 EUR given in 2026; 2 gifts without an amount",
    )


@given(
    st.lists(
        st.tuples(
            st.decimals(0, 10**6, places=2),
            st.sampled_from(["EUR", "SEK", "USD"]),
            st.integers(-400, 30),
        ),
        max_size=12,
    ),
    st.integers(0, 10**6),
)
@settings(max_examples=60)
def test_left_is_the_budget_less_the_sum_and_no_currencies_are_mixed(
    rows: list[tuple[Decimal, str, int]], budget: int
) -> None:
    some = [
        gift(f"Gift {number}", f"{amount} {code}", TODAY + timedelta(days=away))
        for number, (amount, code, away) in enumerate(rows)
    ]
    told = spent(*some, of=account("Acme Oy", gift_budget=f"{budget} EUR"))
    counted = [
        (amount, code)
        for amount, code, away in rows
        if date(2026, 1, 1) <= TODAY + timedelta(days=away) <= TODAY
    ]
    euros = sum((amount for amount, code in counted if code == "EUR"), Decimal(0))
    assert number_of(told.left) == budget - euros
    assert number_of(told.given) == euros
    assert told.is_overdrawn is (euros > budget)
    others = {currency_of(each): number_of(each) for each in told.others}
    assert others == {
        code: sum(amount for amount, other in counted if other == code)
        for code in {code for _amount, code in counted} - {"EUR"}
    }


BORN = contact(
    "Liisa Korhonen", account_id=ACME.id, birthday=PartialDate(1976, 12, 1), gift_ideas=LIISA.gift_ideas
)


def before_a_gift(*records: Record, settings: Settings = HUNDRED) -> Giving:
    """What is told beside the gift for Liisa's birthday."""
    book = Book.of(ACME, BORN, ANNA, *records)
    found = agenda(book, settings, TODAY, 14)
    (item,) = (item for item in (*found.open, *found.upcoming) if item.rule == "birthday.gift")
    known = giving(book, settings, TODAY, item)
    assert known
    return known


def test_beside_a_gift_stand_the_budget_the_last_gifts_to_that_person_and_the_ideas() -> None:
    known = before_a_gift(
        gift("Wine", "12 EUR", date(2023, 12, 1)),
        gift("a book on cheese", "45 EUR", date(2025, 12, 12)),
        gift("Tea", "", date(2024, 12, 1)),
        gift("Jam", "", date(2026, 1, 3)),
        gift("Flowers", "8 EUR", date(2026, 2, 2), contact_ids=(ANNA.id,)),
    )
    assert list(told_of(known, TODAY)) == [
        ("Gift budget", "92 EUR of 100 EUR left in 2026; 1 gift without an amount"),
        ("Given before", "Jam, Sat 3 Jan"),
        ("Given before", "a book on cheese (45 EUR), Fri 12 Dec 2025"),
        ("Given before", "Tea, Sun 1 Dec 2024"),
        ("Gift ideas", "a sailing knife; cloudberry jam"),
    ]


def test_what_was_given_for_this_very_line_or_is_to_be_given_yet_was_not_given_before() -> None:
    book = Book.of(ACME, BORN)
    (item,) = [item for item in agenda(book, HUNDRED, TODAY, 14).open if item.action == "gift"]
    records = [
        gift("Tea", day=date(2025, 12, 1)),
        gift("Wine", because=item.key),
        gift("Jam", day=TODAY + timedelta(days=1)),
    ]
    told = giving(Book.of(ACME, BORN, *records), HUNDRED, TODAY, item)
    assert told
    assert [each.text for each in told.before] == ["Tea"]


def test_a_line_that_asks_for_no_gift_has_none_of_it() -> None:
    book = Book.of(ACME, BORN)
    others = [item for item in agenda(book, HUNDRED, TODAY, 14).open if item.action != "gift"]
    assert others
    assert [giving(book, HUNDRED, TODAY, item) for item in others] == [None] * len(others)


@pytest.mark.parametrize(
    "text",
    [
        "a book on cheese",
        "A BOOK ON CHEESE!",
        "Book on cheese, 30 €",
        "the book on cheeses for Liisa",
        "a thick book on cheese",
        "some cheese: book",
        "a book on cheese, signed by its author, and a card",
    ],
)
def test_the_same_gift_once_more_is_noticed(text: str) -> None:
    earlier = gift("45€ a book on cheese", "45 EUR", date(2024, 5, 6))
    book = Book.of(ACME, LIISA, ANNA, earlier)
    assert repeats(book, gift(text)) == earlier
    assert list(notes(book, Settings(), TODAY, gift(text))) == [
        "This was given before: 45€ a book on cheese, Mon 6 May 2024."
    ]


@pytest.mark.parametrize(
    "other",
    [
        gift("a book on wine"),
        gift("cheese"),
        gift("cheese knives"),
        gift("a box of cheese"),
        gift(""),
        gift("45 €", "45 EUR"),
        gift("a book on cheese", contact_ids=(ANNA.id,)),
        gift("a book on cheese", contact_ids=()),
    ],
)
def test_another_gift_and_the_same_to_another_is_no_repeat(other: Activity) -> None:
    book = Book.of(ACME, LIISA, ANNA, gift("45€ a book on cheese", "45 EUR", date(2024, 5, 6)))
    assert repeats(book, other) is None


def test_a_gift_is_no_repeat_of_itself_and_of_several_the_last_is_told() -> None:
    old, new = gift("Wine", day=date(2024, 5, 6)), gift("wine", day=date(2025, 5, 6))
    assert repeats(Book.of(ACME, LIISA, new), new) is None
    assert repeats(Book.of(ACME, LIISA, old, new), gift("Wines")) == new
    to_all = gift("Wine", contact_ids=())
    assert repeats(Book.of(ACME, LIISA, to_all), gift("wine", day=date(2026, 1, 2), contact_ids=())) == to_all


def test_a_gift_that_overdraws_the_budget_is_told_and_so_is_one_to_whom_none_is_meant() -> None:
    book = Book.of(ACME, LIISA, gift("Book", "95 EUR"))
    said = notes(book, HUNDRED, TODAY, gift("Wine", "9 EUR"))
    assert list(said) == [
        "The gift budget of Acme Oy is overdrawn by 4 EUR, with 104 EUR of 100 EUR given in 2026."
    ]
    assert list(notes(book, HUNDRED, TODAY, gift("Wine", "5 EUR"))) == []
    assert list(notes(book, HUNDRED, TODAY, gift("Wine", "9 EUR", date(2025, 3, 1)))) == []
    none = account("Acme Oy", gift_budget="0 SEK")
    assert list(notes(Book.of(none, LIISA), None, TODAY, gift("Wine"))) == [
        "Acme Oy is to get no gifts in 2026."
    ]
