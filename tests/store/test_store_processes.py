"""Several processes on one book: nothing lost, nothing twice, and whoever waits is told for whom."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builders import account
from store_kit import on_disk, put

from kam_tui.domain.errors import Busy
from kam_tui.store.lock import Lock
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)

TESTS = Path(__file__).parent
PATHS = [str(TESTS), str(TESTS.parent), str(TESTS.parents[1])]

WRITER = """
import sys
sys.path[:0] = sys.argv[4:]
from builders import activity
from store_kit import put
from kam_tui.store.store import Store
book, name, count = sys.argv[1:4]
store = Store(book)
for number in range(int(count)):
    put(store, activity("Talk", f"t-{name}-{number}"))
    print(number, flush=True)
    if number % 7 == 6:
        store.compact()
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A process that adds activities one by one, compacts now and then, and says each that is safe."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(count), *PATHS],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_twenty_captures_at_once_beside_an_open_screen_keep_twenty(store: Store, folder: Path) -> None:
    book = put(store, account())
    captures = [writer(folder, str(number), 1) for number in range(20)]
    seen: set[int] = set()
    while any(capture.poll() is None for capture in captures):
        book = store.refresh(book)
        seen.add(len(book.activities))
    for capture in captures:
        capture.communicate()
        assert capture.returncode == 0
    assert len(store.refresh(book).activities) == 20
    assert len(on_disk(folder)["activities"]) == 20
    assert seen <= set(range(21))
    assert [entry.number for entry in store.history()] == list(range(21, 0, -1))


def test_two_writers_and_a_screen_that_compact_meanwhile_lose_nothing(store: Store, folder: Path) -> None:
    book = put(store, account())
    writers = [writer(folder, name, 60) for name in ("one", "two")]
    while any(process.poll() is None for process in writers):
        book = store.refresh(book)
        store.compact()
    for process in writers:
        process.communicate()
        assert process.returncode == 0
    wanted = {f"t-{name}-{number}" for name in ("one", "two") for number in range(60)}
    assert set(store.refresh(book).activities) == wanted
    assert set(on_disk(folder)["activities"]) == wanted
    assert store.check() == []


def test_a_killed_process_loses_nothing_that_was_acknowledged(folder: Path) -> None:
    dice = random.Random(4)
    acknowledged: set[str] = set()
    for number in range(12):
        process = writer(folder, str(number), 1000)
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(dice.uniform(0, 0.03))
        process.kill()
        rest, _errors = process.communicate()
        lines = (first + rest).splitlines(keepends=True)
        acknowledged |= {f"t-{number}-{line.strip()}" for line in lines if line.endswith("\n")}
        found = set(on_disk(folder)["activities"])
        assert acknowledged <= found
        assert len(found - acknowledged) <= number + 1
    store = Store(str(folder))
    store.compact()
    assert set(on_disk(folder)["activities"]) == found
    assert [finding for finding in store.check() if "torn" not in finding] == []


def test_a_busy_book_says_who_holds_it(store: Store, folder: Path) -> None:
    put(store, account())
    other = Store(str(folder))
    store.database.rows.folder.lock.patience = 0.02
    with other.database.transaction("ben@tui"):
        with pytest.raises(Busy) as told:
            put(store, account("Beta"))
        assert "ben@tui" in str(told.value)
        assert f"process {os.getpid()}" in str(told.value)
        with pytest.raises(Busy, match=r"ben@tui"):
            Store.read(_impatient(folder))
    put(store, account("Beta"))


def test_readers_do_not_wait_for_one_another(folder: Path) -> None:
    folder.mkdir()
    lock = Lock(str(folder / "lock"), patience=0)
    with lock.shared(), lock.shared():
        assert lock.taken(exclusive=True)
        assert not lock.taken(exclusive=False)
        with pytest.raises(Busy), lock.exclusive("anna@cli"):
            pass
    with lock.exclusive("anna@cli"):
        assert lock.taken(exclusive=False)
    assert not lock.taken(exclusive=True)


def test_a_lock_left_by_a_killed_process_holds_nobody_up(folder: Path) -> None:
    folder.mkdir()
    (folder / "lock").write_text("ghost@cli 1\n")
    put(Store(str(folder)), account())
    assert on_disk(folder)["accounts"]


def _impatient(folder: Path) -> Store:
    store = Store(str(folder))
    store.database.rows.folder.lock.patience = 0.01
    return store
