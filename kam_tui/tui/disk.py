"""Disk: the session as the screen uses it: in a thread, one thing at a time, in the order asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.letter import Letter
from kam_tui.session import Session
from kam_tui.tui.aside import aside, uncollected
from kam_tui.tui.first_read import Answer, FirstRead, answer
from kam_tui.tui.wording import is_asleep

if TYPE_CHECKING:  # loaded once the screen is there
    from kam_tui.delivery.ringing import Here, Ringer


class Disk:
    """Reads and writes without anybody waiting for it."""

    def __init__(self, session: Session, begun: FirstRead | None = None) -> None:
        self.session = session
        self._begun = begun
        self._turn = asyncio.Lock()
        self._ringing = asyncio.Lock()
        self._here: Here | None = None
        self._ringer: Ringer | None = None

    def use(self, session: Session) -> None:
        """Go on with a session that has other settings."""
        self.session, self._ringer = session, None

    @property
    def is_free(self) -> bool:
        """Whether nobody is reading or writing."""
        return not self._turn.locked()

    async def read_first(self, show: Callable[[Answer], object]) -> Answer:
        """The book as it is when the app starts. Raises what the store raises.

        Of a large book, `show` is given in a thread what is known before all of it has been read.
        """
        async with self._turn:
            begun, self._begun = self._begun or FirstRead(self.session), None
            return await aside(lambda: begun.take(show))

    async def read(self) -> Answer:
        """The book as it is. Raises what the store raises."""
        async with self._turn:
            return await aside(lambda: self._answer(self.session.read()))

    async def catch_up(self, known: Answer) -> Answer | None:
        """What others have written since, or what the time has brought; None where all is as it was."""
        async with self._turn:
            book = await aside(lambda: self.session.refresh(known.book))
            if book is known.book and not self._time_has_come(known):
                return None
            return await aside(lambda: self._answer(book))

    async def run(
        self, verb: Callable[[Book, datetime], Change], first: Callable[[], object] | None = None
    ) -> tuple[Answer, Change]:
        """Have a verb decide and its change written; `first` is done before. Raises what they raise, and
        the store."""

        def run() -> tuple[Book, Change]:
            if first is not None:
                first()
            return self.session.run(verb)

        return await self._write(run)

    async def undo(self, number: int | None) -> tuple[Answer, Change]:
        """Take back a change of the history, or the newest that stands."""
        return await self._write(lambda: self.session.undo(number))

    async def redo(self, number: int | None) -> tuple[Answer, Change]:
        """Do again a change that was taken back, or what the last undo took back."""
        return await self._write(lambda: self.session.redo(number))

    async def remarks(self) -> list[str]:
        """What somebody should know who opens the book, such as a copy that a sync tool has put beside it."""
        return await aside(self.session.told_at_opening)

    async def back_up(self) -> None:
        """Back up the book where that was not done yet today, while others read and write."""
        await aside(self.session.back_up_daily)

    async def tidy(self) -> None:
        """Have the book open fast the next time, while others read and write."""
        await aside(self.session.store.tidy)

    async def ring(self, book: Book, tell: Callable[[Letter], object]) -> None:
        """Tell, in a thread, what came due since the first call."""
        if not self._ringing.locked():
            async with self._ringing:
                await aside(lambda: self._ring(book, tell))

    def _ring(self, book: Book, tell: Callable[[Letter], object]) -> None:
        now = self.session.now()
        if self._ringer is None:
            from kam_tui.delivery.ringing import Here, Ringer

            here = self._here = self._here or Here(now)
            self._ringer = Ringer(here, "screen", self.session.settings, lambda letter, _key: tell(letter))
        self._ringer.look(book, now)

    async def _write(self, run: Callable[[], tuple[Book, Change]]) -> tuple[Answer, Change]:
        async with self._turn:
            # To the end, even where somebody leaves meanwhile.
            book, change = await asyncio.to_thread(_calmly, run)
            return await aside(lambda: self._answer(book)), change

    def _answer(self, book: Book) -> Answer:
        return answer(self.session, book)

    def _time_has_come(self, known: Answer) -> bool:
        """Whether it is another day, or something that was put off until later today comes back."""
        now = self.session.now()
        return now.date() != known.day or not all(is_asleep(item, now) for item in known.due.snoozed)


def _calmly(run: Callable[[], tuple[Book, Change]]) -> tuple[Book, Change]:
    with uncollected():
        return run()
