"""Recall: the lines written before, and the one left unsaved, kept across restarts without anybody waiting.

A disk that refuses them costs nothing but the memory of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from kam_tui.delivery import written
from kam_tui.delivery.written import LONGEST, Kept, Written
from kam_tui.session import Session


class Recall:
    """What is remembered of one book's lines."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._turn = asyncio.Lock()
        self.kept = Kept()
        """As last read."""

    async def load(self) -> None:
        """Read what there is."""
        await self._in_turn(lambda kept: kept)

    async def keep_draft(self, line: str, kind: str) -> None:
        """Keep a line that is not saved yet; an empty one drops what was kept."""
        draft = Written(line[:LONGEST], kind) if line.strip() else None
        if draft != self.kept.draft:
            await self._in_turn(lambda kept: kept._replace(draft=draft))

    async def saved(self, line: str, kind: str) -> None:
        """The line is in the book."""
        await self._in_turn(lambda kept: kept.with_line(Written(line[:LONGEST], kind))._replace(draft=None))

    async def refused(self, line: str, kind: str) -> None:
        """The line did not get into the book: it comes back as a draft."""
        own = Written(line[:LONGEST], kind)
        await self._in_turn(lambda kept: kept.with_line(own)._replace(draft=own))

    async def put_by(self) -> None:
        """Keep the draft among the lines: another line is begun."""
        await self._in_turn(lambda kept: kept.put_by())

    async def _in_turn(self, change: Callable[[Kept], Kept]) -> None:
        async with self._turn:
            await asyncio.to_thread(self._change, change)

    def _change(self, change: Callable[[Kept], Kept]) -> None:
        """Read first: another kam may have written meanwhile."""
        if self._session.posting is None:
            self.kept = change(self.kept)
            return
        folder = self._session.outbox.folder
        before = written.read(folder)
        self.kept = change(before)
        if self.kept != before:
            with suppress(OSError):
                written.write(folder, self.kept)


class Earlier:
    """Steps through the lines written before, and back to one's own."""

    def __init__(self, recall: Recall) -> None:
        self._recall = recall
        self._own: Written | None = None
        self._at = -1

    @property
    def line(self) -> str | None:
        """The line that is shown; None for one's own."""
        return self._recall.kept.lines[self._at].line if self._at >= 0 else None

    def step(self, step: int, own: Written) -> Written | None:
        """The line before (-1) or after (1), `own` being what is in the field; None where there is none."""
        lines = self._recall.kept.lines
        if self._at < 0:
            self._own = own
        at = max(-1, min(len(lines) - 1, self._at - step))
        if at == self._at:
            return None
        self._at = at
        return lines[at] if at >= 0 else self._own

    def leave(self) -> Written | None:
        """One's own line, where another one is shown; from here on that is no longer so."""
        own = self._own if self._at >= 0 else None
        self._at = -1
        return own
