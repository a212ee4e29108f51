"""Ringing: what comes due at its minute is sent then, once by each channel, whoever else looks as well.

Nothing is set to go off: the book is asked, now and then, what came due since it was last asked. So a book
that changes, a clock that is put right, a computer that slept and a program that begins anew are all heeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from kam_tui.delivery.outbox import Channel
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.dates.zone import show_over_there
from kam_tui.domain.errors import Busy
from kam_tui.domain.letter import Letter
from kam_tui.i18n import _, ngettext
from kam_tui.rules.due import Due, due_between
from kam_tui.settings import Settings

AT_ONCE = 3
"""How many ring one by one; more of them come as one list."""

KEPT = timedelta(minutes=10)
"""How often it is written down up to when was looked, where nothing rings."""


class Rung(Protocol):
    """Who remembers what has rung: the outbox, or `Here`."""

    def turn(self, patience: float) -> AbstractContextManager[None]:
        """The right to ring, while it is held. Raises Busy."""

    def channel(self, name: str) -> Channel:
        """What has rung by a channel."""

    def mark_rung(self, name: str, keys: Iterable[str], now: datetime) -> None:
        """These have rung."""

    def mark_looked(self, name: str, now: datetime) -> None:
        """All that came due up to `now` was looked for, and has rung."""


class Here:
    """What has rung on one open screen, from when it was opened on.

    It is kept nowhere: a screen that nobody looks at must not keep another one, or the desktop, from ringing.
    """

    def __init__(self, opened: datetime) -> None:
        self._known = Channel(looked=opened)

    def turn(self, patience: float) -> AbstractContextManager[None]:  # noqa: ARG002
        """Nobody else wants it."""
        return nullcontext()

    def channel(self, name: str) -> Channel:  # noqa: ARG002
        """What has rung here."""
        return self._known

    def mark_rung(self, name: str, keys: Iterable[str], now: datetime) -> None:  # noqa: ARG002
        """These have rung."""
        self._known = self._known.with_rung(keys, now)

    def mark_looked(self, name: str, now: datetime) -> None:  # noqa: ARG002
        """All that came due up to `now` was looked for, and has rung."""
        self._known = replace(self._known, looked=now)


class Ringer:
    """Rings by one channel. `send` returns when the channel has taken a letter, and raises what it raises."""

    def __init__(
        self, rung: Rung, channel: str, settings: Settings, send: Callable[[Letter, str], object]
    ) -> None:
        self.channel = channel
        """The channel's name."""
        self._rung = rung
        self._settings = settings
        self._send = send
        self._looked: datetime | None = None
        self._seen: tuple[object, datetime] | None = None

    def look(self, book: Book, now: datetime) -> int:
        """Ring what came due since the last look of this channel; how many. Raises what `send` raises.

        The first look ever begins with the day; later ones where the last one ended, even long ago.
        """
        minute = now.replace(second=0, microsecond=0)
        if self._seen and self._seen[0] is book and self._seen[1] == minute:
            return 0
        begun = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        last = self._looked or self._rung.channel(self.channel).looked or begun
        if is_quiet(self._settings, now.time()):
            self._looked = self._looked or last
            return 0
        # A clock that was put back: what has rung does not ring again, by its key.
        last = min(last, now, key=_utc)
        count = 0
        with suppress(Busy), self._rung.turn(0):
            known = self._rung.channel(self.channel)
            due = [
                each for each in due_between(book, self._settings, last, now) if each.key not in known.rung
            ]
            for some in _together(due):
                keys = [each.key for each in some]
                self._send(letter_of(some), keys[0])
                self._rung.mark_rung(self.channel, keys, now)
                count += len(some)
            if count or known.looked is None or abs(_utc(now) - _utc(known.looked)) >= KEPT:
                self._rung.mark_looked(self.channel, now)
            self._looked, self._seen = now, (book, minute)
        return count


def is_quiet(settings: Settings, clock: time) -> bool:
    """Whether nothing rings at this time of day; the quiet may go over midnight."""
    if not settings.quiet_from:
        return False
    begin, end = time.fromisoformat(settings.quiet_from), time.fromisoformat(settings.quiet_until)
    if begin <= end:
        return begin <= clock < end
    return clock >= begin or clock < end


def letter_of(some: Sequence[Due]) -> Letter:
    """What is said of what came due; late or not, with its why."""
    if len(some) == 1:
        (due,) = some
        return Letter(f"{_clock(due)} {due.item.line}", f"{_lateness(due)}{due.item.why}\n")
    count = len(some)
    title = ngettext("{count} reminder came due", "{count} reminders came due", count).format(count=count)
    lines = [f"{_when(due)} {due.item.line}\n" for due in some]
    return Letter(title, "".join(lines))


def _lateness(due: Due) -> str:
    if not due.late:
        return ""
    return _("Late: it was due on {when}.").format(when=_when(due)) + "\n"


def _when(due: Due) -> str:
    return f"{show_day(due.at.date())} {_clock(due)}"


def _clock(due: Due) -> str:
    """The time here, and by their clock where that is another."""
    there = show_over_there(Moment.of(due.at), due.item.zone) if due.item.zone else ""
    return f"{due.at:%H:%M} ({there})" if there else f"{due.at:%H:%M}"


def _together(due: list[Due]) -> list[list[Due]]:
    if len(due) <= AT_ONCE:
        return [[each] for each in due]
    return [due]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
