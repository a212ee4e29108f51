"""Locking: the system's own locks on open files, taken without waiting.

A lock ends with its process, so that a crash leaves nothing locked.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    # A byte far behind any text, so that what the file says can be read while it is locked.
    _BYTE = 1 << 30

    def take(fd: int, *, shared: bool = False) -> bool:  # noqa: ARG001 - Windows has no shared locks
        """Lock an open file, alone or shared with others; False where somebody is in the way."""
        os.lseek(fd, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def let_go(fd: int) -> None:
        """Let go of a lock."""
        os.lseek(fd, _BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def take(fd: int, *, shared: bool = False) -> bool:
        """Lock an open file, alone or shared with others; False where somebody is in the way."""
        try:
            fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def let_go(fd: int) -> None:
        """Let go of a lock. Raises OSError."""
        fcntl.flock(fd, fcntl.LOCK_UN)
