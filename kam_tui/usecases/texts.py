"""The long text of a record, written anew somewhere else and put back: only over what it was taken from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.errors import Conflict
from kam_tui.i18n import _
from kam_tui.usecases import accounts, activities, contacts, contracts, promises, reminders

LONG: Mapping[str, str] = {
    "accounts": "about",
    "contacts": "about",
    "activities": "text",
    "reminders": "text",
    "promises": "text",
    "contracts": "note",
}
"""Table to the field that holds the long text of its records."""

_EDIT = {
    "accounts": accounts.edit,
    "contacts": contacts.edit,
    "activities": activities.edit,
    "reminders": reminders.edit,
    "promises": promises.edit,
    "contracts": contracts.edit,
}


def rewrite(
    book: Book, now: datetime, table: str, record_id: str, before: str, after: str, how: Reading = PLAIN
) -> Change:
    """Put `after` in the place of `before` in a record's long text.

    Raises Conflict where the text is another one by now, and what the table's `edit` raises.
    """
    field = LONG[table]
    record = book.get(record_id, table)
    if record is not None and getattr(record, field) != before:
        raise Conflict(_("Somebody else has changed this text meanwhile. Theirs stays in the book."))
    return _EDIT[table](book, now, record_id, {field: after}, how)
