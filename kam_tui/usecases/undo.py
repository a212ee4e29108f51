"""Taking back what was done, from the history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Entry, Record, name_of, references_of, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import Conflict, NotFound
from kam_tui.i18n import _


def undone(history: Iterable[Entry]) -> set[int]:
    """The numbers of the changes that are taken back; an undo that was itself undone counts for nothing.

    `history` is newest first, from the newest change on.
    """
    taken_back: set[int] = set()
    for entry in history:
        if entry.change.undoes is not None and entry.number not in taken_back:
            taken_back.add(entry.change.undoes)
    return taken_back


def undoable(history: Iterable[Entry]) -> Entry:
    """The newest change that has not been taken back yet. Raises NotFound where there is none.

    `history` is newest first; it is read no further than needed.
    """
    taken_back: set[int] = set()
    for entry in history:
        if entry.number in taken_back:
            continue
        if entry.change.undoes is None:
            return entry
        taken_back.add(entry.change.undoes)
    raise NotFound(_("There is nothing to undo."))


def undo(book: Book, now: datetime, entry: Entry) -> Change:  # noqa: ARG001
    """Take back one change. Raises Conflict where a record has been changed again since, or where
    others that stay refer to one that would be gone."""
    what = entry.change.summary
    for edit in entry.change.edits:
        if book.get(edit.record.id, table_of(edit.record)) != edit.after:
            name = name_of(edit.record)
            said = _("{name} has been changed since, so this cannot be undone: {summary}")
            if name == edit.record.id:
                said = _("What this made has been changed since, so it cannot be undone: {summary}")
            raise Conflict(
                said.format(name=name, summary=what),
                _("The history shows what happened to it."),
            )
    back = entry.change.inverse(_("Undid: {summary}").format(summary=what), entry.number)
    if missed := _missed(book, back):
        raise Conflict(
            _("{name} has been used since, so this cannot be undone: {summary}").format(
                name=name_of(missed), summary=what
            ),
            _("Undo first what was added to it, or archive it."),
        )
    return back


def _missed(book: Book, change: Change) -> Record | None:
    """An account or contact that a change removes and that a record of the book would still name."""
    gone = {
        (table_of(edit.record), edit.record.id): edit.record
        for edit in change.edits
        if edit.after is None and isinstance(edit.record, Account | Contact)
    }
    after = book.after(change.edits) if gone else Book()
    for name in SCHEMAS:
        for record in after.table(name).values():
            for _field, table, record_id in references_of(record):
                if (table, record_id) in gone:
                    return gone[table, record_id]
    return None
