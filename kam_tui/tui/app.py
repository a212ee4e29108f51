"""KamApp: holds the book and what it says for today, and is the one place that has anything written.

The book and the agenda flow down to the screens; what a person wants comes up as `Do`, `Undo`, `Redo`
and `Open`. The disk is read and written in a thread, so that no screen ever waits for it.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Any, ClassVar

from textual import on, work
from textual.binding import BindingType

from kam_tui import paths
from kam_tui.domain.change import Change
from kam_tui.domain.errors import KamError, Stopped
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.aside import aside
from kam_tui.tui.commands import APP, bindings
from kam_tui.tui.disk import Disk
from kam_tui.tui.first_read import Answer, FirstRead
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.lookout import Lookout
from kam_tui.tui.messages import Configured, Do, Open, Redo, Undo
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.screens.places import place_called
from kam_tui.tui.terminal import leave_when_told, prompt_driver, trust_the_terminal
from kam_tui.tui.themes import untold_theme
from kam_tui.tui.wayfaring import Wayfaring

BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
"""From which width on a screen shows its parts side by side."""

BLINK = 0.15
"""Seconds that the first paint waits for the book."""

SLOW = 0.25
"""Seconds after which it is said that something is being written."""

SHARE = 0.001
"""Seconds that the screen waits for its turn while a thread works something out."""

DEMO = "demo"
"""What the app returns for who wants to look around in the demo."""

KEEPING = 20.0
"""Seconds between two times that it is kept where the person is; leaving keeps it too."""


Writing = Coroutine[Any, Any, tuple[Answer, Change]]
"""What the disk is asked to do."""


def _palette(name: str) -> Callable[[], Any]:
    """A provider of the command palette, imported when the palette is opened."""
    return lambda: getattr(import_module("kam_tui.tui.palette"), name)


class KamApp(Wayfaring):
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
        super().__init__(session, opens, environment)
        self.is_demo = is_demo
        """Whether the book is made up, and gone afterwards."""
        self.title = _("kam demo") if is_demo else "kam"
        self.animation_level = "none"
        self.disk = Disk(session, begun)
        self.lookout = Lookout(self)
        self.known: Answer | None = None
        """The book as it was last read, and what it says for a day; None before that."""
        self._waiting = 0
        self._lasting = 0
        self._something = asyncio.Event()
        self.wear(session.settings.theme)

    @property
    def is_busy(self) -> bool:
        """Whether something is written or loaded: a key waits, since it may act on what comes of it."""
        if self._waiting > self._lasting:
            return True
        return any(w.group == "loading" and not w.is_finished for w in self.workers)

    def get_driver_class(self) -> Any:
        """The platform's driver; on a terminal of Unix, the one that leaves at once."""
        return prompt_driver(super().get_driver_class())

    async def on_mount(self) -> None:
        """Read the book, then look now and then for what others have written.

        The first paint waits a blink for the book, so that most books are there at once; of a large one
        there is what is known early, and the rest comes when it comes.
        """
        leave_when_told(lambda: self.run_worker(self._told_to_leave(), group="leaving"))
        self._use_keys()
        if self.is_demo:
            self.voice.say(_("This is a made-up book: do what you like, it is gone when you leave with q."))
        self.run_worker(self._start(), group="reading")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._something.wait(), BLINK)
        self.lookout.begin()
        self.set_interval(KEEPING, self._keep)

    def _use_keys(self) -> None:
        keymap = keymap_of(self.session.settings.keys)
        self.set_keymap(keymap.moved)
        for problem in filter(None, (*keymap.problems, untold_theme(self.session.settings.theme))):
            self.voice.warn(problem)

    def _show_early(self, answer: Answer, loop: asyncio.AbstractEventLoop) -> None:
        """Show what is known of a large book already; reading goes on when it is painted."""
        painted = threading.Event()

        def show() -> None:
            self.is_early, self.agenda, self.book = True, answer.due, answer.book
            self._something.set()
            self.call_after_refresh(painted.set)

        loop.call_soon_threadsafe(show)
        painted.wait(BLINK)

    async def _start(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            self.take(await self.disk.read_first(lambda known: self._show_early(known, loop)))
            self._something.set()
            going = self.run_worker(self._go_on(), group="loading")
            await self.painted()
            if self.opens:
                await going.wait()
            for said in await self.disk.remarks():
                self.voice.warn(said)
            self.run_worker(aside(self._look_ahead), group="ahead")
        except KamError as problem:
            self.exit(problem)
        finally:
            self._something.set()
            gc.freeze()
            gc.enable()

    def _look_ahead(self) -> None:
        from kam_tui.tui.screens import tables  # nobody has gone to a list yet

        tables.look_ahead(self.book, self.session.now().date())

    @on(Do)
    def _on_do(self, message: Do) -> None:
        self._start_write(self.disk.run(message.verb, message.first), self._undoes, message)

    @on(Undo)
    def _on_undo(self, message: Undo) -> None:
        self._start_write(self.disk.undo(message.number), self._redoes)

    @on(Redo)
    def _on_redo(self, message: Redo) -> None:
        self._start_write(self.disk.redo(message.number), self._undoes)

    @property
    def _undoes(self) -> str:
        return _hint(_("{key} undoes it"), keymap_of(self.session.settings.keys).first("everywhere.undo"))

    @property
    def _redoes(self) -> str:
        return _hint(_("{key} redoes it"), keymap_of(self.session.settings.keys).first("everywhere.redo"))

    def _start_write(self, writing: Writing, hint: str, asked: Do | None = None) -> None:
        self._waiting += 1
        self._lasting += asked is not None and asked.lasts
        self.run_worker(self._write(writing, hint, asked), group="writing")

    async def _write(self, writing: Writing, hint: str, asked: Do | None) -> None:
        lasts = self.set_timer(SLOW, lambda: self.voice.say(_("Writing it into the book …")))
        if asked and asked.lasts:  # whoever knows that says so
            lasts.stop()
        try:
            answer, change = await writing
        except KamError as problem:
            self.voice.say(str(problem)) if isinstance(problem, Stopped) else self.voice.refuse(problem)
            if asked and asked.refused:
                await asked.refused()
        else:
            self.take(answer)
            self.voice.done(f"{change.summary}\n{hint}".strip() if change.edits else change.summary)
            for note in change.notes:
                self.voice.warn(note)
            if asked and asked.opens:
                self._open_new(change)
            if asked and asked.written:
                await asked.written()
        finally:
            lasts.stop()
            self._waiting -= 1
            self._lasting -= asked is not None and asked.lasts

    def take(self, answer: Answer) -> None:
        """Have the screens show the book as it is now."""
        if self.known is None or self.known.day != answer.day:
            self.run_worker(self._back_up(), group="backup")
        self.known = answer
        self.is_early = False
        self.agenda = answer.due
        self.book = answer.book

    async def _back_up(self) -> None:
        await self.painted()
        try:
            await self.disk.back_up()
        except KamError as problem:
            self.voice.tell(problem)

    def _open_new(self, change: Change) -> None:
        for edit in change.edits:
            if edit.before is None and edit.record.id.startswith(("a-", "c-")):
                self.post_message(Open("account" if edit.record.id[0] == "a" else "contact", edit.record.id))
                return

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
        self.run_worker(self._start_anew(), group="reading")

    async def _start_anew(self) -> None:
        try:
            self.take(await self.disk.read())
        except KamError as problem:
            self.voice.tell(problem)

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
        await self._written()
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
        await self._written()
        await self.memory.keep(self.screen_stack)
        self.exit()

    async def _written(self) -> None:
        while self._waiting:
            await asyncio.sleep(0.01)


def _hint(said: str, key: str) -> str:
    """What to press next; nothing, where the person has left the command without a key."""
    return said.format(key=key) if key else ""


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
