"""Aside: work in a thread that nobody waits for who leaves."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading

import pytest

from kam_tui.domain.errors import NotFound, Stopped
from kam_tui.domain.progress import Progress
from kam_tui.tui import aside as aside_room
from kam_tui.tui.aside import aside, uncollected, watched


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


async def test_how_far_a_work_is_is_shown_until_it_is_done() -> None:
    progress, shown, may_go_on = Progress(), list[str](), threading.Event()

    def work() -> str:
        for _each in progress.over("Reading", "ab", 2):
            may_go_on.wait(20)
        return "done"

    def show() -> None:
        shown.append(progress.told)
        if progress.total:
            may_go_on.set()

    assert await watched(aside(work), progress, show) == "done"
    assert "Reading: 0 of 2, 0 %" in shown


async def test_who_does_not_wait_any_more_stops_the_work_at_its_next_step() -> None:
    progress, begun, ended = Progress(), threading.Event(), threading.Event()

    def work() -> None:
        try:
            for _each in progress.over("Reading", range(1_000_000_000), 1_000_000_000):
                begun.set()
        except Stopped:
            ended.set()
            raise

    waiting = asyncio.create_task(watched(aside(work), progress, lambda: None))
    assert await asyncio.to_thread(begun.wait, 20)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await asyncio.to_thread(ended.wait, 20)


def test_nobody_looks_for_garbage_while_much_is_made_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside_room, "MANY", 10)
    collecting, frozen = gc.isenabled(), gc.get_freeze_count()
    gc.enable()
    try:
        with uncollected():
            assert not gc.isenabled()
            kept = [[n] for n in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= frozen + len(kept)
    finally:
        gc.unfreeze()
        if not collecting:
            gc.disable()
