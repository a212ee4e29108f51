"""Reversing: the change that takes another one back, where nothing that was done since stands in its way."""

from __future__ import annotations

from typing import NamedTuple

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Entry, Record, name_of, references_of, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import Conflict
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import N_, _


class Refusals(NamedTuple):
    """Why a change cannot be turned round."""

    changed: str
    unnamed: str
    used: str
    gone: str


UNDO = Refusals(
    N_("{name} has been changed since, so this cannot be undone: {summary}"),
    N_("What this made has been changed since, so it cannot be undone: {summary}"),
    N_("{name} has been used since, so this cannot be undone: {summary}"),
    N_("{name} belongs to something that is gone, so this cannot be undone: {summary}"),
)
REDO = Refusals(
    N_("{name} has been changed since, so this cannot be redone: {summary}"),
    N_("What this made has been changed since, so it cannot be redone: {summary}"),
    N_("{name} has been used since, so this cannot be redone: {summary}"),
    N_("{name} belongs to something that is gone, so this cannot be redone: {summary}"),
)


def reversed_change(book: Book, entry: Entry, title: str, summary: str, refusals: Refusals) -> Change:
    """The change that takes an entry of the history back, called `title` with the `summary` of what is
    undone or redone. Raises Conflict where a record has been changed again since, or where a record would
    be left that refers to one that is gone."""
    made = {(table_of(edit.record), edit.record.id): edit for edit in entry.change.edits}
    for (table, record_id), edit in made.items():
        if book.get(record_id, table) != edit.after:
            said = _(refusals.unnamed if name_of(edit.record) == record_id else refusals.changed)
            raise Conflict(
                said.format(name=_called(edit.record), summary=summary),
                _("The history shows what happened to it."),
            )
    back = entry.change.inverse(title.format(summary=summary), entry.number)
    if missed := _missed(book, back):
        raise Conflict(
            _(refusals.used).format(name=_called(missed), summary=summary),
            _("Undo first what was added to it, or archive it."),
        )
    if orphan := _orphan(book, back):
        raise Conflict(
            _(refusals.gone).format(name=_called(orphan), summary=summary),
            _("Bring that back first. The history shows what happened to it."),
        )
    return back


def _called(record: Record) -> str:
    """A record's name, or the beginning of its text."""
    return shorten(clean(name_of(record)), 60)


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


def _orphan(book: Book, change: Change) -> Record | None:
    """A record that a change puts back and that would name another one which is no longer there."""
    after = book.after(change.edits)
    for edit in change.edits:
        if edit.after is not None:
            known = set(references_of(edit.before)) if edit.before else set()
            for reference in references_of(edit.after):
                _field, table, record_id = reference
                if reference not in known and after.get(record_id, table) is None:
                    return edit.after
    return None
