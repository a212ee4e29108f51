"""Session: the seam between the faces and everything else.

It owns the clock, the settings and the store, and the one way to change data: `run(verb, …)`
takes the lock, reads a Book, lets the verb decide, and writes once. The CLI calls it; the TUI
calls it; nothing else writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol

from kam_tui import i18n, paths
from kam_tui import settings as settings_file
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry, History
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.frozen import frozen
from kam_tui.domain.moment import KnownZone, tzinfo_of
from kam_tui.domain.reading import Reading
from kam_tui.domain.text import clean
from kam_tui.settings import Settings

if TYPE_CHECKING:  # a capture makes no backup
    from kam_tui.delivery.outbox import Outbox
    from kam_tui.domain.backup import Backup
    from kam_tui.domain.change import Record
    from kam_tui.domain.report import Mending, Report
    from kam_tui.usecases.erasing import Copy, Erased, Erasing
    from kam_tui.usecases.redacting import Reach
    from kam_tui.usecases.versions import Other

P = ParamSpec("P")
Verb = Callable[Concatenate[Book, datetime, P], Change]
"""A pure function from a book, the time and some arguments to a Change."""


class Keeper(History, Protocol):
    """What a session needs of a store."""

    def read(self) -> Book:
        """One consistent snapshot; tables load when asked for. Raises Damaged, TooNew or Unwritable."""

    def update(self, decide: Callable[[Book], Change], at: datetime, by: str) -> tuple[Book, Change]:
        """Under the lock: read, decide, write once, fsync. Nothing is written when `decide` raises.

        Returns the book after the change. Raises Busy when another process keeps the lock.
        """

    def refresh(self, book: Book) -> Book:
        """`book` itself when nothing has been written since it was read, else the book as it is now."""

    def copies(self, is_in: Callable[[str], bool]) -> list[Copy]:
        """The backups and other files in the book's folder that hold somebody, told by the texts in them."""

    def erase(self, plan: Erasing, at: datetime, by: str) -> tuple[Book, Erased]:
        """Erase somebody from the book, its history and its backups; nothing brings them back."""

    @property
    def has_begun(self) -> bool:
        """Whether it is this store that has begun the book."""

    def close(self) -> None:
        """Let go of files; fold the journal into the tables when that is due."""


class Vault(Protocol):
    """What a session needs of the backups of a book."""

    @property
    def has_book(self) -> bool:
        """Whether there is a book, whole or not."""

    def all(self) -> list[Backup]:
        """All of them, newest first."""

    def take(
        self, now: datetime, reason: str, seal: Callable[[bytes], bytes] | None = None, target: str = ""
    ) -> Backup | None:
        """Back up the book; None where there is nothing to back up. Raises Damaged, Unwritable."""

    def read(self, data: bytes, name: str) -> list[Record]:
        """The records in a backup's bytes. Raises Damaged, Invalid."""

    def put_back(self, data: bytes, name: str, now: datetime, by: str, *, keep: bool = True) -> Backup | None:
        """Put a backup's files in the place of a book that cannot be read; what is there is kept first."""


