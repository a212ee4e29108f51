"""QueryLine: one line in which a query is typed; it completes words, and underlines the one that is wrong."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.suggester import Suggester
from textual.widgets import Input

from kam_tui.domain.book import Book
from kam_tui.domain.query.completion import Values, complete
from kam_tui.domain.query.query import Misread
from kam_tui.tui.commands import FILTER, bindings
from kam_tui.tui.wording import plain


class _Suggest(Suggester):
    """How the query may go on."""

    def __init__(self, line: QueryLine) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.line = line

    async def get_suggestion(self, value: str) -> str | None:
        found = complete(value, self.line.values)
        return found.shown if found else None


class _Underline(Highlighter):
    """Underlines the word that is wrong."""

    def __init__(self, line: QueryLine) -> None:
        self.line = line

    def highlight(self, text: Text) -> None:
        if wrong := self.line.wrong:
            text.stylize(self.line.get_component_rich_style("query-line--wrong", partial=True), *wrong)


class QueryLine(Input):
    """A line for a query."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FILTER)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"query-line--wrong"}
    DEFAULT_CSS = "QueryLine > .query-line--wrong { color: $error; text-style: underline; }"

    def __init__(self, id: str) -> None:
        super().__init__(
            compact=True,
            select_on_focus=False,
            highlighter=_Underline(self),
            suggester=_Suggest(self),
            id=id,
        )
        self.values = Values(Book())
        """What may be asked for."""
        self.wrong: tuple[int, int] | None = None
        """From where to where the word stands that cannot be read."""

    def point_at(self, problem: Misread | None) -> None:
        """Underline the word that cannot be read, or none."""
        wrong = (problem.start, min(problem.end, len(self.value))) if problem else None
        if wrong != self.wrong:
            self.wrong = wrong
            self.refresh()

    def told(self, problem: Misread, where: Region) -> Content:
        """What is wrong with a word, with a mark under it, for a text in a region beneath."""
        text = f"{problem} {problem.hint}".strip()
        before = max(0, cell_len(self.value[: problem.start]) + self.region.x - where.x)
        mark = "^" * max(1, cell_len(self.value[problem.start : problem.end]))
        gap = " " if before + len(mark) + cell_len(text) < where.width else "\n"
        return Content.assemble(" " * before + mark + gap, plain(text))

    def action_complete(self) -> None:
        """Take the completion; where there is none, go on to the list."""
        if not self._take():
            self.screen.focus_next()

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end, take the completion."""
        if select or not self.cursor_at_end or not self._take():
            super().action_cursor_right(select)

    def _take(self) -> bool:
        found = complete(self.value, self.values)
        if found is None:
            return False
        self.value = found.taken
        self.cursor_position = len(self.value)
        return True
