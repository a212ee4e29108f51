"""Snapshot: the book on disk at one moment: the table files, and the journal's lines on top of them.

It never changes, and what other processes write later does not reach it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kam_tui.domain.text import clean
from kam_tui.store import migrations
from kam_tui.store.files import Stamp
from kam_tui.store.journal import Document, Line, Past, dumps, mark_of
from kam_tui.store.tables import Part, TableFile

_FEW = 16  # So many documents are looked for in the journal one by one; then its lines are read once for all.


class Snapshot:
    """One state of the book, as documents."""

    def __init__(
        self,
        path: str,
        head: Line | None,
        files: Mapping[str, TableFile],
        lines: tuple[Line, ...] = (),
        end: int = 0,
        stamp: Stamp | None = None,
    ) -> None:
        self.path = path
        """The journal it was read from."""
        self.head = head
        """The journal's first line; None while there is no book on the disk."""
        self.files = files
        """Table to its file."""
        self.lines = lines
        """The changes since the last compaction, in order."""
        self.end = end
        """Where the last sound line of the journal ends, in bytes."""
        self.stamp = stamp
        """The journal's stamp when it was read."""
        self.asked: set[str] = set()
        """The tables of which all records were asked for, now or in the states it has grown from."""
        self._asked_for_one = 0
        # Table to what the journal's first lines say of it, and how many they are.
        self._overlays: dict[str, tuple[int, dict[int, Document | None]]] = {}

    @property
    def number(self) -> int:
        """The number of the last change."""
        last = self.lines[-1] if self.lines else self.head
        return last.number if last else 0

    @property
    def seal(self) -> int:
        """The checksum of the last change's line; 0 where it is not known."""
        return self.lines[-1].seal if self.lines else self.head.fields.get("seal", 0) if self.head else 0

    @property
    def past(self) -> Past:
        """Where the changes before those of the journal are: its head says so, or an erasure since."""
        told = (line.past for line in reversed(self.lines))
        found = next((past for past in told if past), self.head and self.head.past)
        return found or Past("history.jsonl", 0)

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody was erased, and the files still hold what the next compaction leaves out."""
        return any(line.past for line in self.lines)

    @property
    def version(self) -> int:
        """The lowest schema version that any part of it was written with."""
        parts = [file.version for file in self.files.values()]
        parts += [line.version for line in ((self.head,) if self.head else ())]
        return min(parts, default=migrations.SCHEMA)

    @property
    def is_older(self) -> bool:
        """Whether it is to be migrated, and has no change of the present version yet."""
        newest = self.lines[-1] if self.lines else self.head
        return newest is not None and newest.version < migrations.SCHEMA

    @property
    def last_line(self) -> bytes:
        """The bytes of the last sound line, by which a journal is known again."""
        last = self.lines[-1] if self.lines else self.head
        return last.raw + b"\n" if last else b""

    def grown(self, lines: tuple[Line, ...], end: int, stamp: Stamp) -> Snapshot:
        """The state after these lines, which were appended since."""
        grown = Snapshot(self.path, self.head, self.files, self.lines + lines, end, stamp)
        grown.asked, grown._asked_for_one = self.asked, self._asked_for_one
        grown._overlays = dict(self._overlays)
        return grown

    def overlay(self, table: str) -> Mapping[int, Document | None]:
        """What the journal says of a table: key to document, None for one that was removed."""
        count, found = self._overlays.get(table, (0, {}))
        if count < len(self.lines):
            found, mark = dict(found), mark_of(table)
            for line in [line for line in self.lines[count:] if mark in line.raw]:
                found.update(self._said(line, table))
            self._overlays[table] = len(self.lines), found
        return found

    def _said(self, line: Line, table: str) -> dict[int, Document | None]:
        """What one line says of a table, where its file does not hold that already."""
        file = self.files.get(table)
        if file and line.number <= file.number:
            return {}
        return {
            key: after if after is None else migrations.upgrade(table, after, line.version)
            for name, key, _before, after in line.ops
            if name == table
        }

    def tables(self) -> set[str]:
        """The names of the tables that hold a document."""
        named = set(self.files)
        for line in self.lines:
            named.update(table for table, *_rest in line.ops)
        return {table for table in named if next(iter(self.documents(table)), None)}

    def document(self, table: str, key: int) -> Document | None:
        """One document, without reading the rest of its table. It is shared: copy before changing it."""
        self._asked_for_one += 1
        if self._asked_for_one % _FEW == 0:
            self.overlay(table)
        count, overlay = self._overlays.get(table, (0, {}))
        mark = mark_of(table, key)
        for line in reversed(self.lines[count:]):
            if mark in line.raw and key in (said := self._said(line, table)):
                return said[key]
        if key in overlay:
            return overlay[key]
        file = self.files.get(table)
        found = file.find(key) if file else None
        return migrations.upgrade(table, found, file.version) if found is not None and file else None

    def documents(self, table: str) -> Iterator[tuple[int, Document]]:
        """Each key with its document: those of the file by key, then newer ones in order."""
        for keys, documents, _how in self.parts(table):
            yield from zip(keys, documents, strict=True)

    def parts(self, table: str) -> Iterator[Part]:
        """As `documents`, some at a time, with how their texts are cleaned."""
        overlay = self.overlay(table)
        file = self.files.get(table)
        seen: set[int] = set()
        for keys, documents, how in file.parts() if file else ():
            version = file.version if file else migrations.SCHEMA
            numbers = list(keys) if overlay else keys
            newer = overlay.keys() & numbers if overlay else ()
            if version == migrations.SCHEMA and not newer:
                yield numbers, documents, how
                continue
            seen.update(newer)
            rows = zip(numbers, documents, strict=True)
            now = [(k, overlay[k] if k in newer else migrations.upgrade(table, d, version)) for k, d in rows]
            yield *_left(now), clean
        yield *_left((key, after) for key, after in overlay.items() if key not in seen), clean

    def highest(self, table: str) -> int:
        """The highest key of a table; 0 when it is empty."""
        file = self.files.get(table)
        overlay = self.overlay(table)
        last = file.highest() if file else 0
        if overlay.get(last, last) is None:
            return max((key for key, _document in self.documents(table)), default=0)
        return max(last, *(key for key, after in overlay.items() if after is not None), 0)

    def like(self, table: str, words: Sequence[str]) -> Iterator[tuple[int, Document]]:
        """At least the documents of a table that, folded, have these words in them, by key."""
        overlay = self.overlay(table)
        file = self.files.get(table)
        for key, document in file.like(words) if file else ():
            if key not in overlay:
                yield key, migrations.upgrade(table, document, file.version) if file else document
        yield from ((key, after) for key, after in overlay.items() if after is not None)

    def holding(self, table: str, needle: str) -> Iterator[tuple[int, Document]]:
        """The documents of a table that have `needle` as text in them, by key."""
        wanted = dumps(needle)[1:-1]
        overlay = self.overlay(table)
        file = self.files.get(table)
        if file:
            for key, document in file.holding(wanted):
                if key not in overlay:
                    yield key, migrations.upgrade(table, document, file.version)
        for key, after in overlay.items():
            if after is not None and wanted in dumps(after):
                yield key, after

    def path_of(self, table: str) -> str:
        """Where a table is: its file, else the journal."""
        file = self.files.get(table)
        return file.path if file else self.path


def _left(rows: Iterable[tuple[int, Document | None]]) -> tuple[list[int], list[Document]]:
    """Keys and documents of those that are there."""
    there = [(key, document) for key, document in rows if document is not None]
    return [key for key, _document in there], [document for _key, document in there]
