"""Voice: says what was done, what went wrong and what has come due, where a person sees it.

What is said stands in lines of its own above the keys. What was done leaves by itself; what went wrong stays
until the next key after it can have been read, and what has come due until Escape takes it away.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from textual import events
from textual.content import Content

from kam_tui.domain.errors import KamError
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean
from kam_tui.session import Session
from kam_tui.tui.dress import Dressed
from kam_tui.tui.widgets.notice_line import DONE, ERROR, RING, SAID, WARNING, Notice, NoticeLine

UNREAD = 1.0
"""Seconds in which nobody has read a notice yet."""

READING_TIME = 5.0
"""Seconds that what was done stays, and a second more for every `LETTERS`."""

LETTERS = 20

KEPT = 50
"""How many notices can be read again."""

ACKNOWLEDGES = "escape"
"""The key that takes a notice away, and does nothing else then."""


TONES = {"information": SAID, "warning": WARNING, "error": ERROR}
"""How what Textual calls a severity is said."""


class Speaking(Dressed):
    """An app with a voice, which says what Textual would lay over the screen."""

    def __init__(self, session: Session, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(environment)
        self.session = session
        self.voice = Voice(self)
        self._disable_notifications = True  # no screen has a rack for toasts

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: str = "information",
        timeout: float | None = None,  # noqa: ARG002
        markup: bool = True,
    ) -> None:
        """Say it, from any thread; how long it stays is told by what it is."""
        text = Content.from_markup(message).plain if markup else message
        self.call_later(self.voice.say, f"{title}\n{text}".strip(), TONES[severity])

    def keeps(self, key: events.Key | events.Paste) -> bool:
        """A key may have been for what was said alone."""
        return self.voice.heed(key.key if isinstance(key, events.Key) else "")


class Voice:
    """What an app says; user text in it is never markup."""

    def __init__(self, app: Speaking) -> None:
        self._app = app
        self.kept: deque[Notice] = deque(maxlen=KEPT)
        """What was said, the newest last."""
        self.standing: tuple[Notice, ...] = ()
        """What is still shown, the newest last."""
        self._count = 0
        self._seen: dict[int, float] = {}
        """When what is seen now was first seen."""
        self._refused_at = -UNREAD
        self._lasting: Notice | None = None
        """What goes wrong again and again."""

    @property
    def is_heard(self) -> bool:
        """Whether nothing was refused just now, that nobody can have read yet."""
        return _now() - self._refused_at > UNREAD

    def say(self, text: str, tone: str = SAID) -> Notice:
        """Say it. What leaves by itself does so for the next of its kind."""
        self._count += 1
        notice = Notice(self._count, clean(text, multiline=True), tone, self._app.session.now())
        self.kept.append(notice)
        self._stand([*(each for each in self.standing if not _gives_way(each, notice)), notice])
        if not notice.stays:
            lasts = READING_TIME + len(notice.text) / LETTERS
            self._app.set_timer(lasts, partial(self._leave, [notice]))
        return notice

    def done(self, text: str) -> None:
        """Say what was done."""
        self.say(text, DONE)

    def warn(self, text: str) -> None:
        """Say what should not be overlooked."""
        self.say(text, WARNING)

    def tell(self, problem: KamError) -> Notice:
        """Say what went wrong, and what to do about it."""
        return self.say(f"{problem}\n{problem.hint}".strip(), ERROR)

    def refuse(self, problem: KamError) -> None:
        """Say why what a person wanted was not done."""
        self._refused_at = _now()
        self.tell(problem)

    def tell_once(self, problem: KamError | None) -> None:
        """Say what goes wrong again and again only when it begins; None is that it has ended."""
        lasting = self._lasting
        if problem is None:
            self._lasting = None
            if lasting:
                self._leave([lasting])
        elif lasting is None or not lasting.text.startswith(clean(str(problem), multiline=True)):
            self._lasting = self.tell(problem)

    def ring(self, letter: Letter, *, aloud: bool) -> None:
        """Say what has come due."""
        self.say(f"{letter.subject}\n{letter.text}", RING)
        if aloud:
            self._app.bell()

    def heed(self, key: str) -> bool:
        """A key takes away what it finds read already. Returns whether that was all it was pressed for."""
        now = _now()
        read = [
            each for each in self._visible() if each.stays and now - self._seen.get(each.number, now) > UNREAD
        ]
        acknowledged = key == ACKNOWLEDGES
        self._leave([each for each in read if acknowledged or each.tone != RING])
        return acknowledged and bool(read)

    def show(self, line: NoticeLine) -> None:
        """Show in this line what stands."""
        line.show(self.standing)
        self._mark_seen()

    def _leave(self, gone: Iterable[Notice]) -> None:
        numbers = {each.number for each in gone}
        self._stand([each for each in self.standing if each.number not in numbers])

    def _stand(self, notices: list[Notice]) -> None:
        if self.standing == tuple(notices):
            return
        self.standing = tuple(notices)
        for line in self._lines():
            line.show(self.standing)
        self._mark_seen()

    def _mark_seen(self) -> None:
        now = _now()
        self._seen = {each.number: self._seen.get(each.number, now) for each in self._visible()}

    def _visible(self) -> list[Notice]:
        return next((line.seen for line in self._lines()), [])

    def _lines(self) -> Iterator[NoticeLine]:
        """The lines on what is seen: of the dialogs in front, and of the screen that they are before."""
        for screen in reversed(self._app.screen_stack):
            yield from screen.query_children(NoticeLine)
            if not screen.is_modal:
                return


def _gives_way(older: Notice, newer: Notice) -> bool:
    """Whether what was said before is not worth its lines any more."""
    return (older.text, older.tone) == (newer.text, newer.tone) or not (older.stays or newer.stays)


def _now() -> float:
    return asyncio.get_running_loop().time()
