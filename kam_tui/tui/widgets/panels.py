"""Panels: parts of a page that are read, not chosen from. Each is one widget with one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from kam_tui.tui.widgets.columns import INDENT, MARK


class Headline(Static):
    """The one or two lines that say what a page is about."""

    DEFAULT_CSS = "Headline { height: auto; padding: 1 2; }"

    def say(self, text: Content) -> None:
        """Say something else; what is around it moves only where that takes more lines, or fewer."""
        size = self.content_size
        self.update(text, layout=not size.width or len(text.wrap(size.width)) != size.height)


class Panel(Static, can_focus=False):
    """A text that is read beside or below a list."""

    DEFAULT_CSS = "Panel { padding: 0 2; }"


class Drawn(Widget, can_focus=False):
    """As a panel, with a text that is made for the room that there is, and anew when that changes."""

    DEFAULT_CSS = "Drawn { padding: 0 2; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw: Callable[[Size], Content] = lambda _room: Content("")

    def show(self, draw: Callable[[Size], Content]) -> None:
        """Show what this makes for so many cells and lines."""
        self._draw = draw
        self.refresh()

    def render(self) -> Content:
        """The text for the room as it is now."""
        return self._draw(self.content_size)


class Reader(Static):
    """A text that fills what it is read in, and is scrolled there where it is longer."""

    DEFAULT_CSS = "Reader { min-height: 100%; }"

    def say(self, text: Content) -> bool:
        """Say something else; what is around it is laid out anew only where that takes more room, or less.

        Returns whether there is room for all of it.
        """
        size, frame = self.content_size, self.parent
        room = frame.content_size.height if isinstance(frame, Widget) else 0
        lines = len(text.wrap(size.width)) if size.width else 0
        self.update(text, layout=max(lines, room) != size.height)
        return lines <= room


LABEL = 18
"""Cells that a label takes, with the space behind it."""


class Facts(Static):
    """Labels and values, the values under each other, however narrow it is."""

    DEFAULT_CSS = "Facts { padding: 0 2 0 0; }"

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[tuple[str, Content]] = []
        self._mark = -1
        self.starts: list[int] = []
        """The line that each fact begins on, and last the one after them."""
        self.empty = Content("")
        """What is said where there are none."""

    def show(self, facts: Sequence[tuple[str, Content]], mark: int = -1) -> None:
        """Show these, one of them marked."""
        self._facts, self._mark = facts, mark
        if self.size.width:
            self._lay_out(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the values take, wrapped to this width."""
        self._lay_out(width, layout=False)
        return self.starts[-1]

    def _lay_out(self, width: int, *, layout: bool = True) -> None:
        lines: list[Content] = []
        self.starts = []
        for at, (label, value) in enumerate(self._facts):
            self.starts.append(len(lines))
            mark = Content.styled(MARK, "bold $primary") if at == self._mark else Content(" " * INDENT)
            lines += [mark + line for line in _fact(label, value, width - INDENT)]
        if not lines:
            margin = Content(" " * INDENT)
            lines = [Content(""), *(margin + line for line in self.empty.split("\n"))]
        self.starts.append(len(lines))
        self.update(Content("\n").join(lines), layout=layout)


def _fact(label: str, value: Content, width: int) -> list[Content]:
    """The lines of one fact: beside its label where it is short, else in a block below it."""
    beside = _wrapped(value, width - LABEL)
    if len(beside) <= 3 and cell_len(label) < LABEL:
        margin = Content.styled(set_cell_size(label, LABEL), "$quiet")
        return [(Content(" " * LABEL) if at else margin) + line for at, line in enumerate(beside)]
    return [Content.styled(label, "$quiet"), *(Content("  ") + line for line in _wrapped(value, width - 2))]


def _wrapped(value: Content, width: int) -> list[Content]:
    return [line for part in value.split("\n") for line in part.wrap(max(10, width)) or [Content("")]]
