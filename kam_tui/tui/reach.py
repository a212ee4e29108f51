"""Reach: what there is of a record to copy, and what of it other programs can open; the best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kam_tui.delivery.opening import call_address, mail_address, page_address
from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record, name_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.kinds import Labeled
from kam_tui.i18n import _

Told = tuple[str, str]
"""What a text is, and the text."""


def texts_of(book: Book, record: Record) -> list[Told]:
    """What one may want to copy of a record: how to reach whom it is about, and what it says."""
    found: list[Told] = []
    if not isinstance(record, Account | Contact):
        found.append((_("text"), getattr(record, "text", "") or name_of(record)))
    for party in _parties(book, record):
        found += _ways(party)
        if party is record:
            found += [(_("address"), party.address), (_("name"), party.name)]
            if isinstance(party, Account):
                found.append((_("mail domain"), party.domain))
    return _once(found)


def addresses_of(book: Book, record: Record) -> list[Told]:
    """What can be opened of a record: mails, telephone numbers and pages, as addresses."""
    found: list[Told] = []
    for party in _parties(book, record):
        if isinstance(party, Contact):
            found += ((party.name, mail_address(each.value)) for each in party.emails)
        found += ((party.name, call_address(each.value)) for each in party.phones)
        found += ((party.name, page_address(each.value)) for each in party.links)
        if isinstance(party, Account):
            found.append((party.name, page_address(party.domain)))
    return _once(found)


def _parties(book: Book, record: Record) -> Iterator[Account | Contact]:
    """Whom a record is about: itself, else its people and their account."""
    if isinstance(record, Account | Contact):
        yield record
    else:
        for contact_id in getattr(record, "contact_ids", ()):
            if contact_id in book.contacts:
                yield book.contacts[contact_id]
    account = book.accounts.get(getattr(record, "account_id", None) or "")
    if account:
        yield account


def _ways(party: Account | Contact) -> Iterator[Told]:
    ways: list[tuple[str, Iterable[Labeled]]] = [(_("telephone"), party.phones), (_("page"), party.links)]
    if isinstance(party, Contact):
        ways.insert(0, (_("mail"), party.emails))
    for called, some in ways:
        yield from ((each.label or called, each.value) for each in some)


def _once(found: Iterable[Told]) -> list[Told]:
    """Each text once, with what it was first said to be; empty ones left out."""
    kept: dict[str, str] = {}
    for called, text in found:
        if text:
            kept.setdefault(text, called)
    return [(called, text) for text, called in kept.items()]
