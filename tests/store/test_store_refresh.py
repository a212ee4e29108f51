"""Refresh: the same book while nothing changed, the newest one as soon as somebody else wrote."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import contents, on_disk, put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, Record, add
from kam_tui.domain.errors import Damaged
from kam_tui.store.records import Records
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


def test_nothing_written_is_the_same_book(store: Store, folder: Path) -> None:
    book = put(store, account())
    assert store.refresh(book) is book
    assert store.read() is book
    assert Store(str(folder)).read() is not book


def test_an_empty_folder_is_followed_until_somebody_begins_a_book(store: Store, folder: Path) -> None:
    book = store.read()
    assert store.refresh(book) is book
    put(Store(str(folder)), account("Acme", "a-acme"))
    assert set(store.refresh(book).accounts) == {"a-acme"}


@pytest.mark.parametrize("looked_first", [False, True], ids=["before loading", "after loading"])
def test_what_others_add_change_and_remove_arrives(store: Store, folder: Path, looked_first: bool) -> None:
    acme, beta = account("Acme"), account("Beta")
    put(store, acme, beta, activity("Old", "t-old"))
    store.compact()
    book = store.read()
    if looked_first:
        assert len(contents(book)["activities"]) == 1
    other = Store(str(folder))
    put(other, activity("New", "t-new"))
    write(other, Edit(acme, replace(acme, city="Oulu")), Edit(beta, None))
    fresh = store.refresh(book)
    assert fresh is not book
    assert contents(fresh) == on_disk(folder)
    assert fresh.accounts[acme.id].city == "Oulu"
    assert store.refresh(fresh) is fresh
    assert store.refresh(book) is fresh
    assert set(book.accounts) == {acme.id, beta.id}


def test_a_compaction_elsewhere_reloads_no_table(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, account("Acme"), *(activity(f"Talk {n}", f"t-{n}") for n in range(10)))
    book = store.read()
    assert len(contents(book)["activities"]) == 10
    loaded: list[str] = []
    load = Records.load

    def spy(from_there: Records, table: str) -> dict[str, Record]:
        loaded.append(table)
        return load(from_there, table)

    monkeypatch.setattr(Records, "load", spy)
    other = Store(str(folder))
    assert other.compact()
    assert store.refresh(book) is book
    put(other, activity("Before", "t-before"))
    other.compact()
    put(other, activity("After", "t-after"))
    fresh = store.refresh(book)
    found = contents(fresh)
    assert loaded == []
    monkeypatch.undo()
    assert found == on_disk(folder)
    assert len(found["activities"]) == 12


def test_a_restored_backup_is_noticed_even_when_its_number_is_the_same(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    put(store, account("Acme", "a-acme"))
    shutil.copytree(folder, tmp_path / "backup")
    book = put(store, account("Beta", "a-beta"))
    other = Store(str(tmp_path / "backup"))
    put(other, account("Gamma", "a-gamma"))
    shutil.copy(tmp_path / "backup" / "journal.jsonl", folder / "journal.new")
    (folder / "journal.new").replace(folder / "journal.jsonl")
    assert set(store.refresh(book).accounts) == {"a-acme", "a-gamma"}


def test_another_book_in_the_same_folder_is_noticed(store: Store, folder: Path, tmp_path: Path) -> None:
    book = put(store, account("Acme", "a-acme"))
    put(Store(str(tmp_path / "other")), account("Beta", "a-beta"))
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "other", folder)
    assert set(store.refresh(book).accounts) == {"a-beta"}


def test_a_table_file_changed_by_hand_is_taken_in(store: Store, folder: Path) -> None:
    put(store, account("Acme", "a-acme"))
    store.compact()
    book = store.read()
    assert book.accounts
    path = folder / "accounts.json"
    tables = json.loads(path.read_text())
    next(iter(tables["accounts"].values()))["name"] = "Hand-made"
    path.write_text(json.dumps(tables))
    fresh = store.refresh(book)
    assert fresh.accounts["a-acme"].name == "Hand-made"


def test_refresh_never_waits_for_a_writer(store: Store, folder: Path) -> None:
    book = put(store, account())
    put(Store(str(folder)), contact())
    with Store(str(folder)).database.transaction():
        assert store.refresh(book) is book
    assert store.refresh(book).contacts


def test_a_screen_refreshes_while_its_own_worker_writes(store: Store) -> None:
    book = put(store, account())
    inside, go_on = threading.Event(), threading.Event()

    def slow(_book: Book) -> Change:
        inside.set()
        go_on.wait(5)
        return Change("Noted", (add(activity()),))

    worker = threading.Thread(target=store.update, args=(slow, NOW, "anna@tui"))
    worker.start()
    assert inside.wait(5)
    assert store.refresh(book) is book
    go_on.set()
    worker.join(5)
    assert store.refresh(book).activities


def test_threads_that_write_through_one_store_lose_nothing(store: Store, folder: Path) -> None:
    def work(name: int) -> None:
        for number in range(15):
            put(store, activity(f"Talk {name}", f"t-{name}-{number}"))
            store.refresh(store.read())

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(store.read().activities) == 60
    assert len(on_disk(folder)["activities"]) == 60


def test_a_book_that_is_gone_while_it_is_open_is_not_begun_anew(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "book"))
    book, _change = store.update(lambda _book: Change("x", (add(account()),)), NOW, "tester@cli")
    (tmp_path / "book").rename(tmp_path / "elsewhere")
    with pytest.raises(Damaged, match="no longer there"):
        store.refresh(book)
    with pytest.raises(Damaged, match="no longer there"):
        store.update(lambda _book: Change("y", (add(account("Beta")),)), NOW, "tester@cli")
    assert not (tmp_path / "book").exists()
    (tmp_path / "elsewhere").rename(tmp_path / "book")
    assert list(store.refresh(book).accounts) == [account().id]
