"""NoticeLine: what was said and still stands, in lines of its own; it lies over nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from kam_tui.domain.frozen import frozen
from kam_tui.tui.widgets.steady import cut, steady

SAID, DONE, WARNING, ERROR, RING = "said", "done", "warning", "error", "ring"

MARKS = {SAID: "·", DONE: "✓", WARNING: "!", ERROR: "✗", RING: "♪"}
"""How something is said, and the sign in front of it."""

STYLES = {
    SAID: "$quiet",
    DONE: "$success",
    WARNING: "$warning",
    ERROR: "$error",
    RING: "$warning",
}
"""The style of the sign."""

MOST = 3
"""Lines that notices take at most."""

SHARE = 8
"""Lines of the terminal for each that they may take."""

MARGIN = 3
"""Cells in front of the words: a blank, the mark and a blank."""

WAITING = 5
"""Cells in which it says how many more are waiting."""

BETWEEN = "  ·  "
"""Between two lines of a notice that share one."""


@frozen
class Notice:
    """Something that was said to the person."""

    number: int
    """Which one it is, counted from the first."""
    text: str
    """Clean, in one line or several."""
    tone: str
    """One of `MARKS`."""
    at: datetime
    """When it was said."""

    @property
    def stays(self) -> bool:
        """Whether it stays until the person has seen it."""
        return self.tone in (WARNING, ERROR, RING)


class NoticeLine(Widget):
    """The notices that stand; nothing at all, where there are none."""

    DEFAULT_CSS = """
    NoticeLine { display: none; height: auto; background: $surface; color: $foreground; }
    """

    class Resized(Message):
        """It takes more lines than before, or fewer."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: Sequence[Notice] = ()

    def on_mount(self) -> None:
        """What stood before this was opened stands here too."""
        app: Any = self.app
        app.voice.show(self)

    def show(self, standing: Sequence[Notice]) -> None:
        """Show these, the newest last. What is around is laid out anew only where it has to give way."""
        if standing != self._standing:
            before, self._standing = self.lines, standing
            is_resized = self.lines != before
            self.display = bool(standing)
            self.refresh(layout=is_resized)
            if is_resized:
                self.post_message(self.Resized())

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return len(self._drawn(self.app.size.width))

    @property
    def seen(self) -> list[Notice]:
        """Those that there is room for."""
        return [notice for notice, _lines in self._placed(self.app.size.width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take."""
        return len(self._drawn(width))

    def render(self) -> Content:
        """The lines as they are now."""
        return Content("\n").join(self._drawn(self.size.width))

    def _drawn(self, width: int) -> list[Content]:
        """The lines; where there are more notices than there is room for, the first says how many more."""
        placed = self._placed(width)
        lines = [line for _notice, drawn in placed for line in drawn]
        if waiting := len(self._standing) - len(placed):
            lines[0] = lines[0].truncate(width - WAITING, pad=True)
            lines[0] += Content.styled(f"+{waiting}".rjust(WAITING - 1), "$quiet")
        return lines

    def _placed(self, width: int) -> list[tuple[Notice, list[Content]]]:
        """The newest notices and their lines, in the order in which they were said."""
        room = max(1, min(MOST, self.app.size.height // SHARE))
        placed: list[tuple[Notice, list[Content]]] = []
        for notice in reversed(self._standing):
            if room:
                is_oldest = notice is self._standing[0]
                lines = lines_of(notice, width, room if is_oldest else max(1, room - 1))
                room -= len(lines)
                placed.append((notice, lines))
        return placed[::-1]


def lines_of(notice: Notice, width: int, room: int) -> list[Content]:
    """A notice in so many lines at most: in one where it fits; what it ends with, such as what to press, is
    never cut off."""
    width = max(8, width - MARGIN - 1)
    parts = [steady(part) for part in notice.text.split("\n") if part.strip()]
    joined = BETWEEN.join(parts)
    fits = cell_len(joined) <= width
    wrapped = [joined] if fits else [line for part in parts for line in _wrap(part, width)]
    if len(wrapped) > room:
        last = wrapped[-1:] if room > 1 else []
        *head, cut_off = wrapped[: room - len(last)]
        wrapped = [*head, f"{cut(cut_off, width - 2)} …", *last]
    marks = [Content.styled(f" {MARKS[notice.tone]} ", f"bold {STYLES[notice.tone]}")]
    marks += [Content(" " * MARGIN)] * (len(wrapped) - 1)
    return [mark + Content(line) for mark, line in zip(marks, wrapped, strict=False)]


def _wrap(text: str, width: int) -> list[str]:
    return [line.plain.rstrip() for line in Content(text).wrap(width)]
