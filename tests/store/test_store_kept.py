"""A file that stays open between writes: one each, the right one, and none when all is done."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from builders import account, contact
from store_kit import on_disk, put

from kam_tui.domain.errors import Busy
from kam_tui.store import files
from kam_tui.store.kept import Kept
from kam_tui.store.lock import Lock
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """The files that are open: descriptor to name."""
    found: dict[int, str] = {}
    open_write, close = files.open_write, files.close

    def opening(path: str, **options: Any) -> int:
        fd = open_write(path, **options)
        found[fd] = os.path.basename(path)
        return fd

    def closing(fd: int) -> None:
        found.pop(fd, None)
        close(fd)

    monkeypatch.setattr(files, "open_write", opening)
    monkeypatch.setattr(files, "close", closing)
    return found


def test_a_store_opens_its_files_once_and_closes_them_at_the_end(
    folder: Path, opened: dict[int, str]
) -> None:
    store = Store(str(folder))
    put(store, account("One"))
    first = dict(opened)
    assert sorted(first.values()) == ["journal.jsonl", "lock"]
    put(store, account("Two"))
    assert opened == first
    store.close()
    assert not opened
    put(store, account("Three"))
    assert sorted(opened.values()) == ["journal.jsonl", "lock"]
    del store
    assert not opened


def test_a_system_where_open_files_hinder_others_has_none(
    folder: Path, opened: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "KEEPS_OPEN_FILES", False)
    store = Store(str(folder))
    put(store, account("One"))
    put(store, account("Two"))
    assert not opened


def test_a_journal_that_was_folded_is_not_written_to(folder: Path, opened: dict[int, str]) -> None:
    store, other = Store(str(folder)), Store(str(folder))
    put(store, account("One"))
    put(other, account("Two"))
    assert other.compact()
    put(store, account("Three"))
    put(other, account("Four"))
    assert sorted(each.name for each in on_disk(folder)["accounts"].values()) == [  # type: ignore[union-attr]
        "Four",
        "One",
        "Three",
        "Two",
    ]
    journal = os.stat(folder / "journal.jsonl").st_ino
    kept = [fd for fd, name in opened.items() if name == "journal.jsonl"]
    assert {os.fstat(fd).st_ino for fd in kept} == {journal}


def test_a_lock_that_was_deleted_meanwhile_is_not_held(folder: Path) -> None:
    store, other = Store(str(folder)), Lock(str(folder / "lock"))
    store.database.rows.folder.lock.patience = 0
    put(store, account())
    (folder / "lock").unlink()
    with other.exclusive("ben@tui"), pytest.raises(Busy, match="ben@tui"):
        put(store, contact())
    put(store, contact())


def test_one_lock_is_held_once_in_a_process_as_well(folder: Path) -> None:
    folder.mkdir()
    lock = Lock(str(folder / "lock"), patience=0)
    with lock.exclusive("anna@cli"):
        pass
    with lock.exclusive("anna@cli"), pytest.raises(Busy), lock.exclusive("anna@cli"):
        pass


def test_a_fork_has_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(str(tmp_path / "file"))
    mine = kept.take()
    kept.give_back(*mine)
    with monkeypatch.context() as fork:
        fork.setattr(os, "getpid", lambda: -1)
        other = kept.take()
        assert other[0] != mine[0]
        assert other[1] == mine[1]
        kept.give_back(*other)
        kept.close()
    assert kept.take() == mine
    files.close(mine[0])


def test_two_at_once_have_one_each_and_one_is_kept(tmp_path: Path, opened: dict[int, str]) -> None:
    kept = Kept(str(tmp_path / "file"))
    one, two = kept.take(), kept.take()
    assert one[0] != two[0]
    kept.give_back(*one)
    kept.give_back(*two)
    assert list(opened) == [one[0]]
    assert kept.take(one[1]) == one
    kept.give_back(*one)
    os.replace(tmp_path / "file", tmp_path / "old")
    other = kept.take(one[1] + 1)
    assert other[1] != one[1]
    assert list(opened) == [other[0]]


def test_a_file_that_tells_nothing_of_itself_is_closed_again(
    tmp_path: Path, opened: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_fd: int) -> tuple[int, int]:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "stamp_of", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        Kept(str(tmp_path / "file")).take()
    assert not opened
