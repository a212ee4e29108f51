"""Aside: has something worked out in a thread, so that the screen goes on; leaving does not wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import TypeVar

R = TypeVar("R")


async def aside(work: Callable[[], R]) -> R:
    """What `work` returns, or raises. Not for anything that must not be cut off, such as a write."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[R] = loop.create_future()
    context = copy_context()

    def run() -> None:
        try:
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
