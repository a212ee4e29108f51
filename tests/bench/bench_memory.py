"""A book in memory: what it takes beside the plain dicts of JSON, and how long a screen halts while it loads.

Each figure comes from a process of its own, in which nothing was measured before.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from figures import Bar, Cell, print_table, told

from kam_tui.domain.book import Book
from kam_tui.store.layout import META, file_name
from kam_tui.store.store import Store

TABLES = ("accounts", "contacts", "activities", "reminders")
MILLION = 1_000_000
RECORDS, TIMELINES = "all of it as records", "with everybody's timeline"
LOADING, IDLE = "loading", "idle"
KEPT, MOST = "kept", "at most, while it loads"
TICK = 0.001
"""Seconds that the screen means to sleep between two looks at its watch."""
LOADS = 7
MEMORY, PAUSE = Bar(2.5), Bar(50)
"""Times the plain dicts, and milliseconds."""


def measure(books: dict[str, Path]) -> None:
    """Print what each book takes, and the longest pauses."""
    pauses: dict[str, list[Cell]] = {}
    for name, book in books.items():
        dicts, records, timelines = (told(__file__, what, book) for what in ("dicts", "records", "timelines"))
        rows = {
            f"{what}, {part}": [
                Cell(taken[part] / MILLION, places=1),
                Cell(dicts[part] / MILLION, places=1),
                Cell(taken[part] / dicts[part], MEMORY),
            ]
            for what, taken in ((RECORDS, records), (TIMELINES, timelines))
            for part in (KEPT, MOST)
        }
        print_table(f"memory, {name} book", ["MB", "dicts MB", "x"], rows)
        pauses[f"{name} book"] = halts(book)
        with edited(book / file_name("activities")):
            pauses[f"{name} book, edited by hand"] = halts(book)
    print_table(
        "longest pause of a screen while it loads", ["ms, usually", "at worst", "while nothing loads"], pauses
    )


def halts(book: Path) -> list[Cell]:
    """The longest pauses while a book is loaded: usually, at worst, and while none is."""
    loads = [told(__file__, "pause", book) for _load in range(LOADS)]
    longest = [load[LOADING] for load in loads]
    idle = max(load[IDLE] for load in loads)
    return [Cell(median(longest), PAUSE, 1), Cell(max(longest), PAUSE, 1), Cell(idle, places=1)]


@contextmanager
def edited(file: Path) -> Iterator[None]:
    """While it lasts, one word of a table is another one."""
    as_it_was = file.read_bytes()
    file.write_bytes(as_it_was.replace(b"the delivery", b"a delivery", 1))
    yield
    file.write_bytes(as_it_was)


def dicts(book: Path) -> object:
    """The tables as JSON gives them."""
    texts = {table: (book / file_name(table)).read_bytes() for table in TABLES}
    return {table: {**json.loads(text), META: None}[table] for table, text in texts.items()}


def records(book: Path) -> Book:
    """The tables as records."""
    opened = Store(str(book)).read()
    for table in TABLES:
        assert opened.table(table)
    return opened


def timelines(book: Path) -> Book:
    """The same, and in order for the screen."""
    opened = records(book)
    opened.timeline("")
    return opened


def bytes_of(load: Callable[[Path], object], book: Path) -> dict[str, float]:
    """Bytes that are kept of what is loaded, and the most there were meanwhile."""
    tracemalloc.start()
    kept = load(book)
    now, most = tracemalloc.get_traced_memory()
    assert kept
    return {KEPT: now, MOST: most}


def pause(book: Path) -> dict[str, float]:
    """Milliseconds between the two ticks of a watch that lay furthest apart: while a thread loads a book,
    and while one sleeps, which tells how busy the machine is with other things."""
    found: dict[str, float] = {}
    kept: list[object] = []
    for name, work in ((IDLE, lambda: time.sleep(0.5)), (LOADING, lambda: kept.append(timelines(book)))):
        working = threading.Thread(target=work)
        longest = 0.0
        working.start()
        last = time.perf_counter()
        while working.is_alive():
            time.sleep(TICK)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
        found[name] = longest * 1000
    return found


if __name__ == "__main__":
    what, where = sys.argv[1], Path(sys.argv[2])
    loads = {"dicts": dicts, "records": records, "timelines": timelines}
    print(json.dumps(bytes_of(loads[what], where) if what in loads else pause(where)))
