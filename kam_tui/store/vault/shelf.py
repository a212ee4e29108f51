"""Shelf: the folder in which the backups of a book lie, and how one is written to it, or looked into.

Whoever writes, reads or removes backups takes turns, so that what lies there unfinished is nobody's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui.domain.backup import Backup, Named, outlived
from kam_tui.domain.errors import Conflict, Damaged, KamError, Unwritable
from kam_tui.i18n import N_, _
from kam_tui.store import files
from kam_tui.store.folder import Folder
from kam_tui.store.folding import UNFINISHED
from kam_tui.store.lock import Lock

if TYPE_CHECKING:  # a zip takes long to load, and a capture never needs one
    from kam_tui.store.vault.bundle import Held

PATIENCE = 120.0
"""Seconds to wait while another backup is made or read."""


class Shelf:
    """The folder of the backups of one book."""

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self.path = path
        """The folder."""
        self._turn = Lock(os.path.join(path, "lock"), patience)

    def all(self) -> list[Backup]:
        """All backups in the folder, newest first. Raises Unwritable."""
        with files.reading(self.path):
            found = [self._look(name) for name in files.names(self.path)]
        return sorted((each for each in found if each), key=lambda each: each.order, reverse=True)

    @contextmanager
    def alone(self) -> Iterator[datetime]:
        """While no other process is at it; told is the local time by the clock of the disk."""
        with _refusal(self.path):
            files.make_folder(self.path)
            with self._turn.exclusive("backup") as hold:
                for name in files.names(self.path):
                    if UNFINISHED.fullmatch(name):
                        clear(os.path.join(self.path, name))
                yield wall(hold.since.astimezone())

    @contextmanager
    def opened(self, held: Held, called: str) -> Iterator[Folder]:
        """These files as a book in a folder of its own, which is `called` otherwise when it is spoken of.

        Whoever calls is alone.
        """
        place = os.path.join(self.path, f"look.{os.getpid()}.tmp")
        files.add_folder(place)
        try:
            for name, data in held.items():
                _write_fleeting(os.path.join(place, name), data)
            yield Folder(place)
        except KamError as problem:
            problem.args = (str(problem).replace(place, called), *problem.args[1:])
            if isinstance(problem, Damaged) and not files.is_folder(called):
                from kam_tui.store.vault import bundle

                problem.hint = bundle.take_another()
            raise
        finally:
            clear(place)

    def place(self, named: Named, target: str = "") -> str:
        """Where a backup of this name is to be: here, or at `target`, a file or a folder.

        Raises Conflict where a file is in its way.
        """
        if not target:
            same = (each.count for each in self.all() if each.at == named.at)
            count = max(same, default=0) + 1
            return os.path.join(self.path, str(Named(named.at, named.reason, count, named.mark)))
        path = os.path.join(target, str(named)) if os.path.isdir(target) else os.path.abspath(target)
        if files.stamp(path) is not None:
            raise Conflict(
                _("The file {path} is there already.").format(path=path),
                _("Nothing was written. Give another name, or a folder."),
            )
        return path

    def thin(self, made: str) -> None:
        """Let those go that are no longer kept, never the one at `made`. What fails is done the next time."""
        with suppress(OSError, Unwritable):
            for each in outlived(self.all()):
                if each.path != made:
                    files.remove(each.path)

    def _look(self, name: str) -> Backup | None:
        """What a file in the folder tells; None for one that is no backup."""
        from kam_tui.store.vault import bundle

        named = Named.read(name)
        path = os.path.join(self.path, name)
        stamp = files.stamp(path) if named else None
        if named is None or stamp is None:
            return None
        known = (path, named.at, named.reason, named.count, stamp[1], bool(named.mark))
        if named.mark:
            return Backup(*known, stamp[1] > 0, named.mark)
        found = bundle.glance(path)
        return Backup(*known, True, found.mark, found.records) if found else Backup(*known, False, "")


def wall(now: datetime) -> datetime:
    """A time as clocks on the wall show it, to the second: what the name of a backup tells."""
    return now.replace(tzinfo=None, microsecond=0)


def write(path: str, data: bytes) -> None:
    """A file of these bytes, which were read back. Raises Unwritable."""
    from kam_tui.store.vault import bundle

    temporary = f"{path}.{os.getpid()}.tmp"
    with _refusal(path):
        try:
            files.write_new(temporary, [data])
            if files.read_whole(temporary) != data:
                raise bundle.not_as_written(path)
            files.replace(temporary, path)
            files.sync_folder(os.path.dirname(path))
        finally:
            files.remove(temporary)


def clear(path: str) -> None:
    """Remove a file, or a folder with all that is in it."""
    if files.is_file(path):
        files.remove(path)
        return
    for name in files.names(path):
        clear(os.path.join(path, name))
    files.remove_folder(path)


def _write_fleeting(path: str, data: bytes) -> None:
    """A file that is soon removed, so that nobody need wait until it is on the disk."""
    fd = files.open_write(path)
    try:
        files.write(fd, data, 0)
    finally:
        files.close(fd)


def _refusal(path: str) -> files.Refusal:
    return files.Refusal(path, N_("The backup {path} cannot be written: {problem}."))
