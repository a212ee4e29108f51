"""The store within one process: writing, opening, following others; beside stock TinyDB and a raw append.

Each book has a process of its own, as it has in use.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import bench_records
from bench_records import KAM, STOCK
from figures import Bar, Cell, ms, print_table, told, turns
from tinydb import TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.table import Document, Table

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Change, add
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.ids import new_id
from kam_tui.store.folder import JOURNAL
from kam_tui.store.layout import key_of
from kam_tui.store.store import Store

NOW = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
DAY = date(2026, 11, 18)
CHANGES = 300
"""Of a journal that is not folded yet: somewhat more than the half of what it may grow to."""

RAW, KEEP, INSERT, UPDATE = "raw append + fsync", "one note kept by a verb", "TinyDB insert", "TinyDB update"
OPEN, LATER = "open to the first account list", f"the same after {CHANGES} changes"
ALL, FIRST = "everything as records", "the same, first in a process"
SEARCH, PATTERN = "TinyDB search, no match", "TinyDB search of a pattern"
POLL, FOLLOW, COMPACT = "poll while nothing happens", "take in a note of another", "compaction"

TIMES = {POLL: Bar(0.05), FOLLOW: Bar(5)}
"""Milliseconds that are wanted."""
RATIOS: dict[str, dict[str, float]] = {
    "typical": {INSERT: 40, UPDATE: 40, OPEN: 10, ALL: 2.5},
    "big": {INSERT: 1000, UPDATE: 1000, OPEN: 40, ALL: 4, SEARCH: 10},
}
"""How many times as fast as stock TinyDB is wanted, for each book."""
LINEAR = Bar(12)
"""Times as long that ten times the records may take: ten, and a fifth more for what memory is slower than
a processor's cache."""
WRITES = {KEEP: Bar(4), INSERT: Bar(4), UPDATE: Bar(4)}
"""How many times as long as a raw append and fsync is allowed."""


@dataclass(frozen=True)
class Taken:
    """Milliseconds that one thing took."""

    ours: float
    stock: float | None = None


Call = Callable[[], object]
Figures = dict[str, Taken]
"""What was done, and how long it took."""


def note() -> Activity:
    """A new one."""
    return Activity(new_id("t"), Moment(DAY), "note", Moment(DAY), "met the buyer, wants a quote")


def keep(store: Store) -> None:
    """Write one note as a verb does."""
    activity = note()
    store.update(lambda _book: Change("Noted", (add(activity),)), NOW, "bench@cli")


def measure(book: Path, stock: Path, size: str) -> Figures:
    """Everything that is timed within one process, on one book."""
    return {what: Taken(**taken) for what, taken in told(__file__, book, stock, size).items()}


def timed(book: Path, stock_path: Path, *, is_big: bool) -> Figures:
    """What `measure` tells, in the process that measures it."""
    folder = str(book)
    Store(folder).compact()

    def first_list() -> None:
        assert Store(folder).read().shown_accounts()

    def stock_list() -> None:
        with TinyDB(stock_path) as db:
            assert db.table("accounts").all()

    found = beside({OPEN: (first_list, stock_list)}, 3 if is_big else 15)
    loads = bench_records.measure(book, stock_path, *((3, 3) if is_big else (9, 9)))
    found |= {what: Taken(loads[KAM][i], loads[STOCK][i]) for i, what in enumerate((ALL, FIRST))}
    store = Store(folder)
    with TinyDB(stock_path) as stock:
        found |= writes(store, stock.table("activities"), book.parent / "raw", 3 if is_big else 9)
    found |= following(store, folder)
    while (book / JOURNAL).read_bytes().count(b"\n") <= CHANGES:
        keep(store)
    found[LATER] = Taken(ms(first_list, 15))
    store.close()
    found[COMPACT] = Taken(ms(Store(folder).compact, 1))
    return found


