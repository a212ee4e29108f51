"""Redacting: what is left of each record without one person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import TODAY, account, activity, contact, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import Occurrence
from kam_tui.usecases.redacting import Person, Reach

LIISA = contact("Liisa Korhonen", "c-1", account_id="a-1", emails=(Labeled("liisa@acme.example"),))
PEKKA = contact("Pekka Koe", "c-2", account_id="a-1")
OTHER_LIISA = contact("Liisa Virta", "c-3")
ACME = account("Acme Oy", "a-1")
BOOK = Book.of(LIISA, PEKKA, OTHER_LIISA, ACME)
PERSON = Person([LIISA], BOOK)


def test_what_does_not_speak_of_them_is_the_very_same_record() -> None:
    erasure = Erasure("x-1", TODAY, "ab", ("Liisa Korhonen",))
    for record in (PEKKA, ACME, activity("Lunch with Liisa", contact_ids=("c-2",)), reminder(), erasure):
        assert PERSON.kept(record) is record


def test_of_the_contact_nothing_is_left() -> None:
    assert PERSON.kept(LIISA) is None


@pytest.mark.parametrize("make", [activity, reminder])
def test_what_names_nobody_else_goes_and_what_names_an_account_stays(make: Any) -> None:
    assert PERSON.kept(make("Talked", contact_ids=("c-1",))) is None
    at_acme = make("Talked", contact_ids=("c-1",), account_id="a-1")
    assert PERSON.kept(at_acme) == replace(at_acme, contact_ids=())
    with_pekka = make("Talked", contact_ids=("c-2", "c-1"))
    assert PERSON.kept(with_pekka) == replace(with_pekka, contact_ids=("c-2",))


@pytest.mark.parametrize("make", [activity, reminder])
def test_what_was_with_them_alone_at_an_account_goes_when_that_is_said(make: Any) -> None:
    person = Person([LIISA], BOOK, Reach(entries=True))
    assert person.kept(make("Talked", contact_ids=("c-1",), account_id="a-1")) is None
    assert person.kept(make("Talked", contact_ids=("c-1", "c-2"), account_id="a-1")) is not None


def test_what_became_of_their_days_goes() -> None:
    person = PERSON.taking(["t-gone"])
    for key in ("birthday:c-1:2026-11-24", "thank-you:t-gone:2026-11-24"):
        assert person.kept(Occurrence(key, TODAY, "done")) is None
    other = Occurrence("birthday:c-2:2026-11-24", TODAY, "done")
    assert person.kept(other) is other


def test_what_refers_to_them_refers_to_nobody() -> None:
    assert PERSON.kept(replace(PEKKA, reports_to="c-1")) == PEKKA
    done = activity("Called", account_id="a-1", because="birthday:c-1:2026-11-24")
    assert PERSON.kept(done) == replace(done, because="")


def test_every_text_of_a_record_is_without_them() -> None:
    about = "Ask Liisa Korhonen"
    full = replace(
        ACME,
        about=about, needs=about, address=about, status_reason=about, unit=about, industry=about,
        aliases=("Liisa Korhonen", "Acme"), tags=("liisa-korhonen", "vip"),
        phones=(Labeled("123", about), Labeled("liisa@acme.example")),
        occasions=(Occasion("other", PartialDate(None, 3, 1), about),),
        extra={"columns": {"Owner": "Liisa Korhonen", "Other": about}, "awaits": {"via": "kam:c-1"}, "n": 1},
    )  # fmt: skip
    left = PERSON.kept(full)
    ask = "Ask (erased)"
    assert left == replace(
        ACME,
        about=ask, needs=ask, address=ask, status_reason=ask, unit=ask, industry=ask,
        aliases=("Acme",), tags=("vip",), phones=(Labeled("123", ask),),
        occasions=(Occasion("other", PartialDate(None, 3, 1), ask),),
        extra={"columns": {"Other": ask}, "n": 1},
    )  # fmt: skip


def test_words_of_choice_days_and_ids_are_no_texts() -> None:
    champion = contact("User Standard", "c-9")
    person = Person([champion], Book.of(champion))
    for record in (
        replace(ACME, id="user-standard"),
        activity("Sale", "user-standard", kind="sale", account_id="user-standard"),
    ):
        assert person.kept(record) is record


def test_a_name_alone_stays_unless_it_is_said() -> None:
    thorough = Person([LIISA], BOOK, Reach(names=True))
    talk = activity("Lunch with Liisa", account_id="a-1")
    assert PERSON.kept(talk) is talk
    assert thorough.kept(talk) == replace(talk, text="Lunch with (erased)")
    both = activity("L. Korhonen wrote", account_id="a-1", contact_ids=("c-1", "c-2"))
    left = thorough.kept(both)
    assert left == replace(both, text="L. (erased) wrote", contact_ids=("c-2",))
    assert not thorough.is_hinted_at(left)


@pytest.mark.parametrize(
    "record",
    [
        OTHER_LIISA,
        activity("Lunch with Liisa", contact_ids=("c-3",)),
        activity("Lunch with Liisa", contact_ids=("c-1", "c-3")),
        contact("Liisa Korhonen", "c-8"),
    ],
)
def test_a_name_alone_that_somebody_named_there_explains_stays_in_any_case(record: Record) -> None:
    person = Person([LIISA], BOOK.after([]), Reach(names=True))
    left = person.kept(record)
    assert left is not None
    assert getattr(left, "text", "") == getattr(record, "text", "")
    assert not person.is_hinted_at(record)


def test_the_name_of_an_account_is_only_a_hint() -> None:
    alone = account("Tmi Korhonen")
    assert not PERSON.is_hinted_at(alone)
    assert Person([LIISA], BOOK, Reach(names=True)).kept(alone) is alone


def test_documents_that_are_no_records_are_without_them_too() -> None:
    document = {"who": "Liisa Korhonen", "more": ["liisa@acme.example", {"of": "Liisa Korhonen's"}], "n": 3}
    assert PERSON.kept_of(document) == {"more": [{"of": "(erased)'s"}], "n": 3}
    assert PERSON.kept_of({"Liisa Korhonen": 1}) == {"(erased)": 1}


def test_a_record_that_nothing_is_left_of_goes() -> None:
    lonely = activity("", "t-2", contact_ids=("c-1", "c-1"))
    assert PERSON.kept(lonely) is None
