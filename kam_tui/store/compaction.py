"""Compaction: the journal is folded into the table files, so that the next start reads little.

The new table files are written while others go on working; only putting them in place and starting
the journal anew happens under the lock.
"""

from __future__ import annotations

from kam_tui.store import files
from kam_tui.store.folder import Folder
from kam_tui.store.folding import has_work, is_stale, new_tables, put_in_place
from kam_tui.store.journal import DUE
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.vault.backups import keep_older


def is_due(snapshot: Snapshot) -> bool:
    """Whether a book would open faster after it: a long journal, an older or somebody else's file; or
    whether somebody was erased and is still in the files."""
    return snapshot.end > DUE or snapshot.is_unfinished or any(map(is_stale, snapshot.files.values()))


def compact(folder: Folder, by: str = "kam", keep_days: int = 0) -> bool:
    """Fold the journal into the tables. False when there was nothing to do, or another process did it.

    `keep_days` is how many days of history are surely kept; 0 keeps all of it. Raises Unwritable, Busy,
    Damaged; the book reads the same whatever happens.
    """
    with folder.lock.shared():
        snapshot = folder.newest()
    if not has_work(snapshot):
        return False
    refusals, tables = files.writing(folder.path), new_tables(folder, snapshot)
    with refusals, tables as written, folder.lock.exclusive(by) as hold:
        newest = folder.newest(snapshot)
        if newest.head is not snapshot.head or not _all_there(written):
            return False
        keep_older(folder, snapshot)
        put_in_place(folder, snapshot, newest, written, hold.since, keep_days)
    return True


def _all_there(written: dict[str, str]) -> bool:
    return all(files.stamp(temporary) is not None for temporary in written.values())
