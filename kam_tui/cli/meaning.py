"""Meaning: whom a query in the shell means, read as the filter of the screen reads it, and which lines of the
agenda are for them."""

from __future__ import annotations

from kam_tui.cli.shell import Shell
from kam_tui.domain.book import Book
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.query.answers import Circumstances, Test
from kam_tui.domain.query.query import Query
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda


def query_of(shell: Shell, text: str) -> Query:
    """The query that a text says. Raises Misread for a word that cannot be read."""
    return Query.read(text, shell.session.settings.segments)


def meaning(shell: Shell, book: Book, query: Query) -> Test:
    """Whether an account or a person is meant by a query."""
    session = shell.session
    settings, now = session.settings, session.now()
    known = Circumstances(now.date(), leap_rule=settings.leap_day)
    if "due" in query.asks:  # what is due takes its time to find out, and is seldom asked
        from kam_tui.rules.next_due import AHEAD, circumstances

        due = agenda(book, settings, now.date(), AHEAD, clock=now.timetz())
        known = circumstances(due, settings, now.date())
    return query.test(book, known)


def asked_query(shell: Shell, text: str) -> Query:
    """The query of `--where`. Raises Misread, and Invalid for an empty one: an empty variable of the shell is
    no wish to change everybody."""
    query = query_of(shell, text)
    if not query.terms:
        raise Invalid(_("--where does not say whom it means."), _("Write a query, such as --where tier:key."))
    return query


def those_meant(shell: Shell, book: Book, query: Query, found: Agenda) -> Agenda:
    """The lines of an agenda for whom a query means: the people of a line, and its account where that is none
    of theirs."""
    fits = meaning(shell, book, query)

    def is_for_them(item: AgendaItem) -> bool:
        people = [book.contacts[each] for each in item.contact_ids if each in book.contacts]
        account = book.accounts.get(item.account_id or "")
        own = account is not None and all(each.account_id != account.id for each in people)
        return any(map(fits, people)) or (account is not None and own and fits(account))

    return found.of(is_for_them)


def lines_meant(shell: Shell, book: Book, text: str, days: str) -> list[AgendaItem]:
    """The lines that need somebody, for whom `--where` means; with `--days` those ahead as well.

    Raises NotFound where there is none, and what `asked_query` and `days_of` raise.
    """
    session, ahead, query = shell.session, days_of(days), asked_query(shell, text)
    now = session.now()
    found = agenda(book, session.settings, now.date(), ahead, clock=now.timetz())
    found = those_meant(shell, book, query, found)
    lines = [*found.open, *(item for item in found.upcoming if ahead)]
    if not lines:
        raise NotFound(
            _("Nothing is due for whom {query} means.").format(query=query),
            _("With --days 7, what comes in the next days is meant as well."),
        )
    return lines


def days_of(text: str) -> int:
    """The number of `--days`. Raises Invalid for what is none."""
    if not text.isdecimal() or len(text) > 4 or int(text) > 3660:
        raise Invalid(
            _("--days takes a number of days from 0 to 3660, not {text}.").format(
                text=shorten(clean(text), 60) or '""'
            )
        )
    return int(text)
