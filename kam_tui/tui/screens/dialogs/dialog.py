"""Dialog: what all that ask have in common: a box over the screen, left with Escape."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kam_tui.tui.commands import DIALOG, bindings
from kam_tui.tui.keymap import Keymap, keymap_of
from kam_tui.tui.widgets.notice_line import NoticeLine
from kam_tui.tui.wording import plain

Answer = TypeVar("Answer")

SAID, TIGHT = "-said", "-tight"
"""What a dialog is called while something is said in it, and while there is little room."""

SAME_AT_ANY_WIDTH: list[tuple[int, str]] = []
"""A box is called nothing for its width, and so need not be dressed a second time when it is shown."""

ROOMY = 18
"""Lines of a box from which on its parts stand apart."""


class Dialog(ModalScreen[Answer | None]):
    """A box that asks for one thing; None is the answer of who leaves it."""

    CSS_PATH = "../../styles/dialogs.tcss"
    HORIZONTAL_BREAKPOINTS = SAME_AT_ANY_WIDTH
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
        """The box: a title, what is asked, and the keys; and below it what is said meanwhile."""
        with Vertical(classes="box"):
            if self.heading:
                yield Static(plain(self.heading), classes="title")
            yield from self.body()
            if self.keys:
                yield Static(plain(self.keymap.told(self.keys)), classes="keys")
        yield NoticeLine()

    def body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    @property
    def room(self) -> int:
        """The lines that the box can have."""
        said = self.query_exactly_one(NoticeLine).lines
        return (self.size.height - (said + 1 if said else 0)) * 96 // 100

    @on(NoticeLine.Resized)
    def _give_way(self) -> None:
        self.set_class(self.query_exactly_one(NoticeLine).display, SAID)
        self.on_resize()

    def on_resize(self) -> None:
        """The box has other room; where that is little, its parts stand close together."""
        self.set_class(self.room < ROOMY, TIGHT)
        self.fit()

    def fit(self) -> None:
        """Make what is long in the box as high as there is room for."""

    def action_save(self) -> None:
        """Take it as it is."""

    def action_rewrite(self) -> None:
        """Write the text in use in an editor."""
        from textual.widgets import TextArea

        area = self.focused
        if not isinstance(area, TextArea):
            self.app.bell()
            return
        from kam_tui.tui.editor import edit_or_tell

        text = edit_or_tell(self.app, area.text)
        if text is not None:
            area.text = text

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
