"""Amounts: read where something was given, sold or billed, said beside the line, and never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import NOW, TODAY, account, activity, contact

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Invalid
from kam_tui.settings import Settings
from kam_tui.usecases import activities, reminders, several
from kam_tui.usecases.capture import capture, foreseen, understand

ACME = account("Acme Oy", tier="key", gift_budget="100 EUR")
LIISA = contact("Liisa Korhonen", account_id=ACME.id, birthday=PartialDate(1976, 11, 25))
CHEESE = activity(
    "45€ a book on cheese",
    kind="gift",
    amount="45 EUR",
    account_id=ACME.id,
    contact_ids=(LIISA.id,),
    when=Moment(date(2025, 12, 12)),
)
BOOK = Book.of(ACME, LIISA, CHEESE)
GIVEN_BEFORE = "This was given before: 45€ a book on cheese, Fri 12 Dec 2025."


def made(change: Change) -> Activity:
    (record,) = (edit.after for edit in change.edits if isinstance(edit.after, Activity))
    return record


@pytest.mark.parametrize("kind", ["gift", "sale", "invoice"])
@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("@acme 45€ a thing", "45 EUR"),
        ("@acme €45 a thing", "45 EUR"),
        ("@acme a thing, 45 EUR", "45 EUR"),
        ("@acme a thing 45,50 €", "45.50 EUR"),
        ("@acme 1 200 € in all", "1200 EUR"),
        ("on: 2026-11-16 @acme 45€ a thing", "45 EUR"),
        ("@acme a thing +45 +vip 45€", "45 EUR"),
        ("@acme call +358 40 123 4567, 45% off", ""),
        ("@acme two of them", ""),
    ],
)
def test_what_is_given_sold_or_billed_has_the_amount_that_its_text_names(
    kind: str, typed: str, amount: str
) -> None:
    line = understand(BOOK, NOW, typed, Settings(), kind)
    assert (line.amount, line.problems) == (amount, ())
    kept = made(capture(BOOK, NOW, typed, Settings(), kind))
    assert kept.amount == amount
    assert kept.text == line.text


def test_the_text_is_kept_whole() -> None:
    kept = made(capture(BOOK, NOW, "@acme 45€ a book on cheese\nand 3 € of ribbon", Settings(), "gift"))
    assert (kept.text, kept.amount) == ("45€ a book on cheese\nand 3 € of ribbon", "")
    assert made(capture(BOOK, NOW, "@acme 45€ a book", Settings(), "gift")).text == "45€ a book"


@pytest.mark.parametrize("kind", ["note", "call", "meeting", "complaint"])
def test_elsewhere_money_is_only_spoken_of(kind: str) -> None:
    assert made(capture(BOOK, NOW, "@acme they have 45€ left", Settings(), kind)).amount == ""


def test_an_amount_that_is_said_beside_the_line_counts_for_any_kind() -> None:
    def kept(text: str, kind: str, amount: str) -> Activity:
        return made(capture(BOOK, NOW, text, Settings(), kind, amount))

    assert kept("@acme lunch", "meeting", "1 200,50 €").amount == "1200.50 EUR"
    assert kept("@acme a book for 20€", "gift", "22EUR").amount == "22 EUR"
    with pytest.raises(Invalid, match="about 20 is not an amount with its currency"):
        kept("@acme a book", "gift", "about 20")
    with pytest.raises(Invalid, match="the line tells of nothing"):
        kept("@acme remind: fri send a book", "note", "20 EUR")


def test_of_several_amounts_none_is_taken_and_that_is_said() -> None:
    typed = "@acme wine 20€, cheese 25€"
    change = capture(BOOK, NOW, typed, Settings(), "sale")
    assert made(change).amount == ""
    assert change.notes == ("Several amounts are named, 20€, 25€, so none is taken.",)
    assert understand(BOOK, NOW, typed, Settings(), "sale").notes == change.notes
    assert capture(BOOK, NOW, typed, Settings(), "sale", "45 EUR").notes == ()
    assert capture(BOOK, NOW, typed, Settings(), "call").notes == ()


def test_the_same_gift_to_the_same_person_is_kept_and_told() -> None:
    typed = "@acme the book on cheese for Liisa"
    change = capture(BOOK, NOW, typed, Settings(), "gift")
    assert change.notes == (GIVEN_BEFORE,)
    assert made(change).contact_ids == (LIISA.id,)
    line = understand(BOOK, NOW, typed, Settings(), "gift")
    assert foreseen(BOOK, NOW, line, Settings(), "gift") == change.notes
    assert foreseen(BOOK, NOW, line, Settings(), "call") == ()
    assert capture(BOOK, NOW, typed, Settings(), "call").notes == ()


def test_the_budget_of_a_tier_is_heeded_too() -> None:
    book = Book.of(replace(ACME, gift_budget=""), LIISA)
    change = capture(book, NOW, "@acme 51€ a clock", Settings(gift_budget_key="50 EUR"), "gift")
    assert change.notes == (
        "The gift budget of Acme Oy is overdrawn by 1 EUR, with 51 EUR of 50 EUR given in 2026.",
    )


def test_a_form_tells_it_as_well() -> None:
    fields = {"kind": "gift", "account_id": "acme", "contact_ids": "Liisa", "text": "Book on cheese"}
    change = activities.log(BOOK, NOW, fields | {"amount": "45,50 €"})
    assert made(change).amount == "45.50 EUR"
    assert change.notes == (GIVEN_BEFORE,)
    with pytest.raises(Invalid, match="Amount: 45 is not an amount with its currency"):
        activities.log(BOOK, NOW, fields | {"amount": "45"})


def test_only_what_makes_it_another_gift_is_told_again_when_it_is_mended() -> None:
    wine = replace(CHEESE, id="t-wine", text="wine", amount="", when=Moment(TODAY))
    book = Book.of(ACME, LIISA, CHEESE, wine)
    assert activities.edit(book, NOW, wine.id, {"text": "a book on cheese"}).notes == (GIVEN_BEFORE,)
    overdrawn = activities.edit(book, NOW, wine.id, {"amount": "120 EUR"})
    assert overdrawn.notes[0].startswith("The gift budget of Acme Oy is overdrawn by 20 EUR")
    same = replace(wine, text="a book on cheese")
    assert activities.edit(Book.of(ACME, LIISA, CHEESE, same), NOW, same.id, {"tags": "x"}).notes == ()


def due(*records: Record) -> tuple[Book, str]:
    """A book in which a gift is due for Liisa, and its key."""
    return Book.of(ACME, LIISA, *records), f"birthday.gift:{LIISA.id}:2026-11-25"


def test_a_gift_that_was_due_and_is_done_has_the_amount_of_its_text() -> None:
    book, key = due(CHEESE)
    change = reminders.complete(book, NOW, Settings(), key, "gave her a book on cheese, 101 €")
    assert made(change).amount == "101 EUR"
    assert change.notes[1].startswith("The gift budget of Acme Oy is overdrawn by 1 EUR")
    repeated = several.complete(book, NOW, Settings(), [key], "book on cheese")
    assert repeated.notes == (GIVEN_BEFORE,)
    call = f"birthday:{LIISA.id}:2026-11-25"
    assert made(reminders.complete(book, NOW, Settings(), call, "gave her 101 €")).amount == ""


def test_of_one_line_for_several_each_gift_has_the_amount() -> None:
    beta = account("Beta", "a-beta", gift_budget="0 EUR")
    change = several.capture(
        Book.of(ACME, LIISA, beta), NOW, [ACME.id, beta.id], "a calendar, 12 €", Settings(), "gift"
    )
    assert [edit.record.amount for edit in change.edits] == ["12 EUR", "12 EUR"]  # type: ignore[union-attr]
    assert change.notes == ("Beta is to get no gifts in 2026.",)


def test_of_last_year_nothing_is_overdrawn() -> None:
    long_ago = (TODAY - timedelta(days=365)).isoformat()
    assert capture(BOOK, NOW, f"on: {long_ago} @acme 900€ a car", Settings(), "gift").notes == ()
