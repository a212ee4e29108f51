"""Party lines: accounts and people as the lists have them, with what is worked out once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.query.found_by import Texts
from kam_tui.tui.touches import Touches

T = TypeVar("T", bound=Account | Contact)

_TEXTS, _TOUCHES = Texts(), Touches()  # what they have worked out once serves every list


class Line(NamedTuple, Generic[T]):
    """A record and what the list says of it, worked out once for all the lines."""

    record: T
    """The account or contact."""
    words: str
    """What it is found by, as `domain.found_by` has it."""
    last: date | None
    """The day of the last touch."""
    due: date | None
    """The day the next thing is due."""
    account: str
    """The account's name, for a person."""


def account_lines(book: Book, today: date, due: Mapping[str, date]) -> list[Line[Account]]:
    """Every account, those that are archived too. `due` is the next day of each for which there is one."""
    shown = book.shown_accounts(archived=True)
    texts, touches = _TEXTS.of(book, shown), _TOUCHES.of(book, shown, today)
    return [
        Line(account, words, last, due.get(account.id), "")
        for account, words, last in zip(shown, texts, touches, strict=True)
    ]


def people_lines(book: Book, today: date) -> list[Line[Contact]]:
    """Everyone, those who are archived too."""
    names = {account_id: account.name for account_id, account in book.accounts.items()}
    shown = list(book.contacts.values())
    texts, touches = _TEXTS.of(book, shown), _TOUCHES.of(book, shown, today)
    return [
        Line(contact, words, last, None, names.get(contact.account_id or "", ""))
        for contact, words, last in zip(shown, texts, touches, strict=True)
    ]
