"""Session: the seam between the faces and everything else.

It owns the clock, the settings and the store, and the one way to change data: `run(verb, …)`
takes the lock, reads a Book, lets the verb decide, and writes once. The CLI calls it; the TUI
calls it; nothing else writes. What it needs of those who keep a book stands in `ports`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui import paths, settings_reader
from kam_tui.clock import local_clock
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.errors import KamError, NotFound
from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean
from kam_tui.i18n import _, use_language
from kam_tui.settings import Settings

if TYPE_CHECKING:  # a capture makes no backup
    from kam_tui.delivery.outbox import Outbox
    from kam_tui.domain.backup import Backup
    from kam_tui.domain.progress import Progress
    from kam_tui.domain.report import Mending, Report
    from kam_tui.ports import Doctor, Keeper, P, Vault, Verb
    from kam_tui.usecases.erasing import Copy, Erased, Erasing
    from kam_tui.usecases.redacting import Reach


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

    def erasing(
        self, contact_id: str, reach: Reach | None = None, progress: Progress | None = None
    ) -> Erasing:
        """What erasing somebody would come to; see `erasing.erase`. Raises NotFound where they are gone, and
        Stopped."""
        from kam_tui.domain.progress import Progress
        from kam_tui.usecases import erasing, redacting
        from kam_tui.usecases.contacts import of

        book = self.read()
        progress = progress or Progress()
        told = progress.over(_("Looking through the history"), self.history((contact_id,)), 0)
        near = (edit for entry in told for edit in entry.change.edits)
        known = erasing.versions(of(book, contact_id).id, book, near)
        return erasing.erase(book, self.now(), known, reach or redacting.LEAST, progress=progress)

    def copies(self, plan: Erasing, progress: Progress | None = None) -> list[Copy]:
        """The backups and other files in the book's folder that hold somebody, or may do so.

        Raises Stopped.
        """
        return self.store.copies(plan.person.signs.are_in, progress)

    def erase(self, plan: Erasing, progress: Progress | None = None) -> tuple[Book, Erased]:
        """Erase somebody from the book, its history, its backups and the lines kept from writing it.

        `undo` does not bring them back. Raises what the store raises, and Unwritable.
        """
        erased = self.store.erase(plan, self.now(), author(self.face), progress)
        if self.posting is not None:
            from kam_tui.delivery import written

            written.forget(self.outbox.folder, plan.person.signs.are_in)
        return erased

    @property
    def doctor(self) -> Doctor:
        """Who looks the book over. Raises NotFound where it is nowhere on a disk."""
        if self.care is None:
            raise NotFound(_("This book is nowhere on a disk."))
        return self.care()

    def look_over(self, progress: Progress | None = None) -> Report:
        """What is wrong with the book, and what is worth knowing. Raises Stopped."""
        return self.doctor.look_over(self.now(), progress)

    def repair(self, *, dry_run: bool = False, progress: Progress | None = None) -> Mending:
        """Mend what can be mended without losing anything; with `dry_run`, only tell what that would be.
        Raises Stopped."""
        return self.doctor.repair(author(self.face), dry_run=dry_run, progress=progress)

    def told_of_copies(self) -> str:
        """That a sync tool has put a copy beside a file of the book; empty where none lies there."""
        found = self.care().copies() if self.care else []
        said = _("{path} is a copy that a sync tool made of a file of the book: kam doctor tells more.")
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
            raise NotFound(_("This book has no backups."))
        return self.vault()

    def back_up(
        self,
        reason: str,
        seal: Callable[[bytes], bytes] | None = None,
        target: str = "",
        progress: Progress | None = None,
    ) -> Backup | None:
        """Back up the book for one of `domain.backup.REASONS`; see `Vault.take`.

        None as well where the settings want none that nobody asked for.
        """
        if self.vault is None or not (self.settings.backups or reason == "by-hand"):
            return None
        return self.vault().take(self.now(), reason, seal, target, progress)

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
            raise NotFound(_("This book is nowhere on a disk."))
        return self.posting()

    def close(self, *, tidy: bool = True) -> None:
        """End the session. Before that the book is tidied where that is due, unless nobody has the time: the
        next one to end does it then."""
        if tidy:
            with suppress(KamError):
                self.store.tidy()
        self.store.close()


def open_session(book: str = "", face: str = "cli", *, keep_days: int | None = None) -> Session:
    """A session on the book at `book`, else where the environment or the settings say.

    `keep_days` is how many days of history are surely kept; None for what the settings say.
    Raises Invalid for settings that cannot be taken, and what the store raises on opening.
    """
    settings = settings_reader.load(paths.config_file())
    use_language(settings.language)
    from kam_tui.store.store import Store

    folder = os.path.expanduser(book) if book else paths.book_folder(settings.book)
    recipient = settings.backup_recipient
    kept = settings.keep_history_days if keep_days is None else keep_days
    seal = (lambda data: _sealed(data, recipient)) if recipient else None
    store = Store(folder, keep_days=kept, seal=seal)
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


def author(face: str) -> str:
    """Who makes changes: the login name, and the face they come through."""
    name = os.environ.get("USER") or os.environ.get("LOGNAME") or os.environ.get("USERNAME") or "someone"
    return f"{name}@{face}"
