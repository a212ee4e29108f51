"""Columns: what a list shows of its items, and how wide; cells that keep straight whatever is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len

from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.tui.widgets.steady import cut, steady

T = TypeVar("T")

GAP = "  "
"""Between two columns."""

MARK = "▌ "
"""In front of the highlighted line: the highlight is not told by its colour alone."""

IDLE_MARK = "▏ "
"""The same, in a list that is not in use."""

INDENT = len(MARK)

MARKED = "*"
"""In the margin of a marked line, beside the highlight."""

LEAST = 4
"""Cells that are left to a column that gives way."""


@frozen
class Cell:
    """A text and how it looks."""

    text: str
    look: str = ""
    """One of `LOOKS`, or empty for plain."""


LOOKS = ("dim", "late", "soon", "key", "strong", "good")
"""How a cell can look; each is a component class `rows--…`."""


@frozen
class Heading:
    """A line that cannot be highlighted and begins a part of the list."""

    text: str
    note: str = ""
    look: str = "heading"


@frozen
class Column(Generic[T]):
    """One column: what it shows of an item and how wide it is."""

    title: str
    """What stands above it."""
    cell: Callable[[T], Cell | str]
    """What it shows of an item."""
    width: int
    """In cells; the least, where it grows."""
    grow: int = 0
    """Its share of the width that is left over."""
    most: int = 0
    """What it takes before others grow, where that is no more than a third of what is left over."""
    needs: int = 0
    """Width of the list from which on it is shown."""
    right: bool = False
    """Whether it is set to the right."""
    sort: str = ""
    """The order that a click on its title asks for."""


def lay_out(columns: Sequence[Column[T]], width: int) -> list[tuple[Column[T], int]]:
    """The columns that a list of this width shows, each with its own width."""
    shown = [column for column in columns if column.needs <= width]
    spare = width - INDENT - 1 - sum(c.width for c in shown) - len(GAP) * (len(shown) - 1)
    least: list[tuple[Column[T], int]] = []
    for column in shown:
        more = max(0, column.most - column.width)
        more = more if more <= spare // 3 else 0
        spare -= more
        least.append((column, column.width + more))
    shares = sum(column.grow for column in shown)
    # Where it is too narrow for all of them, those that grow give way as well.
    return [(c, max(LEAST, width + spare * c.grow // shares) if c.grow else width) for c, width in least]


def widest(labels: Iterable[str]) -> int:
    """The cells that the longest of some labels takes, as they are said in the person's language."""
    return max(cell_len(_(label)) for label in labels)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """`text`, harmless and steady, in exactly `width` cells: filled up, or cut with an ellipsis."""
    text = steady(clean(text))
    length = cell_len(text)
    if length > width:
        text = cut(text, width - 1).rstrip() + "…" if width > 0 else ""
        return text + " " * (width - cell_len(text))
    return " " * (width - length) + text if right else text + " " * (width - length)
