"""Search: everything in the book that holds the words, found while they are typed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerCancelled

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.search import Hit, search
from kam_tui.i18n import N_, _, ngettext
from kam_tui.tui.commands import FINDER, bindings
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import account_name, show_near

LIMIT = 200
"""How many hits are shown."""

SORTS = {
    "accounts": N_("Account"),
    "contacts": N_("Person"),
    "reminders": N_("Reminder"),
    "promises": N_("Promise"),
    "contracts": N_("Contract"),
}
"""What a hit is, where its table says it."""

HOW = """Type a word or several: names, cities, anything that was written down.

    +vip     finds what has a tag"""


class Search(Desk):
    """The line to type in, and the hits."""

    CSS_PATH = "../styles/tables.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FINDER)]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._finding: Worker[None] | None = None

    def body(self) -> ComposeResult:
        """The line and the hits."""
        with Horizontal(id="top"):
            yield Static(_("Search"), id="label")
            yield Input(placeholder=_("all of the book"), compact=True, id="filter")
            yield Static(id="count")
        columns: list[Column[Hit]] = [
            Column("", self._sort, 9),
            Column("", lambda hit: Cell(hit.title, "strong"), 22, grow=2),
            Column("", self._snippet, 16, grow=3),
            Column("", self._when, 11),
        ]
        yield Rows(columns, lambda hit: f"{hit.table}:{hit.id}", empty=_(HOW), led=True)

    def redraw(self) -> None:
        """Search the book as it is now."""
        self._search(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._search(message.value)

    def _search(self, words: str) -> None:
        self._finding = self.run_worker(self._find(words), group="search", exclusive=True)

    async def _find(self, words: str) -> None:
        hits = await asyncio.to_thread(search, self.book, words, LIMIT) if words.strip() else []
        rows = self.query_one(Rows)
        rows.set_reactive(Lines.cursor, 0)
        rows.show(hits, empty=_("Nothing in the book holds all of these words.") if words.strip() else _(HOW))
        said = (
            _("more than {count}")
            if len(hits) == LIMIT
            else ngettext("{count} hit", "{count} hits", len(hits))
        )
        self.query_one("#count", Static).update(said.format(count=len(hits)) if words.strip() else "")

    def action_move(self, step: int) -> None:
        """Move the highlight while typing."""
        self.query_one(Rows).action_move(step)

    @on(Input.Submitted)
    async def _open_best(self) -> None:
        """Open what is highlighted when all that was typed has been looked for."""
        if self._finding is not None:
            with suppress(WorkerCancelled):
                await self._finding.wait()
        self.query_one(Rows).action_pick()

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        hit: Hit = message.item
        if hit.table == "contacts":
            self.post_message(Open("contact", hit.id))
            return
        record = self.book.get(hit.id, hit.table)
        people: tuple[str, ...] = getattr(record, "contact_ids", ())
        if hit.account_id:
            self.post_message(Open("account", hit.account_id, hit.id))
        elif people:
            self.post_message(Open("contact", people[0], hit.id))

    def _sort(self, hit: Hit) -> Cell:
        activity = self.book.activities.get(hit.id) if hit.table == "activities" else None
        return Cell(_(ACTIVITY_KINDS[activity.kind].label if activity else SORTS.get(hit.table, "")), "dim")

    def _snippet(self, hit: Hit) -> Cell:
        if hit.snippet or hit.table == "accounts":
            return Cell(hit.snippet)
        return Cell(account_name(self.book, hit.account_id), "dim")

    def _when(self, hit: Hit) -> Cell:
        return Cell(show_near(hit.when.day, self.today) if hit.when else "", "dim")
