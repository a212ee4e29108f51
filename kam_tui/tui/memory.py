"""Memory: notes how each screen is left, so that a person finds it again, also when kam has been closed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from textual.screen import Screen

from kam_tui.domain.book import Book
from kam_tui.session import Session
from kam_tui.tui import whereabouts
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.screens.places import FOUND_AGAIN, PLACES
from kam_tui.tui.whereabouts import Left, Stop, Whereabouts


class Memory:
    """What is found again of one book; only until the end where the book is nowhere on a disk."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.is_lasting = session.posting is not None
        """Whether it outlives this kam."""
        self.way: tuple[Stop, ...] = ()
        """The screens that were open when kam was last left."""
        self._places: dict[str, Left] = {}
        self._has_read = False
        """Whether it knows how all was left; before, it would keep that it knows nothing."""
        self._kept: Whereabouts | None = None
        """What was kept last."""
        self._keeping = asyncio.Lock()

    async def read(self) -> None:
        """Find out how all was left."""
        if self.is_lasting:
            found = await asyncio.to_thread(lambda: whereabouts.read(self.session.outbox.folder))
            self.way, self._places = found.way, dict(found.places)
            self._has_read = True

    def left(self, place: str) -> Left:
        """How a place was left; nothing for one that begins anew each time."""
        return self._places.get(place, {}) if place in FOUND_AGAIN else {}

    def note(self, screen: Screen[object]) -> None:
        """Remember how a screen is now."""
        if isinstance(screen, Desk) and screen.is_drawn:
            self._places[screen.place] = screen.remember()

    def is_behind(self, stack: Iterable[Screen[object]]) -> bool:
        """Whether there is something else to keep than what this kam has kept last."""
        return self._has_read and self._now(stack) != self._kept

    async def keep(self, stack: Iterable[Screen[object]]) -> None:
        """Have it outlive this kam; one after the other, however slow the disk is."""
        async with self._keeping:
            if self._has_read:
                now = self._kept = self._now(stack)
                await asyncio.to_thread(lambda: whereabouts.keep(self.session.outbox.folder, now))

    def _now(self, stack: Iterable[Screen[object]]) -> Whereabouts:
        way = []
        for screen in stack:
            self.note(screen)
            if isinstance(screen, Desk):
                way.append(Stop(*screen.here, self._places.get(screen.place, {})))
        places = {place: left for place, left in self._places.items() if place in FOUND_AGAIN}
        return Whereabouts(places, tuple(way))

    def way_back(self, book: Book) -> list[Stop]:
        """The screens above the first one that there is still something for, in the order to open them."""
        return [stop for stop in self.way[1:] if _is_there(stop, book)]


def _is_there(stop: Stop, book: Book) -> bool:
    if stop.place in ("account", "contact"):
        return stop.record_id in (book.accounts if stop.place == "account" else book.contacts)
    return stop.place in PLACES and (not stop.record_id or stop.place == "history")
