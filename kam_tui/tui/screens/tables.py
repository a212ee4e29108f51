"""TableDesk: a long list with titles, narrowed as one types and put in another order with a key."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.text import words_of
from kam_tui.i18n import _
from kam_tui.tui.commands import FINDER, TABLE, bindings
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.columns import Column
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.rows import Rows

T = TypeVar("T", bound=Account | Contact)


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A record and what the list says of it, worked out once for all the lines."""

    record: T
    """The account or contact."""
    words: str
    """Everything it is found by."""
    last: date | None
    """The day of the last touch."""
    due: date | None
    """The day the next thing is due."""
    account: str
    """The account's name, for a person."""


class TableDesk(Desk, Generic[T]):
    """A desk that is one list."""

    CSS_PATH = "../styles/tables.tcss"
    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TABLE, FINDER)]
    ORDERS: ClassVar[dict[str, Callable[[Line[Any]], Any]]] = {}
    HOLDS: ClassVar[str]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.lines: list[Line[T]] = []
        self.order = next(iter(self.ORDERS))
        self.reverse = False

    @abstractmethod
    def columns(self) -> Sequence[Column[Line[T]]]:
        """What the list shows of a line."""

    @abstractmethod
    def gather(self) -> list[Line[T]]:
        """All the lines."""

    @abstractmethod
    def empty(self) -> str:
        """What is said where there is nothing at all."""

    def body(self) -> ComposeResult:
        """The filter, the count, and the list."""
        with Horizontal(id="top"):
            yield Static(_("Filter"), id="label")
            yield Input(placeholder=_("f, then type"), compact=True, id="filter")
            yield Static(id="count")
        yield Rows(self.columns(), lambda line: line.record.id, titles=True, holds=self.HOLDS, led=True)

    @property
    def rows(self) -> Rows[Line[T]]:
        """The list."""
        return self.query_one(Rows)

    def redraw(self) -> None:
        """Gather the lines anew, and show those that the filter lets through."""
        self.lines = self.gather()
        self._show()

    def _show(self) -> None:
        typed = self.query_one("#filter", Input).value
        wanted = words_of(typed)
        lines = [line for line in self.lines if all(word in line.words for word in wanted)]
        lines.sort(key=self.ORDERS[self.order], reverse=self.reverse)
        self.rows.sorted_by = (self.order, self.reverse)
        nothing = _("Nothing here has all of these words: Escape shows everything again.")
        self.rows.show(lines, empty=nothing if self.lines else self.empty())
        count = str(len(lines)) if len(lines) == len(self.lines) else f"{len(lines)} / {len(self.lines)}"
        self.query_one("#count", Static).update(count)

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self.rows.set_reactive(Lines.cursor, 0)
        self._show()

    @on(Input.Submitted, "#filter")
    def _open_first(self) -> None:
        self.rows.focus()
        self.rows.action_pick()

    @on(Rows.SortAsked)
    def _sort_by(self, message: Rows.SortAsked) -> None:
        self.reverse = not self.reverse if message.sort == self.order else False
        self.order = message.sort
        self._show()

    def action_filter(self) -> None:
        """Type to narrow the list."""
        self.query_one("#filter", Input).focus()

    def action_sort(self) -> None:
        """The next order."""
        orders = list(self.ORDERS)
        self.order, self.reverse = orders[(orders.index(self.order) + 1) % len(orders)], False
        self._show()

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self._show()

    def action_move(self, step: int) -> None:
        """Move the highlight while typing."""
        self.rows.action_move(step)

    def action_back(self) -> None:
        """Drop the filter first, then go back."""
        field = self.query_one("#filter", Input)
        if field.value or field.has_focus:
            field.value = ""
            self.rows.focus()
        else:
            super().action_back()

    def target(self) -> Any:
        """The highlighted record."""
        line = self.rows.highlighted
        return line.record if line else None
