"""Several lines of the agenda at once in the shell: named or meant by a query, all or none, one change."""

from __future__ import annotations

from typing import Any

import pytest
from shell_run import Kam, Ran


@pytest.fixture
def due(full: Kam) -> Kam:
    """Two accounts with a few things that are due."""
    for words in (
        ("remind", "@nordic", "today", "look in"),
        ("promise", "add", "@acme", "today", "drawings"),
        ("remind", "@nordic", "wednesday", "send the list"),
    ):
        assert full(*words).code == 0
    return full


def open_lines(kam: Kam) -> dict[str, dict[str, Any]]:
    """What is open or put off, by what is to be done."""
    found = kam("agenda", "--json").json
    parts = ("overdue", "today", "upcoming", "snoozed")
    return {line["what"]: line for part in parts for line in found[part]}


def words_of(kam: Kam, *whats: str) -> list[str]:
    lines = open_lines(kam)
    return [lines[what]["handle"] for what in whats]


CALL, LOOK, DRAWINGS, LIST = "call about the contract", "look in", "drawings", "send the list"
FRIDAY = "2026-11-27"


@pytest.mark.parametrize("behind", [("--until", "fri"), ("fri",), ("in", "5", "days")])
def test_lines_named_one_after_the_other_are_put_off_in_one_change(due: Kam, behind: tuple[str, ...]) -> None:
    ran = due("snooze", *words_of(due, CALL, LOOK, DRAWINGS), *behind)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Snoozed 3 lines until Fri 27 Nov 2026.")
    assert [line.split("  ")[-1].strip() for line in ran.out.splitlines()[1:]] == [CALL, LOOK, DRAWINGS]
    until = {what: line["snoozed_until"] for what, line in open_lines(due).items()}
    assert (until[CALL], until[LOOK], until[DRAWINGS], until[LIST]) == (FRIDAY, FRIDAY, FRIDAY, None)
    assert due("undo").code == 0
    assert {line["snoozed_until"] for line in open_lines(due).values()} == {None}


def test_they_are_moved_and_keep_their_short_words(due: Kam) -> None:
    words = words_of(due, CALL, DRAWINGS)
    assert due("move", *words, "--to", "fri").code == 0
    assert {open_lines(due)[what]["day"] for what in (CALL, DRAWINGS)} == {FRIDAY}
    assert words_of(due, CALL, DRAWINGS) == words


def test_they_are_done_with_the_same_text(due: Kam) -> None:
    ran = due("done", *words_of(due, CALL, LOOK, DRAWINGS), "--text", "all is well", "--json")
    written = [each["record"] for each in ran.json["changes"] if each["record"]["table"] == "activities"]
    assert [each["text"].endswith("all is well") for each in written] == [True] * 3
    assert not {CALL, LOOK, DRAWINGS} & open_lines(due).keys()


def test_short_words_alone_behind_a_short_word_are_lines_and_any_other_words_are_text(due: Kam) -> None:
    words = words_of(due, CALL, LOOK, LIST)
    assert due("done", *words).out.startswith("Done: 3 lines.")
    assert due("undo").code == 0
    ran = due("done", words[0], "they", "like", words[1])
    assert ran.out.startswith("Done: call about the contract")
    assert LOOK in open_lines(due)
    assert f"they like {words[1]}" in due("entry", "list", "acme").out


def test_a_line_named_twice_is_one_line(due: Kam) -> None:
    (word,) = words_of(due, LOOK)
    assert due("skip", word, word, "look in").out == "Skipped: look in (Nordic Timber Oy)\n"


def refused(kam: Kam, code: int, said: str, *words: str) -> None:
    before = kam("history", "--json").json
    ran: Ran = kam(*words)
    assert (ran.code, said in ran.err, ran.out) == (code, True, ""), ran.err
    assert kam("history", "--json").json == before


def test_where_one_cannot_be_none_is_changed(due: Kam) -> None:
    call, look, drawings = words_of(due, CALL, LOOK, DRAWINGS)
    refused(due, 3, "No open reminder answers to nobody", "snooze", call, "nobody", look, "--until", "fri")
    refused(due, 3, "has the short word nobody", "snooze", call, look, "nobody", "fri")
    refused(due, 2, "A promise cannot be skipped", "skip", call, drawings)
    refused(due, 2, "has passed", "move", call, look, "--to", "2020-01-01")
    refused(due, 2, "on thx monday is not a day", "snooze", call, "on", "thx", "monday")


def test_a_query_means_every_line_that_needs_somebody(due: Kam) -> None:
    ran = due("snooze", "--where", "account:nordic", "fri")
    assert ran.out == "Snoozed until Fri 27 Nov 2026: look in (Nordic Timber Oy)\n"
    assert due("undo").code == 0
    ran = due("snooze", "--where", "account:nordic", "--days", "7", "--until", "fri")
    assert [line.split("  ")[-1].strip() for line in ran.out.splitlines()[1:]] == [LOOK, LIST]
    ran = due("skip", "--where", "tier:key")
    assert "1 promise stays." in ran.out
    assert DRAWINGS not in ran.out
    assert DRAWINGS in open_lines(due)


def test_what_a_query_means_is_what_the_agenda_shows_for_it(due: Kam) -> None:
    found = due("agenda", "--json", "--days", "7", "--where", "account:nordic").json
    assert [line["what"] for part in ("today", "upcoming") for line in found[part]] == [LOOK, LIST]
    assert due("today", "--where", "account:nobody").out == ""
    assert "Birthday" in due("today", "--where", "liisa korhonen").out
    refused(due, 2, "--where does not say whom it means", "today", "--where", "")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("snooze", "--where", "account:acme"), 2, "kam snooze needs WHEN."),
        (("snooze", "--where", "", "fri"), 2, "--where does not say whom it means."),
        (("snooze", "--where", "account:acme", "--until", "fri", "x7k"), 2, "no line is named, and x7k"),
        (("skip", "--where", "account:acme", "x7k"), 2, "no line is named, and x7k"),
        (("skip", "--where", "tier:nobody"), 2, "is not one of"),
        (("done", "--where", "city:Oslo"), 3, "Nothing is due for whom city:Oslo means."),
        (("done", "--where", "account:acme", "--days", "9" * 5000), 2, "a number of days from 0 to 3660"),
        (("snooze",), 2, "kam snooze needs REMINDER."),
        (("snooze", "look in"), 2, "kam snooze needs WHEN."),
        (("skip",), 2, "kam skip needs REMINDER."),
        (("done",), 2, "kam done needs REMINDER."),
    ],
)
def test_what_cannot_be_taken_is_told(due: Kam, words: tuple[str, ...], code: int, said: str) -> None:
    refused(due, code, said, *words)
