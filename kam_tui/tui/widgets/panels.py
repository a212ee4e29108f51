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


LABEL = 18
"""Cells that a label takes, with the space behind it."""


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
        if width:
            lines = [line for label, value in self._facts for line in _fact(label, value, width)]
            self.update(Content("\n").join(lines))


def _fact(label: str, value: Content, width: int) -> list[Content]:
    """The lines of one fact: beside its label where it is short, else in a block below it."""
    beside = _wrapped(value, width - LABEL)
    if len(beside) <= 3 and cell_len(label) < LABEL:
        margin = Content.styled(set_cell_size(label, LABEL), "$quiet")
        return [(Content(" " * LABEL) if at else margin) + line for at, line in enumerate(beside)]
    return [Content.styled(label, "$quiet"), *(Content("  ") + line for line in _wrapped(value, width - 2))]


def _wrapped(value: Content, width: int) -> list[Content]:
    return [line for part in value.split("\n") for line in part.wrap(max(10, width)) or [Content("")]]
