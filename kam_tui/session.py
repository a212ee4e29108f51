"""Session: the seam between the faces and everything else.

It owns the clock, the settings and the store, and the one way to change data: `run(verb, …)`
takes the lock, reads a Book, lets the verb decide, and writes once. The CLI calls it; the TUI
calls it; nothing else writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol

from kam_tui import i18n, paths
from kam_tui import settings as settings_file
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry
from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import frozen
from kam_tui.domain.moment import tzinfo_of
from kam_tui.domain.text import clean
from kam_tui.settings import Settings

P = ParamSpec("P")
Verb = Callable[Concatenate[Book, datetime, P], Change]
"""A pure function from a book, the time and some arguments to a Change."""


class Keeper(Protocol):
    """What a session needs of a store."""

    def read(self) -> Book:
        """One consistent snapshot; tables load when asked for. Raises Damaged, TooNew or Unwritable."""

    def update(self, decide: Callable[[Book], Change], at: datetime, by: str) -> tuple[Book, Change]:
        """Under the lock: read, decide, write once, fsync. Nothing is written when `decide` raises.

        Returns the book after the change. Raises Busy when another process keeps the lock.
        """

    def refresh(self, book: Book) -> Book:
        """`book` itself when nothing has been written since it was read, else the book as it is now."""

    def history(self) -> Iterator[Entry]:
        """The changes, newest first."""

    def check(self) -> list[str]:
        """What is wrong with what is kept, a sentence each; empty when it is sound."""

    def close(self) -> None:
        """Let go of files; fold the journal into the tables when that is due."""


@frozen
class Session:
    """A store, the settings and a clock."""

    store: Keeper
    """Where the book is kept."""

    settings: Settings
    """As read when the session was opened."""

    clock: Callable[[], datetime]
    """The aware local time."""

    face: str = "cli"
    """Which face the changes come through, for the history."""

    def now(self) -> datetime:
        """The aware local time, in the zone of the settings."""
        return self.clock()

    def read(self) -> Book:
        """The book as it is now."""
        return self.store.read()

    def refresh(self, book: Book) -> Book:
        """The same book when nobody has written since, else the newest."""
        return self.store.refresh(book)

    def run(self, verb: Verb[P], *args: P.args, **kwargs: P.kwargs) -> tuple[Book, Change]:
        """Let a verb decide on the newest book, and write what it decided. All or nothing."""
        now = self.now()
        return self.store.update(lambda book: verb(book, now, *args, **kwargs), now, author(self.face))

    def history(self) -> Iterator[Entry]:
        """The changes, newest first."""
        return self.store.history()

    def check(self) -> list[str]:
        """What is wrong with the book, a sentence each; empty when it is sound."""
        return self.store.check()

    def close(self) -> None:
        """End the session."""
        self.store.close()


def open_session(book: str = "", face: str = "cli", *, create: bool = True) -> Session:
    """A session on the book at `book`, else where the environment or the settings say.

    Raises Invalid for settings that cannot be taken, and what the store raises on opening.
    """
    settings = settings_file.load(paths.config_file())
    i18n.use_language(settings.language)
    from kam_tui.store.store import Store

    folder = os.path.expanduser(book) if book else paths.book_folder(settings.book)
    store = Store(folder, create=create, keep_days=settings.keep_history_days)
    return Session(store, settings, local_clock(settings.timezone), face)


def local_clock(zone: str = "") -> Callable[[], datetime]:
    """A clock in `zone`, else in the computer's own zone, by name where the computer tells it.

    `$KAM_NOW` (ISO 8601 with an offset or without) stops the clock: for tests and for trying out
    what kam will say on another day. Raises Invalid for a zone that is unknown and for no time.
    """
    if zone and tzinfo_of(zone) is None:
        raise Invalid(
            i18n._("Setting timezone: {zone} is no zone that this computer knows.").format(zone=clean(zone)),
            i18n._("Write it like Europe/Helsinki, or leave it empty for the computer's own."),
        )
    stopped = os.environ.get("KAM_NOW")
    if stopped:
        try:
            fixed = datetime.fromisoformat(stopped)
        except ValueError:
            raise Invalid(
                i18n._("KAM_NOW is {text}, which is no time such as 2026-11-24T14:00.").format(
                    text=clean(stopped)
                )
            ) from None
        where = tzinfo_of(zone or local_zone()) if fixed.tzinfo is None else None
        moment = fixed.replace(tzinfo=where) if where else fixed if fixed.tzinfo else fixed.astimezone()
        return lambda: moment
    name = zone or local_zone()
    where = tzinfo_of(name) if name else None
    return (lambda: datetime.now(where)) if where else (lambda: datetime.now().astimezone())


def local_zone() -> str:
    """The IANA name of the computer's zone (`$TZ`, else the link `/etc/localtime`); empty if untold."""
    name = os.environ.get("TZ", "").lstrip(":")
    if name:
        return name if tzinfo_of(name) else ""
    try:
        return os.readlink("/etc/localtime").partition("zoneinfo/")[2]
    except OSError:
        return ""


def author(face: str) -> str:
    """Who makes changes: the login name, and the face they come through."""
    name = os.environ.get("USER") or os.environ.get("LOGNAME") or os.environ.get("USERNAME") or "someone"
    return f"{name}@{face}"
