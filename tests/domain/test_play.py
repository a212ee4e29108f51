"""Rows of the playbook."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kam_tui.domain.play import PLAYBOOK, Play

FRIDAY = date(2026, 11, 6)
HOLIDAYS = frozenset({date(2026, 11, 9)})


@pytest.mark.parametrize(
    ("after", "due", "with_holiday"),
    [
        ("1 working day", "2026-11-09", "2026-11-10"),
        ("5 working days", "2026-11-13", "2026-11-16"),
        ("0 days", "2026-11-06", "2026-11-06"),
        ("1 day", "2026-11-09", "2026-11-10"),
        ("3 days", "2026-11-09", "2026-11-10"),
        ("7 days", "2026-11-13", "2026-11-13"),
        ("2  weeks", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_wait_is_counted_in_days_or_in_working_days(after: str, due: str, with_holiday: str) -> None:
    play = Play("x", "sale", after)
    assert str(play.due(FRIDAY)) == due
    assert str(play.due(FRIDAY, HOLIDAYS)) == with_holiday
    assert date.fromisoformat(due) - FRIDAY <= play.reach


@pytest.mark.parametrize("wait", ["0 days", "90 days", "60 working days", "52 weeks"])
def test_no_row_asks_for_anything_from_farther_back_than_it_says(wait: str) -> None:
    play = Play("x", "sale", wait, expires=wait)
    assert play.closes(play.due(FRIDAY, HOLIDAYS), HOLIDAYS) - FRIDAY <= play.reach


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Thank you"}, "Thank you is no name for a row"),
        ({"name": "a:b"}, "a:b is no name"),
        ({"name": ""}, '"" is no name'),
        ({"name": "promise"}, "promise is what other reminders are called by"),
        ({"name": "birthday"}, "birthday is what other reminders are called by"),
        ({"on": "sail"}, "sail is not a kind of activity; there are note, call"),
        ({"action": "phone"}, "phone is not a kind of activity"),
        ({"unless": "call, sail"}, "sail is not a kind of activity"),
        ({"unless": "call,"}, '"" is not a kind of activity'),
        ({"after": "soon"}, "soon is not written like 1 working day, 7 days or 2 weeks"),
        ({"after": "1 month"}, "1 month is not written like"),
        ({"after": "-1 days"}, "-1 days is not written like"),
        ({"after": "53 weeks"}, "53 weeks is not written like"),
        ({"after": "\u00b2 days"}, "is not written like"),
        ({"unless_after": "7"}, "7 is not written like"),
        ({"expires": "9999 days"}, "9999 days is not written like"),
    ],
)
def test_what_is_no_row_is_told_in_a_sentence(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Play(**{"name": "x", "on": "sale"} | fields)


def test_what_answers_a_row() -> None:
    assert Play("x", "sale").answers == ("call",)
    assert Play("x", "sale", unless="call,  mail").answers == ("call", "mail")
    assert Play("x", "sale", unless="none").answers == ()


def test_a_row_without_words_says_to_follow_up() -> None:
    assert Play("x", "sale").what == "Follow up"
    assert Play("x", "sale", "2 weeks").when == "sale, 14 days after"
    assert Play("x", "hand-off", "1 working day").when == "hand-off, 1 working day after"


def test_the_usual_rows_have_names_of_their_own() -> None:
    names = [play.name for play in PLAYBOOK]
    assert len(set(names)) == len(names) == 7
