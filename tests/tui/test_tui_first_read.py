from __future__ import annotations

import threading

import pytest
from desktop import Clock
from memory_keeper import MemoryKeeper
from small_book import contact, records

from kam_tui.domain.book import Book
from kam_tui.domain.errors import Damaged
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.tui.first_read import LARGE, Answer, FirstRead

PATIENCE = 20.0
"""Seconds; far more than it ever takes."""


class Torn(MemoryKeeper):
    """A store that cannot read its book."""

    def read(self) -> Book:
        raise Damaged("The book is torn.")


def session(keeper: MemoryKeeper) -> Session:
    return Session(keeper, Settings(), Clock(), "tui")


def test_a_small_book_is_there_after_a_blink_and_nothing_of_it_is_shown_early() -> None:
    begun = FirstRead(session(MemoryKeeper(Book.of(*records()))))
    begun.wait(PATIENCE)
    early: list[Answer] = []
    found = begun.take(early.append)
    assert (len(found.book.accounts), early) == (len(Book.of(*records()).accounts), [])
    assert found.due.open


def test_of_a_large_book_the_rest_is_read_when_the_beginning_has_been_shown() -> None:
    crowd = [contact(f"Person {number:05d}", f"c-{number:05d}") for number in range(LARGE)]
    begun = FirstRead(session(MemoryKeeper(Book.of(*records(), *crowd))))
    begun.wait(PATIENCE)
    shown = threading.Event()

    def show(early: Answer) -> None:
        assert not early.book.activities
        assert early.due.open
        shown.set()

    found = begun.take(show)
    assert shown.is_set()
    assert found.book.activities


def test_a_book_that_cannot_be_read_is_told_before_there_is_a_screen_and_to_who_takes_it() -> None:
    begun = FirstRead(session(Torn(Book())))
    with pytest.raises(Damaged, match="torn"):
        begun.wait(PATIENCE)
    with pytest.raises(Damaged, match="torn"):
        begun.take(lambda _early: None)
