"""All records of a book, loaded in fresh processes that take turns: in one, what the first has left in memory
and in the processor's cache would slow the other."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from figures import told

KAM, STOCK = "kam", "stock"
TABLES = ("accounts", "contacts", "activities", "reminders")


def measure(book: Path, stock: Path, processes: int, times: int) -> dict[str, tuple[float, float]]:
    """Each side to milliseconds: of a load in a process that has loaded before, and of its first one.

    Each of so many processes of a side loads the book so many times, and tells the quickest of its later
    loads, which a busy machine disturbs least; of what they tell, the median.
    """
    found: dict[str, list[list[float]]] = {KAM: [], STOCK: []}
    for _process in range(processes):
        for side, path in ((KAM, book), (STOCK, stock)):
            found[side].append(told(__file__, side, path, times))
    return {
        side: (median(min(loads[1:]) for loads in some), median(loads[0] for loads in some))
        for side, some in found.items()
    }


def kam(path: str) -> None:
    """Every record, as kam has it."""
    from kam_tui.store.store import Store

    book = Store(path).read()
    assert all(book.table(table) for table in TABLES)


def stock(path: str) -> None:
    """Every document, as stock TinyDB has it."""
    from tinydb import TinyDB

    with TinyDB(path) as db:
        assert all(db.table(table).all() for table in TABLES)


def main(side: str, path: str, times: str) -> None:
    """Load, and print how many milliseconds each time took. The modules are there before."""
    import tinydb  # noqa: F401

    import kam_tui.store.store  # noqa: F401

    load = kam if side == KAM else stock
    loads = []
    for _time in range(int(times)):
        start = time.perf_counter()
        load(path)
        loads.append((time.perf_counter() - start) * 1000)
    print(json.dumps(loads))


if __name__ == "__main__":
    main(*sys.argv[1:])
