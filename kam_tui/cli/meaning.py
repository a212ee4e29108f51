"""Meaning: whom a query in the shell means, read as the filter of the screen reads it."""

from __future__ import annotations

from kam_tui.cli.shell import Shell
from kam_tui.domain.book import Book
from kam_tui.domain.query.answers import Circumstances, Test
from kam_tui.domain.query.query import Query


def query_of(shell: Shell, text: str) -> Query:
    """The query that a text says. Raises Misread for a word that cannot be read."""
    return Query.read(text, shell.session.settings.segments)


def meaning(shell: Shell, book: Book, query: Query) -> Test:
    """Whether an account or a person is meant by a query."""
    session = shell.session
    settings, now = session.settings, session.now()
    known = Circumstances(now.date(), leap_rule=settings.leap_day)
    if "due" in query.asks:  # what is due takes its time to find out, and is seldom asked
        from kam_tui.rules.agenda import agenda
        from kam_tui.rules.next_due import AHEAD, circumstances

        due = agenda(book, settings, now.date(), AHEAD, clock=now.time())
        known = circumstances(due, settings, now.date())
    return query.test(book, known)
