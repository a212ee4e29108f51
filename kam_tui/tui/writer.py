"""Writer: has what a person wants written into the book, and says what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from kam_tui.domain.change import Change
from kam_tui.domain.errors import KamError, Stopped
from kam_tui.i18n import _
from kam_tui.tui.first_read import Answer
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.messages import Do, Open, Redo, Undo
from kam_tui.tui.reading import Reading

SLOW = 0.25
"""Seconds after which it is said that something is being written."""

Writing = Coroutine[Any, Any, tuple[Answer, Change]]
"""What the disk is asked to do."""


class Writer:
    """The one place of an app that has anything written."""

    def __init__(self, app: Reading) -> None:
        self._app = app
        self._begun = 0
        self._lasting = 0

    @property
    def is_awaited(self) -> bool:
        """Whether something is being written that a key waits for, since it may act on what comes of it."""
        return self._begun > self._lasting

    def do(self, asked: Do) -> None:
        """Have a verb's change written."""
        self._begin(self._app.disk.run(asked.verb, asked.first), self._undoes, asked)

    def undo(self, asked: Undo) -> None:
        """Have a change taken back."""
        self._begin(self._app.disk.undo(asked.number), self._hint(_("{key} redoes it"), "everywhere.redo"))

    def redo(self, asked: Redo) -> None:
        """Have done again what was taken back."""
        self._begin(self._app.disk.redo(asked.number), self._undoes)

    async def finish(self) -> None:
        """Wait until all is written."""
        while self._begun:
            await asyncio.sleep(0.01)

    @property
    def _undoes(self) -> str:
        return self._hint(_("{key} undoes it"), "everywhere.undo")

    def _hint(self, said: str, command: str) -> str:
        """What to press next; nothing, where the person has left the command without a key."""
        key = keymap_of(self._app.session.settings.keys).first(command)
        return said.format(key=key) if key else ""

    def _begin(self, writing: Writing, hint: str, asked: Do | None = None) -> None:
        self._begun += 1
        self._lasting += asked is not None and asked.lasts
        self._app.run_worker(self._write(writing, hint, asked), group="writing")

    async def _write(self, writing: Writing, hint: str, asked: Do | None) -> None:
        app = self._app
        lasts = app.set_timer(SLOW, lambda: app.voice.say(_("Writing it into the book …")))
        if asked and asked.lasts:  # whoever knows that says so
            lasts.stop()
        try:
            answer, change = await writing
        except KamError as problem:
            app.voice.say(str(problem)) if isinstance(problem, Stopped) else app.voice.refuse(problem)
            if asked and asked.refused:
                await asked.refused()
        else:
            app.take(answer)
            app.voice.done(f"{change.summary}\n{hint}".strip() if change.edits else change.summary)
            for note in change.notes:
                app.voice.warn(note)
            if asked and asked.opens:
                self._open_new(change)
            if asked and asked.written:
                await asked.written()
        finally:
            lasts.stop()
            self._begun -= 1
            self._lasting -= asked is not None and asked.lasts

    def _open_new(self, change: Change) -> None:
        """Go to the account or the person that a change has added."""
        for edit in change.edits:
            if edit.before is None and edit.record.id.startswith(("a-", "c-")):
                place = "account" if edit.record.id[0] == "a" else "contact"
                self._app.post_message(Open(place, edit.record.id))
                return
