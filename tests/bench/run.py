"""All benchmarks, in one run: `make bench`. Figures are ratios within the run; nothing is asserted."""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path
from shutil import copy, copytree

sys.path[:0] = [str(each) for each in (Path(__file__).parent, *Path(__file__).parents[1:3])]

import bench_agenda  # noqa: E402 - after the path
import bench_capture  # noqa: E402
import bench_compaction  # noqa: E402
import bench_memory  # noqa: E402
import bench_screen  # noqa: E402
import bench_store  # noqa: E402
from generate import records, write_book, write_stock  # noqa: E402

SIZES = {
    "typical": (50, 300, 2_000, 200),
    "1k": (10, 100, 1_000, 50),
    "10k": (100, 1_000, 10_000, 500),
    "big": (1_000, 10_000, 100_000, 5_000),
}
"""Accounts, contacts, activities and reminders of each book; the last three grow tenfold."""
SHOWN = ("typical", "big")
"""The books that are shown beside stock TinyDB."""
GROWING = {"1k": "1k", "10k": "10k", "big": "100k"}
"""Those by which growth is told, and what they are called there: by their activities."""

ROUNDS = 15


def main() -> None:
    """Make the books in a temporary folder, measure, print."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="kam-bench-") as name:
        place = Path(name)
        books = {size: place / f"book-{size}" for size in SIZES}
        stocks = {size: place / f"stock-{size}.json" for size in SIZES}
        for size in SIZES:
            make(size, books[size], stocks[size])
        some = {size: books[size] for size in SHOWN}
        written = place / "written"  # to copies: what is loaded later has the same records on both sides
        written.mkdir()
        bench_capture.measure(
            {
                "empty": written / "empty",
                **{size: Path(copytree(some[size], written / size)) for size in SHOWN},
            },
            {"empty": written / "none", **{size: Path(copy(stocks[size], written)) for size in SHOWN}},
            place,
            ROUNDS,
        )
        found = {size: bench_store.measure(books[size], stocks[size], size) for size in SIZES}
        for size in SHOWN:
            bench_store.show(size, found[size])
        bench_store.show_growth({called: found[size] for size, called in GROWING.items()})
        bench_memory.measure(some)
        bench_agenda.measure(books["big"])
        bench_compaction.measure(books["big"])
        bench_screen.measure(bench_screen.big_book())


def make(size: str, book: Path, stock: Path) -> None:
    """Make a book, and the same for stock TinyDB; nothing of it stays in memory."""
    made = records(*SIZES[size])
    write_book(book, made)
    write_stock(stock, made)


if __name__ == "__main__":
    main()
