"""One of many processes on a book: `crowd_worker.py ROLE BOOK NAME SECONDS PAUSE`; see `crowd_kit`.

Times are those of the system's monotonic clock, which all processes share.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[place]) for place in range(3)]

from builders import activity, contact  # noqa: E402 - after the path
from store_kit import contents, on_disk, put  # noqa: E402

from kam_tui.domain.book import Book  # noqa: E402
from kam_tui.store.store import Store  # noqa: E402

MANY = 50
"""Records of one import."""

POLL = 0.5
"""Seconds between two looks of a screen."""


def write(store: Store, name: str, number: int) -> None:
    """A capture, and a row through TinyDB, whose id is given by the store."""
    put(store, activity("Talk", f"t-{name}-{number}"), by=f"{name}@cli")
    say(f"t-{name}-{number}", time.monotonic())
    say("row", store.database.table("rows").insert({"by": name, "number": number}))


def bring_in(store: Store, name: str, number: int) -> None:
    """Many records as one change."""
    put(store, *(contact("Somebody", f"c-{name}-{number}-{each}") for each in range(MANY)))
    say(f"c-{name}-{number}-0", time.monotonic())


def compact(store: Store, name: str, number: int) -> None:
    """A compaction; every third one lets all the history go that is kept so far."""
    Store(store.folder, keep_days=number % 3 == 0).compact()


ROLES: dict[str, Callable[[Store, str, int], None]] = {
    "write": write,
    "import": bring_in,
    "compact": compact,
}


def work(role: str, folder: str, name: str, seconds: float, pause: float) -> None:
    """Do one thing again and again."""
    store, number, dice = Store(folder), 0, random.Random(name)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ROLES[role](store, name, number)
        number += 1
        time.sleep(dice.uniform(0, 2 * pause))
    store.close()


def look(folder: str, seconds: float) -> None:
    """Follow a book as a screen does, say when each record was first seen, and at last whether what is
    shown is what somebody sees who opens the book anew."""
    store = Store(folder)
    book = store.read()
    seen: set[str] = set()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        book = store.refresh(book)
        tell(book, seen)
        time.sleep(POLL)
    book = store.refresh(book)
    tell(book, seen)
    say("same", contents(book) == on_disk(Path(folder)))


def tell(book: Book, seen: set[str]) -> None:
    now = [each for table in ("activities", "contacts") for each in book.table(table) if each not in seen]
    at = time.monotonic()
    for each in now:
        say(each, at)
    seen.update(now)


def say(*words: object) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    role, folder, name, seconds, pause = sys.argv[1:]
    if role == "look":
        look(folder, float(seconds) + 2 * POLL)
    else:
        work(role, folder, name, float(seconds), float(pause))
