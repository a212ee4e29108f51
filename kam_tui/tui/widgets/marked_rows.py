"""MarkedRows: a list in which several lines can be marked, to do something with all of them at once.

A mark is by identity: it stays on its item when the list is put in another order, narrowed, or read anew.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from kam_tui.tui.commands import MARKS, bindings
from kam_tui.tui.widgets.columns import INDENT, Heading
from kam_tui.tui.widgets.rows import Rows

T = TypeVar("T")


class MarkedRows(Rows[T]):
    """A list with marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MARKS)]

    class Marked(Message):
        """There are more or fewer marks."""

    class Asked(Message):
        """A person wants something done with what is marked."""

        def __init__(self, rows: MarkedRows[Any]) -> None:
            super().__init__()
            self.rows = rows
            """The list."""

        @property
        def control(self) -> MarkedRows[Any]:
            """The list it is in."""
            return self.rows

    @property
    def chosen(self) -> tuple[str, ...]:
        """The identities of what is marked, in the order they were marked; of the highlighted line where
        nothing is."""
        if self.marked:
            return tuple(self.marked)
        item = self.highlighted
        return (self.identity(item),) if item is not None else ()

    def keep_marks(self, there: Collection[str]) -> None:
        """Drop the marks of what is no longer there."""
        if any(identity not in there for identity in self.marked):
            self._put({identity: None for identity in self.marked if identity in there})

    def drop_marks(self) -> None:
        """Drop all marks."""
        if self.marked:
            self._put({})

    def action_mark(self) -> None:
        """Mark the highlighted line, or take its mark away, and go down."""
        self._toggle(self.cursor)
        self.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all lines that are shown; where all are, none of them."""
        shown = [self.identity(line) for line in self.lines if not isinstance(line, Heading)]
        if all(identity in self.marked for identity in shown):
            self._put({identity: None for identity in self.marked if identity not in set(shown)})
        else:
            self._put({**self.marked, **dict.fromkeys(shown)})

    def action_bulk(self) -> object:
        """Do something with all that is marked."""
        if self.chosen:
            self.post_message(self.Asked(self))
        return None

    def on_click(self, event: events.Click) -> None:
        """With Ctrl, or in the margin, mark the line."""
        index = event.y - self.titles + self.scroll_offset.y
        if (event.ctrl or event.x < INDENT) and event.y >= self.titles and self._toggle(int(index)):
            self.cursor = int(index)
            event.prevent_default()

    def _toggle(self, index: int) -> bool:
        line = self.lines[index] if 0 <= index < len(self.lines) else None
        if line is None or isinstance(line, Heading):
            return False
        identity = self.identity(line)
        marks = {each: None for each in self.marked if each != identity}
        self._put(marks if identity in self.marked else {**marks, identity: None})
        return True

    def _put(self, marks: dict[str, None]) -> None:
        self.marked = marks
        self.refresh()
        self.post_message(self.Marked())
