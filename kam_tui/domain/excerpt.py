"""Excerpt: the part of a book that is about one account, as a book of its own."""

from __future__ import annotations

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder


def excerpt(book: Book, account_id: str, *, whole: bool) -> Book:
    """An account and its people, archived ones as well. `whole` takes in what happened, what is agreed on
    and what is due with them, and all that these refer to."""
    people = book.people(account_id, archived=True)
    records: dict[str, Record] = {account_id: book.accounts[account_id]}
    records |= {contact.id: contact for contact in people}
    if whole:
        for activity in book.timeline(account_id):
            records[activity.id] = activity
        some: list[Reminder | Promise] = [*book.reminders.values(), *book.promises.values()]
        for each in some:
            if each.account_id == account_id or any(one in records for one in each.contact_ids):
                records[each.id] = each
        for contract in book.contracts.values():
            if contract.account_id == account_id:
                records[contract.id] = contract
        _close(book, records)
        for occurrence in book.occurrences.values():
            if occurrence.series[1] in records:
                records[occurrence.id] = occurrence
    return Book.of(*records.values())


def _close(book: Book, records: dict[str, Record]) -> None:
    """Add what the records refer to, until nothing refers outside."""
    fresh = list(records.values())
    while fresh:
        record = fresh.pop()
        ids = [getattr(record, name, None) for name in ("account_id", "via", "reports_to")]
        for each in (*ids, *getattr(record, "contact_ids", ())):
            other = book.accounts.get(each or "") or book.contacts.get(each or "")
            if other is not None and other.id not in records:
                records[other.id] = other
                fresh.append(other)
