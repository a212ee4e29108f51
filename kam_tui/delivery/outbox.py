"""Outbox: what was sent when, of one book, by each channel. It is what makes a thing go once and not again.

It is one small file, `sent.json`, in the folder for states of this computer and not in the book: what one
computer has shown, another has not. Something is marked when the channel has taken it, never before: a
crash in between sends it once more at most, and loses nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from kam_tui.delivery.channels import called
from kam_tui.delivery.turn import PATIENCE, turn
from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.errors import Unwritable
from kam_tui.domain.text import clean
from kam_tui.i18n import _

VERSION = 1
"""Form of the file; one of another form is kept aside."""

MEMORY = timedelta(days=40)
"""How long it is remembered that something rang; nothing looks back farther."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What has gone by one channel."""

    digest: datetime | None = None
    """When it took the last daily digest."""

    looked: datetime | None = None
    """Up to when was looked for what comes due at its time."""

    rung: Mapping[str, datetime] = field(default_factory=dict)
    """Key of what has rung to when it did."""

    def with_rung(self, keys: Iterable[str], now: datetime) -> Channel:
        """The same after these have rung."""
        rung = {key: at for key, at in self.rung.items() if now - at < MEMORY} | dict.fromkeys(keys, now)
        return replace(self, rung=rung)


NEW = Channel()
"""A channel that nothing has gone by yet."""


class Outbox:
    """The state of one book's sending. Whoever changes it holds the turn."""

    def __init__(self, folder: str, book: str) -> None:
        """`folder` is where states are kept, `book` the folder of the book."""
        self.id = hashlib.sha256(os.path.realpath(book).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        """A short name of the book on this computer."""
        self.book = os.path.abspath(book)
        """The folder of the book."""
        self.folder = os.path.join(folder, self.id)
        """Where its state is."""
        self.path = os.path.join(self.folder, "sent.json")
        """The file itself."""

    def turn(self, patience: float = PATIENCE) -> AbstractContextManager[None]:
        """The right to send, while it is held. Raises Busy, Unwritable."""
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
        except OSError as problem:
            raise self._refused(problem) from None
        return turn(os.path.join(self.folder, "sending.lock"), patience)

    def channel(self, name: str) -> Channel:
        """What has gone by a channel."""
        return self.channels().get(called(name), NEW)

    def channels(self) -> dict[str, Channel]:
        """All that was sent. A file that cannot be read is as if nothing had been; see `mend`."""
        try:
            return _decode(self._read())
        except ValueError:
            return {}

    @property
    def is_sound(self) -> bool:
        """Whether the file can be read, or is not there yet."""
        try:
            _decode(self._read())
        except ValueError:
            return False
        return True

    def mend(self) -> str:
        """Put a file that cannot be read aside, and return a sentence about it; empty where all is well.

        The turn must be held.
        """
        if self.is_sound:
            return ""
        aside = _free_name(self.path + ".damaged")
        try:
            os.replace(self.path, aside)
        except OSError as problem:
            raise self._refused(problem) from None
        return _(
            "What was sent when could not be read, so it begins anew; the old file is kept as {path}."
        ).format(path=clean(aside))

    def mark_digest(self, name: str, now: datetime) -> None:
        """The channel has taken the daily digest."""
        self._write(name, replace(self.channel(name), digest=now))

    def mark_rung(self, name: str, keys: Iterable[str], now: datetime) -> None:
        """These have rung."""
        self._write(name, self.channel(name).with_rung(keys, now))

    def mark_looked(self, name: str, now: datetime) -> None:
        """All that came due up to `now` was looked for, and has rung."""
        self._write(name, replace(self.channel(name), looked=now))

    def _read(self) -> Any:
        """The file as JSON; nothing for none. Raises ValueError."""
        try:
            with open(self.path, "rb") as file:
                return json.loads(file.read())
        except FileNotFoundError:
            return {"version": VERSION, "channels": {}}
        except OSError as problem:
            raise self._refused(problem) from None

    def _write(self, name: str, channel: Channel) -> None:
        self.mend()
        known = self.channels() | {called(name): channel}
        text = json.dumps(
            {
                "version": VERSION,
                "channels": {name: _encode(each) for name, each in sorted(known.items())},
            },
            indent=1,
        )
        try:
            write_whole(self.path, text + "\n")
        except OSError as problem:
            raise self._refused(problem) from None

    def _refused(self, problem: OSError) -> Unwritable:
        return Unwritable(
            _("What was sent when cannot be kept in {path}: {problem}.").format(
                path=clean(self.path), problem=problem.strerror
            ),
            _("Without it, the same would go again and again. See to that folder."),
        )


def _encode(channel: Channel) -> dict[str, Any]:
    return {
        "digest": channel.digest.isoformat() if channel.digest else None,
        "looked": channel.looked.isoformat() if channel.looked else None,
        "rung": {key: at.isoformat() for key, at in channel.rung.items()},
    }


def _decode(value: Any) -> dict[str, Channel]:
    """Raises ValueError for what `_encode` has not written."""
    try:
        if value["version"] != VERSION:
            raise ValueError
        return {
            str(name): Channel(
                _moment(each["digest"]),
                _moment(each["looked"]),
                {str(key): _aware(at) for key, at in each["rung"].items()},
            )
            for name, each in value["channels"].items()
        }
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError from problem


def _moment(text: str | None) -> datetime | None:
    return None if text is None else _aware(text)


def _aware(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError
    return found


def _free_name(path: str) -> str:
    number, name = 1, path
    while os.path.lexists(name):
        number, name = number + 1, f"{path}-{number + 1}"
    return name
