"""The store within one process: writing, opening, following others; beside stock TinyDB and a raw append."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from tinydb import TinyDB, where
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Change, add
from kam_tui.domain.ids import new_id
from kam_tui.domain.moment import Moment
from kam_tui.store.layout import key_of
from kam_tui.store.store import Store

NOW = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
DAY = date(2026, 11, 18)


def note() -> Activity:
    """A new one."""
    return Activity(new_id("t"), Moment(DAY), "note", Moment(DAY), "met the buyer, wants a quote")


def keep(store: Store) -> None:
    """Write one note as a verb does."""
    activity = note()
    store.update(lambda _book: Change("Noted", (add(activity),)), NOW, "bench@cli")


def ms(call: Callable[[], object], rounds: int) -> float:
    """Median milliseconds of a call."""
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return median(times) * 1000


def raw_append(path: Path) -> float:
    """Milliseconds to append a line of that size and sync it: the floor of any durable write."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    line = b"x" * 400 + b"\n"
    try:
        return ms(lambda: write_line(fd, line), 60)
    finally:
        os.close(fd)


def write_line(fd: int, line: bytes) -> None:
    """Append it and wait for the disk."""
    os.write(fd, line)
    os.fsync(fd)


def measure(name: str, book: Path, stock_path: Path) -> None:
    """Print a table for one book."""
    rounds = 3 if name == "big" else 15
    folder = str(book)

    def row(what: str, ours: float, theirs: float | None = None) -> None:
        beside = f"{theirs:>11.2f}{theirs / ours:>9.0f}" if theirs is not None else ""
        print(f"{what:<44}{ours:>9.3f}{beside}")

    print(f"\n{'within one process, ' + name + ' book':<44}{'ms':>9}{'stock ms':>11}{'x':>9}")
    stock = TinyDB(stock_path)
    store = Store(folder)
    table, stocked = store.database.table("activities"), stock.table("activities")
    keep(store)
    row("raw append + fsync", raw_append(book.parent / "raw"))
    row("one note kept by a verb", ms(lambda: keep(store), 60))

    def rows() -> Document:
        fresh = new_id("t")
        return Document(
            {"id": fresh, "created": "2026-11-18", "kind": "note", "when": "2026-11-18", "text": "m"},
            key_of(fresh),
        )

    row(
        "TinyDB insert",
        ms(lambda: table.insert(rows()), 60),
        ms(lambda: stocked.insert({"text": "m"}), rounds),
    )
    key = key_of("t-0000000001")
    row(
        "TinyDB update by key",
        ms(lambda: table.update({"tags": [new_id("x")]}, doc_ids=[key]), 60),
        ms(lambda: stocked.update({"tags": [new_id("x")]}, doc_ids=[1]), rounds),
    )

    def first_list() -> None:
        assert Store(folder).read().shown_accounts()

    row(
        "open to the first account list",
        ms(first_list, rounds),
        ms(lambda: TinyDB(stock_path).table("accounts").all(), rounds),
    )

    def everything() -> None:
        opened = Store(folder).read()
        for one in ("accounts", "contacts", "activities", "reminders"):
            assert opened.table(one)

    def stock_everything() -> None:
        opened = TinyDB(stock_path)
        for one in ("accounts", "contacts", "activities", "reminders"):
            assert opened.table(one).all()

    row("everything as records", ms(everything, 3), ms(stock_everything, 3))
    text = where("text") == "nowhere"
    table.search(text)
    theirs = ms(lambda: uncached(stocked, text), rounds)
    row("TinyDB search, no match", ms(lambda: table.search(text), 5), theirs)
    follow(store, folder, row)
    row("compaction", ms(store.compact, 1))
    store.close()
    stock.close()


def uncached(table: Table, query: QueryLike) -> list[Document]:
    """A search that is not answered from the memory of the last one."""
    table.clear_cache()
    return table.search(query)


def follow(store: Store, folder: str, row: Callable[[str, float], None]) -> None:
    """What a screen pays for living beside other processes."""
    other = Store(folder)
    book = store.read()
    assert book.activities
    row("poll while nothing happens", ms(lambda: store.refresh(book), 200))
    times = []
    for _round in range(15):
        keep(other)
        start = time.perf_counter()
        book = store.refresh(book)
        times.append(time.perf_counter() - start)
    row("take in a note of another process", median(times) * 1000)
