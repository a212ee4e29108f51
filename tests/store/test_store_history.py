"""The history: who changed what and when, newest first, across compaction and restart."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import Disk, Stopped, contents, on_disk, put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, add
from kam_tui.domain.errors import Damaged
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


def test_the_machine_may_stop_at_any_step_of_taking_old_changes_out(
    folder: Path, tmp_path: Path, disk: Disk
) -> None:
    real = datetime.now(UTC)
    for days in (300, 1):
        put(Store(str(folder)), activity(f"Talk {days}", f"t-{days}"), at=real - timedelta(days))
    given = on_disk(folder)
    shutil.copytree(folder, tmp_path / "whole")
    disk.back()
    Store(str(tmp_path / "whole"), keep_days=100).compact()
    assert disk.steps.count("remove")
    for stop in range(len(disk.steps)):
        trial = tmp_path / f"stop-{stop}"
        shutil.copytree(folder, trial)
        disk.back()
        disk.stop_at = stop
        with pytest.raises(Stopped):
            Store(str(trial), keep_days=100).compact()
        disk.back()
        again = Store(str(trial), keep_days=100)
        assert contents(again.read()) == given
        assert numbers(again) in ([2, 1], [2])
        put(again, account(), at=real)
        again.compact()
        assert numbers(again) == [3, 2]
        assert again.check() == []
        assert len(list(trial.glob("history*"))) == 1
