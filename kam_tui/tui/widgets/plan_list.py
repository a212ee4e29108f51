"""PlanList: what a file would bring, line by line; narrowed as one types.

Of each line a person chooses whether it comes in; where it differs from the book, also which of both counts.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from kam_tui.domain.text import fold
from kam_tui.i18n import _, ngettext
from kam_tui.tui.commands import IMPORT, bindings
from kam_tui.tui.preview import Preview, lines_of
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.rows import Rows
from kam_tui.usecases.import_plan import CONFLICT, NEW, OUTCOMES, REJECTED, UPDATED, Line

COMES = (NEW, UPDATED, CONFLICT)
"""Outcomes of lines that can be left out: nothing comes in by any other."""

BRING_IN = "import.bring_in"
"""The command that ends the look at a plan."""

LOOKS = {NEW: "good", UPDATED: "good", CONFLICT: "soon", REJECTED: "late"}


class PlanRows(Rows[Line]):
    """The lines. What opens a line elsewhere brings all of them in."""

    BINDINGS: ClassVar[list[BindingType]] = [each for each in bindings(IMPORT) if each.id == BRING_IN]

    def action_bring_in(self) -> None:
        """Have it brought in."""
        self.action_pick()


class PlanList(Vertical):
    """The lines of a plan, and the line that narrows them."""

    NARROWING = "-narrowing"
    """Its class while what is typed narrows it."""

    class Chosen(Message):
        """More or fewer lines are left out."""

    class Highlighted(Message):
        """Another line, or none, is highlighted."""

        def __init__(self, line: Line | None) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__()
        self.seen: Preview | None = None
        """What it shows."""
        self._left_out: set[str] = set()
        self._overruling: set[str] = set()

    def compose(self) -> ComposeResult:
        """The line to type in, and the list."""
        with Horizontal(id="narrow"):
            yield Static(_("Filter"), id="narrow-label")
            yield Input(compact=True, select_on_focus=False, id="narrow-line")
            yield Static(id="narrow-count")
        columns: list[Column[Line]] = [
            Column("", self._outcome, 9),
            Column(_("Who"), lambda line: Cell(line.name, self._look(line, "strong")), 18, grow=2),
            Column(_("What"), lambda line: Cell(" ".join(line.details), self._look(line)), 20, grow=5),
            Column(_("Where"), lambda line: Cell(line.where, "dim"), 12, needs=76),
        ]
        yield PlanRows(columns, lambda line: f"{line.where} {line.name}", titles=True, id="plan")

    @property
    def rows(self) -> PlanRows:
        """The list."""
        return self.query_one(PlanRows)

    @property
    def line(self) -> Input:
        """The line to type in."""
        return self.query_one(Input)

    @property
    def left_out(self) -> frozenset[str]:
        """Where the lines stand that are left out."""
        lines = self.seen.plan.lines if self.seen else ()
        return frozenset(line.where for line in lines if self._is_left_out(line))

    @property
    def overruling(self) -> frozenset[str]:
        """Where the lines stand that count, and not the book, where the two differ."""
        lines = self.seen.plan.lines if self.seen else ()
        return frozenset(line.where for line in lines if self._overrules(line))

    @property
    def brings(self) -> bool:
        """Whether anything comes in."""
        if self.seen is None or not (self.seen.plan.edits or self.overruling):
            return False
        return any(line.outcome in COMES and not self._is_left_out(line) for line in self.seen.plan.lines)

    @property
    def summary(self) -> str:
        """What would come in, and how much of it is left out, in a line."""
        said = f"{self.seen.plan.told}." if self.seen else ""
        if count := len(self.left_out):
            said += " " + ngettext("{count} left out.", "{count} left out.", count).format(count=count)
        if count := len(self.overruling):
            told = ngettext("{count} as the file has it.", "{count} as the file has them.", count)
            said += " " + told.format(count=count)
        return said

    def show(self, seen: Preview) -> None:
        """Show what a file would bring. What was left out of the same file stays so."""
        if self.seen is None or self.seen.path != seen.path:
            self._left_out.clear()
            self._overruling.clear()
            with self.line.prevent(Input.Changed):
                self.line.value = ""
            self.remove_class(self.NARROWING)
        self.seen = seen
        self._show()

    def narrow(self) -> None:
        """Begin to type."""
        self.add_class(self.NARROWING)
        self.line.focus()

    def widen(self) -> bool:
        """Show all of it again. False where all of it is shown."""
        if not self.has_class(self.NARROWING):
            return False
        self.line.value = ""
        self.remove_class(self.NARROWING)
        self.rows.focus()
        return True

    def leave_out(self) -> None:
        """Leave the highlighted line out, or take it in again, and go down."""
        line = self.rows.highlighted
        if line is None or line.outcome not in COMES:
            self.app.bell()
        else:
            self._left_out ^= {line.where}
            self._tell()
        self.rows.action_move(1)

    def overrule(self) -> None:
        """Have the file count where the highlighted line differs from the book, or the book again."""
        line = self.rows.highlighted
        if line is None or line.outcome != CONFLICT:
            self.app.bell()
            return
        self._overruling ^= {line.where}
        self._left_out.discard(line.where)
        self._tell()
        self.rows.action_move(1)

    def leave_all_out(self) -> None:
        """Leave all lines that are shown out; where all are, take them in again."""
        shown = {x.where for x in self.rows.lines if not isinstance(x, Heading) and x.outcome in COMES}
        self._left_out = self._left_out - shown if shown <= self._left_out else self._left_out | shown
        self._tell()

    def _tell(self) -> None:
        self.rows.refresh()
        self.post_message(self.Chosen())

    @on(Input.Changed, "#narrow-line")
    def _narrow(self) -> None:
        self.rows.set_reactive(Lines.cursor, 0)
        self._show()

    def _show(self) -> None:
        """Show the lines that have all the words that are typed."""
        if self.seen is None:
            return
        wanted = fold(self.line.value).split()
        every = self.seen.plan.lines
        pairs = zip(every, self.seen.words, strict=True)
        some = [line for line, text in pairs if all(word in text for word in wanted)] if wanted else every
        self.query_one("#narrow-count", Static).update(f"{len(some)} / {len(every)}", layout=False)
        nothing = _("Nothing in this file is like that.") if every else _("There is nobody in this file.")
        self.rows.show(lines_of(some), empty=nothing)

    @on(Rows.Highlighted)
    def _tell_line(self, message: Rows.Highlighted) -> None:
        message.stop()  # what is told while one types would go no further than here
        self.post_message(self.Highlighted(message.item))

    @on(Input.Submitted, "#narrow-line")
    def _go_to_the_lines(self) -> None:
        self.rows.focus()

    def _is_left_out(self, line: Line) -> bool:
        return line.where in self._left_out and line.outcome in COMES

    def _overrules(self, line: Line) -> bool:
        return line.where in self._overruling and line.outcome == CONFLICT and not self._is_left_out(line)

    def _outcome(self, line: Line) -> Cell:
        if self._is_left_out(line):
            return Cell(_("left out"), "dim")
        if self._overrules(line):
            return Cell(_("file's"), "good")
        look = "soon" if line.needs_a_look else LOOKS.get(line.outcome, "dim")
        return Cell(_(OUTCOMES[line.outcome]), look)

    def _look(self, line: Line, look: str = "") -> str:
        return "dim" if self._is_left_out(line) else look
