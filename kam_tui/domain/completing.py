"""Completing: the names and tags that a line being typed may mean, best first.

After `@` those of accounts and people, by the beginning of any of their words, without regard to case and
accents; after `+` or `#` the tags that are in use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from kam_tui.domain.account import GROWTH, KEY, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import KamError
from kam_tui.domain.frozen import frozen
from kam_tui.domain.lookup import find_party, told_apart
from kam_tui.domain.text import fold, plain

MOST = 5
"""How many are offered."""

_NAME = r"""(?:^|(?<=\s))@(?:"(?P<quoted>[^"]*)|(?P<bare>(?:[^\s@+#"']\S*(?: [^\s@+#]+){0,3})?))$"""
_TAG = r"(?:^|(?<=\s))[+#](?P<tag>[\w-]*)$"

FOREVER = 365
"""Days since the last touch beyond which longer makes no difference."""

HEAD_START = {KEY: 60, GROWTH: 20}
"""By how many days a tier is taken to have been touched more lately than it was."""


@frozen
class Offer:
    """One name or tag that may be meant."""

    name: str
    """As it is shown."""
    party: Account | Contact | None = None
    """The account or person; None for a tag."""
    note: str = ""
    """What tells it from others: the person's account, and of namesakes there the title."""


@frozen
class Offers:
    """What may be meant by the end of what is typed."""

    start: int
    """Where in the line the mark is that the end begins with."""
    offers: tuple[Offer, ...]
    """Best first; never empty."""


class Names:
    """All names and tags of a book, in the order in which they are offered; made once for many keys."""

    def __init__(self, book: Book, today: date, *, lived: bool = True) -> None:
        """`lived` looks at the timeline as well, for who was touched lately and for its tags."""
        self.book = book
        self._parties = [
            (_spelled(party), party)
            for party in sorted(_parties(book), key=lambda party: _order(book, party, today, lived))
        ]
        self._tags = [(plain(tag), tag) for tag in _tags(book, lived)]

    def offers(self, head: str, account_id: str | None = None) -> Offers | None:
        """What the end of `head`, the line up to the cursor, may mean; people of the account come first.

        None where it ends in no mark, or in one that nothing fits.
        """
        if found := re.search(_TAG, head):
            begun = plain(found["tag"])
            tags = [tag for spelled, tag in self._tags if spelled.startswith(begun) and tag != found["tag"]]
            return _offered(found.start(), [Offer(tag) for tag in tags[:MOST]])
        if found := re.search(_NAME, head):
            typed = found["quoted"] if found["quoted"] is not None else found["bare"]
            return _offered(found.start(), [self._offer(each) for each in self._fitting(typed, account_id)])
        return None

    def like(self, typed: str, sort: type[Account | Contact], account_id: str | None = None) -> list[Offer]:
        """The accounts, or the people, that a text may mean; people of the account come first."""
        return [self._offer(each) for each in self._fitting(typed, account_id, sort)]

    def mark(self, offer: Offer) -> str:
        """What is put in the line for it behind its sign: a name in quotes, or an id, where it takes that."""
        return mark_of(self.book, offer.party) if offer.party else offer.name

    def _fitting(
        self, typed: str, account_id: str | None, sort: type[Account | Contact] | None = None
    ) -> list[Account | Contact]:
        """Those in whose names all the words begin words; whose name begins like that come first."""
        first, *others = [f" {word}" for word in fold(typed).split()] or [""]
        if typed and not first:
            return []
        near = {
            person.id: person
            for person in (self.book.people(account_id) if account_id else ())
            if all(word in _spelled(person) for word in (first, *others))
        }
        begin: list[Account | Contact] = []
        within: list[Account | Contact] = []
        for spelled, party in self._parties:
            if sort is not None and not isinstance(party, sort):
                continue
            if first in spelled and all(word in spelled for word in others) and party.id not in near:
                (begin if spelled.startswith(first) else within).append(party)
                if len(begin) == MOST:
                    break
        return [*near.values(), *begin, *within][:MOST]

    def _offer(self, party: Account | Contact) -> Offer:
        at = self.book.accounts.get(party.account_id or "") if isinstance(party, Contact) else None
        note = at.name if at else ""
        if isinstance(party, Contact) and at and _has_namesakes(self.book, party):
            note = f"{note}, {told_apart(party)}"
        return Offer(party.name, party, note)


def mark_of(book: Book, party: Account | Contact) -> str:
    """What follows the `@` that means this account or person: by id where the name alone leaves it open."""
    name = party.name.replace('"', "'")
    try:
        known = find_party(book, name) == party
    except KamError:
        known = False
    if not known:
        return party.id
    return name if re.fullmatch(r"\w+", name) else f'"{name}"'


def _has_namesakes(book: Book, person: Contact) -> bool:
    return sum(fold(each.name) == fold(person.name) for each in book.people(person.account_id or "")) > 1


def _offered(start: int, offers: list[Offer]) -> Offers | None:
    return Offers(start, tuple(offers)) if offers else None


def _parties(book: Book) -> Iterator[Account | Contact]:
    for table in (book.accounts, book.contacts):
        yield from (party for party in table.values() if not party.archived)


def _spelled(party: Account | Contact) -> str:
    """What somebody is found by, folded, with a space before each word."""
    other = party.aliases if isinstance(party, Account) else (party.nickname,)
    return " " + " ".join(fold(name) for name in (party.name, *other) if name)


def _order(book: Book, party: Account | Contact, today: date, lived: bool) -> tuple[int, bool, str]:
    """Who was touched lately and who is of a better tier comes first; accounts before their people."""
    account_id = party.id if isinstance(party, Account) else party.account_id
    account = book.accounts.get(account_id or "")
    touch = book.last_touch(party.id, today) if lived else None
    days = min(FOREVER, (today - touch.when.day).days) if touch else FOREVER
    tier = account.tier if account else ""
    return days - HEAD_START.get(tier, 0), isinstance(party, Contact), fold(party.name)


def _tags(book: Book, lived: bool) -> list[str]:
    """Every tag in use, the most used first."""
    count = Counter(tag for account in book.accounts.values() for tag in account.tags)
    count.update(tag for contact in book.contacts.values() for tag in contact.tags)
    if lived:
        count.update(tag for activity in book.activities.values() for tag in activity.tags)
    return sorted(count, key=lambda tag: (-count[tag], tag))
