"""Changes: which of them are about a record, and how the records in them are called."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import (
    SCHEMAS,
    Change,
    Edit,
    Entry,
    History,
    Record,
    name_of,
    references_of,
    table_of,
)
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.kinds import Naming
from kam_tui.domain.lookup import fitting
from kam_tui.domain.reminder import Occurrence
from kam_tui.domain.text import words_of
from kam_tui.i18n import N_

NOUNS = {
    "accounts": N_("account"),
    "contacts": N_("person"),
    "activities": N_("entry"),
    "reminders": N_("reminder"),
    "promises": N_("promise"),
    "contracts": N_("contract"),
    "occurrences": N_("agenda"),
    "erasures": N_("erasure"),
}
"""What a record of each table is called."""

OF_OURS = ("reminders", "promises", "contracts")
"""Tables of what is set, promised and agreed, each found by the words of its text or name."""

_BELONGS_BY = {"account_id", "contact_ids"}
"""Fields that make a record a part of what they name; a superior, say, is only named."""


def ids_about(book: Book, record_id: str) -> set[str]:
    """The ids by which changes about a record are known: its own, for an account those of its people, and
    those of the reminders, promises and contracts for any of them, of which things are put off."""
    ids = {record_id, *(contact.id for contact in book.people(record_id, archived=True))}
    return ids | {
        each.id
        for table in OF_OURS
        for each in book.table(table).values()
        if any(field in _BELONGS_BY and named in ids for field, _table, named in references_of(each))
    }


def changes_about(told: History, ids: Collection[str]) -> Iterator[tuple[Entry, list[Edit]]]:
    """The changes about any of these records, newest first, each with its edits that are."""
    for entry in told.history(sorted(ids)):
        edits = [edit for edit in entry.change.edits if is_about(edit, ids)]
        if edits:
            yield entry, edits


def is_about(edit: Edit, ids: Collection[str]) -> bool:
    """Whether an edit is of one of these records, of what belongs to one, or makes or ends a reference."""
    record = edit.record
    if record.id in ids or (isinstance(record, Occurrence) and record.series[1] in ids):
        return True
    before, after = (set(references_of(side)) if side else set() for side in (edit.before, edit.after))
    return any(
        record_id in ids and (field in _BELONGS_BY or (field, table, record_id) in before ^ after)
        for field, table, record_id in before | after
    )


def known_as(told: History, text: str) -> list[Record]:
    """The record that had this id; else the accounts, people, reminders, promises and contracts that once
    were called so.

    Each as the history knew it last. Whoever is in the book under this name is not looked for here.
    """
    for entry in told.history([text]) if "-" in text else ():
        for edit in entry.change.edits:
            if edit.record.id == text:
                return [edit.record]
    last: dict[str, Record] = {}
    versions: list[Record] = []
    for entry in told.history(tables=("accounts", "contacts", *OF_OURS)):
        for edit in reversed(entry.change.edits):
            last.setdefault(edit.record.id, edit.record)
            versions += [side for side in (edit.after, edit.before) if side is not None]
    parties = [each for each in versions if isinstance(each, Account | Contact)]
    wanted = set(words_of(text))
    found: list[Record] = list(fitting(text, parties)) or [
        each
        for each in versions
        if table_of(each) in OF_OURS and wanted and wanted <= set(words_of(name_of(each)))
    ]
    return [last[record_id] for record_id in dict.fromkeys(each.id for each in found)]


def naming(book: Book, change: Change) -> Naming:
    """What to call the records that a change refers to, also those that are only in the change by now."""
    own = {
        (table_of(side), side.id): name_of(side)
        for edit in change.edits
        for side in (edit.before, edit.after)
        if side is not None
    }

    def name(table: str, record_id: str) -> str:
        record = book.get(record_id, table)
        return name_of(record) if record else own.get((table, record_id), record_id)

    return name


def called(record: Record, name: Naming) -> str:
    """What to call a record that a change made: an occurrence by its day, and what or whom it is for."""
    if not isinstance(record, Occurrence):
        return name_of(record)
    subject = record.series[1]
    names = (name(table, subject) for table in SCHEMAS if table != "occurrences")
    return f"{show_day(record.day)}, {next((each for each in names if each != subject), subject)}"
