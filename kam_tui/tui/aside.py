"""Aside: has something worked out in a thread, so that the screen goes on; leaving does not wait for it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import TypeVar

from kam_tui.domain.progress import Progress

R = TypeVar("R")

TICK = 0.1
"""Seconds between two looks at how far a work is."""

MANY = 50_000
"""Things made by one work that are looked through no more: they stay."""


async def aside(work: Callable[[], R]) -> R:
    """What `work` returns, or raises. Not for anything that must not be cut off, such as a write."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[R] = loop.create_future()
    context = copy_context()

    def run() -> None:
        try:
            with uncollected():
                result = context.run(work)
        except BaseException as problem:
            settle = partial(done.set_exception, problem)
        else:
            settle = partial(done.set_result, result)
        with suppress(RuntimeError):  # The loop is closed: the person has left.
            loop.call_soon_threadsafe(lambda: None if done.done() else settle())

    # The threads of asyncio are waited for at the end, however long they take.
    Thread(target=run, name="aside", daemon=True).start()
    return await done


@contextmanager
def uncollected() -> Iterator[None]:
    """While it lasts, nobody looks for garbage: among the records of a large book, each such look would halt
    the screen, too, for as long as half a second."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY:
            gc.freeze()
        if collecting:
            gc.enable()


async def watched(work: Awaitable[R], progress: Progress, show: Callable[[], object]) -> R:
    """What `work` comes to; how far it is, is shown now and then.

    Whoever does not wait for it any more stops it, at its next step.
    """
    working = asyncio.ensure_future(work)
    try:
        while not working.done():
            show()
            await asyncio.wait({working}, timeout=TICK)
        return working.result()
    except asyncio.CancelledError:
        progress.stop()
        working.cancel()
        raise
