"""The lock of a book: many may read at once, one may write."""

from __future__ import annotations

import os
import time
from types import TracebackType

from kam_tui import locking
from kam_tui.domain.errors import Busy
from kam_tui.i18n import _, ngettext
from kam_tui.store import files

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
        self._fd: int | None = None
        self.since_ns = 0
        """When the lock was taken to write, in ns since 1970, by the clock of the file system."""

    def __enter__(self) -> Hold:
        while True:
            fd = self._open()
            if fd is None:
                return self
            try:
                with files.writing(self._lock.path):
                    self._wait(fd)
                    if not _stands_at(self._lock.path, fd):  # somebody deleted the file that we waited for
                        files.close(fd)
                        continue
                if self._exclusive:
                    self._sign(fd)
            except BaseException:
                files.close(fd)
                raise
            self._fd = fd
            return self

    def __exit__(
        self, sort: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._fd is not None:
            locking.let_go(self._fd)
            files.close(self._fd)
            self._fd = None

    def _open(self) -> int | None:
        """The lock file; None where it can neither be made nor read, and reading goes on without it."""
        if self._exclusive:
            with files.writing(self._lock.path):
                return files.open_write(self._lock.path)
        for opened in (files.open_write, files.open_read):
            try:
                return opened(self._lock.path)
            except OSError:
                continue
        return None

    def _wait(self, fd: int) -> None:
        until = time.monotonic() + self._lock.patience
        while not locking.take(fd, shared=not self._exclusive):
            if time.monotonic() > until:
                raise self._busy()
            time.sleep(_NAP)

    def _sign(self, fd: int) -> None:
        text = f"{self._by or 'kam'} {os.getpid()}\n".encode()
        with files.writing(self._lock.path):
            files.write(fd, text, 0)
            _inode, size, self.since_ns = files.stamp_of(fd)
            if size > len(text):
                files.truncate(fd, len(text))

    def _busy(self) -> Busy:
        seconds = max(1, round(self._lock.patience))
        waited = ngettext(
            "The book has been in use for more than {seconds} second",
            "The book has been in use for more than {seconds} seconds",
            seconds,
        ).format(seconds=seconds)
        holder = self._lock.holder()
        sentence = _("{waited}, by {holder}.") if holder else _("{waited}.")
        return Busy(
            sentence.format(waited=waited, holder=holder),
            _("Nothing was written. Wait for the other one to finish, then do it again."),
        )


def _stands_at(path: str, fd: int) -> bool:
    """Whether an open file is the one that others find at its path."""
    found = files.stamp(path)
    return found is not None and found[0] == files.stamp_of(fd)[0]
