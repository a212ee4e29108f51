"""Conflicts: what another copy of a book, or of one of its files, holds that the book may not have.

A journal tells each change with the document before and after: those that are not in the book's own
history are theirs. A table file tells only what came of them: what they have changed is then worked
out from all the states that a record of the book has been in.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kam_tui.domain.change import SCHEMAS, Record
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.text import clean
from kam_tui.i18n import _, ngettext
from kam_tui.store import files, migrations
from kam_tui.store.care.names import KEPT, OURS, sort_of
from kam_tui.store.care.salvage import Row, is_spoilt, rows_of
from kam_tui.store.care.sheet import Sheet
from kam_tui.store.care.survey import UNREAD
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Document, Line
from kam_tui.store.migrations import as_record
from kam_tui.store.snapshot import Snapshot
from kam_tui.usecases.combining import base_of
from kam_tui.usecases.versions import Former, Other, Version

_SECOND_LINE = re.compile(rb'[^\n]*\n"([a-z]+)":\{')

Place = tuple[str, int]
"""Table and key of a document."""


def read(folder: Folder, path: str) -> Other:
    """What the copy at `path`, or of that name in the book's folder, holds: of a journal, a history or a
    table of the book, or a whole book.

    Raises NotFound, Invalid for what is none of these, and what reading the book raises.
    """
    path = _placed(folder, path)
    with folder.lock.shared():
        ours = _Ours(folder, folder.newest())
    with files.reading(path):
        if files.is_folder(path):
            return _Theirs(ours, path).of_book(Folder(path))
        if not files.is_file(path):
            raise NotFound(_("There is no file {path}.").format(path=path))
        if os.path.dirname(path) == os.path.abspath(folder.path) and sort_of(os.path.basename(path)) == OURS:
            raise Invalid(
                _("{path} is a file of the book itself.").format(path=path),
                _("Give the copy that a sync tool made of it, or another book's folder."),
            )
        data = files.read_whole(path)
    rows = rows_of(data)
    if any(row.number is not None for row in rows):
        return _Theirs(ours, path).of_lines(rows)
    table = _table_in(data)
    if table is None:
        raise Invalid(
            _("{path} is no copy of a journal or of a table of a book.").format(path=path),
            _("kam restore takes a backup, kam import takes exports and address books."),
        )
    return _Theirs(ours, path).of_table(Sheet(path, table, data))


def put_away(folder: Folder, path: str) -> str:
    """Give a copy in the book's folder that was merged a name by which it is not found again; the path
    it has from then on, empty where it was left as it is. Raises Unwritable."""
    path = _placed(folder, path)
    inside = os.path.dirname(path) == os.path.abspath(folder.path)
    if not inside or files.is_folder(path) or sort_of(os.path.basename(path)) in (OURS, KEPT):
        return ""
    target, count = f"{path}.merged", 1
    with files.writing(folder.path):
        while files.stamp(target) is not None:
            count += 1
            target = f"{path}.merged-{count}"
        files.replace(path, target)
        files.sync_folder(folder.path)
    return target


def _placed(folder: Folder, path: str) -> str:
    """Where the copy is: as its path says, else in the book's folder."""
    beside = folder.file(path)
    return os.path.abspath(beside if not os.path.lexists(path) and os.path.lexists(beside) else path)


def _table_in(data: bytes) -> str | None:
    """The table that a file holds; None where it is no table file of the book's."""
    try:
        found = json.loads(data)
        names = [name for name in found if name != "_meta"] if isinstance(found, dict) else []
    except (ValueError, RecursionError):
        second = _SECOND_LINE.match(data)
        names = [second[1].decode()] if second else []
    return names[0] if len(names) == 1 and names[0] in SCHEMAS else None


