"""A turn at sending: of several kams that would send the same thing, one does so at a time.

The system ends a turn with its process, so that a crash leaves nothing locked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kam_tui import locking
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
        while not locking.take(fd):
            if time.monotonic() >= until:
                raise Busy(
                    _("Another kam is sending at this moment."),
                    _("Nothing was sent. It will do so itself, else try again."),
                )
            time.sleep(_NAP)
        yield
    finally:
        with suppress(OSError):
            locking.let_go(fd)
        os.close(fd)
