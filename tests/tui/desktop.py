"""A screen without a terminal or a disk: a clock that stands still, and what is seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from builders import NOW
from memory_keeper import MemoryKeeper
from rich.console import RenderableType
from small_book import small_book
from textual import events
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from kam_tui.delivery.outbox import Outbox
from kam_tui.domain.book import Book
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.tui import voice
from kam_tui.tui.app import KamApp
from kam_tui.tui.messages import Open

PATIENCE = 20.0
"""Seconds after which nobody waits any longer; far more than anything ever takes."""

# However long a busy machine takes, no notice has left by itself before it is looked at.
voice.READING_TIME = 1e6

parsed = Stylesheet._parse_rules
_known: dict[object, list[RuleSet]] = {}


def _parsed_once(self: Stylesheet, *rules: object, **scoped: object) -> list[RuleSet]:
    """What an app has read of its looks is the same for the next one in the same colours: it is only looked
    at from then on."""
    key = rules, tuple(scoped.items()), tuple(self._variables.items())
    if key not in _known:
        _known[key] = parsed(self, *rules, **scoped)  # type: ignore[arg-type]
    return _known[key]


Stylesheet._parse_rules = _parsed_once  # type: ignore[method-assign]


paint = Compositor.render_update


def _paint_if_asked(
    self: Compositor,
    full: bool = False,
    screen_stack: list[Screen[object]] | None = None,
    simplify: bool = False,
) -> RenderableType | None:
    """Nobody sees what is painted on the way to what is looked at: that stays to be painted until then."""
    return paint(self, full, screen_stack, simplify) if full else None


Compositor.render_update = _paint_if_asked  # type: ignore[method-assign]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Desktop:
    """The app in a test: what it shows, and a person's hands."""

    def __init__(self, app: KamApp, pilot: Pilot[object], keeper: MemoryKeeper, clock: Clock) -> None:
        self.app, self.pilot, self.keeper, self.clock = app, pilot, keeper, clock
        self.session = app.session

    @property
    def book(self) -> Book:
        return self.keeper.book

    @property
    def lines(self) -> list[str]:
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def notices(self) -> list[str]:
        return [notice.text for notice in self.app.voice.standing]

    @property
    def place(self) -> str:
        return type(self.app.screen).__name__

    async def read_all(self) -> None:
        """The person has read what was said, and the time of it is over."""
        self.app.voice._leave(self.app.voice.standing)
        await self.settle()

    def line(self, words: str) -> str:
        """The line that holds these words."""
        return next((line for line in self.lines if words in line), "")

    async def press(self, *keys: str) -> None:
        """Keys by their names, all at once, as a fast typist's come in."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.settle()

    async def type(self, text: str) -> None:
        """Letters, all at once; a new line is Enter."""
        for letter in text:
            name = "enter" if letter == "\n" else _character_to_key(letter)
            self.app.post_message(events.Key(name, None if letter == "\n" else letter))
        await self.settle()

    async def resize(self, size: tuple[int, int]) -> None:
        """The terminal gets another size."""
        await self.pilot.resize_terminal(*size)
        await self.settle()

    async def settle(self) -> None:
        """Until all that was typed and asked for is done and shown; raises what the app has crashed with."""
        calm = 0
        while calm < 3 and not self.app._exit:
            self._tell_a_crash()
            await asyncio.sleep(0)
            await self.app._settle(1)
            asked = [
                w
                for w in self.app.workers
                if w.group in ("reading", "writing", "search", "loading", "ringing", "ahead", "import")
            ]
            for worker in asked:
                with suppress(WorkerCancelled):
                    await worker.wait()
            calm = 0 if asked or not self.app.is_quiet else calm + 1
        if not self.app._exit:
            # The pilot's own pause would now sleep until the machine is idle, and all is calm here already.
            await self.pilot._wait_for_screen()
            self.app.screen._on_timer_update()
            paint(self.app.screen._compositor, screen_stack=self.app._background_screens)
        self._tell_a_crash()

    async def until(self, holds: Callable[[], object]) -> None:
        """Until something holds that comes by itself: what has not come by then will not come."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not holds():
            self._tell_a_crash()
            assert asyncio.get_running_loop().time() < deadline, self.text
            await asyncio.sleep(0.002)

    async def until_seen(self, words: str) -> None:
        """Until some words are seen."""
        await self.until(lambda: words in self.text)

    def _tell_a_crash(self) -> None:
        if self.app._exception is not None:
            raise self.app._exception

    @property
    def has_left(self) -> bool:
        """Whether the app is on its way out."""
        return self.app._exit

    async def look_again(self) -> None:
        """What the clock in the app does every half second."""
        self.app.lookout.look()
        await self.settle()


@asynccontextmanager
async def running(
    book: Book | None = None,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    posting: Callable[[], Outbox] | None = None,
    opens: Open | None = None,
    environment: dict[str, str] | None = None,
    is_demo: bool = False,
) -> AsyncIterator[Desktop]:
    """The app on a book in memory."""
    keeper, clock = MemoryKeeper(small_book() if book is None else book), Clock()
    session = Session(keeper, settings or Settings(), clock, "tui", posting=posting)
    app = KamApp(session, opens, environment, is_demo=is_demo)
    async with app.run_test(size=size) as pilot:
        desktop = Desktop(app, pilot, keeper, clock)
        await desktop.settle()
        yield desktop
        if app.screen_stack:
            # Who has left sees no field lose the focus: nothing is dressed anew for that.
            app.screen.set_reactive(Screen.focused, None)
