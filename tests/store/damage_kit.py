"""A book to damage, and ways to do it: as disks, editors and sync tools do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import account, activity, contact
from store_kit import put, write

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Edit
from kam_tui.store.store import Store

ACME = account("Acme", "a-acme")
GONE = 4_000_000
"""The number of a process that never ran: Linux counts to 2^22 at most."""


def talk(number: int) -> Activity:
    """One of the activities of the book."""
    return activity(f"Talk {number}", f"t-{number}", account_id=ACME.id)


def small_book(folder: Path, *, compacted: bool = True) -> Store:
    """Accounts, a contact and activities, in six changes and three more; the six are in the tables."""
    store = Store(str(folder))
    put(store, ACME, account("Beta", "a-beta"), what="Added two accounts")
    put(store, contact("Liisa", "c-liisa", account_id=ACME.id), what="Added Liisa")
    for number in range(4):
        put(store, talk(number), what=f"Noted talk {number}")
    if compacted:
        assert store.compact()
    write(store, Edit(ACME, replace(ACME, city="Turku")), what="Edited Acme")
    put(store, talk(4), what="Noted talk 4")
    write(store, Edit(talk(0), None), what="Removed talk 0")
    return store


def spoil(path: Path, text: str, other: str) -> None:
    """Put something of the same length in the place of a text that stands there once at least."""
    data = path.read_bytes()
    assert text.encode() in data
    assert len(text.encode()) == len(other.encode())
    path.write_bytes(data.replace(text.encode(), other.encode(), 1))


def without_line(path: Path, text: str) -> None:
    """Take out the line in which this stands."""
    lines = path.read_bytes().split(b"\n")
    kept = [line for line in lines if text.encode() not in line]
    assert len(kept) == len(lines) - 1
    path.write_bytes(b"\n".join(kept))


def numbers(store: Store) -> list[int]:
    """The numbers of all changes that the history tells, newest first."""
    return [entry.number for entry in store.history()]
