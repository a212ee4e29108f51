"""Reading: an app that holds the book and what it says for today, and has the screens show both."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Mapping
from contextlib import suppress

from kam_tui.domain.errors import KamError
from kam_tui.session import Session
from kam_tui.tui.aside import aside
from kam_tui.tui.disk import Disk
from kam_tui.tui.first_read import Answer, FirstRead
from kam_tui.tui.messages import Open
from kam_tui.tui.wayfaring import Wayfaring

BLINK = 0.15
"""Seconds that the first paint waits for the book."""


class Reading(Wayfaring):
    """An app that reads the book when it starts, and again whenever somebody has written."""

    def __init__(
        self,
        session: Session,
        opens: Open | None = None,
        environment: Mapping[str, str] | None = None,
        begun: FirstRead | None = None,
    ) -> None:
        """`begun` is the book that is being read already."""
        super().__init__(session, opens, environment)
        self.disk = Disk(session, begun)
        self.known: Answer | None = None
        """The book as it was last read, and what it says for a day; None before that."""
        self._something = asyncio.Event()

    @property
    def is_busy(self) -> bool:
        """Whether something is loaded: a key waits, since it may act on what comes of it."""
        return any(w.group == "loading" and not w.is_finished for w in self.workers)

    async def read_first(self) -> None:
        """Begin to read the book, and wait a blink for it, so that the first paint shows most books at once.

        Of a large one it shows what is known early, and the rest comes when it comes.
        """
        self.run_worker(self._read_first(), group="reading")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._something.wait(), BLINK)

    def read_anew(self) -> None:
        """Read the book again, and what the settings of today make of it."""
        self.run_worker(self._read_anew(), group="reading")

    def take(self, answer: Answer) -> None:
        """Have the screens show the book as it is now."""
        if self.known is None or self.known.day != answer.day:
            self.run_worker(self._back_up(), group="backup")
        self.known = answer
        self.is_early = False
        self.agenda = answer.due
        self.book = answer.book

    async def _read_first(self) -> None:
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

    def _show_early(self, answer: Answer, loop: asyncio.AbstractEventLoop) -> None:
        """Show what is known of a large book already; reading goes on when it is painted."""
        painted = threading.Event()

        def show() -> None:
            self.is_early, self.agenda, self.book = True, answer.due, answer.book
            self._something.set()
            self.call_after_refresh(painted.set)

        loop.call_soon_threadsafe(show)
        painted.wait(BLINK)

    def _look_ahead(self) -> None:
        from kam_tui.tui.screens import tables  # nobody has gone to a list yet

        tables.look_ahead(self.book, self.session.now().date())

    async def _read_anew(self) -> None:
        try:
            self.take(await self.disk.read())
        except KamError as problem:
            self.voice.tell(problem)

    async def _back_up(self) -> None:
        await self.painted()
        try:
            await self.disk.back_up()
        except KamError as problem:
            self.voice.tell(problem)