class _Ours:
    """What the lines of the book tell."""

    def __init__(self, folder: Folder, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.path = folder.path
        self._lines = [*folder.old_lines(snapshot)][::-1] + list(snapshot.lines)

    @property
    def book(self) -> str:
        """The book's own id."""
        return str(self.snapshot.head.fields["book"]) if self.snapshot.head else ""

    def new(self, lines: Iterable[Line]) -> list[Line]:
        """Those of the lines that are not in the book."""
        ours = {line.number: line for line in self._lines}
        is_redacted = "erasures" in self.snapshot.tables()
        return [line for line in lines if not _is_same(ours.get(line.number), line, is_redacted)]

    def formers(self) -> dict[tuple[str, str], Former]:
        """All that was removed, as it was."""
        found: dict[Place, Former] = {}
        for line in self._lines:
            if found or b",null]" in line.raw:
                for table, key, before, after in line.ops:
                    if after is not None:
                        found.pop((table, key), None)
                    elif before is not None and (record := as_record(table, before, line.version)):
                        found[table, key] = Former(record, "undoes" in line.fields)
        return {(place[0], former.record.id): former for place, former in found.items()}

    def states(self, table: str) -> dict[int, list[Record]]:
        """Key to all states that a record was in, of those whose whole life the history tells."""
        found: dict[int, list[Record]] = {}
        for line in self._lines:
            if not line.touches(table):
                continue
            for name, key, before, after in line.ops:
                if name == table and before is None and after is not None:
                    found[key] = []
                if name == table and key in found and after is not None:
                    found[key] += [record] if (record := as_record(table, after, line.version)) else []
        for key, states in found.items():
            now = self.snapshot.document(table, key)
            record = as_record(table, now, migrations.SCHEMA) if now else None
            if record is not None and states[-1:] != [record]:
                states.append(record)
        return found


@dataclass(slots=True)
class _Theirs:
    """A copy."""

    ours: _Ours
    path: str
    warnings: list[str] = field(default_factory=list)

    def of_book(self, folder: Folder) -> Other:
        """A whole book in another folder."""
        if os.path.realpath(folder.path) == os.path.realpath(self.ours.path):
            raise Invalid(_("{path} is the book itself.").format(path=folder.path))
        if not folder.exists:
            raise NotFound(_("There is no book at {folder}.").format(folder=folder.path))
        with folder.lock.shared():
            snapshot = folder.newest()
            lines = [*folder.old_lines(snapshot)][::-1] + list(snapshot.lines)
        known = snapshot.head and snapshot.head.fields["book"] == self.ours.book
        new = self.ours.new(lines)
        if known and (len(new) < len(lines) or (lines and lines[0].number == 1)):
            return self._other(self._versions(new))
        found: list[Version] = []
        for table in SCHEMAS:
            documents = dict(snapshot.documents(table))
            found += self._of_documents(table, documents)
        return self._other(found)

    def of_lines(self, rows: Sequence[Row]) -> Other:
        """A journal or a history, or a part of one."""
        self._warn_of(sum(map(is_spoilt, rows)))
        lines = [row.line for row in rows if row.number is not None]
        heads = [line for line in lines if "book" in line.fields]
        for line in lines:
            migrations.refuse_newer(line.version, self.path)
        if heads and heads[0].fields["book"] != self.ours.book:
            self.warnings.append(_("It is of another book."))
        return self._other(self._versions(self.ours.new(line for line in lines if line not in heads)))

    def of_table(self, sheet: Sheet) -> Other:
        """A table file."""
        self._warn_of(sum(entry.document is None for entry in sheet.entries))
        return self._other(self._of_documents(sheet.table, sheet.documents))

    def _warn_of(self, damaged: int) -> None:
        said = ngettext(
            "{count} line of it is damaged and left out.",
            "{count} lines of it are damaged and left out.",
            damaged,
        )
        self.warnings += [said.format(count=damaged)] if damaged else []

    def _other(self, versions: Iterable[Version]) -> Other:
        name = clean(os.path.basename(self.path))
        return Other(name, tuple(versions), self.ours.formers(), tuple(self.warnings))

    def _of_documents(self, table: str, documents: Mapping[int, Document]) -> Iterator[Version]:
        states = self.ours.states(table)
        for key, document in documents.items():
            record = self._decoded(table, document, migrations.SCHEMA)
            if record is not None and record not in states.get(key, ()):
                yield Version(record, base_of(record, states.get(key, ())))

    def _versions(self, lines: Sequence[Line]) -> list[Version]:
        """What lines that are not in the book come to, record by record."""
        before_after: dict[Place, tuple[Record | None, Record | None]] = {}
        for line in lines:
            if line.past:
                self.warnings.append(
                    _("Somebody was erased there. They may still be in this book: kam person erase.")
                )
            for table, key, before, after in line.ops:
                if table not in SCHEMAS or (before is None and after is None):
                    continue
                told = before if before != after else None  # by an erasure it is not told
                was, now = (
                    self._decoded(table, document, line.version) if document else None
                    for document in (told, after)
                )
                first, _last = before_after.get((table, key), (was, None))
                before_after[table, key] = first, now
        return [Version(last, first) for first, last in before_after.values() if first != last]

    def _decoded(self, table: str, document: Document, version: int) -> Record | None:
        try:
            return migrations.record_of(table, document, version)
        except Invalid as problem:
            self.warnings.append(_("One record is left out: {problem}").format(problem=problem))
            return None


def _is_same(ours: Line | None, line: Line, is_redacted: bool) -> bool:
    """Whether a line of the book is this one; out of it may have been taken who was erased since."""
    if ours is None or ours.raw == line.raw or not is_redacted or UNREAD in ours.fields:
        return ours is not None and ours.raw == line.raw
    same = all(ours.fields.get(name) == line.fields.get(name) for name in ("at", "by"))
    return same and {op[:2] for op in ours.ops} <= {op[:2] for op in line.ops}
