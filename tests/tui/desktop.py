"""A screen without a terminal or a disk: a keeper in memory, a clock that stands still, and what is seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from textual.pilot import Pilot

from builders import NOW
from small_book import small_book

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry
from kam_tui.domain.errors import KamError
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.tui.app import KamApp


@dataclass
class MemoryKeeper:
    """A keeper that keeps everything in memory, and can be told to refuse."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    refusal: KamError | None = None
    reads: int = 0

    def read(self) -> Book:
        self.reads += 1
        if self.refusal:
            raise self.refusal
        return self.book

    def update(self, decide: Callable[[Book], Change], at: datetime, by: str) -> tuple[Book, Change]:
        if self.refusal:
            raise self.refusal
        change = decide(self.book)
        self.book = self.book.after(change.edits)
        self.entries.append(Entry(len(self.entries) + 1, at, by, change))
        return self.book, change

    def refresh(self, book: Book) -> Book:
        if self.refusal:
            raise self.refusal
        return self.book

    def history(self) -> Iterator[Entry]:
        return iter(self.entries[::-1])

    def close(self) -> None:
        pass


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
        return [notice.message for notice in self.app._notifications]

    @property
    def place(self) -> str:
        return type(self.app.screen).__name__

    def line(self, words: str) -> str:
        """The line that holds these words."""
        return next((line for line in self.lines if words in line), "")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        names = {" ": "space", "\n": "enter", "/": "slash"}
        await self.pilot.press(*(names.get(c) or (c if c.isalnum() else _key(c)) for c in text))
        await self.settle()

    async def settle(self) -> None:
        """Until all that was asked for is done and shown."""
        for _turn in range(3):
            await self.pilot.pause()
            asked = [w for w in self.app.workers if w.group in ("reading", "writing", "search", "history")]
            if asked:
                await self.app.workers.wait_for_complete(asked)
        await self.pilot.pause()

    async def look_again(self) -> None:
        """What the clock in the app does every half second."""
        self.app._look()
        await self.settle()


def _key(character: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(character)


@asynccontextmanager
async def running(
    book: Book | None = None, size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[Desktop]:
    """The app on a book in memory."""
    keeper, clock = MemoryKeeper(small_book() if book is None else book), Clock()
    app = KamApp(Session(keeper, settings or Settings(), clock, "tui"))
    async with app.run_test(size=size) as pilot:
        desktop = Desktop(app, pilot, keeper, clock)
        await desktop.settle()
        yield desktop
