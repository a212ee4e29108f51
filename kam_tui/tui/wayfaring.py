"""Wayfaring: going from screen to screen and back, and finding each as it was left."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from textual import events, on
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Input

from kam_tui.domain.book import Book
from kam_tui.rules.agenda import Agenda
from kam_tui.session import Session
from kam_tui.tui.memory import Memory
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.screens.places import KEPT, TODAY, screen_for
from kam_tui.tui.voice import Speaking

LEAVING = ("quit", "app.quit")
AT_ONCE = ("open(", "note", "back", "command_palette", *LEAVING)
"""The actions that need no book, or how they begin."""


PAINTED = 0.5
"""Seconds after which the first paint is not waited for any longer."""


class Wayfaring(Speaking):
    """An app with places to go to. The book and its agenda flow down from it to their screens."""

    book: var[Book] = var(Book, init=False)
    agenda: var[Agenda | None] = var(None, init=False)
    is_early: var[bool] = var(False, init=False)
    """Whether they are what is known before all of the book has been read."""

    def __init__(
        self,
        session: Session,
        opens: Open | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`opens` is where to go first."""
        super().__init__(session, environment)
        self.opens = opens
        self.memory = Memory(session)

    def holds_back(self, key: events.Key | events.Paste) -> bool:
        """While the book is read: what acts on what a screen does not show yet waits for it. What is typed
        into a line or a dialog, going to a screen and leaving do not."""
        screen, is_read = self.screen, self.agenda is not None and not self.is_early
        if is_read or not isinstance(screen, Desk) or screen.is_drawn or isinstance(key, events.Paste):
            return False
        if isinstance(screen.focused, Input):
            return key.key == "enter"
        found = screen.active_bindings.get(key.key)
        return found is None or not found.binding.action.startswith(AT_ONCE)

    def overtakes(self, key: events.Key) -> bool:
        """Leaving does, by a key that is no letter."""
        found = None if key.is_printable else self.screen.active_bindings.get(key.key)
        return found is not None and found.binding.action in LEAVING

    def get_default_screen(self) -> Screen[Any]:
        """Today is underneath everything."""
        return self._screen(TODAY)

    @on(Open)
    async def _on_open(self, message: Open) -> None:
        if message.place != "back":
            await self._go(message)
        elif len(self.screen_stack) > 1:
            await self._leave()

    async def _leave(self) -> None:
        self.memory.note(self.screen)
        await self.pop_screen()

    async def _go(self, message: Open) -> None:
        """Go back to the place where it is on the stack, else put it on top."""
        here = (message.place, message.record_id)
        stack = [screen.here for screen in self.screen_stack if isinstance(screen, Desk)]
        if len(stack) < len(self.screen_stack) or self.screen_stack[-1].is_modal:
            return
        below = stack.index(here) if here in stack else 0 if message.place in KEPT else None
        if below is not None:
            while len(self.screen_stack) > below + 1:
                await self._leave()
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
        screen.data_bind(book=Wayfaring.book, agenda=Wayfaring.agenda, is_early=Wayfaring.is_early)
        if place in KEPT:
            self.install_screen(screen, place)
        if not record_id:
            screen.find_again(self.memory.left(place))
        return screen

    async def painted(self) -> None:
        """Wait until what there is to show has been painted: what nobody sees yet is not to delay it."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(painted.wait(), PAINTED)

    async def _go_on(self) -> None:
        """Show what is there as it was left, and go where the person wants to begin.

        What is on the screen first needs none of that mostly, so it is painted before.
        """
        if not (self.opens or self.session.settings.reopen):
            await self.painted()
        await self.memory.read()
        for screen in self.screen_stack:
            if isinstance(screen, Desk):
                screen.find_again(self.memory.left(screen.place))
        if self.opens:
            await self._go(self.opens)
        elif self.session.settings.reopen:
            for stop in self.memory.way_back(self.book):
                await self._go(Open(stop.place, stop.record_id))
                if isinstance(self.screen, Desk) and self.screen.here == (stop.place, stop.record_id):
                    self.screen.find_again(stop.left)

    def _keep(self) -> None:
        if self.is_running and self.memory.is_behind(self.screen_stack):
            self.run_worker(self.memory.keep(self.screen_stack), group="keeping")
