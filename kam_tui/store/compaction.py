"""Compaction: folds the journal into the table files, so that the next start reads little.

The new table files are written while others go on working; only putting them in place and starting
the journal anew happens under the lock. Every table file says which change it holds, so stopping at
any step leaves a book that reads the same.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from kam_tui.store import files, history, migrations
from kam_tui.store.backups import keep_older
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Past, dumps
from kam_tui.store.layout import file_name, render
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.tables import TableFile

DUE = 256 * 1024
"""Bytes of journal from which on it is worth while."""


def is_due(snapshot: Snapshot) -> bool:
    """Whether a book would open faster after it: a long journal, an older or somebody else's file; or
    whether somebody was erased and is still in the files."""
    return snapshot.end > DUE or snapshot.is_unfinished or any(map(_is_stale, snapshot.files.values()))


def compact(folder: Folder, by: str = "kam", keep_days: int = 0) -> bool:
    """Fold the journal into the tables. False when there was nothing to do, or another process did it.

    `keep_days` is how many days of history are surely kept; 0 keeps all of it. Raises Unwritable, Busy,
    Damaged; the book reads the same whatever happens.
    """
    with folder.lock.shared():
        snapshot = folder.newest()
    tables = _dirty(snapshot)
    if snapshot.head is None or not (tables or snapshot.lines):
        return False
    written: dict[str, str] = {}
    try:
        with files.writing(folder.path):
            for table in tables:
                target = folder.file(file_name(table))
                written[target] = f"{target}.{os.getpid()}.tmp"
                files.write_new(written[target], _text(snapshot, table))
        with folder.lock.exclusive(by) as hold, files.writing(folder.path):
            now = datetime.fromtimestamp(hold.since_ns / 1e9, UTC)
            return _put_in_place(folder, snapshot, written, now, keep_days)
    finally:
        for temporary in written.values():
            if files.stamp(temporary) is not None:
                files.remove(temporary)


def _dirty(snapshot: Snapshot) -> list[str]:
    named = {table for line in snapshot.lines for table, *_rest in line.ops}
    for table, file in snapshot.files.items():
        if _is_stale(file):
            named.add(table)
    return sorted(named)


def _is_stale(file: TableFile) -> bool:
    return file.version < migrations.SCHEMA or not file.as_written


def _text(snapshot: Snapshot, table: str) -> list[bytes]:
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
    return render(table, snapshot.number, migrations.SCHEMA, sorted(rows.items()))


def _put_in_place(
    folder: Folder, snapshot: Snapshot, written: dict[str, str], now: datetime, keep_days: int
) -> bool:
    newest = folder.newest(snapshot)
    head = snapshot.head
    if head is None or newest.head is not head or not _all_there(written):
        return False
    keep_older(folder.path, snapshot)
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
    numbers = {table: file.number for table, file in snapshot.files.items()}
    numbers |= dict.fromkeys(_dirty(snapshot), snapshot.number)
    first = folder.head_line(snapshot.number, head.fields["book"], numbers, past)
    folder.replace_whole(folder.journal, [first, *(raw + b"\n" for raw in later)])
    _sweep(folder, past)
    return True


def _sweep(folder: Folder, past: Past) -> None:
    """Remove what compactions that were cut short left, and histories that another one took the place
    of. A compaction that is still at work notices and stops."""
    for name in files.names(folder.path):
        if name.endswith(".tmp") or (history.is_history(name) and name != past.file):
            files.remove(folder.file(name))


def _all_there(written: dict[str, str]) -> bool:
    return all(files.stamp(temporary) is not None for temporary in written.values())
