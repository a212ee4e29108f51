"""Aside: work in a thread that nobody waits for who leaves."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from kam_tui.domain.errors import NotFound
from kam_tui.tui.aside import aside


async def test_what_it_comes_to_is_handed_over_and_so_is_what_went_wrong() -> None:
    here = threading.get_ident()
    assert await aside(threading.get_ident) != here

    def fail() -> None:
        raise NotFound("There is no such thing.")

    with pytest.raises(NotFound, match="no such thing"):
        await aside(fail)


async def test_who_does_not_want_to_know_any_more_is_left_alone() -> None:
    may_go_on = threading.Event()
    waiting = asyncio.create_task(aside(lambda: may_go_on.wait(20)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    may_go_on.set()
    assert await aside(lambda: "and the next one is answered") == "and the next one is answered"


def test_the_program_ends_while_it_is_still_at_work() -> None:
    program = (
        "import asyncio, time\n"
        "from kam_tui.tui.aside import aside\n"
        "async def main():\n"
        "    asyncio.create_task(aside(lambda: time.sleep(600)))\n"
        "    await asyncio.sleep(0)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
