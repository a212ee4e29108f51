"""Suggested words: plain, and never what one would be sorry to have said."""

from __future__ import annotations

import pytest
from builders import contact

from kam_tui.domain.occasion import OCCASION_KINDS
from kam_tui.rules.suggested import Hint, called, suggested
from kam_tui.settings import Settings

LIISA = Hint("Liisa", "Acme Oy")


@pytest.mark.parametrize(
    ("name", "nickname", "spoken"),
    [
        ("Liisa Korhonen", "", "Liisa"),
        ("Élodie Fournier", "", "Élodie"),
        ("Matti Koskela", "Masa", "Masa"),
        ("Dr. Jürgen Falkenried", "", "Dr. Jürgen Falkenried"),
        ("Korhonen, Liisa", "", "Korhonen, Liisa"),
        ("山田 太郎", "", "山田 太郎"),
        ("يوسف درويش", "Yusuf", "Yusuf"),
        ("Cher", "", "Cher"),
    ],
)
def test_people_are_spoken_to_by_the_name_that_is_surely_theirs(
    name: str, nickname: str, spoken: str
) -> None:
    assert called(contact(name, nickname=nickname)) == spoken


def test_an_age_is_told_only_where_it_is_a_round_one_and_never_afterwards() -> None:
    assert suggested("birthday", Hint("Liisa", "", 50, True)) == "Happy 50th birthday, Liisa!"
    assert suggested("birthday", Hint("Liisa", "", 47)) == "Happy birthday, Liisa!"
    assert suggested("birthday", Hint("Liisa")) == "Happy birthday, Liisa!"
    assert suggested("birthday", Hint("Liisa", "", 50, True, True)) == "A belated happy birthday, Liisa!"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (20, "20th"), (52, "52nd"), (63, "63rd"), (111, "111th")]
)
def test_english_ordinals(number: int, said: str) -> None:
    assert said in suggested("birthday", Hint("Liisa", "", number, True))


def test_a_promise_that_is_late_is_sorry() -> None:
    assert suggested("promise", LIISA) == "As promised, Liisa: here it is."
    late = Hint("Liisa", "Acme Oy", late=True)
    assert suggested("promise", late) == "I am sorry that this comes late, Liisa. Here it is."


def test_every_kind_of_occasion_and_every_usual_play_has_words_for_people_and_for_companies() -> None:
    sorts = {*OCCASION_KINDS, *(play.on for play in Settings().playbook), "thank-you", "cadence", "promise"}
    for sort in sorts:
        for hint in (LIISA, Hint("", "Acme Oy"), Hint("Liisa"), Hint("Liisa", "", 10, True)):
            words = suggested(sort, hint)
            assert words[-1:] in {".", "!", "?"}, sort
            assert "{" not in words
            assert ", !" not in words
            assert ", ." not in words


def test_what_somebody_wrote_by_hand_says_itself_what_to_do() -> None:
    assert suggested("reminder", LIISA) == ""


@pytest.mark.parametrize(
    ("sort", "hint", "said"),
    [
        ("customer", Hint("", "Acme Oy", 1), "Thank you for 1 year together!"),
        ("customer", Hint("", "Acme Oy", 12), "Thank you for 12 years together!"),
        ("customer", Hint("", "Acme Oy"), "Thank you for being our customer!"),
        ("cadence", Hint("Liisa", "Acme Oy"), "It has been a while, Liisa. How are you?"),
        ("cadence", Hint("", "Acme Oy"), "It has been a while. How are things at Acme Oy?"),
        ("cadence", Hint(), "It has been a while. How are you?"),
        ("at-risk", Hint(), "How are things with us, and what could we do better?"),
    ],
)
def test_words_name_whom_and_what_they_know_and_nothing_else(sort: str, hint: Hint, said: str) -> None:
    assert suggested(sort, hint) == said
