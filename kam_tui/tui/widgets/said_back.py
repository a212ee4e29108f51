"""SaidBack: what a line is understood as, worked out off the screen while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple

from textual import work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kam_tui.domain.one_line import Understood
from kam_tui.tui.understood import show_understood
from kam_tui.tui.wording import plain

PAUSE = 0.03
"""Seconds that the reading waits for more letters, so that those come first."""


class Typed(NamedTuple):
    """A line to be said back."""

    line: str = ""
    """All of it; empty where nothing is typed."""
    kind: str = ""
    """The kind of activity it is meant as."""
    note: str = ""
    """What is said in place of it."""
    is_begun: bool = False
    """Whether anything is typed in it yet: until then nothing is wrong with it."""


class SaidBack(Static):
    """The newest line that was typed, understood."""

    class Read(Message):
        """The line is read as far as it goes."""

        def __init__(self, account_id: str | None, kind: str) -> None:
            super().__init__()
            self.account_id = account_id
            self.kind = kind

    def __init__(
        self, understand: Callable[[str, str], Understood], ready: Callable[[], Awaitable[None]]
    ) -> None:
        """`understand` reads a line of a kind, in a thread, once `ready` is through."""
        super().__init__(classes="reading")
        self._understand = understand
        self._ready = ready
        self._typed = Typed()
        self._is_reading = False

    def say(self, typed: Typed) -> None:
        """Say this back; what is being read is read again."""
        self._typed = typed
        if not self._is_reading:
            self._is_reading = True
            self._read()

    @work(group="search")
    async def _read(self) -> None:
        read, understood = None, None
        await self._ready()
        while read != self._typed:
            await asyncio.sleep(PAUSE)
            read = self._typed
            given = (read.line, read.kind)
            understood = await asyncio.to_thread(self._understand, *given) if read.line else None
        self._is_reading = False
        account = understood.account if understood else None
        kind = understood.kind if understood else ""
        self.post_message(self.Read(account.id if account else None, kind))
        said = plain(self._typed.note, "$warning") if self._typed.note else _said(understood, self._typed)
        if said != self.content:
            self.update(said)


def _said(understood: Understood | None, typed: Typed) -> Content:
    if understood and not typed.is_begun:
        understood = replace(understood, problems=())
    return show_understood(understood) if understood else Content("")
