"""Lines: a long list drawn by the line; only the lines that are seen are ever made.

User text is only ever the text of a segment: it is never markup, and it is cleaned once more
before it goes to the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kam_tui.domain.text import clean
from kam_tui.tui.keymap import USUALLY, Keymap
from kam_tui.tui.widgets.columns import (
    GAP,
    IDLE_MARK,
    INDENT,
    LOOKS,
    MARK,
    MARKED,
    Cell,
    Column,
    Heading,
    fit,
    lay_out,
)

T = TypeVar("T")


class Lines(ScrollView, Generic[T], can_focus=True):
    """Items in columns, with one of them highlighted."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{name}" for name in ("cursor", "idle", "heading", "title", *LOOKS)
    }

    DEFAULT_CSS = """
    Lines {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1;
        & > .lines--cursor { background: $cursor; text-style: $cursor-style; }
        & > .lines--idle { background: $cursor-idle; }
        & > .lines--heading { color: $primary; text-style: bold; }
        & > .lines--title { color: $quiet; }
        & > .lines--dim { color: $quiet; }
        & > .lines--late { color: $late; }
        & > .lines--soon { color: $soon; }
        & > .lines--key { color: $key-account; text-style: bold; }
        & > .lines--strong { text-style: bold; }
        & > .lines--good { color: $success; }
    }
    """

    cursor: var[int] = var(-1, init=False)
    """Index of the highlighted line; -1 for none."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        identity: Callable[[T], str],
        *,
        empty: str = "",
        titles: bool = False,
        holds: str = "",
        led: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = list(columns)
        self.identity = identity
        """What tells an item from the others, also when the list has changed."""
        self.empty = empty
        """What is said where there are no items."""
        self.titles = titles
        """Whether the columns have titles."""
        self.holds = holds
        """The table that the items are of, where something can be added to it here."""
        self.led = led
        """Whether the highlight is moved from an input, so that it counts without the focus."""
        self.sorted_by = ("", False)
        """The order, and whether it is turned round."""
        self.lines: Sequence[T | Heading] = ()
        """The items, and the headings between them."""
        self.marked: dict[str, None] = {}
        """The identities of what is marked, in the order they were marked."""
        self._plan: tuple[int, list[tuple[Column[T], int]]] = (-1, [])

    def measure(self) -> None:
        """Say how long the list is.

        All of the screen is laid out anew only where that can move something: where the scrollbar comes or
        goes, or the list is as high as it is long.
        """
        # One that is as high as it is long has room for what it says where there is nothing in it.
        hint = self.empty.count("\n") + 2 if self.empty and self.styles.auto_dimensions else 0
        length = len(self.lines) + self.titles if self.lines else self.titles + hint
        size, room = Size(1, length), self.container_size.height
        scrolls = self.show_vertical_scrollbar
        if not room or self.styles.auto_dimensions or scrolls != (size.height > room):
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(Lines.virtual_size, size)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
            if scrolls:
                self.vertical_scrollbar.window_virtual_size = size.height

    def layout_at(self, width: int) -> list[tuple[Column[T], int]]:
        """The columns that are shown at a width, each with its own."""
        if self._plan[0] != width:
            self._plan = (width, lay_out(self.columns, width))
        return self._plan[1]

    def render_line(self, y: int) -> Strip:
        """One line as it is on the screen."""
        width = self.size.width
        if self.titles and y == 0:
            return self._title_line(width)
        if not self.lines:
            return self._empty_line(y - self.titles, width)
        index = y - self.titles + self.scroll_offset.y
        if not 0 <= index < len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[index]
        if isinstance(line, Heading):
            return self._heading_line(line, width)
        base, mark = self.rich_style, " " * INDENT
        if index == self.cursor:
            # A list that is led from an input is in use without having the focus.
            in_use = self.has_focus or self.led
            base += self._look("cursor" if in_use else "idle")
            mark = MARK if in_use else IDLE_MARK
        if self.marked and self.identity(line) in self.marked:
            mark = mark[0] + MARKED
        segments = [Segment(mark, self._on(base, "heading"))]
        for column, cells in self.layout_at(width):
            cell = column.cell(line)
            if isinstance(cell, str):
                cell = Cell(cell)
            # What looks the same goes to the terminal as one piece: over a slow line each one counts.
            style = self._on(base, cell.look) if cell.look and cell.text else base
            segments.append(Segment(fit(cell.text, cells, right=column.right) + GAP, style))
        return Strip(Segment.simplify(segments)).adjust_cell_length(width, base)

    def _on(self, base: Style, look: str) -> Style:
        """A look on a line. On one that is drawn in reverse, a colour would be a patch behind the words."""
        style = self._look(look)
        return base + (style.without_color if base.reverse else style)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"lines--{name}", partial=True)

    def _heading_line(self, heading: Heading, width: int) -> Strip:
        segments = [
            Segment(clean(heading.text), self.rich_style + self._look(heading.look)),
            Segment(GAP + clean(heading.note), self.rich_style + self._look("dim")),
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _title_line(self, width: int) -> Strip:
        style = self.rich_style + self._look("title")
        segments = [Segment(" " * INDENT, style)]
        order, reverse = self.sorted_by
        for column, cells in self.layout_at(width):
            arrow = ("▲" if reverse else "▼") if column.sort and column.sort == order else ""
            title = f"{column.title} {arrow}" if arrow else column.title
            look = style + self._look("strong") if arrow else style
            segments += [Segment(fit(title, cells, right=column.right), look), Segment(GAP, style)]
        return Strip(segments).adjust_cell_length(width, style)

    def _empty_line(self, y: int, width: int) -> Strip:
        keymap: Keymap = getattr(self.screen, "keymap", USUALLY)
        room = max(1, width - INDENT - 1)
        told = clean(keymap.told(self.empty), multiline=True).split("\n")
        lines = [line.plain for part in told for line in Content(part).wrap(room) or [Content("")]]
        text = lines[y - 1] if 0 < y <= len(lines) else ""
        style = self.rich_style + self._look("dim")
        return Strip([Segment(" " * INDENT + set_cell_size(text, max(0, width - INDENT)), style)], width)
