"""KamApp: holds the book and what it says for today, and is the one place that has anything written.

The book and the agenda flow down to the screens; what a person wants comes up as `Do`, `Undo`, `Redo`
and `Open`. The disk is read and written in a thread, so that no screen ever waits for it.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from contextlib import suppress
from importlib import import_module
from pathlib import PurePath
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.reactive import var
from textual.screen import Screen

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.errors import KamError
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.rules.agenda import Agenda
from kam_tui.session import Session
from kam_tui.tui import themes
from kam_tui.tui.commands import APP, bindings
from kam_tui.tui.disk import Answer, Disk
from kam_tui.tui.messages import Do, Open, Redo, Undo
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.screens.places import KEPT, TODAY, screen_for
from kam_tui.tui.terminal import SerialKeys, prompt_driver, trust_the_terminal

BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
"""From which width on a screen shows its parts side by side."""

BLINK = 0.15
"""Seconds that the first paint waits for the book."""

POLL = 0.5
"""Seconds between two looks for what others have written: it shows within a second."""

RINGING = 2.0
"""Seconds between two looks for what comes due at its minute."""

DUE_STAYS = 60.0
"""Seconds that a reminder that has come due stays."""

UNREAD = 1.0
"""Seconds in which nobody has read a refusal yet."""

READING_TIME = 5.0
"""Seconds that a notification stays, and a second more for every twenty letters."""


Writing = Coroutine[Any, Any, tuple[Answer, Change]]
"""What the disk is asked to do."""


def _palette(name: str) -> Callable[[], Any]:
    """A provider of the command palette, imported when the palette is opened."""
    return lambda: getattr(import_module("kam_tui.tui.palette"), name)


class KamApp(SerialKeys):
    """The app around the screens."""

    TITLE = "kam"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["styles/app.tcss", "styles/today.tcss"]
    COMMANDS: ClassVar[set[Any]] = {_palette("Commands"), _palette("Parties")}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(APP)]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    book: var[Book] = var(Book, init=False)
    agenda: var[Agenda | None] = var(None, init=False)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.animation_level = "none"
        self.disk = Disk(session)
        self._known: Answer | None = None
        self._waiting = 0
        self._refused_at = -UNREAD
        self._told = ""
        for theme in themes.OWN:
            self.register_theme(theme)
        wanted = session.settings.theme
        self.theme = wanted if wanted in self.available_themes else themes.DARK.name

    @property
    def is_busy(self) -> bool:
        """Whether something is written or loaded: a key waits, since it may act on what comes of it."""
        return self._waiting > 0 or any(w.group == "loading" and not w.is_finished for w in self.workers)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own names of colours, for themes that do not know them."""
        return themes.stand_ins(self.current_theme)

    def get_driver_class(self) -> Any:
        """The platform's driver; on a terminal of Unix, the one that leaves at once."""
        return prompt_driver(super().get_driver_class())

    def get_default_screen(self) -> Screen[Any]:
        """Today is underneath everything."""
        return self._screen(TODAY)

    async def on_mount(self) -> None:
        """Read the book, then look now and then for what others have written.

        The first paint waits a blink for the book, so that most books are there at once; a large
        one comes when it comes.
        """
        reading = self.run_worker(self._start(), group="reading")
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(reading.wait()), BLINK)
        self.set_interval(POLL, self._look)
        self.set_interval(RINGING, self._ring)

    async def _start(self) -> None:
        try:
            self._take(await self.disk.read())
            if copy := await self.disk.copies():
                self._notify(copy)
        except KamError as problem:
            self.exit(problem)
        finally:
            gc.freeze()
            gc.enable()

    def _look(self) -> None:
        if self._known is not None and self.disk.is_free:
            self.run_worker(self._catch_up(self._known), group="reading")

    async def _catch_up(self, known: Answer) -> None:
        try:
            news = await self.disk.catch_up(known)
        except KamError as problem:
            if self._told != str(problem):
                self.tell(problem)
            self._told = str(problem)
        else:
            self._told = ""
            if news is not None:
                self._take(news)

    def _ring(self) -> None:
        if self._known is not None:
            self.run_worker(self._ring_what_is_due(self._known), group="ringing")

    async def _ring_what_is_due(self, known: Answer) -> None:
        loop = asyncio.get_running_loop()
        try:
            # Nobody waits for the screen here: it may be closing.
            await self.disk.ring(known.book, lambda due: loop.call_soon_threadsafe(self._say_due, due))
        except KamError as problem:
            if self._told != str(problem):
                self.tell(problem)
            self._told = str(problem)

    def _say_due(self, letter: Letter) -> None:
        text = clean(f"{letter.subject}\n{letter.text}", multiline=True)
        self.notify(text, severity="warning", timeout=DUE_STAYS, markup=False)
        if self.session.settings.bell:
            self.bell()

    @on(Do)
    def _on_do(self, message: Do) -> None:
        self._start_write(self.disk.run(message.verb), _("u undoes it"), message.opens)

    @on(Undo)
    def _on_undo(self, message: Undo) -> None:
        self._start_write(self.disk.undo(message.number), _("U redoes it"))

    @on(Redo)
    def _on_redo(self, message: Redo) -> None:
        self._start_write(self.disk.redo(message.number), _("u undoes it"))

    def _start_write(self, writing: Writing, hint: str, opens: bool = False) -> None:
        self._waiting += 1
        self.run_worker(self._write(writing, hint, opens), group="writing")

    async def _write(self, writing: Writing, hint: str, opens: bool) -> None:
        try:
            answer, change = await writing
        except KamError as problem:
            self._refused_at = asyncio.get_running_loop().time()
            self.tell(problem)
        else:
            self._take(answer)
            self._notify(f"{change.summary}\n{hint}" if change.edits else change.summary)
            if opens:
                self._open_new(change)
        finally:
            self._waiting -= 1

    def _take(self, answer: Answer) -> None:
        if self._known is None or self._known.day != answer.day:
            self.run_worker(self._back_up(), group="backup")
        self._known = answer
        self.agenda = answer.due
        self.book = answer.book

    async def _back_up(self) -> None:
        try:
            await self.disk.back_up()
        except KamError as problem:
            self.tell(problem)

    def _open_new(self, change: Change) -> None:
        for edit in change.edits:
            if edit.before is None and edit.record.id.startswith(("a-", "c-")):
                self.post_message(Open("account" if edit.record.id[0] == "a" else "contact", edit.record.id))
                return

    @on(Open)
    async def _on_open(self, message: Open) -> None:
        """Go back to the place where it is on the stack, else put it on top."""
        if message.place == "back":
            if len(self.screen_stack) > 1:
                await self.pop_screen()
            return
        here = (message.place, message.record_id)
        stack = [screen.here for screen in self.screen_stack if isinstance(screen, Desk)]
        if len(stack) < len(self.screen_stack) or self.screen_stack[-1].is_modal:
            return
        below = stack.index(here) if here in stack else 0 if message.place in KEPT else None
        if below is not None:
            while len(self.screen_stack) > below + 1:
                await self.pop_screen()
        if here not in stack:
            await self.push_screen(self._screen(*here))
        if message.entry_id and isinstance(self.screen, Desk):
            self.screen.point_at(message.entry_id)

    def _screen(self, place: str, record_id: str = "") -> Desk:
        if place in self._installed_screens:
            kept = self.get_screen(place)
            assert isinstance(kept, Desk)
            return kept
        screen = screen_for(place)(self.session, place, record_id)
        screen.data_bind(book=KamApp.book, agenda=KamApp.agenda)
        if place in KEPT:
            self.install_screen(screen, place)
        return screen

    def tell(self, problem: KamError) -> None:
        """Say what went wrong, and what to do about it."""
        self._notify(f"{problem}\n{problem.hint}" if problem.hint else str(problem), error=True)

    def _notify(self, text: str, *, error: bool = False) -> None:
        text = clean(text, multiline=True)
        if asyncio.get_running_loop().time() - self._refused_at > READING_TIME:
            self.clear_notifications()
        self.notify(
            text,
            severity="error" if error else "information",
            timeout=READING_TIME + len(text) / 20,
            markup=False,
        )

    async def action_quit(self) -> None:
        """Leave when all is written; stay where something has just been refused, so that it is read."""
        while self._waiting:
            await asyncio.sleep(0.01)
        if asyncio.get_running_loop().time() - self._refused_at > UNREAD:
            self.exit()


def run_app(session: Session) -> int:
    """Open the screen on a session, until the person leaves. Raises what the store says on reading."""
    trust_the_terminal()
    # What is made while the app starts stays: looking through it for rubbish only delays the first paint.
    gc.disable()
    result = KamApp(session).run()
    if isinstance(result, KamError):
        raise result
    return 0
