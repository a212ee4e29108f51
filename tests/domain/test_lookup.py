"""From what was typed to the one record it means."""

from __future__ import annotations

import pytest
from builders import account, contact

from kam_tui.domain.book import Book
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.lookup import find_account, find_contact, find_party, fitting, short_name

TIMBER = account("Nordic Timber Oy", aliases=("NT",))
STEEL = account("Nordic Steel AB")
ACME = account("Acme Oy")
OLD = account("Acme Holding Oy", archived=True)
LIISA = contact("Liisa Korhonen", account_id=TIMBER.id, nickname="Lissu")
LIISA_TOO = contact("Liisa Mäkinen", account_id=STEEL.id)
ACMEA = contact("Acmea Virtanen", account_id=STEEL.id)
BOOK = Book.of(TIMBER, STEEL, ACME, OLD, LIISA, LIISA_TOO, ACMEA)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (TIMBER.id, TIMBER),
        ("Nordic Timber Oy", TIMBER),
        ("nordic timber", TIMBER),
        ("NT", TIMBER),
        ("timber", TIMBER),
        ("nord tim", TIMBER),
        ("nordictimber", TIMBER),
        ("acme", ACME),
        ("ACME OY", ACME),
        ("acme holding", OLD),
    ],
)
def test_an_account_is_found_by_any_part_that_is_its_own(typed: str, found: object) -> None:
    assert find_account(BOOK, typed) is found


def test_several_that_fit_are_listed_and_none_is_chosen() -> None:
    with pytest.raises(Ambiguous) as caught:
        find_account(BOOK, "nordic")
    assert caught.value.candidates == ["Nordic Steel AB", "Nordic Timber Oy"]
    assert "Nordic Timber Oy" in caught.value.hint


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(NotFound) as caught:
        find_account(BOOK, "nordik timbr")
    assert caught.value.candidates[0] == "Nordic Timber Oy"
    assert "Did you mean" in caught.value.hint


def test_all_that_are_as_near_are_offered() -> None:
    with pytest.raises(NotFound) as caught:
        find_account(BOOK, "nordik")
    assert caught.value.candidates == ["Nordic Steel AB", "Nordic Timber Oy"]


def test_no_name_at_all_is_told_as_such() -> None:
    for find in (find_account, find_contact, find_party):
        with pytest.raises(NotFound, match='called ""'):
            find(BOOK, " ")


def test_nothing_near_means_no_hint_at_all() -> None:
    with pytest.raises(NotFound) as caught:
        find_account(BOOK, "qqqqq")
    assert not caught.value.candidates
    assert not caught.value.hint


def test_people_of_the_account_come_first() -> None:
    assert find_contact(BOOK, "liisa", STEEL.id) is LIISA_TOO
    assert find_contact(BOOK, "lissu") is LIISA
    with pytest.raises(Ambiguous) as caught:
        find_contact(BOOK, "liisa")
    assert caught.value.candidates == ["Liisa Korhonen (Nordic Timber Oy)", "Liisa Mäkinen (Nordic Steel AB)"]


def test_a_name_may_mean_an_account_or_a_person() -> None:
    assert find_party(BOOK, "acme") is ACME
    assert find_party(BOOK, "acmea") is ACMEA
    assert find_party(BOOK, "makinen") is LIISA_TOO
    assert find_party(BOOK, "liisa", TIMBER.id) is LIISA


def test_an_empty_name_means_nobody() -> None:
    with pytest.raises(NotFound):
        find_party(BOOK, "  ")


def test_the_legal_form_is_left_out_when_people_speak() -> None:
    assert short_name("Nordic Timber Oy") == "Nordic Timber"
    assert short_name("Müller, GmbH") == "Müller"
    assert short_name("Oy") == "Oy"


def test_a_whole_name_beats_the_same_name_with_a_legal_form() -> None:
    plain, form = account("Acme"), account("Acme Inc.")
    assert find_account(Book.of(plain, form), "acme") is plain
    assert find_party(Book.of(form, plain), "acme") is plain
    assert find_account(Book.of(plain, form), "acme inc") is form


def test_the_account_in_brackets_tells_two_of_one_name_apart() -> None:
    here, there = (
        contact("Liisa Lind", "c-1", account_id=ACME.id),
        contact("Liisa Lind", "c-2", account_id=STEEL.id),
    )
    book = Book.of(ACME, STEEL, here, there)
    with pytest.raises(Ambiguous) as caught:
        find_contact(book, "liisa lind")
    for name, meant in zip(caught.value.candidates, (here, there), strict=True):
        assert find_contact(book, name) is meant
        assert find_party(book, name) is meant


def test_two_of_one_name_at_one_account_are_told_apart_by_their_ids() -> None:
    twins = [contact("Liisa Lind", each, account_id=ACME.id) for each in ("c-1", "c-2")]
    with pytest.raises(Ambiguous) as caught:
        find_contact(Book.of(ACME, *twins), "liisa lind")
    assert caught.value.candidates == ["Liisa Lind (Acme Oy) [c-1]", "Liisa Lind (Acme Oy) [c-2]"]


def test_two_of_one_name_at_one_account_are_told_apart_by_what_is_known_of_them() -> None:
    buyer = contact("Liisa Lind", "c-1", account_id=ACME.id, title="Buyer")
    other = contact("Liisa Lind", "c-2", account_id=ACME.id, emails=(Labeled("ll@acme.example"),))
    with pytest.raises(Ambiguous) as caught:
        find_contact(Book.of(ACME, buyer, other), "liisa lind")
    assert caught.value.candidates == [
        "Liisa Lind (Acme Oy), Buyer [c-1]", "Liisa Lind (Acme Oy), ll@acme.example [c-2]",
    ]  # fmt: skip


def test_a_person_at_one_of_two_accounts_of_a_name_is_not_guessed() -> None:
    book = Book.of(
        account("Acme Oy", "a-1"), contact("Anna Virtanen", "c-1", account_id="a-1"),
        account("Acme Ab", "a-2"), contact("Anna Virtanen", "c-2", account_id="a-2"),
    )  # fmt: skip
    with pytest.raises(Ambiguous) as told:
        find_contact(book, "Anna Virtanen (Acme)")
    assert told.value.candidates == ["Anna Virtanen (Acme Ab)", "Anna Virtanen (Acme Oy)"]
    assert find_contact(book, "Anna Virtanen (Acme Oy)").id == "c-1"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("acme", [ACME]),
        ("nordic", [TIMBER, STEEL]),
        ("liisa", [LIISA, LIISA_TOO]),
        ("zebra", []),
    ],
)
def test_of_those_at_hand_all_that_fit_best_are_meant_and_no_other(typed: str, found: list[object]) -> None:
    assert fitting(typed, [ACMEA, LIISA, LIISA_TOO, TIMBER, STEEL, ACME]) == found
