"""Folding: the journal into the table files, by new files that take the place of the old ones.

Whoever calls holds the lock alone when they are put in place. Every table file says which change it
holds, so stopping at any step leaves a book that reads the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from kam_tui.store import files, history, migrations
from kam_tui.store.folder import Folder
from kam_tui.store.journal import dumps
from kam_tui.store.layout import file_name, render
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.tables import TableFile

UNFINISHED = re.compile(r"(?:.+\.(?:jsonl?|zip|age)|history|look)\.(?:restored-)?(\d{1,18})\.tmp")
"""How files and folders of kam are called until they are whole; told is the process. Whatever else ends so
is another program's."""


def fold(folder: Folder, now: datetime, keep_days: int = 0, last: Snapshot | None = None) -> Snapshot:
    """Fold the journal into the tables, for whoever holds the lock alone, and keeps no older book. Returns
    the book as it is then: `last` itself where that is still so."""
    snapshot = folder.newest(last)
    if not has_work(snapshot):
        return snapshot
    with files.writing(folder.path), new_tables(folder, snapshot) as written:
        put_in_place(folder, snapshot, snapshot, written, now, keep_days)
    return folder.newest()


def has_work(snapshot: Snapshot) -> bool:
    """Whether a compaction would write anything."""
    return snapshot.head is not None and bool(snapshot.lines or _dirty(snapshot))


@contextmanager
def new_tables(folder: Folder, snapshot: Snapshot) -> Iterator[dict[str, str]]:
    """The table files that are to be new, on the disk beside the old ones: path to that of the new one."""
    written: dict[str, str] = {}
    try:
        for table in _dirty(snapshot):
            target = folder.file(file_name(table))
            written[target] = f"{target}.{os.getpid()}.tmp"
            files.write_new(written[target], _text(snapshot, table))
        yield written
    finally:
        for temporary in written.values():
            files.remove(temporary)


def _dirty(snapshot: Snapshot) -> list[str]:
    named = {table for line in snapshot.lines for table, *_rest in line.ops}
    for table, file in snapshot.files.items():
        if is_stale(file):
            named.add(table)
    return sorted(named)


def is_stale(file: TableFile) -> bool:
    """Whether a table file is of an older schema, or not as kam writes it."""
    return file.version < migrations.SCHEMA or not file.as_written


def _text(snapshot: Snapshot, table: str) -> Iterator[bytes]:
    file = snapshot.files.get(table)
    if file is None or file.version < migrations.SCHEMA:
        rows = {key: dumps(document) for key, document in snapshot.documents(table)}
    else:
        rows = dict(file.lines())
        for key, after in snapshot.overlay(table).items():
            if after is None:
                rows.pop(key, None)
            else:
                rows[key] = dumps(after)
    return render(table, snapshot.number, migrations.SCHEMA, sorted(rows.items()), snapshot.seal)


def put_in_place(
    folder: Folder,
    snapshot: Snapshot,
    newest: Snapshot,
    written: dict[str, str],
    now: datetime,
    keep_days: int,
) -> None:
    """Make the tables as they are at `snapshot` the book's; what is newer stays in the journal."""
    head = snapshot.head
    assert head is not None
    later = [line.raw for line in newest.lines if line.number > snapshot.number]
    past = snapshot.past
    if snapshot.lines:
        past = history.append(folder.path, past, [line.raw for line in snapshot.lines])
    if keep_days:
        past = history.trimmed(folder.path, past, now, keep_days)
    files.sync_folder(folder.path)
    for target, temporary in written.items():
        files.replace(temporary, target)
    files.sync_folder(folder.path)
    if snapshot.is_unfinished:
        # Once the journal no longer tells of the erasure, nobody would come back for what is left.
        _sweep(folder, {snapshot.past.file, past.file})
        files.sync_folder(folder.path)
    dirty = _dirty(snapshot)
    numbers = {table: file.number for table, file in snapshot.files.items()}
    numbers |= dict.fromkeys(dirty, snapshot.number)
    seals = {table: file.seal for table, file in snapshot.files.items()}
    seals |= dict.fromkeys(dirty, snapshot.seal)
    book = head.fields["book"]
    first = folder.head_line(snapshot.number, book, numbers, past, seals, snapshot.seal)
    folder.replace_whole(folder.journal, [b"".join([first, *(raw + b"\n" for raw in later)])])
    _sweep(folder, {past.file})


def _sweep(folder: Folder, kept: set[str]) -> None:
    """Remove what compactions that were cut short left, and histories but those to be kept, which took
    the place of the others. A compaction that is still at work notices and stops."""
    for name in files.names(folder.path):
        if UNFINISHED.fullmatch(name) or (history.is_history(name) and name not in kept):
            files.remove(folder.file(name))
