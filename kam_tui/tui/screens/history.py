"""History: every change, newest first, whoever made it; each can be taken back."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from kam_tui.domain.change import Entry
from kam_tui.domain.errors import KamError
from kam_tui.domain.moment import Moment
from kam_tui.i18n import _, ngettext
from kam_tui.tui.commands import HISTORY, bindings
from kam_tui.tui.messages import Open, Undo
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain, show_when
from kam_tui.usecases.undo import undone

LIMIT = 5000
"""How many changes are shown."""


class History(Desk):
    """The list of changes."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HISTORY)]

    def body(self) -> ComposeResult:
        """The headline and the list."""
        yield Headline(Content.styled(_("Every change, newest first. Nothing is ever lost."), "$quiet"))
        columns: list[Column[Entry]] = [
            Column(_("When"), self._when, 17),
            Column(_("Change"), lambda entry: entry.change.summary, 30, grow=1),
            Column(_("By"), lambda entry: Cell(entry.by, "dim"), 14, needs=90),
            Column("", self._state, 13),
        ]
        yield Rows(
            columns, lambda entry: str(entry.number), titles=True, empty=_("Nothing has been changed yet.")
        )
        yield Panel(classes="whole")

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.undone: set[int] = set()

    def redraw(self) -> None:
        """Read the history anew."""
        self.run_worker(self._load(), group="loading", exclusive=True)

    async def _load(self) -> None:
        try:
            entries = await asyncio.to_thread(lambda: list(islice(self.session.history(), LIMIT)))
        except KamError as problem:
            self.query_one(Rows).show([], empty=str(problem))
            return
        self.undone = undone(entries)
        self.query_one(Rows).show(entries)

    def action_undo_this(self) -> None:
        """Take back the highlighted change."""
        entry = self.query_one(Rows).highlighted
        if entry is not None:
            self.post_message(Undo(entry.number))

    @on(Rows.Highlighted)
    def _show_whole(self, message: Rows.Highlighted) -> None:
        """The whole of what was done, which a line cuts off, and who did it."""
        entry: Entry | None = message.item
        told = plain(f"{entry.change.summary}\n{entry.by}") if entry else ""
        self.query_one(Panel).update(told, layout=False)

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        """Open what was changed, where it has a page."""
        entry: Entry = message.item
        for edit in entry.change.edits:
            record = edit.record
            account_id = getattr(record, "account_id", None)
            people: tuple[str, ...] = getattr(record, "contact_ids", ())
            for place, record_id in (
                ("contact", record.id),
                ("account", record.id),
                ("account", account_id or ""),
            ):
                if record_id in (self.book.contacts if place == "contact" else self.book.accounts):
                    self.post_message(Open(place, record_id))
                    return
            if people and people[0] in self.book.contacts:
                self.post_message(Open("contact", people[0]))
                return

    def _when(self, entry: Entry) -> Cell:
        now = self.session.now()
        return Cell(show_when(Moment.of(entry.at.astimezone(now.tzinfo)), now.date()), "dim")

    def _state(self, entry: Entry) -> Cell:
        if entry.number in self.undone:
            return Cell(_("undone"), "soon")
        count = len(entry.change.edits)
        return (
            Cell(ngettext("{count} record", "{count} records", count).format(count=count), "dim")
            if count > 1
            else Cell("")
        )
