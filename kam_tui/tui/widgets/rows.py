"""Rows: the one list of the room: lines that keys and mouse move in, open and sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message

from kam_tui.tui.commands import LIST, bindings
from kam_tui.tui.widgets.columns import GAP, INDENT, Heading
from kam_tui.tui.widgets.lines import Lines

T = TypeVar("T")


class AboutItem(Message):
    """What a list tells of one of its items."""

    def __init__(self, rows: Rows[Any], item: Any) -> None:
        super().__init__()
        self.rows = rows
        """The list."""
        self.item = item
        """The item; None for none."""

    @property
    def control(self) -> Rows[Any]:
        """The list it is in."""
        return self.rows


class Rows(Lines[T], Generic[T]):
    """A list of items in columns, with a highlight that stays on its item when the list changes."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIST)]

    _sought = ""

    class Picked(AboutItem):
        """A person opened an item: enter, or a double click."""

    class Highlighted(AboutItem):
        """Another item, or None, is highlighted."""

    class SortAsked(Message):
        """A click on the title of a column that can be sorted."""

        def __init__(self, sort: str) -> None:
            super().__init__()
            self.sort = sort

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
        self.measure()
        self.set_reactive(Lines.cursor, self._place(kept, at))
        self._keep_in_view()
        self.refresh()
        if self._sought and lines:
            self.highlight(self._sought)
            self._sought = ""
        self.post_message(self.Highlighted(self, self.highlighted))

    @property
    def standing_at(self) -> str:
        """The identity of the highlighted item; empty for none, and for the first: the top stays the top."""
        item = self.highlighted
        return "" if item is None or self.cursor == self._nearest(0, 1) else self.identity(item)

    def seek(self, identity: str) -> None:
        """Highlight the item of this identity, if it is there, as soon as there is something in the list."""
        if not self.lines:
            self._sought = identity
        elif identity:
            self.highlight(identity)

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

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        # The highlight is in view in the very frame in which the list has another height.
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._keep_in_view(at_once=True)
        return changed

    def _keep_in_view(self, *, at_once: bool = False) -> None:
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
            self.scroll_to(y=wanted, animate=False, force=True, immediate=at_once)

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
        for column, width in self.layout_at(self.size.width):
            if at <= x < at + width and column.sort:
                self.post_message(self.SortAsked(column.sort))
            at += width + len(GAP)

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.measure()
        self._keep_in_view()

    def on_focus(self) -> None:
        """The highlight looks different with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The highlight looks different without the focus."""
        self.refresh()
