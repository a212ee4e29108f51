"""Welcome: the ways to begin, in the place of the list while there is nothing in the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType

from kam_tui.i18n import N_, _
from kam_tui.tui.commands import BY_ID, WELCOME, bindings
from kam_tui.tui.keymap import Keymap
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows


class Way(NamedTuple):
    """One way to begin."""

    command: str
    """What goes that way."""
    said: str
    """How it is offered; marked for translation."""


WAYS = (
    Way("welcome.demo", N_("Look around in a made-up book, and come back")),
    Way("everywhere.import", N_("Bring in what you have: a vCard, CSV or JSON file")),
    Way("everywhere.add", N_("Start empty: add the first account by hand")),
)
"""The ways to begin."""


class Welcome(Rows[Way]):
    """The ways to begin, by their letter, with Enter or the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WELCOME)]

    def __init__(self, keymap: Callable[[], Keymap]) -> None:
        columns: list[Column[Way]] = [
            Column("", lambda way: Cell(keymap().first(way.command), "key"), 4),
            Column("", lambda way: _(way.said), 30, grow=1),
        ]
        super().__init__(columns, lambda way: way.command, holds="accounts")

    def on_mount(self) -> None:
        """Offer all of them."""
        self.show(WAYS)

    @on(Rows.Highlighted)
    @on(Rows.Picked)
    async def _go(self, message: Rows.Highlighted | Rows.Picked) -> None:
        message.stop()
        if isinstance(message, Rows.Picked):
            await self.screen.run_action(BY_ID[message.item.command].action)
