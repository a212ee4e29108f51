"""Check: looks at every file, line and record of a book and says what is wrong. It changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping

from kam_tui.domain.change import SCHEMAS, Record, references_of
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.folder import Folder
from kam_tui.store.layout import key_of
from kam_tui.store.snapshot import Snapshot, edits_of, refused

_CONFLICTS = ("conflicted copy", ".sync-conflict-", "_conf(")


def check(folder: Folder) -> list[str]:
    """What is wrong, a sentence each; empty for a sound book."""
    if not folder.exists:
        return [_("There is no book at {folder}.").format(folder=folder.path)]
    found = [*_names(folder), *_permissions(folder)]
    try:
        with folder.lock.shared():
            snapshot = folder.newest()
    except KamError as problem:
        return [*found, str(problem)]
    found += _files(snapshot)
    found += _history(folder, snapshot)
    tables: dict[str, dict[str, Record]] = {}
    for table in SCHEMAS:
        tables[table] = {}
        found += _records(snapshot, table, tables[table])
    return [*found, *_references(tables)]


def _names(folder: Folder) -> Iterator[str]:
    for name in files.names(folder.path):
        path = folder.file(name)
        if ".torn-" in name:
            yield _(
                "{path} keeps what was left of a change that was cut short while it was written. "
                "Look whether you miss anything, then delete it."
            ).format(path=path)
        elif any(mark in name for mark in _CONFLICTS):
            yield _(
                "{path} is a copy that a sync tool made when two machines wrote at once. "
                "Look whether it holds what the book does not, then delete it."
            ).format(path=path)


def _permissions(folder: Folder) -> Iterator[str]:
    if os.name != "posix":
        return
    for name in ("", *files.names(folder.path)):
        path = folder.file(name) if name else folder.path
        if os.stat(path).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield _("Others on this computer may read or write {path}.").format(path=path)


def _files(snapshot: Snapshot) -> Iterator[str]:
    for table, file in snapshot.files.items():
        if not file.as_written:
            yield _("{path} was written by something else than kam; it is read as it is.").format(
                path=file.path
            )
        keys = [key for key, _document in _documents(snapshot, table)]
        if keys != sorted(set(keys)):
            yield _("{path} is not in order: some of its documents may not be found.").format(path=file.path)


def _documents(snapshot: Snapshot, table: str) -> list[tuple[int, object]]:
    try:
        return list(snapshot.files[table].documents())
    except KamError:
        return []  # `_records` tells of it


def _history(folder: Folder, snapshot: Snapshot) -> Iterator[str]:
    past = folder.file(snapshot.past.file)
    try:
        wanted = snapshot.number
        for line in snapshot.lines[::-1]:
            edits_of(line, folder.journal)
            wanted -= 1
        for line in folder.old_lines(snapshot):
            if line.number != wanted:
                yield _("Change {number} is missing in {path}.").format(number=wanted, path=past)
                return
            edits_of(line, past)
            wanted -= 1
    except KamError as problem:
        yield str(problem)


def _records(snapshot: Snapshot, table: str, into: dict[str, Record]) -> Iterator[str]:
    file = snapshot.files.get(table)
    path = file.path if file else snapshot.path
    schema = SCHEMAS[table]
    try:
        for key, document in snapshot.documents(table):
            try:
                record = schema.decode(document)
            except Invalid as problem:
                yield str(refused(path, problem))
                continue
            into[record.id] = record
            if key != key_of(record.id):
                yield _("{path}: {id} stands at the key of another id.").format(path=path, id=record.id)
    except KamError as problem:
        yield str(problem)


def _references(tables: Mapping[str, Mapping[str, Record]]) -> Iterator[str]:
    for table, records in tables.items():
        for record in records.values():
            for field, target, other in references_of(record):
                if other not in tables[target]:
                    yield _("{table} {id}: {field} names {other}, which is not in the book.").format(
                        table=table, id=record.id, field=field, other=other
                    )
