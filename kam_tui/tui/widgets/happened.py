"""Happened: what happened on one day."""

from __future__ import annotations

from collections.abc import Sequence

from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.book import Book
from kam_tui.i18n import _, ngettext
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.rows import Rows


class Happened(Rows[Activity]):
    """The activities of a day; it is not seen where there are none."""

    def __init__(self) -> None:
        self.book = Book()
        columns: list[Column[Activity]] = [
            Column("", lambda entry: Cell(_(ACTIVITY_KINDS[entry.kind].label), "dim"), 13),
            Column("", lambda entry: Cell(ACTIVITY_KINDS[entry.kind].mark, "dim"), 1),
            Column("", lambda entry: self.book.who(entry.account_id, entry.contact_ids), 16, grow=3),
            Column("", lambda entry: entry.text.partition("\n")[0], 20, grow=5),
        ]
        super().__init__(columns, lambda entry: entry.id)

    def show_day(self, book: Book, entries: Sequence[Activity]) -> None:
        """Show these entries of this book."""
        self.book = book
        self.display = bool(entries)
        told = ngettext("{count} activity", "{count} activities", len(entries)).format(count=len(entries))
        self.show([Heading(_("What happened"), told), *entries] if entries else [])
