"""Kept: a file that stays open between one write and the next, since to open it takes as long as to write."""

from __future__ import annotations

import os

from kam_tui.store import files


class Kept:
    """One file, open to be written. Whoever takes it has it alone until it is given back."""

    def __init__(self, path: str) -> None:
        self.path = path
        """Where it is; it is made where there is none."""
        # Process to descriptor and inode. A fork has those of the process it came from, and a lock that is
        # taken through one of them would be the lock of both.
        self._idle: dict[int, tuple[int, int]] = {}

    def take(self, inode: int | None = None) -> tuple[int, int]:
        """Its descriptor and its inode. A file that was kept and is not `inode` is opened anew.

        It may be another one by now than the one at the path: then it is to be closed. Raises OSError.
        """
        kept = self._idle.pop(os.getpid(), None)
        if kept is not None:
            if inode in (None, kept[1]):
                return kept
            files.close(kept[0])
        fd = files.open_write(self.path)
        try:
            return fd, files.stamp_of(fd)[0]
        except BaseException:
            files.close(fd)
            raise

    def give_back(self, fd: int, inode: int) -> None:
        """Keep it for the next one, where an open file hinders nobody."""
        mine = fd, inode
        if not files.KEEPS_OPEN_FILES or self._idle.setdefault(os.getpid(), mine) is not mine:
            files.close(fd)

    def close(self) -> None:
        """Let go of it."""
        kept = self._idle.pop(os.getpid(), None)
        if kept is not None:
            files.close(kept[0])

    def __del__(self) -> None:
        self.close()
