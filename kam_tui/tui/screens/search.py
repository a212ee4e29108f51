"""Search: everything in the book that holds the words, found while they are typed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerCancelled

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.search import Finder, Hit
from kam_tui.i18n import N_, _, ngettext
from kam_tui.tui.aside import aside
from kam_tui.tui.commands import FINDER, SEARCH, bindings
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.columns import Cell, Column, widest
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import account_name, show_near

LIMIT = 200
"""How many hits are shown."""

PAUSE = 0.03
"""Seconds that a search waits for another letter."""

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


class SearchLine(Input):
    """The line for the words."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SEARCH)]


class Search(Desk):
    """The line to type in, and the hits."""

    CSS_PATH = "../styles/tables.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FINDER)]
    FINDER: ClassVar[Finder] = Finder()
    """One for all searches: what it has folded once serves them all."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._finding: Worker[None] | None = None

    def body(self) -> ComposeResult:
        """The line and the hits."""
        with Horizontal(id="top"):
            yield Static(_("Search"), id="label")
            yield SearchLine(placeholder=_("all of the book"), compact=True, id="filter")
            yield Static(id="count")
        columns: list[Column[Hit]] = [
            Column("", self._sort, 9, most=widest(kind.label for kind in ACTIVITY_KINDS.values())),
            Column(
                "", lambda hit: Cell(hit.title, "dim" if self._is_archived(hit) else "strong"), 22, grow=2
            ),
            Column("", self._snippet, 16, grow=3),
            Column("", self._when, 11),
        ]
        yield Rows(columns, lambda hit: f"{hit.table}:{hit.id}", empty=_(HOW), led=True)

    def remember(self) -> Left:
        """The words, and the highlight."""
        return {"words": self.query_one(Input).value, "highlight": self.query_one(Rows).standing_at}

    def recall(self, left: Left) -> None:
        """The words, all selected: whoever wants other ones only types; and the highlight."""
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = left.get("words", "")
        field.action_select_all()
        self.query_one(Rows).seek(left.get("highlight", ""))

    def redraw(self) -> None:
        """Search the book as it is now; what one may ask next is made ready meanwhile."""
        self.run_worker(self._learn(), group="ahead", exclusive=True)
        self._search(self.query_one(Input).value)

    async def _learn(self) -> None:
        left = threading.Event()
        try:
            await aside(lambda: all(not left.is_set() for _day in self.FINDER.learn(self.book)))
        finally:
            left.set()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._search(message.value)

    def _search(self, words: str) -> None:
        if not self.has_book:
            return  # What has been typed is looked for when the book has been read.
        self._finding = self.run_worker(self._find(words), group="search", exclusive=True)

    async def _find(self, words: str) -> None:
        """Show the first hits as soon as there are some, and all when there are all."""
        rows, given_up = self.query_one(Rows), threading.Event()
        rows.set_reactive(Lines.cursor, 0)
        if not words.strip():
            self._show([], "", _(HOW))
            return
        await asyncio.sleep(PAUSE)
        loop = asyncio.get_running_loop()

        def show_some(hits: list[Hit]) -> None:
            if not given_up.is_set():
                self._show(hits, _("searching …"))

        try:
            hits = await aside(
                lambda: self._look(words, given_up, lambda some: loop.call_soon_threadsafe(show_some, some))
            )
        finally:
            given_up.set()
        count = ngettext("{count} hit", "{count} hits", len(hits))
        said = _("more than {count}") if len(hits) == LIMIT else count
        nothing = _("Nothing in the book holds all of these words.\n\nTry fewer, or only how they begin.")
        self._show(hits, said.format(count=len(hits)), nothing)

    def _look(self, words: str, given_up: threading.Event, show: Callable[[list[Hit]], object]) -> list[Hit]:
        found: list[Hit] = []
        is_shown = False
        for hit in self.FINDER.hits(self.book, words):
            if hit is not None:
                found.append(hit)
            elif found and not is_shown:
                show(list(found))
                is_shown = True
            if given_up.is_set() or len(found) == LIMIT:
                break
        return found

    def _show(self, hits: list[Hit], said: str, empty: str | None = None) -> None:
        self.query_one(Rows).show(hits, empty=empty)
        self.query_one("#count", Static).update(said, layout=False)

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
        if hit.table == "accounts":
            self.post_message(Open("account", hit.id))
        elif hit.account_id:
            self.post_message(Open("account", hit.account_id, hit.id))
        elif people:
            self.post_message(Open("contact", people[0], hit.id))
        else:
            self.edit(record)

    def _sort(self, hit: Hit) -> Cell:
        activity = self.book.activities.get(hit.id) if hit.table == "activities" else None
        return Cell(_(ACTIVITY_KINDS[activity.kind].label if activity else SORTS.get(hit.table, "")), "dim")

    def _is_archived(self, hit: Hit) -> bool:
        return getattr(self.book.get(hit.id, hit.table), "archived", False)

    def _snippet(self, hit: Hit) -> Cell:
        if self._is_archived(hit):
            about = hit.snippet or account_name(self.book, hit.account_id if hit.table != "accounts" else "")
            return Cell(" · ".join(filter(None, [_("Archived"), about])), "dim")
        if hit.snippet or hit.table == "accounts":
            return Cell(hit.snippet)
        return Cell(account_name(self.book, hit.account_id), "dim")

    def _when(self, hit: Hit) -> Cell:
        return Cell(show_near(hit.when.day, self.today) if hit.when else "", "dim")
