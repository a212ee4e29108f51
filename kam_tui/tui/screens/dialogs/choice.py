"""Choice: one of a few things, by its letter, the arrows or the mouse."""

from __future__ import annotations

from typing import Any

from textual import events, on
from textual.app import App, ComposeResult

from kam_tui.i18n import N_, _
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows

Option = tuple[str, str, str]
"""Letter, what it is called, and the answer."""

TABLES: tuple[Option, ...] = (
    ("a", N_("Account"), "accounts"),
    ("p", N_("Person"), "contacts"),
    ("h", N_("Something that happened"), "activities"),
    ("r", N_("Reminder"), "reminders"),
    ("o", N_("Promise"), "promises"),
    ("c", N_("Contract"), "contracts"),
)
"""What can be added."""


class Choice(Dialog[str]):
    """One of a few things."""

    AUTO_FOCUS = "Rows"

    def __init__(self, title: str, options: tuple[Option, ...]) -> None:
        super().__init__(title, _("the letter, or ↑ ↓ and Enter      Esc  cancel"))
        self.options = options

    def body(self) -> ComposeResult:
        """The list."""
        columns: list[Column[Option]] = [
            Column("", lambda option: Cell(option[0], "key"), 2),
            Column("", lambda option: _(option[1]), 30),
        ]
        yield Rows(columns, lambda option: option[0])

    def on_mount(self) -> None:
        """Show the options."""
        rows = self.query_one(Rows)
        rows.styles.height = len(self.options)
        rows.show(self.options)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses at once."""
        for letter, _called, answer in self.options:
            if event.character == letter:
                event.stop()
                self.dismiss(answer)

    @on(Rows.Picked)
    def action_save(self) -> None:
        """Hand back what is highlighted."""
        option = self.query_one(Rows).highlighted
        self.dismiss(option[2] if option else None)


async def choose_table(app: App[Any]) -> str:
    """What to add: the name of a table; empty for nothing."""
    return await app.push_screen_wait(Choice(_("Add"), TABLES)) or ""