class Doctor(Protocol):
    """What a session needs to look a book over and to mend it."""

    def look_over(self, now: datetime | None = None) -> Report:
        """What is wrong with the book, and what is worth knowing."""

    def repair(self, by: str, *, dry_run: bool = False) -> Mending:
        """Mend what can be mended without losing anything, or only tell what that would be."""

    def place(self) -> list[str]:
        """What somebody should know who keeps a book in this folder, a sentence each."""

    def copies(self) -> list[str]:
        """The copies of files of the book that lie beside them."""

    def read_copy(self, path: str) -> Other:
        """What a copy of the book, or of a file of it, holds. Raises NotFound, Invalid, Damaged."""

    def put_away(self, path: str) -> str:
        """Give a copy that was brought in another name, which is returned; empty where it keeps its own."""


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

    vault: Callable[[], Vault] | None = None
    """Opens the backups of the book; None for one that is nowhere on a disk."""

    care: Callable[[], Doctor] | None = None
    """Brings who looks the book over; None for one that is nowhere on a disk."""

    posting: Callable[[], Outbox] | None = None
    """Opens what this computer knows of what was sent when; None for a book that is nowhere on a disk."""

    def now(self) -> datetime:
        """The aware local time, in the zone of the settings."""
        return self.clock()

    def reading(self, *, past: bool = False) -> Reading:
        """How what a person writes now is read; with `past`, of what happened rather than of what is due."""
        return self.settings.reading.at(self.now(), past=past)

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

    def history(self, touching: Sequence[str] = (), tables: Sequence[str] = ()) -> Iterable[Entry]:
        """The changes, newest first; see `domain.change.History`."""
        return self.store.history(touching, tables)

    def undoing(self, since: int = 0) -> Iterable[Entry]:
        """The changes after change `since` that take back another one, newest first."""
        return self.store.undoing(since)

    def entry(self, number: int) -> Entry | None:
        """The change of this number; None where the history does not hold it."""
        return self.store.entry(number)

    def undo(self, number: int | None = None) -> tuple[Book, Change]:
        """Take back a change: of this number, else the newest that stands. Raises NotFound or Conflict."""
        from kam_tui.usecases import undo

        entry = undo.undoable(self.history()) if number is None else undo.undoable_at(self, number)
        return self.run(undo.undo, entry)

    def redo(self, number: int | None = None) -> tuple[Book, Change]:
        """Do again a change that was taken back: of this number, else by the last undo. Raises NotFound or
        Conflict."""
        from kam_tui.usecases import undo

        by = author(self.face)
        undone = undo.redoable(self, by) if number is None else undo.redoable_at(self, number)
        return self.run(undo.redo, undone)

    def erasing(self, contact_id: str, reach: Reach | None = None) -> Erasing:
        """What erasing somebody would come to; see `erasing.erase`. Raises NotFound where they are gone."""
        from kam_tui.usecases import erasing, redacting
        from kam_tui.usecases.contacts import of

        book = self.read()
        near = (edit for entry in self.history((contact_id,)) for edit in entry.change.edits)
        known = erasing.versions(of(book, contact_id).id, book, near)
        return erasing.erase(book, self.now(), known, reach or redacting.LEAST)

    def copies(self, plan: Erasing) -> list[Copy]:
        """The backups and other files in the book's folder that hold somebody, or may do so."""
        return self.store.copies(plan.person.signs.are_in)

    def erase(self, plan: Erasing) -> tuple[Book, Erased]:
        """Erase somebody from the book, its history, its backups and the lines kept from writing it.

        `undo` does not bring them back. Raises what the store raises, and Unwritable.
        """
        erased = self.store.erase(plan, self.now(), author(self.face))
        if self.posting is not None:
            from kam_tui.delivery import written

            written.forget(self.outbox.folder, plan.person.signs.are_in)
        return erased

    @property
    def doctor(self) -> Doctor:
        """Who looks the book over. Raises NotFound where it is nowhere on a disk."""
        if self.care is None:
            raise NotFound(i18n._("This book is nowhere on a disk."))
        return self.care()

    def look_over(self) -> Report:
        """What is wrong with the book, and what is worth knowing."""
        return self.doctor.look_over(self.now())

    def repair(self, *, dry_run: bool = False) -> Mending:
        """Mend what can be mended without losing anything; with `dry_run`, only tell what that would be."""
        return self.doctor.repair(author(self.face), dry_run=dry_run)

    def told_of_copies(self) -> str:
        """That a sync tool has put a copy beside a file of the book; empty where none lies there."""
        found = self.care().copies() if self.care else []
        said = i18n._("{path} is a copy that a sync tool made of a file of the book: kam doctor tells more.")
        return said.format(path=clean(found[0])) if found else ""

    def told_at_opening(self) -> list[str]:
        """What somebody should know who looks at the book: a copy beside it, a bad line of name days."""
        from kam_tui.name_calendar import name_calendar

        named = self.settings.name_day_calendar if self.settings.name_days else ""
        return list(filter(None, (self.told_of_copies(), name_calendar(named).problem)))

    def told_at_first(self) -> list[str]:
        """What somebody should know who has begun the book in this session; nothing for any other book."""
        return self.care().place() if self.care and self.store.has_begun else []

    @property
    def backups(self) -> Vault:
        """The backups of the book. Raises NotFound where it is nowhere on a disk."""
        if self.vault is None:
            raise NotFound(i18n._("This book has no backups."))
        return self.vault()

    def back_up(
        self, reason: str, seal: Callable[[bytes], bytes] | None = None, target: str = ""
    ) -> Backup | None:
        """Back up the book for one of `domain.backup.REASONS`; see `Vault.take`.

        None as well where the settings want none that nobody asked for.
        """
        if self.vault is None or not (self.settings.backups or reason == "by-hand"):
            return None
        return self.vault().take(self.now(), reason, seal, target)

    def back_up_daily(self) -> Backup | None:
        """Back up the book, where that was not done yet today and something was written since."""
        if self.vault is None or not self.settings.backups:
            return None
        today = self.now().date()
        if any(each.is_good and each.at.date() == today for each in self.vault().all()):
            return None
        return self.back_up("daily")

    def put_back(self, data: bytes, name: str, *, keep: bool = True) -> Backup | None:
        """Put a backup in the place of a book that cannot be read, or is not there; see `Vault.put_back`."""
        return self.backups.put_back(data, name, self.now(), author(self.face), keep=keep)

    @property
    def outbox(self) -> Outbox:
        """What was sent when. Raises NotFound for a book that is nowhere on a disk."""
        if self.posting is None:
            raise NotFound(i18n._("This book is nowhere on a disk."))
        return self.posting()

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
    recipient = settings.backup_recipient
    seal = (lambda data: _sealed(data, recipient)) if recipient else None
    store = Store(folder, create=create, keep_days=settings.keep_history_days, seal=seal)
    clock = local_clock(settings.timezone)
    return Session(store, settings, clock, face, store.backups, store.doctor, lambda: _outbox(folder))


