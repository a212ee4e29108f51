"""Voice: says what was done, what went wrong and what has come due, where a person sees it."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.widgets._toast import ToastHolder, ToastRack

from kam_tui.domain.errors import KamError
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean

DUE_STAYS = 60.0
"""Seconds that a reminder that has come due stays."""

UNREAD = 1.0
"""Seconds in which nobody has read a refusal yet."""

READING_TIME = 5.0
"""Seconds that a notification stays, and a second more for every twenty letters."""


class Voice:
    """The notifications of an app; user text in them is never markup."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._refused_at = -UNREAD
        self._standing = ""

    @property
    def is_heard(self) -> bool:
        """Whether nothing was refused just now, that nobody can have read yet."""
        return self._since_refusal() > UNREAD

    def say(self, text: str, *, is_wrong: bool = False) -> None:
        """Say it in the place of what was said before, unless that is a refusal that is still being read."""
        text = clean(text, multiline=True)
        if self._since_refusal() > READING_TIME:
            self._clear()
        self._app.notify(
            text,
            severity="error" if is_wrong else "information",
            timeout=READING_TIME + len(text) / 20,
            markup=False,
        )

    def _clear(self) -> None:
        """Take back what was said, but no warning. Textual keeps the empty frames, which would pile up."""
        known = self._app._notifications
        for said in list(known):
            if said.severity != "warning":
                self._app._unnotify(said, refresh=False)
        standing = {ToastRack._toast_id(said) for said in known}
        for screen in self._app.screen_stack:
            for holder in screen.query(ToastHolder):
                if holder.id not in standing:
                    holder.remove()

    def tell(self, problem: KamError) -> None:
        """Say what went wrong, and what to do about it."""
        self.say(f"{problem}\n{problem.hint}" if problem.hint else str(problem), is_wrong=True)

    def refuse(self, problem: KamError) -> None:
        """Say why what a person wanted was not done."""
        self._refused_at = asyncio.get_running_loop().time()
        self.tell(problem)

    def tell_once(self, problem: KamError | None) -> None:
        """Say what goes wrong again and again only when it begins; None is that it has ended."""
        if problem is not None and str(problem) != self._standing:
            self.tell(problem)
        self._standing = str(problem or "")

    def warn(self, text: str) -> None:
        """Say what should not be overlooked, beside whatever else there is."""
        text = clean(text, multiline=True)
        self._app.notify(text, severity="warning", timeout=DUE_STAYS, markup=False)

    def ring(self, letter: Letter, *, aloud: bool) -> None:
        """Say what has come due."""
        self.warn(f"{letter.subject}\n{letter.text}")
        if aloud:
            self._app.bell()

    def _since_refusal(self) -> float:
        return asyncio.get_running_loop().time() - self._refused_at
