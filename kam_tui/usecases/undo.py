"""Taking back what was done, from the history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry, table_of
from kam_tui.domain.errors import Conflict, NotFound
from kam_tui.i18n import _


def undoable(history: Iterable[Entry]) -> Entry:
    """The newest change that has not been taken back yet. Raises NotFound where there is none.

    `history` is newest first; it is read no further than needed.
    """
    taken_back: set[int] = set()
    for entry in history:
        if entry.change.undoes is not None:
            taken_back.add(entry.change.undoes)
        elif entry.number not in taken_back:
            return entry
    raise NotFound(_("There is nothing to undo."))


def undo(book: Book, now: datetime, entry: Entry) -> Change:  # noqa: ARG001
    """Take back one change. Raises Conflict where a record has been changed again since."""
    for edit in entry.change.edits:
        if book.get(edit.record.id, table_of(edit.record)) != edit.after:
            name = getattr(edit.record, "name", "") or getattr(edit.record, "text", "") or edit.record.id
            raise Conflict(
                _("{name} has been changed since, so this cannot be undone: {summary}").format(
                    name=name, summary=entry.change.summary
                ),
                _("The history shows what happened to it."),
            )
    return entry.change.inverse(_("Undid: {summary}").format(summary=entry.change.summary), entry.number)
