"""Compaction: the book reads the same before and after, whoever else is at work."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from builders import account, activity, contact
from store_kit import contents, on_disk, put, write

from kam_tui.domain.change import Edit
from kam_tui.store import compaction, files
from kam_tui.store.folder import Folder
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


def busy_book(folder: Path) -> Store:
    """A book with tables, a history, a journal with a new, a changed and a removed record."""
    store = Store(str(folder))
    acme, beta = account("Acme"), account("Beta")
    put(store, acme, beta, *(activity(f"Talk {n}", f"t-{n}") for n in range(5)))
    assert store.compact()
    put(store, contact("Liisa"))
    write(store, Edit(acme, replace(acme, city="Turku")), Edit(beta, None))
    return store


def numbers(store: Store) -> list[int]:
    return [entry.number for entry in store.history()]


def test_only_tables_that_changed_are_written_again(folder: Path) -> None:
    store = busy_book(folder)
    before = files.stamp(str(folder / "activities.json"))
    old = files.stamp(str(folder / "accounts.json"))
    assert store.compact()
    assert files.stamp(str(folder / "activities.json")) == before
    assert files.stamp(str(folder / "accounts.json")) != old
    assert not store.compact()


def test_it_keeps_records_history_and_what_stands_in_no_journal_line(folder: Path) -> None:
    store = busy_book(folder)
    given, told = contents(store.read()), list(store.history())
    assert store.compact()
    assert on_disk(folder) == given
    assert list(Store(str(folder)).history()) == told
    assert (folder / "journal.jsonl").read_bytes().count(b"\n") == 1


def test_what_is_written_while_the_tables_are_being_written_stays_in_the_journal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = busy_book(folder)
    write_new = files.write_new

    def slowly(path: str, parts: list[bytes]) -> None:
        write_new(path, parts)
        if "contacts.json" in path:
            put(Store(str(folder)), contact("Meanwhile"))

    monkeypatch.setattr(files, "write_new", slowly)
    assert store.compact()
    monkeypatch.undo()
    assert set(on_disk(folder)["contacts"]) == {"c-liisa", "c-meanwhile"}
    assert numbers(Store(str(folder))) == [4, 3, 2, 1]
    assert store.check() == []


def test_of_two_compactions_at_once_one_gives_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = busy_book(folder)
    given = contents(store.read())
    write_new = files.write_new
    nested: list[bool] = []

    def interrupted(path: str, parts: list[bytes]) -> None:
        write_new(path, parts)
        if not nested:
            nested.append(True)
            nested.append(Store(str(folder)).compact())

    monkeypatch.setattr(files, "write_new", interrupted)
    assert not store.compact()
    assert nested == [True, True]
    assert on_disk(folder) == given
    assert numbers(store) == [3, 2, 1]
    assert store.check() == []


def test_a_compaction_that_another_process_was_faster_with_gives_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, write_new = busy_book(folder), files.write_new

    def overtaken(path: str, parts: list[bytes]) -> None:
        write_new(path, parts)
        monkeypatch.setattr(files, "write_new", write_new)
        with monkeypatch.context() as another:
            another.setattr(os, "getpid", lambda: -1)
            put(Store(str(folder)), contact("Meanwhile"))
            assert Store(str(folder)).compact()

    monkeypatch.setattr(files, "write_new", overtaken)
    assert not store.compact()
    assert set(on_disk(folder)["contacts"]) == {"c-liisa", "c-meanwhile"}
    assert numbers(store) == [4, 3, 2, 1]
    assert store.check() == []


def test_a_compaction_whose_new_files_were_swept_away_gives_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, write_new = busy_book(folder), files.write_new
    given = contents(store.read())

    def swept(path: str, parts: list[bytes]) -> None:
        write_new(path, parts)
        os.unlink(path)

    monkeypatch.setattr(files, "write_new", swept)
    assert not store.compact()
    monkeypatch.undo()
    assert on_disk(folder) == given
    assert store.compact()
    assert on_disk(folder) == given
    assert store.check() == []


def test_tidying_after_a_capture_leaves_it_and_after_a_long_look_does_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "DUE", 400)
    store = Store(str(folder))
    put(store, account("Acme"))
    put(store, activity("A long talk " * 50))
    store.tidy()
    assert not (folder / "accounts.json").exists()

    glance = Store(str(folder))
    assert glance.read().accounts
    put(glance, activity("Captured"))
    glance.tidy()
    assert not (folder / "accounts.json").exists()

    screen = Store(str(folder))
    book = screen.read()
    assert book.activities
    put(Store(str(folder)), activity("From elsewhere"))
    screen.refresh(book)
    screen.tidy()
    assert (folder / "accounts.json").exists()
    assert len(on_disk(folder)["activities"]) == 3


def test_tidying_a_small_book_writes_nothing(folder: Path) -> None:
    store = Store(str(folder))
    put(store, activity())
    assert store.read().activities
    store.tidy()
    assert not (folder / "activities.json").exists()


def test_tidying_after_a_large_change_of_ones_own_does_it(folder: Path) -> None:
    store = Store(str(folder))
    put(store, *(contact(f"Person {n}", f"c-{n}") for n in range(4000)))
    store.tidy()
    assert (folder / "contacts.json").exists()
    assert len(on_disk(folder)["contacts"]) == 4000


def test_the_head_of_the_journal_tells_what_the_tables_hold(folder: Path) -> None:
    store = busy_book(folder)
    store.compact()
    head = json.loads((folder / "journal.jsonl").read_text().splitlines()[0])
    assert head["n"] == 3
    assert head["tables"] == {"accounts": 3, "activities": 1, "contacts": 3}
    assert head["past"] == {"file": "history.jsonl", "size": (folder / "history.jsonl").stat().st_size}
    assert Folder(str(folder)).newest().number == 3


def test_a_file_that_another_one_has_swept_away_meanwhile_is_no_refusal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = busy_book(folder)
    seen = files.names
    monkeypatch.setattr(files, "names", lambda path: [*seen(path), "accounts.json.1.tmp"])
    assert store.compact()
