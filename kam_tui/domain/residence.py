"""Residence: the time zone in which those live whom something in a book is about."""

from __future__ import annotations

from collections.abc import Iterable

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact


def common_zone(account: Account | None, people: Iterable[Contact]) -> str:
    """The zone of some people, else of their account; empty where it is unknown, or they have several."""
    usual = account.timezone if account else ""
    zones = {each.timezone or usual for each in people} or {usual}
    return zones.pop() if len(zones) == 1 else ""


def zone_for(book: Book, account_id: str | None, contact_ids: Iterable[str] = ()) -> str:
    """The same of those with these ids."""
    people = filter(None, map(book.contacts.get, contact_ids))
    return common_zone(book.accounts.get(account_id or ""), people)
