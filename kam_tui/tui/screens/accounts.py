"""Accounts: all of them, key accounts first, with the last touch and what is due next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on

from kam_tui.domain.account import STATUSES, TIERS, Account
from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.tui.messages import Open
from kam_tui.tui.party_lines import Line, account_lines
from kam_tui.tui.screens.tables import NARROW, TableDesk
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import STATUS_WORDS, TIER_WORDS, show_ago, show_due_day

EMPTY = """There are no accounts yet.

    {everywhere.add:4}  add one
    {everywhere.import:4}  bring in what you have"""


class Accounts(TableDesk[Account]):
    """The list of accounts."""

    HOLDS = "accounts"
    ORDERS: ClassVar[dict[str, Callable[[Line[Any]], Any]]] = {
        "tier": lambda line: (list(TIERS).index(line.record.tier), fold(line.record.name)),
        "name": lambda line: fold(line.record.name),
        "status": lambda line: (list(STATUSES).index(line.record.status), fold(line.record.name)),
        "city": lambda line: (not line.record.city, fold(line.record.city), fold(line.record.name)),
        "last": lambda line: (line.last or date.min, fold(line.record.name)),
        "due": lambda line: (line.due or date.max, fold(line.record.name)),
    }

    def columns(self) -> Sequence[Column[Line[Account]]]:
        """Tier, name, status, city, last touch, next due."""
        return (
            Column(_("Tier"), lambda line: Cell(_(TIER_WORDS[line.record.tier]), "key"), 6, sort="tier"),
            Column(_("Account"), lambda line: Cell(line.record.name, "strong"), 18, grow=3, sort="name"),
            Column(_("Status"), self._status, 8, needs=NARROW, sort="status"),
            Column(_("City"), lambda line: line.record.city, 12, grow=1, needs=90, sort="city"),
            Column(_("Industry"), lambda line: Cell(line.record.industry, "dim"), 14, grow=1, needs=125),
            Column(_("Last touch"), self._last, 13, sort="last"),
            Column(_("Next due"), self._due, 13, sort="due"),
        )

    def gather(self) -> list[Line[Account]]:
        """Every account."""
        return account_lines(self.book, self.today, self.known.due)

    def empty(self) -> str:
        """How to begin."""
        return _(EMPTY)

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        self.post_message(Open("account", message.item.record.id))

    def _status(self, line: Line[Account]) -> Cell:
        if line.record.archived:
            return Cell(_("Archived"), "dim")
        return Cell(_(STATUS_WORDS[line.record.status]), "" if line.record.status == "customer" else "dim")

    def _last(self, line: Line[Account]) -> Cell:
        return Cell(show_ago(line.last, self.today), "dim")

    def _due(self, line: Line[Account]) -> Cell:
        """The next day; in a list too narrow for the status, of whom nothing comes up any more, why."""
        if line.record.archived and self.is_narrow:
            return Cell(_("Archived"), "dim")
        today = self.today
        look = "" if line.due is None else "late" if line.due < today else "soon" if line.due == today else ""
        return Cell(show_due_day(line.due, today), look)
