"""Choice: one of a few things, by its letter, the arrows or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
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


MOST = 12
"""Lines that are seen at once."""

KEYS = "123456789abcdefhilmnopqrstuvwxyz"
"""What chooses one of several texts; the letters that move in a list are left out."""


class Choice(Dialog[str]):
    """One of a few things."""

    AUTO_FOCUS = "Rows"

    def __init__(self, title: str, options: tuple[Option, ...]) -> None:
        super().__init__(title, _("the letter, or ↑ ↓ and Enter      {dialog.cancel}  cancel"))
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
        rows.styles.height = min(len(self.options), MOST)
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


class PickText(Choice):
    """One of several texts of the book, each with what it is."""

    def __init__(self, title: str, texts: Sequence[tuple[str, str]]) -> None:
        """`texts` are pairs of what a text is and the text; the answer is its place in them."""
        keyed = enumerate(zip(KEYS, texts, strict=False))
        super().__init__(title, tuple((key, text, str(at)) for at, (key, (_note, text)) in keyed))
        self.keys = _("the number, or ↑ ↓ and Enter      {dialog.cancel}  cancel")
        self.notes = [note for note, _text in texts]

    def body(self) -> ComposeResult:
        """The list: user text, in no language of ours."""
        columns: list[Column[Option]] = [
            Column("", lambda option: Cell(option[0], "key"), 2),
            Column("", lambda option: option[1], 24, grow=1),
            Column("", lambda option: Cell(self.notes[int(option[2])], "dim"), 14),
        ]
        yield Rows(columns, lambda option: option[0])


async def pick_text(app: App[Any], title: str, texts: Sequence[tuple[str, str]]) -> str:
    """The one that is meant; without asking where there is one alone. Empty for none."""
    if len(texts) < 2:
        return texts[0][1] if texts else ""
    answer = await app.push_screen_wait(PickText(title, texts[: len(KEYS)]))
    return texts[int(answer)][1] if answer else ""


async def choose_table(app: App[Any]) -> str:
    """What to add: the name of a table; empty for nothing."""
    return await app.push_screen_wait(Choice(_("Add"), TABLES)) or ""
