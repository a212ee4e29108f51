from __future__ import annotations

from builders import account, contact

from kam_tui.domain.book import Book
from kam_tui.rules.namesakes import namesakes

ACME = account("Acme", "a-acme")
LIISA = contact("Liisa Korhonen", "c-1", account_id=ACME.id)


def test_two_of_one_name_are_told_with_their_ids() -> None:
    book = Book.of(
        ACME, account("ACME", "a-two"), LIISA, contact("liisa korhonen", "c-2", account_id=ACME.id)
    )
    assert list(namesakes(book)) == [
        "2 accounts are called Acme: a-acme, a-two.",
        "2 people at Acme are called Liisa Korhonen: c-1, c-2.",
    ]


def test_people_without_an_account_are_told_apart_from_those_with_one() -> None:
    alone = contact("Liisa Korhonen", "c-2"), contact("Liisa Korhonen", "c-3")
    assert list(namesakes(Book.of(ACME, LIISA, *alone))) == [
        "2 people without an account are called Liisa Korhonen: c-2, c-3."
    ]


def test_who_is_archived_or_elsewhere_is_no_namesake() -> None:
    gone = contact("Liisa Korhonen", "c-2", account_id=ACME.id, archived=True)
    elsewhere = contact("Liisa Korhonen", "c-3", account_id="a-two")
    old = account("Acme", "a-old", archived=True)
    assert list(namesakes(Book.of(ACME, old, LIISA, gone, elsewhere))) == []
