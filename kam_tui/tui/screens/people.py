"""People: all of them, with where they are, how to reach them, and the last touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on

from kam_tui.domain.contact import Contact
from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.tui.messages import Open
from kam_tui.tui.party_lines import Line, people_lines
from kam_tui.tui.screens.tables import NARROW, TableDesk
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import show_ago

EMPTY = """There are no people yet.

    {everywhere.add:4}  add someone
    {everywhere.import:4}  bring in what you have"""


class People(TableDesk[Contact]):
    """The list of people."""

    HOLDS = "contacts"
    ORDERS: ClassVar[dict[str, Callable[[Line[Any]], Any]]] = {
        "name": lambda line: fold(line.record.name),
        "account": lambda line: (not line.account, fold(line.account), fold(line.record.name)),
        "last": lambda line: (line.last or date.min, fold(line.record.name)),
    }

    def columns(self) -> Sequence[Column[Line[Contact]]]:
        """Name, account, title, telephone, mail, last touch."""
        return (
            Column(_("Name"), lambda line: Cell(line.record.name, "strong"), 18, grow=2, sort="name"),
            Column(_("Account"), lambda line: line.account, 16, grow=2, sort="account"),
            Column(_("Title"), _title, 12, grow=1, needs=NARROW),
            Column(_("Phone"), lambda line: _first(line.record.phones), 18, needs=110),
            Column(_("Mail"), lambda line: _first(line.record.emails), 24, grow=1, needs=135),
            Column(_("Last touch"), self._last, 13, sort="last"),
        )

    def gather(self) -> list[Line[Contact]]:
        """Everyone."""
        return people_lines(self.book, self.today)

    def empty(self) -> str:
        """How to begin."""
        return _(EMPTY)

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        self.post_message(Open("contact", message.item.record.id))

    def _last(self, line: Line[Contact]) -> Cell:
        """The last touch; in a list too narrow for the title, of who is archived, that."""
        if line.record.archived and self.is_narrow:
            return Cell(_("Archived"), "dim")
        return Cell(show_ago(line.last, self.today), "dim")


def _title(line: Line[Contact]) -> Cell:
    words = [_("Archived") if line.record.archived else "", line.record.title]
    return Cell(", ".join(filter(None, words)), "dim")


def _first(ways: tuple[Any, ...]) -> str:
    return ways[0].value if ways else ""
