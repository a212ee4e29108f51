"""Soundness: whether every line and record of a book can be read. It stops at the first that cannot."""

from __future__ import annotations

from collections.abc import Iterator

from kam_tui.domain.change import SCHEMAS, Record
from kam_tui.domain.errors import Damaged
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _
from kam_tui.store.folder import Folder
from kam_tui.store.journal import ways_out
from kam_tui.store.records import Records, edits_of
from kam_tui.store.snapshot import Snapshot


def tables_of(folder: Folder) -> Iterator[tuple[str, dict[str, Record]]]:
    """Every table with all its records by id. Raises Damaged, TooNew; whoever calls holds the lock."""
    records = Records(_begun(folder))
    for table in SCHEMAS:
        yield table, records.load(table)


def read_through(folder: Folder, progress: Progress | None = None) -> dict[str, int]:
    """Read all that is in a book; how many records are in each table.

    Raises Damaged, TooNew, Stopped; whoever calls holds the lock.
    """
    progress = progress or Progress()
    snapshot = _begun(folder)
    records = Records(snapshot)
    told = progress.over(_("Reading its tables through"), SCHEMAS, len(SCHEMAS))
    counts = {table: records.count(table) for table in told}
    for table in snapshot.files.keys() - SCHEMAS.keys():
        for _document in snapshot.documents(table):
            pass
    for line in snapshot.lines:
        edits_of(line, folder.journal)
    wanted = snapshot.number - len(snapshot.lines)
    for line in progress.over(_("Reading its history through"), folder.old_lines(snapshot), wanted):
        if line.number != wanted:
            raise Damaged(
                _("Change {number} is missing in {path}.").format(
                    number=wanted, path=folder.file(snapshot.past.file)
                ),
                _("The book itself is whole, a part of its history is not.") + " " + ways_out(),
            )
        wanted -= 1
    return counts


def _begun(folder: Folder) -> Snapshot:
    snapshot = folder.newest()
    if snapshot.head is None:
        raise Damaged(_("There is no book at {folder}.").format(folder=folder.path))
    return snapshot
