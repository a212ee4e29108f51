"""BringIn: chooses a file, shows what it would bring into the book, and brings it in as one change."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker

from kam_tui.domain.backup import IMPORT as FOR_IMPORT
from kam_tui.domain.draft import Options
from kam_tui.domain.errors import KamError
from kam_tui.i18n import _
from kam_tui.tui.commands import FINDER, IMPORT, bindings
from kam_tui.tui.messages import Do, Open
from kam_tui.tui.preview import CHOICES, PARTS, Preview, lines_of, look_at, show_slot
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.file_list import FileList, here
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain
from kam_tui.usecases.import_plan import Line
from kam_tui.usecases.merging import merge

CHOOSING, LOOKING, PLAN, COLUMNS = "-choosing", "-looking", "-plan", "-columns"
"""What the screen shows; each is a class of it."""

ORDERS = ("", "dmy", "mdy")
"""How 3/4/1980 can be read, as the settings say it."""

Slot = tuple[str, str]
"""A column, and what it fills."""


class BringIn(Desk):
    """The file, and what is in it."""

    CSS_PATH: ClassVar[list[Any]] = ["../styles/tables.tcss", "../styles/bring_in.tcss"]
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(IMPORT, FINDER)]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.preview: Preview | None = None
        self._looking: Worker[None] | None = None

    def body(self) -> ComposeResult:
        """The line for the path, the files; what would come in, the columns, and all of a line."""
        with Horizontal(id="top"):
            yield Static(_("File"), id="label")
            yield Input(here(), compact=True, select_on_focus=False, id="filter")
        yield Headline()
        yield FileList()
        lines: list[Column[Line]] = [
            Column(_("Who"), lambda line: Cell(line.name, "strong"), 22, grow=2),
            Column(_("What"), lambda line: " ".join(line.details), 26, grow=5),
            Column(_("Where"), lambda line: Cell(line.where, "dim"), 12, needs=76),
        ]
        yield Rows(lines, lambda line: f"{line.where} {line.name}", titles=True, id="plan")
        slots: list[Column[Slot]] = [
            Column(_("Column of the file"), lambda slot: Cell(slot[0], "strong"), 26, grow=1),
            Column(_("What it fills"), lambda slot: show_slot(slot[1]), 26, grow=1),
        ]
        yield Rows(slots, lambda slot: slot[0], titles=True, id="columns")
        yield Panel(classes="whole")

    def on_mount(self) -> None:
        """Begin with the files."""
        super().on_mount()
        self._turn(CHOOSING)

    def redraw(self) -> None:
        """Compare again where somebody else has changed the book."""
        if self.preview and self.preview.book is not self.book:
            self._look(self.preview.path, self.preview.options)

    def _turn(self, shows: str) -> None:
        """Show one of the parts."""
        for each in (CHOOSING, LOOKING, PLAN, COLUMNS):
            self.set_class(each == shows, each)
        self.query_one(Panel).update("", layout=False)
        if shows == CHOOSING:
            self.preview = None
        self.refresh_bindings()
        if shows == CHOOSING:
            self.query_one(Input).focus()
            self._list()
        elif shows != LOOKING:
            rows = self.query_one("#plan" if shows == PLAN else "#columns", Rows)
            rows.focus()
            rows.post_message(Rows.Highlighted(rows, rows.highlighted))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that does nothing here is not offered."""
        if action == "complete":
            return self.has_class(CHOOSING)
        if action in ("columns", "dates"):
            return self.preview is not None
        return super().check_action(action, parameters)

    def _say(self, text: Content) -> None:
        self.query_one(Headline).say(text)

    @on(Input.Changed)
    def _list(self) -> None:
        """What can be chosen; what was wrong with what was typed before counts no longer."""
        if self.has_class(CHOOSING):
            asks = _("Choose a vCard, CSV or JSON file. Nothing is written yet.")
            self._say(Content.styled(asks, "$quiet"))
        self.query_one(FileList).find(self.query_one(Input).value)

    def action_move(self, step: int) -> None:
        """Move in the list of files while typing."""
        self.query_one(FileList).action_move(step)

    def action_complete(self) -> None:
        """Take the highlighted name into the line."""
        found = self.query_one(FileList).highlighted
        if found and self.has_class(CHOOSING):
            line = self.query_one(Input)
            line.value = found.path
            line.cursor_position = len(line.value)

    @on(Input.Submitted)
    @on(Rows.Picked, "#files")
    def _choose(self) -> None:
        """Go into a folder, look at a file; what is typed in full comes before what is highlighted."""
        typed = self.query_one(Input).value
        found = self.query_one(FileList).highlighted
        if found is None or os.path.isfile(os.path.expanduser(typed)):
            self._look(typed, Options(self.session.settings.date_order))
        elif found.is_folder:
            self.action_complete()
        else:
            self._look(found.path, Options(self.session.settings.date_order))

    def _look(self, path: str, options: Options) -> None:
        self._turn(LOOKING)
        self._looking = self.run_worker(self._read(path, options), group="import", exclusive=True)

    async def _read(self, path: str, options: Options) -> None:
        loop = asyncio.get_running_loop()

        def say(text: str) -> None:
            with suppress(RuntimeError):  # kam has been left meanwhile
                loop.call_soon_threadsafe(self._tell_stage, text)

        try:
            seen = await asyncio.to_thread(look_at, self.session, self.book, path, options, say)
        except KamError as problem:
            self._turn(CHOOSING)
            self._say(plain(f"{problem} {problem.hint}".strip(), "$error"))
            return
        self._show(seen)

    @property
    def _leaves(self) -> str:
        return self.keymap.told(_("{everywhere.back} leaves it."))

    def _tell_stage(self, text: str) -> None:
        if self.has_class(LOOKING):
            self._say(_pair(plain(text, "$primary"), Content.styled(self._leaves, "$quiet")))

    def _show(self, seen: Preview) -> None:
        self.preview = seen
        self.query_one("#plan", Rows).show(lines_of(seen.plan), empty=_("There is nobody in this file."))
        nothing = _("This is no table: it says itself what is what.")
        self.query_one("#columns", Rows).show(list(seen.parsed.columns.items()), empty=nothing)
        brings = self.keymap.told(_("{list.open} brings it in."))
        hint = f"{brings} {self._leaves}" if seen.plan.edits else _("There is nothing to bring in.")
        said = [
            _pair(plain(os.path.basename(seen.path), "bold"), plain(_(seen.parsed.format), "$quiet")),
            _pair(plain(f"{seen.plan.summary}."), Content.styled(hint, "$primary")),
            *(plain(warning, "$warning") for warning in seen.parsed.warnings),
        ]
        self._turn(PLAN)
        self._say(Content("\n").join(said))

    @on(Rows.Highlighted, "#plan")
    def _show_line(self, message: Rows.Highlighted) -> None:
        line: Line | None = message.item
        if line and self.has_class(PLAN):
            head = f"{_(PARTS[line.outcome][0])}  {line.where}"
            self.query_one(Panel).update(
                plain(head, "$quiet") + Content("\n") + plain("\n".join(line.details)), layout=False
            )

    @on(Rows.Highlighted, "#columns")
    def _explain_columns(self) -> None:
        if self.has_class(COLUMNS):
            self.query_one(Panel).update(
                plain(self.keymap.told(_("{list.open} has a column fill something else.")), "$quiet"),
                layout=False,
            )

    def action_columns(self) -> None:
        """What the columns fill, or what would come in."""
        if self.preview:
            self._turn(PLAN if self.has_class(COLUMNS) else COLUMNS)

    def action_dates(self) -> None:
        """Read 3/4/1980 the other way."""
        if self.preview:
            options = self.preview.options
            order = ORDERS[(ORDERS.index(options.date_order) + 1) % len(ORDERS)]
            self._look(self.preview.path, replace(options, date_order=order))
            said = {
                "": _("3/4 is not read: it could be either."),
                "dmy": _("3/4 is 3 April."),
                "mdy": _("3/4 is March 4."),
            }
            self.notify(said[order], markup=False)

    @on(Rows.Picked, "#columns")
    @work
    async def _map(self, message: Rows.Picked) -> None:
        """Have a column fill something else, and compare again."""
        from kam_tui.tui.screens.dialogs.setting import PickSetting

        (column, slot), seen = message.item, self.preview
        options = [(each, show_slot(each)) for each in CHOICES]
        asked = PickSetting(column, _("What this column fills."), slot.partition(":")[0], options)
        chosen = await self.app.push_screen_wait(asked)
        if chosen and seen:
            self._look(seen.path, replace(seen.options, columns={**seen.options.columns, **chosen}))

    @on(Rows.Picked, "#plan")
    def _bring_in(self) -> None:
        """Back the book up, then write it."""
        if self.preview is None or not self.preview.plan.edits:
            self.app.bell()
            return
        self.run_worker(self._write(self.preview), group="import", exclusive=True)

    async def _write(self, seen: Preview) -> None:
        self._say(Content.styled(_("Backing up the book, then bringing it in …"), "$primary"))
        try:
            await asyncio.to_thread(self.session.back_up, FOR_IMPORT)
        except KamError as problem:
            told = _("The book could not be backed up first, so nothing was changed. {problem}")
            self._say(plain(told.format(problem=problem), "$error"))
            return
        self.preview = None
        wanted = Do(merge, seen.parsed.drafts, seen.parsed.rejects, seen.parsed.records)
        self.post_message(wanted.meanwhile().told(self._leave, self._stay))

    async def _leave(self) -> None:
        """It is in the book: see it there, unless one has gone on already."""
        if self.is_current:
            self.post_message(Open("people"))

    async def _stay(self) -> None:
        """It is not in the book: begin again."""
        self._turn(CHOOSING)

    def action_back(self) -> None:
        """One step back: from what is looked at to the files, from the files to where one was."""
        if self.has_class(COLUMNS):
            self._turn(PLAN)
        elif self.has_class(CHOOSING):
            super().action_back()
        else:
            if self._looking:
                self._looking.cancel()
            self._turn(CHOOSING)


def _pair(one: Content, other: Content) -> Content:
    """Two texts beside each other."""
    return one + Content("  ") + other
