"""Lookout: looks now and then for what others have written, what a new day brings, and what comes due."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from kam_tui.domain.errors import KamError
from kam_tui.tui.first_read import Answer
from kam_tui.tui.reading import Reading

POLL = 0.5
"""Seconds between two looks for what others have written: it shows within a second."""

RINGING = 2.0
"""Seconds between two looks for what comes due at its minute."""


TIDYING = 5.0
"""Seconds between two looks whether the book is to be tidied."""


class Lookout:
    """The timers of an app; each look is taken in a thread, and none before the book is there."""

    def __init__(self, app: Reading) -> None:
        self._app = app
        self._tidies = True

    def begin(self) -> None:
        """Begin to look."""
        self._app.set_interval(POLL, self.look)
        self._app.set_interval(RINGING, self.ring)
        self._app.set_interval(TIDYING, self.tidy)

    def look(self) -> None:
        """Look for news, unless the disk is in use: then there is a next time soon."""
        if self._app.known is not None and self._app.disk.is_free:
            self._app.run_worker(self._catch_up(self._app.known), group="reading")

    async def _catch_up(self, known: Answer) -> None:
        try:
            news = await self._app.disk.catch_up(known)
        except KamError as problem:
            self._app.voice.tell_once(problem)
        else:
            self._app.voice.tell_once(None)
            if news is not None:
                self._app.take(news)

    def tidy(self) -> None:
        """Have the book tidied where that is due. What stands in the way would still do so the next time."""
        if self._tidies and self._app.known is not None and self._app.disk.is_free:
            self._tidies = False
            self._app.run_worker(self._tidy(), group="tidying")

    async def _tidy(self) -> None:
        with suppress(KamError):
            await self._app.disk.tidy()
            self._tidies = True

    def ring(self) -> None:
        """Look for what has come due."""
        if self._app.known is not None:
            self._app.run_worker(self._ring_what_is_due(self._app.known), group="ringing")

    async def _ring_what_is_due(self, known: Answer) -> None:
        loop, app = asyncio.get_running_loop(), self._app
        aloud = app.session.settings.bell
        try:
            # Nobody waits for the screen here: it may be closing.
            await app.disk.ring(
                known.book, lambda due: loop.call_soon_threadsafe(lambda: app.voice.ring(due, aloud=aloud))
            )
        except KamError as problem:
            app.voice.tell_once(problem)
