"""Inline: the line of a note under the prompt of the shell, without taking over the terminal."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Static

from kam_tui.session import Session
from kam_tui.tui import themes
from kam_tui.tui.commands import DIALOG, bindings
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.recall import Recall
from kam_tui.tui.screens.dialogs.capture import keys
from kam_tui.tui.terminal import SerialKeys, leave_when_told, trust_the_terminal
from kam_tui.tui.widgets.capture_line import CaptureLine
from kam_tui.tui.wording import plain


class NoteScreen(Screen[None]):
    """The line, and the keys."""

    AUTO_FOCUS = "Words"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DIALOG)]

    def __init__(self, line: CaptureLine) -> None:
        super().__init__()
        self.line = line

    def compose(self) -> ComposeResult:
        """The line above, the keys below."""
        yield self.line
        yield Static(plain(keys(self.line.session)), classes="keys")

    async def action_save(self) -> None:
        """Save the line."""
        await self.line.action_save()

    @on(CaptureLine.Finished)
    def _finish(self, message: CaptureLine.Finished) -> None:
        self.app.exit((message.line, message.kind))

    async def action_cancel(self) -> None:
        """Put away what is offered; then leave, keeping what is typed for the next time."""
        if not self.line.close():
            await self.line.leave()
            self.app.exit()


class NoteApp(SerialKeys):
    """The app around the one line; its result is the line and its kind, or None."""

    CSS = """
    NoteScreen:inline { height: auto; border: none; padding: 0; background: ansi_default; }
    NoteScreen CaptureLine .reading { min-height: 3; }
    NoteScreen .keys { color: $quiet; }
    """
    INLINE_PADDING = 0
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "screen.cancel", show=False, priority=True, id="note.leave")
    ]

    def __init__(self, session: Session, recall: Recall, kind: str, template: str) -> None:
        super().__init__()
        self.animation_level = "none"
        self.line = CaptureLine(session, session.read(), None, recall, kind, lived=False, template=template)
        for theme in themes.OWN:
            self.register_theme(theme)
        self.theme = themes.theme_for(session.settings.theme, os.environ)
        self.set_keymap(keymap_of(session.settings.keys).moved)

    def on_mount(self) -> None:
        """Whoever ends the program, what is typed is kept."""
        leave_when_told(lambda: self.run_worker(self._leave()))

    async def _leave(self) -> None:
        await self.line.leave()
        self.exit()

    @property
    def is_busy(self) -> bool:
        """Whether what was left unsaved is still being read."""
        return any(w.group == "loading" and not w.is_finished for w in self.workers)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own names of colours, for themes that do not know them."""
        return themes.stand_ins(self.current_theme)

    def get_default_screen(self) -> Screen[Any]:
        """The line is all there is."""
        return NoteScreen(self.line)

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        """The driver that leaves at once, in place of the one that it mends."""
        if headless or not inline or sys.platform == "win32":
            return super()._build_driver(headless, inline, mouse, size)
        from kam_tui.tui.drivers import InlineDriver

        self._driver = InlineDriver(self, mouse=mouse, size=size)
        return self._driver


class InlineNote:
    """One note written under the prompt; what becomes of it is told, so that nothing typed is lost."""

    def __init__(self, session: Session, kind: str, template: str = "") -> None:
        """`template` is the name of the one that the line begins with; empty for none."""
        self._recall = Recall(session)
        self._app = NoteApp(session, self._recall, kind, template)

    def ask(self) -> tuple[str, str] | None:
        """The line and its kind; None where the person has left it. Raises what reading the book raises."""
        trust_the_terminal()
        result: tuple[str, str] | None = self._app.run(inline=True, mouse=False)
        return result

    def saved(self, line: str, kind: str) -> None:
        """It is in the book."""
        asyncio.run(self._recall.saved(line, kind))

    def refused(self, line: str, kind: str) -> None:
        """It is not: it comes back the next time."""
        asyncio.run(self._recall.refused(line, kind))
