"""Dialog: what all that ask have in common: a box over the screen, left with Escape."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kam_tui.tui.commands import DIALOG, bindings
from kam_tui.tui.keymap import Keymap, keymap_of
from kam_tui.tui.wording import plain

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box that asks for one thing; None is the answer of who leaves it."""

    CSS_PATH = "../../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DIALOG)]

    def __init__(self, title: str, keys: str = "") -> None:
        super().__init__()
        self.heading = title
        self.keys = keys

    @property
    def keymap(self) -> Keymap:
        """Which keys do what."""
        app: Any = self.app
        return keymap_of(app.session.settings.keys)

    def compose(self) -> ComposeResult:
        """The box: a title, what is asked, and the keys."""
        with Vertical(classes="box"):
            if self.heading:
                yield Static(plain(self.heading), classes="title")
            yield from self.body()
            if self.keys:
                yield Static(plain(self.keymap.told(self.keys)), classes="keys")

    def body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def action_save(self) -> None:
        """Take it as it is."""

    def action_rewrite(self) -> None:
        """Write the text in use in an editor."""
        from textual.widgets import TextArea

        area = self.focused
        if not isinstance(area, TextArea):
            self.app.bell()
            return
        from kam_tui.tui.screens.outward import edit_or_tell

        text = edit_or_tell(self.app, area.text)
        if text is not None:
            area.text = text

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
