"""FirstRead: the first look into a book, begun in a thread before the screen itself is loaded.

Loading the screen and reading at the same time would take longer than one after the other, since one of the
two always waits for its turn. So whoever opens the screen waits a blink for the book first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Event, Thread
from typing import NamedTuple

from kam_tui.domain.book import Book
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.session import Session

HORIZON = 92
"""Days ahead that the pages of accounts and people show; Today shows fewer of them."""

NEAR = 7
"""Days ahead that are told of a large book before all of it has been read."""

LARGE = 1000
"""From so many people on a book is large."""

BEFORE_ALL = ("accounts", "contacts", "reminders", "promises", "contracts", "occurrences")
"""The tables that say something before it is read what has happened, which takes longest."""


class Answer(NamedTuple):
    """A book with all its tables loaded, and what it says for a day."""

    book: Book
    due: Agenda
    day: date


def answer(session: Session, book: Book) -> Answer:
    """All of a book, and what it says now."""
    book.timeline("")
    now = session.now()
    due = agenda(book, session.settings, now.date(), HORIZON, clock=now.timetz())
    return Answer(book, due, now.date())


def early_answer(session: Session, book: Book) -> Answer | None:
    """Of a large book what is known before all of it has been read: a book without activities, and the part
    of the agenda that follows without them. None of any other."""
    if len(book.contacts) < LARGE:
        return None
    known = Book.of(*(record for table in BEFORE_ALL for record in book.table(table).values()))
    now = session.now()
    due = agenda(known, session.settings, now.date(), NEAR, clock=now.timetz(), early=True)
    return Answer(known, due, now.date())


class FirstRead:
    """The reading of a book, in a thread that nobody has to wait for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._begun, self._shown, self._done = Event(), Event(), Event()
        self._early: Answer | None = None
        self._all: Answer | None = None
        self._problem: BaseException | None = None
        Thread(target=self._read, name="first read", daemon=True).start()

    def wait(self, seconds: float) -> None:
        """Wait until there is something to show, but no longer than that. Raises what the store raises."""
        if self._begun.wait(seconds) and self._problem is not None:
            raise self._problem

    def take(self, show: Callable[[Answer], object]) -> Answer:
        """All of the book. Of a large one, `show` is given what is known early, and reading goes on when it
        returns. Raises what the store raises."""
        self._begun.wait()
        if self._early is not None:
            show(self._early)
        self._shown.set()
        self._done.wait()
        if self._all is None:
            assert self._problem is not None
            raise self._problem
        return self._all

    def _read(self) -> None:
        try:
            book = self._session.read()
            self._early = early_answer(self._session, book)
            if self._early is not None:
                self._begun.set()
                self._shown.wait()
            self._all = answer(self._session, book)
        except BaseException as problem:
            self._problem = problem
        finally:
            self._begun.set()
            self._done.set()
