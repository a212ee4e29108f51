"""A promise in a line of plain words: kept with the note, and told."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from builders import NOW, TODAY, account, contact

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Invalid
from kam_tui.domain.one_line import Understood, Wish
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.settings import Settings
from kam_tui.usecases.capture import capture, understand

ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
BOOK = Book.of(ACME, LIISA)
FRIDAY = Moment(date(2026, 11, 20))


def read(text: str) -> Understood:
    return understand(BOOK, NOW, text, Settings())


def records(text: str) -> list[Any]:
    return [edit.after for edit in capture(BOOK, NOW, text, Settings()).edits]


@pytest.mark.parametrize(
    ("typed", "text", "promised"),
    [
        ("@acme liked it promise: fri send the drawings", "liked it", "send the drawings"),
        ("@acme liked it lupaus: pe lähetä kuvat", "liked it", "lähetä kuvat"),
        ("promise:fri send the drawings; @acme liked it", "liked it", "send the drawings"),
        ("@acme send the drawings promise: fri", "send the drawings", "send the drawings"),
        ("PROMISE: fri send it", "", "send it"),
    ],
)
def test_a_promise_is_taken_out_of_the_text(typed: str, text: str, promised: str) -> None:
    line = read(typed)
    assert (line.text, line.promise) == (text, Wish(promised, FRIDAY))
    assert not line.problems
    assert line.reminder is None


def test_note_reminder_and_promise_come_in_one_change() -> None:
    line = "@acme Liisa liked it +pilot promise: fri 14:00 send the drawings; remind: thu draw them"
    note, reminder, promise = records(line)
    assert (type(note), type(reminder), type(promise)) == (Activity, Reminder, Promise)
    assert (note.text, reminder.text, promise.text) == ("Liisa liked it", "draw them", "send the drawings")
    assert promise.due == Moment(FRIDAY.day, time(14), "Europe/Helsinki")
    assert (promise.account_id, promise.contact_ids, promise.created) == (ACME.id, (LIISA.id,), TODAY)


def test_a_promise_alone_is_no_note() -> None:
    (promise,) = records("promise: fri send the drawings to @liisa")
    assert isinstance(promise, Promise)
    assert promise.contact_ids == (LIISA.id,)
    change = capture(BOOK, NOW, "promise: fri send the drawings", Settings())
    assert change.summary == "Promised by Fri 20 Nov 2026: send the drawings"


def test_a_promise_of_yesterday_was_given_yesterday() -> None:
    _note, promise = records("yesterday: @acme met Liisa promise: fri send the drawings")
    assert promise.created == date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("@acme promise: send the drawings", "send is not a day that can be read"),
        ("@acme promise:", "comes a day"),
        ("@acme promise: fri", "What was promised?"),
        ("promise: 2026-11-01 send the drawings", "Sun 1 Nov 2026 has passed"),
        ("promise: fri a; promise: mon b", "One line makes one promise, and this one makes two."),
    ],
)
def test_what_is_not_certain_is_told_and_nothing_is_kept(typed: str, sentence: str) -> None:
    assert sentence in " ".join(str(problem.error) for problem in read(typed).problems)
    with pytest.raises(Invalid, match=sentence.replace("?", r"\?")):
        capture(BOOK, NOW, typed, Settings())


def test_the_word_with_a_space_before_its_colon_is_text() -> None:
    line = read("she said promise : not today")
    assert (line.text, line.promise, line.problems) == ("she said promise : not today", None, ())
