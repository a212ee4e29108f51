"""Compaction: how long a capture has to wait while another process folds the journal of a book."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from bench_records import TABLES  # noqa: E402 - after the path
from bench_store import keep  # noqa: E402 - after the path
from figures import Bar, Cell, ms, print_table, settle  # noqa: E402

from kam_tui.store import files  # noqa: E402
from kam_tui.store.layout import key_of, render  # noqa: E402
from kam_tui.store.migrations import SCHEMA  # noqa: E402
from kam_tui.store.store import Store  # noqa: E402
from kam_tui.store.tables import TableFile  # noqa: E402

PAUSE = 0.002
"""Seconds between two captures."""
ALONE = 0.5
"""Seconds of captures before the compaction begins."""


def measure(book: Path) -> None:
    """Print the longest wait, beside the time that writing one table anew takes."""
    store = Store(str(book))
    first = {"accounts": "a", "contacts": "c", "activities": "t", "reminders": "r"}
    for table in TABLES:  # so that all of them are written anew
        key = key_of(f"{first[table]}-0000000001")
        assert store.database.table(table).update({"tags": ["bench"]}, doc_ids=[key])
    settle()
    enough = book.parent / "enough"
    words = [sys.executable, __file__, str(book), str(enough)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
        time.sleep(ALONE)
        begun = time.monotonic()
        assert store.compact()
        ended = time.monotonic()
        enough.touch()
        waits = json.loads(other.stdout.readline())
    store.close()
    alone = [taken for begin, taken in waits if begin + taken < begun]
    meanwhile = [taken for begin, taken in waits if begin + taken >= begun and begin < ended]
    rewrite = ms(lambda: write_anew(book, "activities"), 3)
    rows = {
        "compaction of all tables": Cell((ended - begun) * 1000),
        "one table written anew": Cell(rewrite),
        "longest capture before": Cell(max(alone) * 1000),
        "longest capture meanwhile": Cell(max(meanwhile) * 1000, Bar(round(rewrite))),
    }
    title = f"{len(meanwhile)} captures during a compaction"
    print_table(title, ["ms"], {what: [cell] for what, cell in rows.items()})


def write_anew(book: Path, table: str) -> None:
    """Read a table file and write it to the disk under another name."""
    file = TableFile(str(book / f"{table}.json"), table)
    files.write_new(str(book.parent / "anew"), render(table, file.number, SCHEMA, file.lines()))
    file.close()


def capture(folder: str, enough: Path) -> None:
    """The other process: note after note until it is enough; then when each began, and what it took."""
    store = Store(folder)
    keep(store)
    print("ready", flush=True)
    waits = []
    while not enough.exists():
        begin = time.monotonic()
        keep(store)
        waits.append((begin, time.monotonic() - begin))
        time.sleep(PAUSE)
    print(json.dumps(waits))
    store.close()


if __name__ == "__main__":
    capture(sys.argv[1], Path(sys.argv[2]))
