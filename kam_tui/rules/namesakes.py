"""Namesakes: people of one account, or accounts, that are called the same. It may be right, or a twin."""

from __future__ import annotations

from collections.abc import Iterator

from kam_tui.domain.book import Book
from kam_tui.domain.text import words_of
from kam_tui.i18n import _


def namesakes(book: Book) -> Iterator[str]:
    """A sentence on each name that several have, with their ids. Who is archived does not count."""
    companies: dict[str, list[str]] = {}
    for account in book.shown_accounts():
        companies.setdefault(" ".join(words_of(account.name)), []).append(account.id)
    for ids in companies.values():
        if len(ids) > 1:
            yield _("{count} accounts are called {name}: {ids}.").format(
                count=len(ids), name=book.name_of("accounts", ids[0]), ids=", ".join(ids)
            )
    people: dict[tuple[str, str], list[str]] = {}
    for contact in book.contacts.values():
        if not contact.archived:
            called = " ".join(words_of(contact.name)), contact.account_id or ""
            people.setdefault(called, []).append(contact.id)
    for (_name, account_id), ids in people.items():
        if len(ids) > 1:
            pattern = (
                _("{count} people at {account} are called {name}: {ids}.")
                if account_id
                else _("{count} people without an account are called {name}: {ids}.")
            )
            yield pattern.format(
                count=len(ids),
                account=book.name_of("accounts", account_id),
                name=book.name_of("contacts", ids[0]),
                ids=", ".join(sorted(ids)),
            )
