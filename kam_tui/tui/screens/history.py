"""History: every change, newest first, whoever made it; or those about one record. Each can be taken back."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from kam_tui.domain.change import Entry
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import KamError
from kam_tui.i18n import _, ngettext
from kam_tui.rules.changes import changes_about, ids_about
from kam_tui.tui.commands import HISTORY, bindings
from kam_tui.tui.messages import Open, Redo, Undo
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.whereabouts import Left
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

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.undone: dict[int, Entry] = {}

    def body(self) -> ComposeResult:
        """The headline and the list."""
        yield Headline(Content.styled(_("Every change, newest first. Each can be taken back."), "$quiet"))
        columns: list[Column[Entry]] = [
            Column(_("When"), self._when, 17),
            Column(_("Change"), lambda entry: entry.change.summary, 30, grow=1),
            Column(_("By"), lambda entry: Cell(entry.by, "dim"), 14, needs=90),
            Column("", self._state, 13),
        ]
        yield Rows(
            columns,
            lambda entry: str(entry.number),
            titles=True,
            empty=_("Nothing has been changed yet.\n\n    {everywhere.note:4}  write a first note down"),
        )
        yield Panel(classes="whole")

    def remember(self) -> Left:
        """The highlight."""
        return {"highlight": self.query_one(Rows).standing_at}

    def recall(self, left: Left) -> None:
        """The highlight."""
        self.query_one(Rows).seek(left.get("highlight", ""))

    def redraw(self) -> None:
        """Read the history anew."""
        if self.record_id:
            party = self.book.accounts.get(self.record_id) or self.book.contacts.get(self.record_id)
            said = _("What was changed about {name}, newest first.")
            self.query_one(Headline).update(
                plain(said.format(name=party.name if party else self.record_id), "$quiet")
            )
        self.run_worker(self._load(), group="loading", exclusive=True)

    async def _load(self) -> None:
        try:
            entries = await asyncio.to_thread(self._read)
        except KamError as problem:
            self.query_one(Rows).show([], empty=str(problem))
            return
        # What took a change back is newer, and about the same records: it is among them.
        self.undone = undone(entries)
        self.query_one(Rows).show(entries)

    def _read(self) -> list[Entry]:
        if not self.record_id:
            return list(islice(self.session.history(), LIMIT))
        told = changes_about(self.session, ids_about(self.book, self.record_id))
        return [entry for entry, _edits in islice(told, LIMIT)]

    def action_undo_this(self) -> None:
        """Take back the highlighted change."""
        entry = self.query_one(Rows).highlighted
        if entry is not None:
            self.post_message(Undo(entry.number))

    def action_redo_this(self) -> None:
        """Do the highlighted change again."""
        entry = self.query_one(Rows).highlighted
        if entry is not None:
            self.post_message(Redo(entry.number))

    @on(Rows.Highlighted)
    def _show_whole(self, message: Rows.Highlighted) -> None:
        """The whole of what was done, which a line cuts off, and who did it."""
        entry: Entry | None = message.item
        told = plain(f"{entry.change.summary}\n{entry.by}") if entry else ""
        self.query_one(Panel).update(told, layout=False)

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        """See what it did to each field."""
        self.post_message(Open("change", str(message.item.number)))

    def _when(self, entry: Entry) -> Cell:
        now = self.session.now()
        return Cell(show_when(Moment.of(entry.at.astimezone(now.tzinfo)), now.date()), "dim")

    def _state(self, entry: Entry) -> Cell:
        if entry.number in self.undone:
            return Cell(_("undone") if entry.change.undoes is None else _("redone"), "soon")
        count = len(entry.change.edits)
        return (
            Cell(ngettext("{count} record", "{count} records", count).format(count=count), "dim")
            if count > 1
            else Cell("")
        )
