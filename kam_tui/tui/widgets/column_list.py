"""ColumnList: the columns of a table that is brought in, and what each fills."""

from __future__ import annotations

from kam_tui.i18n import _
from kam_tui.tui.preview import Preview, show_slot
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows

Slot = tuple[str, str]
"""A column, and what it fills."""


class ColumnList(Rows[Slot]):
    """The list."""

    def __init__(self) -> None:
        columns: list[Column[Slot]] = [
            Column(_("Column of the file"), lambda slot: Cell(slot[0], "strong"), 26, grow=1),
            Column(_("What it fills"), lambda slot: show_slot(slot[1]), 26, grow=1),
        ]
        super().__init__(columns, lambda slot: slot[0], titles=True, id="columns")

    def show_columns(self, seen: Preview) -> None:
        """Show those of a file."""
        nothing = _("This is no table: it says itself what is what.")
        self.show(list(seen.parsed.columns.items()), empty=nothing)
