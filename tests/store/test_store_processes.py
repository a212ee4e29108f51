"""Several processes on one book: nothing lost, nothing twice, and whoever waits is told for whom."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import account, contact
from crowd_kit import crowd
from kill_kit import rounds
from store_kit import on_disk, put

from kam_tui.domain.errors import Busy
from kam_tui.store import files
from kam_tui.store.lock import Lock
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


def test_captures_from_the_shell_at_once_beside_an_open_screen_all_arrive(store: Store, folder: Path) -> None:
    book = put(store, account("Acme"))
    shells = [
        subprocess.Popen(
            [sys.executable, "-m", "kam_tui", "--book", str(folder), "note", f"@acme said {number}"],
            stdout=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        for number in range(8)
    ]
    seen: list[int] = []
    while any(shell.poll() is None for shell in shells):
        book = store.refresh(book)
        seen.append(len(book.activities))
    assert [shell.returncode for shell in shells] == [0] * 8
    assert seen == sorted(seen)
    found = store.refresh(book).activities.values()
    assert {each.text for each in found} == {f"said {number}" for number in range(8)}
    assert [entry.number for entry in store.history()] == list(range(9, 0, -1))


def test_many_at_once_lose_nothing_double_nothing_and_are_seen(folder: Path) -> None:
    found = crowd(folder, seconds=0.5, writers=3, pause=0.01)
    assert found.changes > 5
    assert (found.lost, found.doubled, found.odd) == ([], [], [])


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    found = rounds(tmp_path, count=8, seed=4, each_book=4)
    assert found.changes > 8
    assert (found.lost, found.doubled, found.odd) == ([], [], [])


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


def test_who_wrote_last_is_not_blamed_for_one_who_reads(store: Store, folder: Path) -> None:
    put(store, account())
    store.database.rows.folder.lock.patience = 0
    with Lock(str(folder / "lock")).shared(), pytest.raises(Busy, match=r", by somebody who reads it\.$"):
        put(store, account("Beta"))
    put(store, account("Beta"))


def test_readers_do_not_wait_for_one_another(folder: Path) -> None:
    folder.mkdir()
    lock = Lock(str(folder / "lock"), patience=0)
    with lock.shared(), lock.shared(), pytest.raises(Busy), lock.exclusive("anna@cli"):
        pass
    with lock.exclusive("anna@cli"), pytest.raises(Busy), lock.shared():
        pass
    with lock.shared():
        pass


def test_a_screen_waits_for_a_short_write_and_not_for_a_long_one(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = put(store, account())
    put(Store(str(folder)), contact())
    writing = Store(str(folder)).database.transaction()
    writing.__enter__()
    assert store.refresh(book) is book
    monkeypatch.setattr("time.sleep", lambda _seconds: writing.__exit__(None, None, None))
    assert store.refresh(book).contacts


def test_who_finds_no_folder_and_sees_another_begin_the_book_writes_to_it(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_write, others = files.open_write, [Store(str(folder))]

    def late(path: str, *, fresh: bool = False) -> int:
        try:
            return open_write(path, fresh=fresh)
        except FileNotFoundError:
            if others:
                put(others.pop(), contact())
            raise

    monkeypatch.setattr(files, "open_write", late)
    assert put(store, account()).contacts
    assert not others


def test_a_lock_left_by_a_killed_process_holds_nobody_up(folder: Path) -> None:
    folder.mkdir()
    (folder / "lock").write_text("ghost@cli 1\n")
    put(Store(str(folder)), account())
    assert on_disk(folder)["accounts"]


def _impatient(folder: Path) -> Store:
    store = Store(str(folder))
    store.database.rows.folder.lock.patience = 0.01
    return store
