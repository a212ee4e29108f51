"""The kind of activity that a line says in front: in the words that people use for it, and nowhere else."""

from __future__ import annotations

import pytest
from builders import NOW, account

from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.kind_words import kind_called
from kam_tui.domain.one_line import Understood
from kam_tui.settings import Settings
from kam_tui.usecases import several
from kam_tui.usecases.capture import capture, understand

ACME = account("Acme Oy", status="prospect")
BOOK = Book.of(ACME)


def read(text: str, kind: str = "note") -> Understood:
    return understand(BOOK, NOW, text, Settings(), kind)


def kept(change: Change) -> Activity:
    (made,) = (edit.after for edit in change.edits if isinstance(edit.after, Activity))
    return made


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("sale: @acme ten licences", "sale", "ten licences"),
        ("@acme sale: ten licences", "sale", "ten licences"),
        ("+q4 @acme Sale: ten licences", "sale", "ten licences"),
        ('@"Acme Oy" myynti: kymmenen lisenssiä', "sale", "kymmenen lisenssiä"),
        ("Käynti: @acme halli", "visit", "halli"),
        ("thank-you: @acme for the order", "thank-you", "for the order"),
        ("Message received: @acme in doubt", "received", "in doubt"),
        ("call: yesterday: @acme agreed", "call", "agreed"),
        ("yesterday: call: @acme agreed", "call", "agreed"),
        ("last friday: call: @acme agreed", "call", "agreed"),
        ("note: @acme agreed", "note", "agreed"),
    ],
)
def test_the_word_in_front_says_the_kind(typed: str, kind: str, text: str) -> None:
    line = read(typed)
    assert (line.kind, line.text, line.account, line.problems) == (kind, text, ACME, ())
    assert kept(capture(BOOK, NOW, typed, Settings())).kind == kind


@pytest.mark.parametrize(
    "typed",
    [
        "they said sale: ten", "agreed; call: later", "call : later", "callous: he was", "sale",
        "yes: call: later", "https://acme.example sale: ten",
    ],
)  # fmt: skip
def test_anywhere_else_it_is_a_word_of_the_text(typed: str) -> None:
    line = read(typed)
    assert (line.kind, line.text, line.problems) == ("", typed, ())
    assert kept(capture(BOOK, NOW, typed, Settings())).kind == "note"


def test_what_one_is_reminded_of_may_begin_with_such_a_word() -> None:
    line = read("@acme agreed remind: fri call: ask for Liisa")
    assert (line.kind, line.text) == ("", "agreed")
    assert line.reminder
    assert line.reminder.text == "call: ask for Liisa"


def test_a_kind_that_was_chosen_stays_and_so_does_the_word() -> None:
    made = kept(capture(BOOK, NOW, "@acme call: at nine", Settings(), "meeting"))
    assert (made.kind, made.text) == ("meeting", "call: at nine")


def test_a_sale_said_so_is_all_that_a_sale_is() -> None:
    change = capture(BOOK, NOW, "sale: @acme ten licences for 450 €", Settings())
    assert kept(change).amount == "450 EUR"
    assert any(getattr(edit.after, "status", "") == "customer" for edit in change.edits)


def test_a_kind_alone_needs_somebody_it_was_with() -> None:
    assert not read("call: @acme").problems
    assert kept(capture(BOOK, NOW, "call: @acme", Settings())).kind == "call"
    (problem,) = read("call:").problems
    assert str(problem.error) == "There is nothing to note down yet."


def test_a_line_for_several_says_it_too() -> None:
    change = several.capture(BOOK, NOW, [ACME.id], "mail: the autumn letter", Settings())
    assert (kept(change).kind, kept(change).text) == ("mail", "the autumn letter")
    assert change.summary.startswith("Mail, Acme Oy")


def test_every_kind_is_found_by_its_name_its_label_and_a_finnish_word() -> None:
    for kind, row in ACTIVITY_KINDS.items():
        assert kind_called(kind.upper()) == kind_called(row.label) == kind
    assert [kind_called(word) for word in ("Puhelu", "sahkoposti", "lahja", "kiitos", "", "kauppias")] == [
        "call", "mail", "gift", "thank-you", "", "",
    ]  # fmt: skip
