"""Files that are not as kam left them: the state before the damage, or a refusal that names the file.

What is never seen is a state that the book was never in, and what is never done is to write over the only
copy of something.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import contents, on_disk, put

from kam_tui import locking
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Record, add
from kam_tui.domain.errors import Busy, Conflict, Damaged, Unwritable
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)

NOBODY = 65534


@pytest.fixture
def journal(folder: Path) -> Path:
    """The journal of a book of a table file and five changes after it."""
    store = Store(str(folder))
    put(store, account("Acme", "a-acme"))
    store.compact()
    for number in range(5):
        put(store, activity(f"Puhuttu {number} äö", f"t-{number}"))
    return folder / "journal.jsonl"


def state(folder: Path) -> int | None:
    """How many of the five changes are seen, in their order; None for a refusal that names the journal."""
    found = Store(str(folder))
    try:
        book = found.read()
    except Damaged:
        with pytest.raises(Damaged, match=r"journal\.jsonl"):
            found.read()
        return None
    assert list(book.accounts) == ["a-acme"]
    seen = sorted(book.activities)
    assert seen == [f"t-{number}" for number in range(len(seen))]
    return len(seen)


def test_a_flipped_bit_anywhere_is_refused_and_never_taken_for_a_write_cut_short(journal: Path) -> None:
    data = journal.read_bytes()
    for place in range(len(data) - 1):
        flipped = data[place] ^ 1 << place % 8 or 1
        journal.write_bytes(data[:place] + bytes([flipped]) + data[place + 1 :])
        assert state(journal.parent) is None, place
    journal.write_bytes(data[:-1] + b"\x1a")  # the end of the last line: nothing tells it from one cut short
    assert state(journal.parent) == 4


def test_zeros_in_the_middle_are_never_taken_for_the_end(journal: Path) -> None:
    data = journal.read_bytes()
    last = data.rindex(b"\n", 0, -1) + 1
    for place in range(0, last - 1, 5):
        for length in (1, 40, 512):
            end = min(place + length, last)
            journal.write_bytes(data[:place] + bytes(end - place) + data[end:])
            assert state(journal.parent) is None, (place, length)


def test_what_a_refusal_names_is_not_written_over(journal: Path) -> None:
    data = bytearray(journal.read_bytes())
    data[data.index(b"Puhuttu 2")] ^= 1
    journal.write_bytes(data)
    store = Store(str(journal.parent))
    for attempt in (store.compact, lambda: put(store, account("Beta"))):
        with pytest.raises(Damaged, match=r"Line 4 of .*journal\.jsonl"):
            attempt()
    assert journal.read_bytes() == data


def test_a_missing_lock_file_is_made_again(folder: Path, journal: Path) -> None:
    store = Store(str(folder))
    book = store.read()
    (folder / "lock").unlink()
    assert len(Store(str(folder)).read().activities) == 5
    put(store, activity("After", "t-after"))
    assert (folder / "lock").exists()
    assert len(store.refresh(book).activities) == 6


def test_a_lock_file_that_is_deleted_while_it_is_held_loses_no_change(folder: Path, journal: Path) -> None:
    store, other = Store(str(folder)), Store(str(folder))

    def decide(_book: Book) -> Change:
        (folder / "lock").unlink()
        put(other, activity("Theirs", "t-theirs"))
        return Change("Mine", (add(activity("Mine", "t-mine")),))

    with pytest.raises(Conflict, match="by another program at the same moment"):
        store.update(decide, NOW, "anna@cli")
    assert "t-theirs" in on_disk(folder)["activities"]
    assert "t-mine" not in on_disk(folder)["activities"]
    put(store, activity("Mine", "t-mine"))
    assert {"t-mine", "t-theirs"} < on_disk(folder)["activities"].keys()
    assert other.check() == []


def test_who_waited_for_a_lock_file_that_was_deleted_takes_the_one_that_is_there(
    folder: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, holding = Store(str(folder)), Store(str(folder))
    waiting.database.rows.folder.lock.patience = 0
    taken = locking.take
    between: list[AbstractContextManager[object]] = []

    def slowly(fd: int, *, shared: bool = False) -> bool:
        if not between:
            between.append(holding.database.transaction("ben@tui"))
            (folder / "lock").unlink()
            between[0].__enter__()
        return taken(fd, shared=shared)

    monkeypatch.setattr(locking, "take", slowly)
    with pytest.raises(Busy, match="ben@tui"):
        put(waiting, account("Beta"))


def test_a_folder_in_the_place_of_the_lock_lets_everybody_read_and_nobody_write(
    folder: Path, journal: Path
) -> None:
    (folder / "lock").unlink()
    (folder / "lock").mkdir()
    store = Store(str(folder))
    assert len(store.read().activities) == 5
    with pytest.raises(Unwritable, match=r"lock cannot be written: Is a directory"):
        put(store, account("Beta"))
    assert not store.read().accounts.get("a-beta")


def test_what_an_earlier_process_left_unfinished_is_not_read_and_is_removed(
    folder: Path, journal: Path
) -> None:
    for name in ("accounts.json.4711.tmp", "journal.jsonl.4711.tmp", "contacts.json.99.tmp"):
        (folder / name).write_bytes(b'{"_meta":{"1":{"schema":1,"ch')
        (folder / name).chmod(0o600)
    (folder / "history-7.jsonl").write_bytes(b'{"c":"00')
    (folder / "history-7.jsonl").chmod(0o600)
    given = on_disk(folder)
    friends = {"of a friend.tmp", "of a friend.2024.tmp"}
    for name in friends:
        (folder / name).write_text("no file of kam")
        (folder / name).chmod(0o600)
    store = Store(str(folder))
    put(store, contact("Liisa"))
    assert store.compact()
    assert on_disk(folder) == given | {"contacts": {"c-liisa": contact("Liisa")}}
    assert {path.name for path in folder.iterdir() if ".tmp" in path.name} == friends
    assert not (folder / "history-7.jsonl").exists()
    assert store.check() == []


@pytest.fixture
def days(folder: Path, tmp_path: Path) -> tuple[Store, Path]:
    """A store that has the book of today open, and a copy of the book as it was yesterday."""
    put(Store(str(folder)), account("Acme", "a-acme"))
    Store(str(folder)).compact()
    put(Store(str(folder)), contact("Liisa"))
    shutil.copytree(folder, tmp_path / "yesterday")
    store = Store(str(folder))
    put(store, account("Beta", "a-beta"))
    assert set(store.read().accounts) == {"a-acme", "a-beta"}
    return store, tmp_path / "yesterday"


def over(path: Path, copy: Path) -> None:
    """In place, as `cp` does."""
    path.write_bytes(copy.read_bytes())


def instead(path: Path, copy: Path) -> None:
    """By another file of that name, as git does."""
    shutil.copy(copy, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize("bring", [over, instead])
def test_an_older_journal_that_fits_the_tables_is_followed_by_who_has_the_book_open(
    days: tuple[Store, Path], folder: Path, bring: Callable[[Path, Path], None]
) -> None:
    store, yesterday = days
    book = store.read()
    bring(folder / "journal.jsonl", yesterday / "journal.jsonl")
    book = store.refresh(book)
    assert contents(book) == on_disk(yesterday)
    put(store, account("Gamma", "a-gamma"))
    assert set(on_disk(folder)["accounts"]) == {"a-acme", "a-gamma"}
    assert [entry.number for entry in store.history()] == [3, 2, 1]


@pytest.mark.parametrize("bring", [over, instead])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("journal.jsonl", r"accounts\.json holds the changes up to 3, but the journal says 2"),
        ("accounts.json", r"accounts\.json holds the changes up to 1, but the journal says 3"),
    ],
)
def test_a_file_of_yesterday_among_those_of_today_is_named(
    days: tuple[Store, Path], folder: Path, bring: Callable[[Path, Path], None], name: str, told: str
) -> None:
    store, yesterday = days
    store.compact()
    book = store.read()
    bring(folder / name, yesterday / name)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}
    for attempt in (lambda: store.refresh(book), lambda: put(store, contact("Pekka")), store.compact):
        with pytest.raises(Damaged, match=told):
            attempt()
    assert any("accounts.json" in said for said in store.check())
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"} == before


def test_who_may_not_write_reads(journal: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        book = shutil.copytree(journal.parent, Path(place) / "book")
        for path in book.iterdir():
            path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        book.chmod(0o555)
        before = {path.name: path.read_bytes() for path in book.iterdir()}
        records: dict[str, dict[str, Record]] = on_disk(journal.parent)
        child = os.fork()
        if not child:
            code = 1
            try:
                if os.getuid() == 0:
                    os.setuid(NOBODY)
                store = Store(str(book))
                assert contents(store.read()) == records
                assert len(list(store.history())) == 6
                for attempt in (lambda: put(store, account("Beta")), store.compact):
                    with pytest.raises(Unwritable, match="Permission denied"):
                        attempt()
                assert contents(store.read()) == records
                store.close()
                code = 0
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert {path.name: path.read_bytes() for path in book.iterdir()} == before
