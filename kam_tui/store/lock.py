"""The lock of a book: many may read at once, one may write."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from types import TracebackType

from kam_tui import locking
from kam_tui.domain.errors import Busy
from kam_tui.i18n import _, ngettext
from kam_tui.store import files
from kam_tui.store.kept import Kept

PATIENCE = 10.0
"""Seconds to wait for another process before giving up."""

_NAP = 0.0005


class Lock:
    """A file that processes take turns at, with the name of who writes in it."""

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self.path = path
        """The lock file; it stays, and is no sign that somebody holds it."""
        self.patience = patience
        """Seconds to wait before Busy."""
        self.kept = Kept(path)
        """The file, open for who writes next."""

    def shared(self) -> Hold:
        """Hold it together with other readers. Where the folder cannot be written, nobody writes:
        then reading goes on without it."""
        return Hold(self, "", exclusive=False)

    def exclusive(self, by: str) -> Hold:
        """Hold it alone, as `by`; raises Busy naming who holds it, Unwritable where there can be no lock."""
        return Hold(self, by, exclusive=True)

    def holder(self) -> str:
        """Who wrote last, and with which process: for the sentence of Busy."""
        try:
            who, _mark, pid = files.read_whole(self.path).decode("utf-8", "replace").strip().rpartition(" ")
        except OSError:
            return ""
        return _("{who} (process {pid})").format(who=who, pid=pid) if who else ""


class Hold:
    """The lock while it is held: a context."""

    def __init__(self, lock: Lock, by: str, *, exclusive: bool) -> None:
        self._lock = lock
        self._by = by
        self._exclusive = exclusive
        self._file: tuple[int, int] | None = None
        self._since_ns = 0

    def __enter__(self) -> Hold:
        with files.writing(self._lock.path):
            while (file := self._open()) is not None:
                try:
                    if self._takes(*file):
                        self._file = file
                        break
                except BaseException:
                    files.close(file[0])
                    raise
                files.close(file[0])
        return self

    def __exit__(
        self, sort: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        locking.let_go(file[0])
        if self._exclusive:
            self._lock.kept.give_back(*file)
        else:
            files.close(file[0])

    @property
    def since(self) -> datetime:
        """When it was taken to write, by the clock of the file system: this room has none of its own."""
        return datetime.fromtimestamp(self._since_ns / 1e9, UTC)

    def _open(self) -> tuple[int, int] | None:
        """The lock file and its inode; None where it can neither be made nor read, and reading goes on
        without it."""
        if self._exclusive:
            return self._lock.kept.take()
        for opened in (files.open_write, files.open_read):
            try:
                fd = opened(self._lock.path)
            except OSError:
                continue
            return fd, files.stamp_of(fd)[0]
        return None

    def _takes(self, fd: int, inode: int) -> bool:
        """Wait for the lock, and sign it to write. False where it is no longer the file that others find
        at its path, since somebody has deleted it meanwhile."""
        self._wait(fd)
        text = f"{self._by or 'kam'} {os.getpid()}\n".encode() if self._exclusive else b""
        if text:
            files.write(fd, text, 0)
        found = files.stamp(self._lock.path)
        if found is None or found[0] != inode:
            return False
        if text and found[1] > len(text):
            files.truncate(fd, len(text))
        self._since_ns = found[2]
        return True

    def _wait(self, fd: int) -> None:
        until = 0.0
        while not locking.take(fd, shared=not self._exclusive):
            until = until or time.monotonic() + self._lock.patience
            if time.monotonic() > until:
                raise self._busy(fd)
            time.sleep(_NAP)

    def _busy(self, fd: int) -> Busy:
        seconds = max(1, round(self._lock.patience))
        waited = ngettext(
            "The book has been in use for more than {seconds} second",
            "The book has been in use for more than {seconds} seconds",
            seconds,
        ).format(seconds=seconds)
        # Where others could read with us, it is readers who hold it, and not who wrote last.
        is_read = self._exclusive and locking.take(fd, shared=True)
        holder = _("somebody who reads it") if is_read else self._lock.holder()
        sentence = _("{waited}, by {holder}.") if holder else _("{waited}.")
        return Busy(
            sentence.format(waited=waited, holder=holder),
            _("Nothing was written. Wait for the other one to finish, then do it again."),
        )
