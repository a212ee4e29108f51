"""Backups: whole copies of a book, each one file, in a folder within it. None is kept that was not read back.

A backup is of what a book is at one moment: its files are read under the lock, and all the rest is
done without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui.domain.backup import BY_HAND, DAMAGED, MIGRATION, Backup, Named
from kam_tui.domain.change import Record
from kam_tui.domain.errors import Damaged
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.folder import Folder, Seal
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.vault import shelf
from kam_tui.store.vault.shelf import Shelf, wall

if TYPE_CHECKING:  # a zip takes long to load, and a capture never needs one
    from kam_tui.store.vault.bundle import Held

FOLDER = "backups"
"""Where they are kept."""


def keep_older(folder: Folder, snapshot: Snapshot) -> None:
    """Back up a book that is about to be migrated; the lock is held by whoever calls. Raises Unwritable."""
    if snapshot.is_older:
        Backups(folder).keep_older()


class Backups:
    """The backups of one book."""

    def __init__(self, book: Folder) -> None:
        self._book = book
        self._shelf = Shelf(book.file(FOLDER))

    @property
    def has_book(self) -> bool:
        """Whether there is a book, whole or not."""
        return self._book.exists

    def all(self) -> list[Backup]:
        """All backups in the folder, newest first. Raises Unwritable."""
        return self._shelf.all()

    def newest_good(self) -> Backup | None:
        """The newest one to go back to, by a look at its file."""
        return next((each for each in self.all() if each.is_good), None)

    def take(
        self,
        now: datetime,
        reason: str = BY_HAND,
        seal: Seal | None = None,
        target: str = "",
        progress: Progress | None = None,
    ) -> Backup | None:
        """Back up the book at the local time `now`: into the folder of backups, or to the file or folder
        `target`.

        None where there is no book, or nothing was written since the newest good one; by hand one is
        taken all the same. Raises Damaged or TooNew for a book that cannot be read whole: then no other
        backup is touched. Raises Unwritable, Busy, Conflict for a file that is there, Stopped,
        and what `seal` does.
        """
        progress = progress or Progress()
        progress.begin(_("Reading the files of the book"))
        held = self._held()
        if held is None:
            return None
        seal = seal or self._book.seal
        with self._shelf.alone():
            if reason != BY_HAND and self._kept_as(held, seal):
                return None
            return self._make(held, wall(now), reason, seal, target, progress)

    def keep_older(self) -> None:
        """Before a migration: whoever calls holds the lock. A book that is damaged somewhere is kept as it
        is, since it may still be written to. Raises Unwritable."""
        from kam_tui.store.vault import bundle

        with self._shelf.alone() as at:
            try:
                held = bundle.of_book(self._book)
                if not self._kept_as(held, self._book.seal):
                    self._make(held, at, MIGRATION, self._book.seal)
            except Damaged:
                self._keep_ruin(at)

    def keep_damaged(self) -> Backup:
        """Before a repair: keep every file in the folder as it is; whoever calls holds the lock.

        Raises Unwritable.
        """
        with self._shelf.alone() as at:
            return self._keep_ruin(at)

    def read(self, data: bytes, name: str, progress: Progress | None = None) -> list[Record]:
        """All records in the zip called `name`, whatever schema version it was written with; the rest of
        it is read through. Raises Damaged, TooNew, Invalid for what is no backup, Stopped."""
        from kam_tui.store.vault import bundle, soundness

        progress = progress or Progress()
        progress.begin(_("Unpacking the backup"))
        held = bundle.unpack(data, name)
        with self._shelf.alone(), self._shelf.opened(held, name) as folder:
            soundness.read_through(folder, progress)
            return [record for _table, some in soundness.tables_of(folder) for record in some.values()]

    def put_back(self, data: bytes, name: str, now: datetime, by: str, *, keep: bool = True) -> Backup | None:
        """Put the files in the zip called `name` in the place of a book that cannot be read, or is not there.

        What is there is kept first, as the backup that is returned, unless `keep` is False. Who is known to
        have been erased from it does not come back. Raises as `read` and `take` do. Should it be stopped
        half way, the book is damaged until it is done again. `now` is aware.
        """
        from kam_tui.store.vault import bundle, rescue, soundness

        held = bundle.unpack(data, name)
        self._book.make()
        with self._book.lock.exclusive(by), self._shelf.alone():
            with self._shelf.opened(held, name) as folder:
                soundness.read_through(folder)
                if erasures := rescue.erasures_in(self._book):
                    rescue.erase_again(folder, erasures, now, by)
                    held = bundle.of_book(folder)
            kept = self._keep_ruin(wall(now)) if keep and self._book.exists else None
            rescue.put_in_place(self._book, held)
            soundness.read_through(self._book)
        return kept

    def rewrite(self, path: str, change: Callable[[Folder], object]) -> None:
        """Let `change` work on the book in the backup at `path`, and put what comes of it in its place.

        A folder of files, as an earlier kam made it, becomes a zip. Raises Unwritable, Damaged, Invalid,
        TooNew, and what `change` does: then the backup is as it was.
        """
        from kam_tui.store.vault import bundle, soundness

        named = Named.read(os.path.basename(path))
        with self._shelf.alone() as now:
            if files.is_file(path):
                held = bundle.unpack(files.read_whole(path), path)
            else:
                inside = [name for name in files.names(path) if bundle.belongs(name)]
                held = {name: files.read_whole(os.path.join(path, name)) for name in inside}
            with self._shelf.opened(held, path) as folder:
                change(folder)
                held = bundle.of_book(folder)
                counts = soundness.read_through(folder)
            target = path if named else self._shelf.place(Named(now, MIGRATION))
            shelf.write(target, bundle.packed(held, target, named.at if named else now, counts))
            if target != path:
                shelf.clear(path)

    def _held(self) -> Held | None:
        """The files of the book as they are at this moment; None where there is none."""
        from kam_tui.store.vault import bundle

        with self._book.lock.shared(), files.reading(self._book.path):
            return bundle.of_book(self._book) if self._book.exists else None

    def _keep_ruin(self, at: datetime) -> Backup:
        from kam_tui.store.vault import bundle

        held, seal = bundle.of_ruin(self._book), self._book.seal
        return self._kept_as(held, seal, DAMAGED) or self._make(held, at, DAMAGED, seal)

    def _kept_as(self, held: Held, seal: Seal | None, reason: str = "") -> Backup | None:
        """The newest good backup, or the newest for this reason, where it holds just this."""
        from kam_tui.store.vault import bundle

        some = (each for each in self.all() if (each.reason == reason if reason else each.is_good))
        newest = next(some, None)
        if newest and newest.is_sealed == (seal is not None) and newest.mark == bundle.mark_of(held):
            return newest
        return None

    def _make(
        self,
        held: Held,
        at: datetime,
        reason: str,
        seal: Seal | None,
        target: str = "",
        progress: Progress | None = None,
    ) -> Backup:
        """Read all through, write it, read it back. Whoever calls is alone with the backups."""
        from kam_tui.store.vault import bundle, soundness

        progress = progress or Progress()
        counts = None
        if reason != DAMAGED:
            with self._shelf.opened(held, self._book.path) as folder:
                counts = soundness.read_through(folder, progress)
        path = self._shelf.place(Named(at, reason, 1, bundle.mark_of(held) if seal else ""), target)
        data = bundle.packed(held, path, at, counts, progress)
        data = seal(data) if seal else data
        progress.begin_last(_("Writing the backup"))
        shelf.write(path, data)
        if not target and reason != DAMAGED:
            self._shelf.thin(path)
        return Backup(path, at, reason, 1, len(data), seal is not None, True, "", counts)
