"""Panels: parts of a page that are read, not chosen from. Each is one widget with one text."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static


class Headline(Static):
    """The one or two lines that say what a page is about."""

    DEFAULT_CSS = "Headline { height: auto; padding: 1 2; }"


class Panel(Static, can_focus=False):
    """A text that is read beside or below a list."""

    DEFAULT_CSS = "Panel { padding: 0 2; }"


class Facts(Static):
    """Labels and values, the values under each other, however narrow it is."""

    DEFAULT_CSS = "Facts { padding: 0 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._facts: list[tuple[str, Content]] = []

    def show(self, facts: list[tuple[str, Content]]) -> None:
        """Show these."""
        self._facts = facts
        self._lay_out(self.size.width)

    def on_resize(self) -> None:
        """Wrap the values anew."""
        self._lay_out(self.size.width)

    def _lay_out(self, width: int) -> None:
        if not width:
            return
        labels = max((cell_len(label) for label, _value in self._facts), default=0) + 2
        lines: list[Content] = []
        for label, value in self._facts:
            margin = Content.styled(set_cell_size(label, labels), "$quiet")
            for paragraph in value.split("\n"):
                for line in paragraph.wrap(max(10, width - labels)) or [Content("")]:
                    lines.append(margin + line)
                    margin = Content(" " * labels)
        self.update(Content("\n").join(lines))
