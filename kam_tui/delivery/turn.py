"""A turn at sending: of several kams that would send the same thing, one does so at a time.

The system ends a turn with its process, so that a crash leaves nothing locked.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kam_tui.domain.errors import Busy, Unwritable
from kam_tui.i18n import _

PATIENCE = 120.0
"""Seconds to wait for another kam: longer than a mail takes."""

_NAP = 0.05


@contextmanager
def turn(path: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn whose file is at `path`. Raises Busy where another one keeps it, Unwritable."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise Unwritable(
            _("{path} cannot be written: {problem}.").format(path=path, problem=problem.strerror)
        ) from None
    try:
        until = time.monotonic() + patience
        while not _try(fd):
            if time.monotonic() >= until:
                raise Busy(
                    _("Another kam is sending at this moment."),
                    _("Nothing was sent. It will do so itself, else try again."),
                )
            time.sleep(_NAP)
        yield
    finally:
        with suppress(OSError):
            _release(fd)
        os.close(fd)


if sys.platform == "win32":
    import msvcrt

    def _try(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)
