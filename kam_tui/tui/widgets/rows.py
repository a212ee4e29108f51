"""Rows: the one list of the room. It draws the lines that are seen and no others.

User text is only ever the text of a segment: it is never markup, and it is cleaned once more
before it goes to the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kam_tui.domain.text import clean
from kam_tui.tui.commands import LIST, bindings
from kam_tui.tui.widgets.columns import GAP, INDENT, LOOKS, MARK, Cell, Column, Heading, fit, lay_out

T = TypeVar("T")


class Rows(ScrollView, Generic[T], can_focus=True):
    """A list of items in columns, with a highlight that stays on its item when the list changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor", "rows--idle", "rows--heading", "rows--title", *(f"rows--{look}" for look in LOOKS),
    }  # fmt: skip
    DEFAULT_CSS = """
    Rows {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1;
        & > .rows--cursor { background: $cursor; text-style: bold; }
        & > .rows--idle { background: $cursor-idle; }
        & > .rows--heading { color: $primary; text-style: bold; }
        & > .rows--title { color: $quiet; }
        & > .rows--dim { color: $quiet; }
        & > .rows--late { color: $late; }
        & > .rows--soon { color: $soon; }
        & > .rows--key { color: $key-account; }
        & > .rows--strong { text-style: bold; }
        & > .rows--good { color: $success; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIST)]

    cursor: var[int] = var(-1, init=False)
    """Index of the highlighted line; -1 for none."""

    class Picked(Message):
        """A person opened an item: enter, or a double click."""

        def __init__(self, rows: Rows[Any], item: Any) -> None:
            super().__init__()
            self.rows = rows
            self.item = item

        @property
        def control(self) -> Rows[Any]:
            """The list it is in."""
            return self.rows

    class Highlighted(Message):
        """Another item, or None, is highlighted."""

        def __init__(self, rows: Rows[Any], item: Any) -> None:
            super().__init__()
            self.rows = rows
            self.item = item

        @property
        def control(self) -> Rows[Any]:
            """The list it is in."""
            return self.rows

    class SortAsked(Message):
        """A click on the title of a column that can be sorted."""

        def __init__(self, sort: str) -> None:
            super().__init__()
            self.sort = sort

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
        self.holds = holds
        self.led = led
        self.columns = list(columns)
        self.identity = identity
        self.empty = empty
        self.titles = titles
        self.sorted_by = ("", False)
        self.lines: Sequence[T | Heading] = ()
        self._plan: tuple[int, list[tuple[Column[T], int]]] = (-1, [])

    @property
    def highlighted(self) -> T | None:
        """The highlighted item."""
        if 0 <= self.cursor < len(self.lines):
            line = self.lines[self.cursor]
            return None if isinstance(line, Heading) else line
        return None

    def show(self, lines: Sequence[T | Heading], *, empty: str | None = None) -> None:
        """Show these lines. The highlight stays on its item, else as near as can be to where it was."""
        kept, at = self.highlighted, int(self.cursor)
        self.lines = lines
        if empty is not None:
            self.empty = empty
        self._measure()
        self.set_reactive(Rows.cursor, self._place(kept, at))
        self._keep_in_view()
        self.refresh()
        self.post_message(self.Highlighted(self, self.highlighted))

    def highlight(self, identity: str) -> bool:
        """Highlight the item of this identity; False where it is not in the list."""
        for index, line in enumerate(self.lines):
            if not isinstance(line, Heading) and self.identity(line) == identity:
                self.cursor = index
                return True
        return False

    def _place(self, kept: T | None, at: int) -> int:
        if kept is not None:
            identity = self.identity(kept)
            near = [i for i in (at, at - 1, at + 1) if 0 <= i < len(self.lines)]
            for index in (*near, *range(len(self.lines))):
                line = self.lines[index]
                if not isinstance(line, Heading) and self.identity(line) == identity:
                    return int(index)
        return self._nearest(max(at, 0), 1)

    def _nearest(self, index: int, step: int) -> int:
        """The line nearest to `index` that is an item, looking first in the direction of `step`."""
        last = len(self.lines) - 1
        index = max(0, min(last, index))
        for direction in (step, -step):
            at = index
            while 0 <= at <= last:
                if not isinstance(self.lines[at], Heading):
                    return at
                at += direction
        return -1

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two lines anew and keep the highlight in view."""
        for line in (old, new):
            self.refresh(Region(0, line + self.titles - self.scroll_offset.y, self.size.width, 1))
        self._keep_in_view()
        self.post_message(self.Highlighted(self, self.highlighted))

    def _keep_in_view(self) -> None:
        page, top = max(1, self.size.height - self.titles), int(self.scroll_offset.y)
        # A heading just above the first item comes into view with it.
        first = self.cursor
        while first > 0 and isinstance(self.lines[first - 1], Heading):
            first -= 1
        wanted: int = top
        if first < top:
            wanted = max(first, 0)
        elif self.cursor >= top + page:
            wanted = int(self.cursor) - page + 1
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """Go `step` lines down, or up."""
        if self.lines:
            self.cursor = self._nearest(self.cursor + step, 1 if step > 0 else -1)

    def action_page(self, step: int) -> None:
        """Go a page down, or up."""
        self.action_move(step * max(1, self.size.height - self.titles - 1))

    def action_jump(self, where: int) -> None:
        """Go to the first (0) or the last (-1) line."""
        self.cursor = self._nearest(0, 1) if where == 0 else self._nearest(len(self.lines) - 1, -1)

    def action_pick(self) -> None:
        """Open the highlighted item."""
        item = self.highlighted
        if item is not None:
            self.post_message(self.Picked(self, item))

    def on_click(self, event: events.Click) -> None:
        """Highlight the line; a second click opens it. A click on a title sorts."""
        if self.titles and event.y == 0:
            self._click_title(event.x)
            return
        index = event.y - self.titles + self.scroll_offset.y
        if 0 <= index < len(self.lines) and not isinstance(self.lines[index], Heading):
            self.cursor = index
            if event.chain == 2:
                self.action_pick()

    def _click_title(self, x: int) -> None:
        at = INDENT
        for column, width in self._layout(self.size.width):
            if at <= x < at + width and column.sort:
                self.post_message(self.SortAsked(column.sort))
            at += width + len(GAP)

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self._measure()
        self._keep_in_view()

    def on_focus(self) -> None:
        """The highlight looks different with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The highlight looks different without the focus."""
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(1, len(self.lines) + self.titles)

    def _layout(self, width: int) -> list[tuple[Column[T], int]]:
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
            base += self._look("cursor" if self.has_focus or self.led else "idle")
            mark = MARK if self.has_focus or self.led else mark
        segments = [Segment(mark, base + self._look("heading"))]
        for column, cells in self._layout(width):
            cell = column.cell(line)
            if isinstance(cell, str):
                cell = Cell(cell)
            style = base + self._look(cell.look) if cell.look else base
            segments += [Segment(fit(cell.text, cells, right=column.right), style), Segment(GAP, base)]
        return Strip(segments).adjust_cell_length(width, base)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"rows--{name}", partial=True)

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
        for column, cells in self._layout(width):
            arrow = ("▲" if reverse else "▼") if column.sort and column.sort == order else ""
            title = f"{column.title} {arrow}" if arrow else column.title
            look = style + self._look("strong") if arrow else style
            segments += [Segment(fit(title, cells, right=column.right), look), Segment(GAP, style)]
        return Strip(segments).adjust_cell_length(width, style)

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = self.empty.split("\n")
        text = lines[y - 1] if 0 < y <= len(lines) else ""
        style = self.rich_style + self._look("dim")
        return Strip([Segment(" " * INDENT + fit(text, width - INDENT), style)], width)
