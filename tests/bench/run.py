"""All benchmarks, in one run: `make bench`. Figures are ratios within the run; nothing is asserted."""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import bench_capture  # noqa: E402 - after the path
import bench_store  # noqa: E402
from generate import records, write_book, write_stock  # noqa: E402

SIZES = {"typical": (50, 300, 2_000, 200), "big": (1_000, 10_000, 100_000, 5_000)}
"""Accounts, contacts, activities and reminders of each book."""

ROUNDS = 7


def main() -> None:
    """Make the books in a temporary folder, measure, print."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    with tempfile.TemporaryDirectory(prefix="kam-bench-") as name:
        place = Path(name)
        books = {"empty": place / "book-empty"}
        stocks = {"empty": place / "stock-empty.json"}
        for size, counts in SIZES.items():
            made = records(*counts)
            books[size], stocks[size] = place / f"book-{size}", place / f"stock-{size}.json"
            write_book(books[size], made)
            write_stock(stocks[size], made)
        bench_capture.measure(books, stocks, place, ROUNDS)
        for size in SIZES:
            bench_store.measure(size, books[size], stocks[size])


if __name__ == "__main__":
    main()
