"""Found by: the text in which plain words look for an account or a person.

Folded as `text.fold` does it, the parts on lines of their own, so that no phrase runs from one into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kam_tui.domain.account import SCOPES, STAGES, STATUSES, TIERS, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import ROLES, Contact
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.text import plain
from kam_tui.i18n import _

Party = Account | Contact
"""Who may be looked for."""

_GAPS = re.compile(r"(?:[^\w\n]|_)+")
_NO_DIGITS = re.compile(r"\D+")


def phrase_of(text: str) -> str:
    """What is looked for in such a text, for words that a person typed."""
    return _GAPS.sub(" ", plain(text).replace("\n", " ")).strip()


def text_of(book: Book, party: Party) -> str:
    """What an account or a person is found by. A person is found by their account's names and place too."""
    return Texts().of(book, [party])[0]


class Texts:
    """The texts of many, each worked out once for as long as who it is about stays as it is."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Party, str]] = {}
        self._places: dict[str, tuple[Account, str]] = {}

    def of(self, book: Book, parties: Sequence[Party]) -> list[str]:
        """The text of each."""
        accounts = book.accounts
        texts: list[str] = []
        for party in parties:
            known = self._known.get(party.id)
            if known is None or known[0] is not party:
                said = _of_account(party) if isinstance(party, Account) else _of_person(party)
                known = self._known[party.id] = (party, _folded(said))
            if isinstance(party, Account):
                texts.append(known[1])
                continue
            account = accounts.get(party.account_id or "")
            texts.append(f"{known[1]}\n{self._place(account)}" if account else known[1])
        return texts

    def _place(self, account: Account) -> str:
        known = self._places.get(account.id)
        if known is None or known[0] is not account:
            known = self._places[account.id] = (account, _folded(_place_of(account)))
        return known[1]


def _folded(said: Iterable[str]) -> str:
    # Most of it is plain letters, of which little has to be thought.
    parts = [part.casefold() if part.isascii() else plain(part) for part in said if part]
    return _GAPS.sub(" ", "\n".join(parts))


def _of_account(account: Account) -> Iterator[str]:
    yield from _place_of(account)
    yield from (_(TIERS[account.tier]), _(STATUSES[account.status]), account.unit, account.domain)
    yield _(STAGES[account.stage]) if account.stage in STAGES else account.stage
    if account.scope != "external":
        yield _(SCOPES[account.scope])
    yield from _numbers(account.phones)


def _of_person(person: Contact) -> Iterator[str]:
    yield from (person.name, person.nickname, person.title, person.department, person.role)
    yield _(ROLES[person.role]) if person.role in ROLES else ""
    yield from person.tags
    yield from person.interests
    yield from (mail.value for mail in person.emails)
    yield from _numbers(person.phones)


def _place_of(account: Account) -> Iterator[str]:
    yield account.name
    yield from account.aliases
    yield from (account.city, account.country, account.industry)
    yield from account.tags


def _numbers(phones: Iterable[Labeled]) -> Iterator[str]:
    """Numbers as they are written, and without their gaps."""
    for phone in phones:
        yield phone.value
        yield _NO_DIGITS.sub("", phone.value)
