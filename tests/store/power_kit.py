"""What a disk surely holds: for tests of a power cut, after which nothing else needs to be there."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

Tree = dict[str, bytes | None]
"""Path to the bytes of a file, None for a folder; a folder comes before what is in it."""


class Synced:
    """What a folder surely holds: the bytes that were synced, under the names whose folder was synced."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        # While it is open no other file is given its number.
        self._held: dict[int, int] = {}
        for place in (root, *root.rglob("*")):
            self._sync(place)

    def close(self) -> None:
        for fd in self._held.values():
            os.close(fd)

    def saw(self, name: str, args: tuple[Any, ...]) -> None:
        """Be told of a call that was made."""
        if name == "sync":
            self._bytes[os.fstat(args[0]).st_ino] = _bytes_of(args[0])
        elif name == "sync_folder":
            self._sync(Path(args[0]))
        for place in self._root.rglob("*"):
            self._hold(place)

    def lost(self) -> list[tuple[int, str]]:
        """The names, each with the number of its folder, that came, went or changed unsynced."""
        found: list[tuple[int, str]] = []
        for place in (self._root, *(path for path in self._root.rglob("*") if path.is_dir())):
            number, now = self._hold(place), self._now(place)
            was = self._names[number]
            found += [(number, name) for name in was.keys() | now.keys() if was.get(name) != now.get(name)]
        return found

    def left(self, names: Collection[tuple[int, str]], *, data: bool) -> Tree:
        """What a power cut leaves now, when of all that was not synced these names, or all data,
        happened to reach the disk. Where bytes did not, there are zeros."""
        places = (self._root, *(path for path in self._root.rglob("*") if path.is_dir()))
        now = {self._hold(place): self._now(place) for place in places}

        def walk(number: int, name: str) -> Iterator[tuple[str, bytes | None]]:
            if number not in self._names:
                written, was = _bytes_of(self._held[number]), self._bytes.get(number, b"")
                yield name, written if data else was + b"\0" * (len(written) - len(was))
                return
            yield name, None
            inside, there = self._names[number], now.get(number, {})
            for inner in inside.keys() | there.keys():
                found = (there if (number, inner) in names else inside).get(inner)
                if found is not None:
                    yield from walk(found, f"{name}/{inner}")

        return dict(walk(self._hold(self._root), "."))

    def _now(self, place: Path) -> dict[str, int]:
        return {path.name: self._hold(path) for path in place.iterdir()}

    def _sync(self, place: Path) -> None:
        number = self._hold(place)
        if place.is_dir():
            self._names[number] = self._now(place)
        else:
            self._bytes[number] = place.read_bytes()

    def _hold(self, place: Path) -> int:
        number = place.stat().st_ino
        if number not in self._held:
            self._held[number] = os.open(place, os.O_RDONLY)
            if place.is_dir():
                self._names.setdefault(number, {})
        return number


def _bytes_of(fd: int) -> bytes:
    return os.pread(fd, os.fstat(fd).st_size, 0)


def tree_of(place: Path) -> Tree:
    """What is in a folder."""
    found: Tree = {".": None}
    for path in sorted(place.rglob("*")):
        found[f"./{path.relative_to(place)}"] = None if path.is_dir() else path.read_bytes()
    return found


def digest(tree: Tree) -> str:
    """What tells two folders apart; the numbers of processes and who held the lock do not matter."""
    found = hashlib.sha256()
    for path, data in sorted(tree.items()):
        name = re.sub(r"\.\d+\.tmp", ".tmp", path)
        if name.endswith("/lock") and data is not None:
            data = b""
        found.update(b"%d %s %d " % (data is None, name.encode(), len(data or b"")) + (data or b""))
    return found.hexdigest()
