"""The history: who changed what and when, newest first, across compaction and restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import contents, on_disk, put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, add
from kam_tui.domain.errors import Damaged
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Line
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


def test_each_change_tells_who_what_and_when(store: Store) -> None:
    acme = account("Acme")
    put(store, acme, what="Added Acme", by="anna@cli")
    later = NOW + timedelta(hours=3)
    renamed = replace(acme, name="Acme Group")
    write(store, Edit(acme, renamed), what="Renamed Acme", at=later, by="ben@tui")
    newest, oldest = store.history()
    assert (newest.number, newest.at, newest.by) == (2, later, "ben@tui")
    assert newest.change == Change("Renamed Acme", (Edit(acme, renamed),))
    assert (oldest.number, oldest.at, oldest.by) == (1, NOW, "anna@cli")
    assert oldest.change.edits == (add(acme),)
    assert newest.at.utcoffset() == later.utcoffset()


@pytest.mark.parametrize("compacted", [False, True])
def test_undo_works_from_the_history_after_compaction_and_restart(folder: Path, compacted: bool) -> None:
    first = Store(str(folder))
    acme, beta = account("Acme"), account("Beta")
    put(first, acme, beta)
    given = contents(first.read())
    write(first, Edit(acme, replace(acme, city="Oulu")), Edit(beta, None), add(contact()))
    if compacted:
        first.compact()
        put(first, activity())
        first.compact()
        write(first, Edit(activity(), None))
    first.close()

    again = Store(str(folder))
    entry = next(entry for entry in again.history() if entry.number == 2)
    again.update(lambda _book: entry.change.inverse("Undone", entry.number), NOW, "anna@cli")
    again.compact()
    assert on_disk(folder) == given
    assert next(Store(str(folder)).history()).change.undoes == 2


def test_a_long_history_is_read_from_its_end(store: Store, folder: Path) -> None:
    for number in range(120):
        put(store, activity("Talk " + "long " * 300, f"t-{number}"))
        if number % 50 == 20:
            store.compact()
    store.compact()
    assert (folder / "history.jsonl").stat().st_size > 3 * 65536
    assert [entry.number for entry in store.history()] == list(range(120, 0, -1))
    assert next(iter(store.history())).change.edits[0].record.id == "t-119"


def test_the_history_survives_a_compaction_while_it_is_read(store: Store, folder: Path) -> None:
    for number in range(6):
        put(store, activity(f"Talk {number}", f"t-{number}"))
        if number == 2:
            store.compact()
    listing = store.history()
    assert next(listing).number == 6
    Store(str(folder)).compact()
    assert [entry.number for entry in listing] == [5, 4, 3, 2, 1]


def test_what_a_compaction_left_behind_the_end_does_not_count(store: Store, folder: Path) -> None:
    put(store, account())
    store.compact()
    history = folder / "history.jsonl"
    history.write_bytes(history.read_bytes() + b'{"c":"0123abcd","n":9,\0\0\0')
    assert [entry.number for entry in store.history()] == [1]
    put(store, contact())
    store.compact()
    assert [entry.number for entry in store.history()] == [2, 1]
    assert store.check() == []


def test_a_damaged_history_is_named_and_the_book_still_opens(store: Store, folder: Path) -> None:
    for number in range(3):
        put(store, activity(f"Talk {number}", f"t-{number}"))
    store.compact()
    history = folder / "history.jsonl"
    data = history.read_bytes()
    second = data.index(b"\n") + 30
    history.write_bytes(data[:second] + b"?" + data[second + 1 :])
    fresh = Store(str(folder))
    assert len(fresh.read().activities) == 3
    assert any("Line 2" in finding and "history.jsonl" in finding for finding in fresh.check())
    with pytest.raises(Damaged, match=r"Line 2 of .*history\.jsonl"):
        list(fresh.history())

    history.write_bytes(data[:second])
    with pytest.raises(Damaged, match=r"history\.jsonl has \d+ bytes"):
        list(fresh.history())
    put(fresh, contact())
    with pytest.raises(Damaged):
        fresh.compact()
    assert history.read_bytes() == data[:second]
    assert on_disk(folder)["contacts"]


def test_an_empty_book_has_no_history(store: Store) -> None:
    assert list(store.history()) == []
    assert contents(store.read()) == contents(Book.of())


def numbers(store: Store) -> list[int]:
    return [entry.number for entry in store.history()]


def test_changes_older_than_they_are_to_be_kept_go_with_a_compaction(folder: Path) -> None:
    real = datetime.now(UTC)
    store = Store(str(folder), keep_days=100)
    for days in (300, 200, 99, 1):
        put(store, activity(f"Talk {days}", f"t-{days}"), at=real - timedelta(days))
    given = contents(store.read())
    assert store.compact()
    assert numbers(store) == [4, 3]
    assert contents(store.read()) == on_disk(folder) == given
    assert [path.name for path in folder.glob("history*")] == ["history-2.jsonl"]
    put(store, activity("Later", "t-later"), at=real)
    assert store.compact()
    again = Store(str(folder))
    assert numbers(again) == [5, 4, 3]
    assert again.check() == []
    assert not [path for path in folder.iterdir() if path.suffix == ".tmp"]


def test_a_history_that_is_hardly_too_old_is_left_as_it_is(folder: Path) -> None:
    real = datetime.now(UTC)
    store = Store(str(folder), keep_days=100)
    for days in (109, 101, 1):
        put(store, activity(f"Talk {days}", f"t-{days}"), at=real - timedelta(days))
    assert store.compact()
    assert numbers(store) == [3, 2, 1]
    assert (folder / "history.jsonl").exists()


def test_a_clock_that_once_went_wrong_lets_nothing_younger_go(folder: Path) -> None:
    real = datetime.now(UTC)
    store = Store(str(folder), keep_days=100)
    for number, days in enumerate((300, 50, 20_000, 1)):
        put(store, activity(f"Talk {number}", f"t-{number}"), at=real - timedelta(days))
    assert store.compact()
    assert numbers(store) == [4, 3, 2]


def test_all_of_the_history_may_be_too_old(folder: Path) -> None:
    store = Store(str(folder), keep_days=1)
    put(store, account(), at=datetime.now(UTC) - timedelta(30))
    assert store.compact()
    assert numbers(store) == []
    put(store, contact(), at=datetime.now(UTC))
    assert store.compact()
    assert numbers(store) == [2]
    assert Store(str(folder)).check() == []


def test_nothing_is_taken_out_of_a_damaged_history(folder: Path) -> None:
    put(Store(str(folder)), account(), at=datetime.now(UTC) - timedelta(30))
    Store(str(folder)).compact()
    history = folder / "history.jsonl"
    damaged = history.read_bytes().replace(b"Added", b"Addad")
    history.write_bytes(damaged)
    store = Store(str(folder), keep_days=1)
    put(store, contact())
    with pytest.raises(Damaged, match="nothing is taken out"):
        store.compact()
    assert len(Store(str(folder)).read().accounts) == 1


def test_history_that_is_let_go_while_it_is_read_is_told_as_far_as_it_is_kept(folder: Path) -> None:
    store, real = Store(str(folder)), datetime.now(UTC)
    put(store, account("Acme"), at=real - timedelta(days=900))
    put(store, account("Beta"), at=real)
    store.compact()
    put(store, account("Gamma"), at=real)
    listing = store.history()
    assert next(listing).number == 3
    assert Store(str(folder), keep_days=300).compact()
    assert not (folder / "history.jsonl").exists()
    assert [entry.number for entry in listing] == [2]


@pytest.mark.parametrize("how", ["let go", "damaged"])
def test_who_has_a_book_open_needs_no_history_to_follow_it(store: Store, folder: Path, how: str) -> None:
    real = datetime.now(UTC)
    put(store, account("Acme"), at=real - timedelta(days=900))
    book = store.read()
    assert len(contents(book)["accounts"]) == 1
    other = Store(str(folder))
    put(other, account("Beta"))
    other.compact()
    between = Folder.between

    def late(self: Folder, old: Snapshot, new: Snapshot) -> list[Line] | None:
        patch.undo()
        if how == "let go":
            put(other, account("Gamma"))
            assert Store(str(folder), keep_days=300).compact()
        else:
            (folder / "history.jsonl").write_bytes(b"")
        return between(self, old, new)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Folder, "between", late)
        assert len(store.read().accounts) == 2
    assert contents(store.refresh(book)) == on_disk(folder)
