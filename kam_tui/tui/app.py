"""KamApp: the app put together: what it reads, what it writes, its keys and its looks, and how one leaves it.

The book and the agenda flow down to the screens; what a person wants comes up as `Do`, `Undo`, `Redo`
and `Open`. The disk is read and written in a thread, so that no screen ever waits for it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Any, ClassVar

from textual import on, work
from textual.binding import BindingType

from kam_tui import paths
from kam_tui.domain.errors import KamError
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.commands import APP, bindings
from kam_tui.tui.first_read import FirstRead
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.lookout import Lookout
from kam_tui.tui.messages import Configured, Do, Open, Redo, Undo
from kam_tui.tui.reading import Reading
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.screens.places import place_called
from kam_tui.tui.terminal import leave_when_told, prompt_driver, trust_the_terminal
from kam_tui.tui.themes import untold_theme
from kam_tui.tui.writer import Writer

BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
"""From which width on a screen shows its parts side by side."""

SHARE = 0.001
"""Seconds that the screen waits for its turn while a thread works something out."""

DEMO = "demo"
"""What the app returns for who wants to look around in the demo."""

KEEPING = 2.0
"""Seconds after which it is kept at the latest where the person is now; leaving keeps it too."""


def _palette(name: str) -> Callable[[], Any]:
    """A provider of the command palette, imported when the palette is opened."""
    return lambda: getattr(import_module("kam_tui.tui.palette"), name)


class KamApp(Reading):
    """The app around the screens."""

    TITLE = "kam"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["styles/app.tcss", "styles/today.tcss"]
    COMMANDS: ClassVar[set[Any]] = {_palette("Commands"), _palette("Segments"), _palette("Parties")}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(APP)]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(
        self,
        session: Session,
        opens: Open | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        is_demo: bool = False,
        begun: FirstRead | None = None,
    ) -> None:
        """`opens` is where to go first; a demo says so. The book may be read already."""
        super().__init__(session, opens, environment, begun)
        self.is_demo = is_demo
        """Whether the book is made up, and gone afterwards."""
        self.title = _("kam demo") if is_demo else "kam"
        self.animation_level = "none"
        self.writer = Writer(self)
        self.lookout = Lookout(self)
        self.wear(session.settings.theme)

    @property
    def is_busy(self) -> bool:
        """Whether something is written or loaded: a key waits, since it may act on what comes of it."""
        return self.writer.is_awaited or super().is_busy

    def get_driver_class(self) -> Any:
        """The platform's driver; on a terminal of Unix, the one that leaves at once."""
        return prompt_driver(super().get_driver_class())

    async def on_mount(self) -> None:
        """Read the book, then look now and then for what others have written."""
        leave_when_told(lambda: self.run_worker(self._told_to_leave(), group="leaving"))
        self._use_keys()
        if self.is_demo:
            self.voice.say(_("This is a made-up book: do what you like, it is gone when you leave with q."))
        await self.read_first()
        self.lookout.begin()
        self.set_interval(KEEPING, self._keep)

    def _use_keys(self) -> None:
        keymap = keymap_of(self.session.settings.keys)
        self.set_keymap(keymap.moved)
        for problem in filter(None, (*keymap.problems, untold_theme(self.session.settings.theme))):
            self.voice.warn(problem)

    @on(Do)
    def _on_do(self, message: Do) -> None:
        self.writer.do(message)

    @on(Undo)
    def _on_undo(self, message: Undo) -> None:
        self.writer.undo(message)

    @on(Redo)
    def _on_redo(self, message: Redo) -> None:
        self.writer.redo(message)

    @on(Configured)
    def _on_configured(self, message: Configured) -> None:
        """Use the new settings everywhere, and see what they make of the agenda."""
        self.session = replace(self.session, settings=message.settings)
        self.disk.use(self.session)
        self.wear(self.session.settings.theme)
        self._use_keys()
        for screen in {*self.screen_stack, *self._installed_screens.values()}:
            if isinstance(screen, Desk):
                screen.use(self.session)
        self.read_anew()

    def action_command_palette(self) -> None:
        """Offer everything that can be done here, and everybody, by name."""
        from kam_tui.tui.palette import Palette

        if not Palette.is_open(self):
            self.push_screen(Palette(id="--command-palette"))

    @work
    async def action_theme(self) -> None:
        """Try the themes on, and keep one."""
        from kam_tui.tui.screens.dialogs.theme import ThemeChoice

        chosen = await self.push_screen_wait(ThemeChoice(self.theme))
        if chosen is None:
            self.wear(self.session.settings.theme)
        else:
            self.run_worker(self._keep_theme(chosen), group="writing")

    async def _keep_theme(self, chosen: str) -> None:
        from kam_tui.delivery.settings_file import change

        try:
            settings = await asyncio.to_thread(change, paths.config_file(), {"theme": chosen})
        except KamError as problem:
            self.voice.tell(problem)
        else:
            self.post_message(Configured(settings))

    async def action_demo(self) -> None:
        """Look around in the demo, and come back."""
        await self.memory.keep(self.screen_stack)
        self.exit(DEMO)

    async def action_quit(self) -> None:
        """Leave when all is written; stay where something has just been refused, so that it is read."""
        await self.writer.finish()
        if self.voice.is_heard:
            await self._end()

    async def _told_to_leave(self) -> None:
        """Leave at once, with what is being typed kept as a draft."""
        from kam_tui.tui.widgets.capture_line import CaptureLine

        for line in self.screen.query(CaptureLine):
            await line.leave()
        await self._end()

    async def _end(self) -> None:
        """Leave when all is written, to find it again as it is."""
        await self.writer.finish()
        await self.memory.keep(self.screen_stack)
        self.exit()


def run_app(
    session: Session,
    place: str = "",
    record_id: str = "",
    *,
    is_demo: bool = False,
    begun: FirstRead | None = None,
) -> bool:
    """Open the screen on a session, until the person leaves: at a place, where one is given.

    Returns whether they left to look around in the demo. Raises NotFound for a place that is none, and
    what the store says on reading.
    """
    opens = Open(place if record_id else place_called(place), record_id) if place else None
    trust_the_terminal()
    sys.setswitchinterval(SHARE)
    app = KamApp(session, opens, os.environ, is_demo=is_demo, begun=begun)
    result = app.run(mouse=session.settings.mouse)
    if isinstance(result, KamError):
        raise result
    return bool(result == DEMO)
