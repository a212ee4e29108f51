"""Dialog: what all that ask have in common: a box over the screen, left with Escape."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kam_tui.i18n import _
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
        self._begun: list[str] = []
        self._leaving = False

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

    def on_mount(self) -> None:
        """Know what there was before anything was typed."""
        self._begun = self._texts()

    def _texts(self) -> list[str]:
        return [line.value for line in self.query(Input)]

    def is_unsaved(self) -> bool:
        """Whether something was typed that leaving would lose."""
        return self._texts() != self._begun

    def warn(self, text: str) -> None:
        """Say what leaving would do, in the place of the keys; or, of an empty `text`, no longer."""
        told = plain(text, "$warning") if text else plain(self.keymap.told(self.keys))
        self.query_one(".keys", Static).update(told)

    @on(Input.Changed)
    def _stay(self) -> None:
        if self._leaving:
            self._leaving = False
            self.warn("")

    def action_cancel(self) -> None:
        """Leave without an answer; where something was typed, only when asked twice."""
        if self._leaving or not self.is_unsaved():
            self.dismiss(None)
            return
        self._leaving = True
        self.warn(self.keymap.told(_("This is not saved. Press {dialog.cancel} again to drop it.")))
