"""BringIn: chooses a file, shows what it would bring into the book, and brings it in as one change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from kam_tui.domain.backup import IMPORT as FOR_IMPORT
from kam_tui.domain.draft import Options
from kam_tui.domain.errors import KamError, Unwritable
from kam_tui.domain.progress import Progress
from kam_tui.i18n import N_, _
from kam_tui.session import Session
from kam_tui.tui.aside import TICK, aside, watched
from kam_tui.tui.commands import FINDER, IMPORT, bindings
from kam_tui.tui.messages import Do, Open
from kam_tui.tui.preview import Preview, look_at
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.column_list import ColumnList
from kam_tui.tui.widgets.file_choice import FileChoice
from kam_tui.tui.widgets.import_headline import ImportHeadline
from kam_tui.tui.widgets.line_panel import LinePanel
from kam_tui.tui.widgets.plan_list import PlanList
from kam_tui.tui.widgets.rows import Rows
from kam_tui.usecases.merging import merge

CHOOSING, LOOKING, PLAN, COLUMNS, WRITING = "-choosing", "-looking", "-plan", "-columns", "-writing"
"""What the screen shows; each is a class of it."""

SHOWN = {
    "complete": (CHOOSING,),
    **dict.fromkeys(("bring_in", "filter", "leave_out", "leave_all_out", "overrule"), (PLAN,)),
    **dict.fromkeys(("columns", "dates"), (PLAN, COLUMNS)),
}
"""Action to what is shown where it is at hand."""

ORDERS = {
    "": N_("3/4 is not read: it could be either."),
    "dmy": N_("3/4 is 3 April."),
    "mdy": N_("3/4 is March 4."),
}
"""How 3/4/1980 can be read, as the settings say it, and how that is told."""


class BringIn(Desk):
    """The file, and what is in it."""

    CSS_PATH: ClassVar[list[Any]] = ["../styles/tables.tcss", "../styles/bring_in.tcss"]
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(IMPORT, FINDER)]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.preview: Preview | None = None
        self._progress = Progress()
        """How far it is with reading, or with writing."""
        self._telling: Timer | None = None

    def body(self) -> ComposeResult:
        """The line for the path, the files; what would come in, the columns, and all of a line."""
        yield ImportHeadline()
        yield FileChoice()
        yield PlanList()
        yield ColumnList()
        yield LinePanel(classes="whole")

    def on_mount(self) -> None:
        """Begin with the files."""
        super().on_mount()
        self._turn(CHOOSING)

    def redraw(self) -> None:
        """Compare again where somebody else has changed the book."""
        if self.preview and self.preview.book is not self.book and not self.has_class(WRITING):
            self._look(self.preview.path, self.preview.options)

    def _turn(self, shows: str) -> None:
        """Show one of the parts."""
        for each in (CHOOSING, LOOKING, PLAN, COLUMNS, WRITING):
            self.set_class(each == shows, each)
        self.query_one(LinePanel).update("", layout=False)
        self.refresh_bindings()
        if shows == CHOOSING:
            self.preview = None
            self._ask()
            self._files.begin()
        elif shows in (PLAN, COLUMNS):
            rows = self.query_one("#plan" if shows == PLAN else "#columns", Rows)
            rows.focus()
            rows.post_message(Rows.Highlighted(rows, rows.highlighted))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that does nothing here is not offered."""
        if action in SHOWN:
            return any(map(self.has_class, SHOWN[action]))
        return super().check_action(action, parameters)

    @property
    def _is_left(self) -> bool:
        """Whether the person has gone on, and all of this is about to be gone."""
        return self not in self.app.screen_stack

    @property
    def _headline(self) -> ImportHeadline:
        return self.query_one(ImportHeadline)

    @property
    def _files(self) -> FileChoice:
        return self.query_one(FileChoice)

    @property
    def _plan(self) -> PlanList:
        return self.query_one(PlanList)

    @on(FileChoice.Typed)
    def _ask(self) -> None:
        """Say what to do; what was wrong with what was typed before counts no longer."""
        if self.has_class(CHOOSING):
            self._headline.ask()

    def action_move(self, step: int) -> None:
        """Move in the list while typing."""
        (self._files.files if self.has_class(CHOOSING) else self._plan.rows).action_move(step)

    def action_complete(self) -> None:
        """Take the highlighted name into the line."""
        self._files.complete()

    @on(FileChoice.Chosen)
    def _choose(self, message: FileChoice.Chosen) -> None:
        self._look(message.path, Options(self.session.settings.date_order))

    def _look(self, path: str, options: Options) -> None:
        self._turn(LOOKING)
        self.run_worker(self._read(path, options), group="import", exclusive=True)

    async def _read(self, path: str, options: Options) -> None:
        progress = self._progress = Progress()
        work = aside(lambda: look_at(self.session, self.book, path, options, progress))
        try:
            seen = await watched(work, progress, lambda: self._tell_progress(path))
        except KamError as problem:
            if self._is_left:
                return
            self._turn(CHOOSING)
            self._headline.refuse(problem)
            return
        self._show(seen)

    def _tell_progress(self, path: str) -> None:
        if not self._is_left:
            self._headline.wait(path, self._progress)

    def _show(self, seen: Preview) -> None:
        if self._is_left:
            return
        self.preview = seen
        self._plan.show(seen)
        self.query_one(ColumnList).show_columns(seen)
        self._turn(PLAN)
        self._tell_plan()

    @on(PlanList.Chosen)
    def _tell_plan(self) -> None:
        """Say what would come in, and what to press."""
        if self.preview:
            self._headline.show(self.preview, self._plan.summary, brings=self._plan.brings)

    @on(PlanList.Highlighted)
    def _show_line(self, message: PlanList.Highlighted) -> None:
        if self.has_class(PLAN) and self.preview and message.line:
            self.query_one(LinePanel).show(message.line, self.preview)

    @on(Rows.Highlighted, "#columns")
    def _explain_columns(self) -> None:
        if self.has_class(COLUMNS):
            self.query_one(LinePanel).explain_columns()

    def action_filter(self) -> None:
        """Type to narrow the lines."""
        self._plan.narrow()

    def action_leave_out(self) -> None:
        """Leave the highlighted line out, or take it in again."""
        self._plan.leave_out()

    def action_leave_all_out(self) -> None:
        """Leave all lines that are shown out, or take them in again."""
        self._plan.leave_all_out()

    def action_overrule(self) -> None:
        """Have the file count where the highlighted line differs from the book."""
        self._plan.overrule()

    def action_columns(self) -> None:
        """What the columns fill, or what would come in."""
        if self.preview:
            self._turn(PLAN if self.has_class(COLUMNS) else COLUMNS)

    def action_dates(self) -> None:
        """Read 3/4/1980 the other way."""
        if self.preview:
            options = self.preview.options
            orders = list(ORDERS)
            order = orders[(orders.index(options.date_order) + 1) % len(orders)]
            self._look(self.preview.path, replace(options, date_order=order))
            self.notify(_(ORDERS[order]), markup=False)

    @on(Rows.Picked, "#columns")
    @work
    async def _map(self, message: Rows.Picked) -> None:
        """Have a column fill something else, and compare again."""
        from kam_tui.tui.screens.dialogs.column import ask_slot

        chosen = await ask_slot(self.app, message.item)
        if chosen and (seen := self.preview):
            self._look(seen.path, replace(seen.options, columns={**seen.options.columns, **chosen}))

    def action_bring_in(self) -> None:
        """Bring it in, wherever the focus is."""
        self._plan.rows.action_bring_in()

    @on(Rows.Picked, "#plan")
    def _bring_in(self) -> None:
        """Back the book up, then write it."""
        seen = self.preview
        if seen is None or not self.has_class(PLAN) or not self._plan.brings:
            self.app.bell()
            return
        progress = self._progress = Progress()
        wanted = _brought_in(seen, self._plan, progress)
        self._turn(WRITING)
        self._telling = self.set_interval(TICK, lambda: self._tell_progress(seen.path))
        self.post_message(
            wanted.after(lambda: back_up(self.session, progress)).meanwhile().told(self._leave, self._stay)
        )

    async def _leave(self) -> None:
        """It is in the book: see it there, unless one has gone on already, or more files were dropped."""
        self._tell_no_more()
        if not self._is_left and self.preview and self._files.has_more(self.preview.path):
            self._turn(CHOOSING)
        elif self.is_current:
            self.post_message(Open("people"))

    async def _stay(self) -> None:
        """It is not in the book: look at it again."""
        self._tell_no_more()
        if self.preview:
            self._show(self.preview)
            self.redraw()

    def _tell_no_more(self) -> None:
        if self._telling:
            self._telling.stop()

    def action_back(self) -> None:
        """One step back: from what is looked at to the files, from the files to where one was."""
        if self.has_class(WRITING):
            self._progress.stop()
        elif self.has_class(COLUMNS):
            self._turn(PLAN)
        elif self.has_class(CHOOSING):
            if not self._files.forget():
                super().action_back()
        elif not self._plan.widen():
            self.workers.cancel_group(self, "import")
            self._turn(CHOOSING)


def back_up(session: Session, progress: Progress) -> None:
    """Back the book up before anything comes in. Raises Unwritable where that fails, and Stopped."""
    progress.begin(_("Backing up the book"))
    try:
        session.back_up(FOR_IMPORT)
    except KamError as problem:
        told = _("The book could not be backed up first, so nothing was changed. {problem}")
        raise Unwritable(told.format(problem=problem), problem.hint) from problem


def _brought_in(seen: Preview, chosen: PlanList, progress: Progress) -> Do:
    """What a file holds, brought in as a person has chosen."""
    left_out, overruling = chosen.left_out, chosen.overruling
    parts = seen.without(left_out)
    planned = None if left_out or overruling else seen.plan
    return Do(merge, parts.drafts, parts.rejects, parts.records, progress, planned, overruling)
