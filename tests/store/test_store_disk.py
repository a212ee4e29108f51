"""A disk that refuses: it is told in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from builders import NOW, account, activity
from store_kit import Disk, contents, on_disk, put

from kam_tui.domain.change import Change, add
from kam_tui.domain.errors import Invalid, Unwritable
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


def test_a_sync_that_fails_and_cannot_be_taken_back_is_told(folder: Path, disk: Disk) -> None:
    store = Store(str(folder))
    put(store, account())
    disk.error = lambda step: OSError(5, "Input/output error") if step in ("sync", "truncate") else None
    with pytest.raises(Unwritable, match="Input/output error"):
        put(store, activity())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "book"):
        store = Store(str(folder))
        with pytest.raises(Invalid, match=r"file is no folder, so a book cannot be there"):
            put(store, account())
        with pytest.raises(Invalid, match=r"file is no folder"):
            store.read()


def test_a_full_disk_is_told_and_nothing_is_lost(folder: Path) -> None:
    put(Store(str(folder)), account("Acme"))
    given = on_disk(folder)
    code = """
import resource, signal, sys
sys.path[:0] = sys.argv[2:]
from builders import activity
from store_kit import put
from kam_tui.domain.errors import Unwritable
from kam_tui.store.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
store = Store(sys.argv[1])
for number in range(20):
    try:
        put(store, activity("Talk", f"t-{number}"))
    except Unwritable as refused:
        print(number, refused)
        break
"""
    tests = Path(__file__).parent
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(tests), str(tests.parent), str(tests.parents[1])],
        capture_output=True,
        text=True,
        check=True,
    )
    written, _space, sentence = ran.stdout.partition(" ")
    assert "cannot be written: File too large" in sentence
    found = on_disk(folder)
    assert found["accounts"] == given["accounts"]
    assert set(found["activities"]) == {f"t-{number}" for number in range(int(written))}
    assert int(written) >= 1
    assert not [path for path in folder.iterdir() if "torn" in path.name]


@pytest.mark.parametrize("with_lock", [True, False])
def test_a_book_on_a_read_only_disk_is_read(folder: Path, disk: Disk, with_lock: bool) -> None:
    put(Store(str(folder)), account("Acme", "a-acme"))
    if not with_lock:
        (folder / "lock").unlink()
    disk.error = lambda step: OSError(30, "Read-only file system") if step == "open_write" else None
    store = Store(str(folder))
    book = store.read()
    assert set(book.accounts) == {"a-acme"}
    assert store.refresh(book) is book
    with pytest.raises(Unwritable, match="Read-only file system"):
        put(store, activity())
    assert not store.read().activities


def test_a_journal_that_may_not_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(Store(str(folder)), account())
    opened = os.open

    def refuse(path: object, *rest: int) -> int:
        if str(path).endswith("journal.jsonl"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Unwritable, match="cannot be read: Permission denied"):
        Store(str(folder)).read()


def test_a_store_goes_on_after_a_refusal(folder: Path, disk: Disk) -> None:
    store = Store(str(folder))
    book = put(store, account())
    disk.error = lambda step: OSError(28, "No space left") if step == "write" else None
    for _round in range(3):
        with suppress(Unwritable):
            store.update(lambda _book: Change("Noted", (add(activity()),)), NOW, "anna@cli")
    disk.back()
    assert contents(store.refresh(book)) == contents(book)
    assert set(put(store, activity("Kept", "t-kept")).activities) == {"t-kept"}
    assert set(on_disk(folder)["activities"]) == {"t-kept"}


def test_a_folder_that_holds_no_book_is_left_as_it_is_by_reading(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    store = Store(str(tmp_path))
    assert not store.read().accounts
    assert store.refresh(store.read()) is not None
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
