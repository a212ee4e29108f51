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
    """What is remembered of one book's lines, seen from one place of the screen."""

    def __init__(self, session: Session, place: str = "") -> None:
        """`place` is what the line is about, with an own draft: a page and a day; empty for neither."""
        self._session = session
        self._turn = asyncio.Lock()
        self._place = place
        self._taken: Written | None = None
        self.kept = Kept()
        """As last read."""

    @property
    def draft(self) -> Written | None:
        """What was left unsaved here."""
        return self.kept.draft(self._place)

    @property
    def earlier(self) -> tuple[Written, ...]:
        """What was left unsaved elsewhere, and then the lines written before; the newest first."""
        elsewhere = tuple(each for each in self.kept.drafts if each.place != self._place)
        return (*elsewhere, *self.kept.lines)

    @property
    def elsewhere(self) -> str:
        """The newest line that was left unsaved elsewhere; empty for none."""
        return next((each.line for each in self.kept.drafts if each.place != self._place), "")

    def take(self, draft: Written | None) -> None:
        """From here on a draft of another place is written on here."""
        self._taken = draft

    async def load(self) -> None:
        """Read what there is."""
        await self._in_turn(lambda kept: kept)

    async def keep_draft(self, line: str, kind: str) -> None:
        """Keep a line that is not saved yet; an empty one drops what was kept here."""
        draft = Written(line, kind, self._place)
        if draft != (self.draft or Written("", kind, self._place)):
            await self._in_turn(lambda kept: self._without_taken(kept, line).with_draft(draft))

    async def saved(self, line: str, kind: str) -> None:
        """The line is in the book."""
        none = Written("", "", self._place)

        def keep(kept: Kept) -> Kept:
            left = self._without_taken(kept, line).with_draft(none).without_draft(line)
            return left.with_line(Written(line, kind)) if len(line) <= LONGEST else left

        await self._in_turn(keep)

    async def refused(self, line: str, kind: str) -> None:
        """The line did not get into the book: it comes back as a draft."""
        own = Written(line, kind, self._place)
        await self._in_turn(lambda kept: kept.with_line(own).with_draft(own))

    async def put_by(self, own: Written | None = None) -> None:
        """Keep a line, else the draft of this place, among the lines: another line is begun."""
        await self._in_turn(lambda kept: kept.with_line(own) if own else kept.put_by(self._place))

    def _without_taken(self, kept: Kept, line: str) -> Kept:
        return kept.without_draft(self._taken.line) if self._taken and line.strip() else kept

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
        self._lines: tuple[Written, ...] = ()
        self._at = -1

    @property
    def line(self) -> str | None:
        """The line that is shown; None for one's own."""
        return self._lines[self._at].line if self._at >= 0 else None

    def step(self, step: int, own: Written) -> Written | None:
        """The line before (-1) or after (1), `own` being what is in the field; None where there is none."""
        if self._at < 0:
            self._own, self._lines = own, self._recall.earlier
        at = max(-1, min(len(self._lines) - 1, self._at - step))
        if at == self._at:
            return None
        self._at = at
        return self._lines[at] if at >= 0 else self._own

    def go_on(self) -> Written | None:
        """The line that is shown is written on: it is one's own from here on, not the one returned."""
        self._recall.take(self._lines[self._at])
        return self.leave()

    def leave(self) -> Written | None:
        """One's own line, where another one is shown; from here on that is no longer so."""
        own = self._own if self._at >= 0 else None
        self._at = -1
        return own