def beside(calls: dict[str, tuple[Call, Call | None]], rounds: int) -> Figures:
    """Ours and that of stock TinyDB take turns; ours is called oftener, since stock may take a second."""
    ours = {name: call for name, (call, _stock) in calls.items()}
    stocks = {f"stock {name}": stock for name, (_call, stock) in calls.items() if stock}
    taken = turns(ours | stocks, rounds, dict.fromkeys(ours, 10))
    return {name: Taken(taken[name], taken.get(f"stock {name}")) for name in calls}


def writes(store: Store, stocked: Table, raw: Path, rounds: int) -> Figures:
    """One document written and synced, in several ways; and found by nobody."""
    table = store.database.table("activities")
    key = key_of("t-0000000001")
    text, pattern = where("text") == "nowhere", where("text").search("nowhere")
    fd = os.open(raw, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def insert() -> None:
        new, day = new_id("t"), "2026-11-18"
        made = {"id": new, "created": day, "kind": "note", "when": day, "text": "m"}
        table.insert(Document(made, key_of(new)))

    def update() -> None:
        table.update({"tags": [new_id("x")]}, doc_ids=[key])

    def search(of: Table, query: QueryInstance) -> None:
        of.clear_cache()
        assert not of.search(query)

    keep(store)
    found = beside(
        {
            RAW: (lambda: write_line(fd), None),
            KEEP: (lambda: keep(store), None),
            INSERT: (insert, lambda: stocked.insert({"text": "m"})),
            UPDATE: (update, lambda: stocked.update({"tags": [new_id("x")]}, doc_ids=[1])),
        },
        rounds,
    )
    os.close(fd)
    for what, query in ((SEARCH, text), (PATTERN, pattern)):
        found |= beside({what: (partial(search, table, query), partial(search, stocked, query))}, 5)
    return found


def write_line(fd: int) -> None:
    """Append a line as long as one of the journal and wait for the disk: the floor of any durable write."""
    os.write(fd, b"x" * 400 + b"\n")
    os.fsync(fd)


def following(store: Store, folder: str) -> Figures:
    """What a screen pays for living beside other processes."""
    other = Store(folder)
    books = [store.read()]
    assert books[0].activities
    times = []
    for _round in range(15):
        keep(other)
        times.append(ms(lambda: books.append(store.refresh(books[-1])), 1))
    assert len(set(map(id, books))) == len(books)
    return {POLL: Taken(ms(lambda: store.refresh(books[-1]), 200)), FOLLOW: Taken(sorted(times)[7])}


def show(name: str, found: Figures) -> None:
    """Print the table of one book."""
    ratios = RATIOS.get(name, {})
    rows = {}
    for what, taken in found.items():
        ratio = taken.stock / taken.ours if taken.stock else None
        raw = taken.ours / found[RAW].ours if what in WRITES else None
        bar = Bar(ratios[what], at_least=True) if what in ratios else None
        cells = [Cell(taken.ours, TIMES.get(what), 3), Cell(taken.stock), Cell(ratio, bar, 1)]
        rows[what] = [*cells, Cell(raw, WRITES.get(what), 1)]
    print_table(f"within one process, {name} book", ["ms", "stock ms", "stock/kam", "kam/raw"], rows)


def show_growth(sizes: dict[str, Figures]) -> None:
    """Print how each figure grows: every book has ten times the records of the one before."""
    names = list(sizes)
    rows = {}
    for what in sizes[names[0]]:
        taken = [sizes[name][what].ours for name in names]
        factors = [after / before for before, after in pairwise(taken)]
        rows[what] = [Cell(each, None, 3) for each in taken] + [Cell(each, LINEAR, 1) for each in factors]
    steps = [f"x {before} to {after}" for before, after in pairwise(names)]
    print_table("growth", [*(f"ms, {name}" for name in names), *steps], rows)


if __name__ == "__main__":
    _, the_book, the_stock, the_size = sys.argv
    found = timed(Path(the_book), Path(the_stock), is_big=the_size == "big")
    print(json.dumps({what: asdict(taken) for what, taken in found.items()}))
