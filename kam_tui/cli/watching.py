"""Watching: a long work tells on the terminal how far it is, and Ctrl+C stops it between two steps."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, current_thread, main_thread
from types import FrameType

from kam_tui.cli import diagnostics
from kam_tui.domain.errors import Stopped
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _

FIRST = 0.4
"""Seconds for which nothing is told: what is done by then needs no telling."""

TICK = 0.1
"""Seconds between two looks."""


@contextmanager
def watched(progress: Progress, stopped: str = "") -> Iterator[None]:
    """While it lasts: how far the work is stands on the terminal, and Ctrl+C stops it at its next step.

    A second Ctrl+C does not wait for that, and raises KeyboardInterrupt. What can no longer be stopped says
    so and goes on. Where a sentence says what it means that it was `stopped`, both raise Stopped with it.
    """
    over = Event()
    teller = Thread(target=_tell, args=(progress, over), name="progress", daemon=True)
    with _stoppable(progress):
        teller.start()
        try:
            yield
        except (Stopped, KeyboardInterrupt) as problem:
            if stopped:
                raise Stopped(stopped) from problem
            raise
        finally:
            over.set()
            teller.join()


def _tell(progress: Progress, over: Event) -> None:
    told = ""
    if not over.wait(FIRST):
        while not over.wait(TICK):
            if progress.told != told:
                told = progress.told
                diagnostics.pass_by(told)
    if told:
        diagnostics.pass_by("")


@contextmanager
def _stoppable(progress: Progress) -> Iterator[None]:
    """Signals come to the main thread alone: a work in another one is not stopped by them."""
    if current_thread() is not main_thread():
        yield
        return
    asked = 0

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        if not progress.stop():
            diagnostics.break_in(_("It is being written, and cannot be stopped now."))
        elif asked > 1:
            signal.default_int_handler(signum, frame)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