def _outbox(folder: str) -> Outbox:
    """What this computer knows of what was sent when, of the book in `folder`."""
    from kam_tui.delivery.outbox import Outbox

    return Outbox(paths.state_folder(), folder)


def _sealed(data: bytes, recipient: str) -> bytes:
    """A backup for its recipient. Raises Invalid for what is none."""
    from kam_tui import sealing

    return sealing.for_recipients(recipient.split(","))(data)


def local_clock(zone: str = "") -> Callable[[], datetime]:
    """A clock in `zone`, else in the computer's own zone, by name where the computer tells it.

    `$KAM_NOW` (ISO 8601 with an offset or without) stops the clock: for tests and for trying out
    what kam will say on another day. Raises Invalid for a zone that is unknown and for no time.
    """
    here = local_zone()
    if zone and zone != here and tzinfo_of(zone) is None:
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
        where = tzinfo_of(zone or here) if fixed.tzinfo is None else None
        moment = fixed.replace(tzinfo=where) if where else fixed if fixed.tzinfo else fixed.astimezone()
        return lambda: moment
    if here and zone in ("", here) and "TZ" not in os.environ:
        return lambda: _now_at(here) if zone else _now_where_one_is(here)
    where = tzinfo_of(zone or here) if zone or here else None
    return (lambda: datetime.now(where)) if where else (lambda: datetime.now().astimezone())


def _now_where_one_is(begun: str) -> datetime:
    """The time in the computer's own zone, also where that has changed since kam `begun` in one: who travels
    with kam open gets the zone of where they are."""
    found = local_zone()
    where = tzinfo_of(found) if found not in ("", begun) else None
    return datetime.now(where) if where else _now_at(begun)


def _now_at(here: str) -> datetime:
    """The time in the computer's own zone, whose name is `here`: it knows its offset of this moment."""
    now = datetime.now()
    return now.replace(tzinfo=KnownZone(here, now, now.astimezone().utcoffset()))


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
