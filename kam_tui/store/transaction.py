"""Transaction: what is to become one change, from the lock to the line in the journal."""

from __future__ import annotations

from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid, Unwritable
from kam_tui.i18n import _, ngettext
from kam_tui.store import files
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Document
from kam_tui.store.layout import META, file_name, key_of
from kam_tui.store.lock import Hold

if TYPE_CHECKING:
    from kam_tui.store.storage import JournalStorage

LONGEST = 200
"""Characters in the name of a table's file: file systems take 255 bytes, and endings need some."""

HIGHEST = 10**18 - 1
"""The highest key of a document."""


class Transaction:
    """What is to become one change: a context that writes it when it ends well."""

    def __init__(self, storage: JournalStorage, by: str, at: datetime | None) -> None:
        self._storage = storage
        self._by = by
        self._at = at
        self._hold: Hold | None = None
        self._depth = 0
        self.summary = ""
        """What the history says of it; empty for a sentence that follows from what was changed."""
        self.undoes: int | None = None
        """Number of the change that this one takes back."""
        self.staged: dict[str, dict[int, tuple[Document | None, Document | None]]] = {}
        """Table and key to the document before and after."""
        self.written = 0
        """How many bytes became of it."""

    def __enter__(self) -> Transaction:
        self._storage.guard.acquire()
        self._depth += 1
        if self._depth == 1:
            try:
                self._begin()
            except BaseException:
                self._depth = 0
                self._storage.guard.release()
                raise
        return self

    def __exit__(
        self, sort: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        try:
            if self._depth == 0:
                try:
                    if problem is None:
                        self._write()
                finally:
                    self._end(sort, problem, trace)
        finally:
            self._storage.guard.release()

    def put(self, table: str, key: int, before: Document | None, after: Document | None) -> None:
        """Make a document that is `before` be `after`, as JSON gives it back; None where there is none."""
        staged = self.staged.setdefault(table, {})
        staged[key] = staged[key][0] if key in staged else before, after

    def _begin(self) -> None:
        folder = self._storage.folder
        self._hold = self._lock(folder)
        try:
            snapshot = folder.newest(self._storage.known)
            if snapshot.is_older:
                from kam_tui.store.vault.backups import keep_older

                keep_older(folder, snapshot)
            self._storage.known = snapshot
        except BaseException:
            self._hold.__exit__(None, None, None)
            raise
        self._storage.open = self

    def _lock(self, folder: Folder) -> Hold:
        try:
            return folder.lock.exclusive(self._by).__enter__()
        except Unwritable:
            if files.is_folder(folder.path):
                raise
        folder.make(self._storage.known)
        return folder.lock.exclusive(self._by).__enter__()

    def _end(self, *problem: Any) -> None:
        self._storage.open = None
        self.staged = {}
        if self._hold is not None:
            self._hold.__exit__(*problem)

    def _write(self) -> None:
        edits = [
            (table, str(key), before, after)
            for table, staged in self.staged.items()
            for key, (before, after) in staged.items()
            if before != after
        ]
        if not edits:
            return
        for table, key, _before, after in edits:
            _check(table, int(key), after)
        fields: dict[str, Any] = {"at": self._time().isoformat(), "by": self._by or "tinydb"}
        fields["what"] = self.summary or _summary([table for table, *_rest in edits])
        if self.undoes is not None:
            fields["undoes"] = self.undoes
        fields["edits"] = edits
        before = self._storage.snapshot()
        self._storage.known = self._storage.folder.write(before, fields)
        self.written = self._storage.known.end - before.end

    def _time(self) -> datetime:
        """When it is written: as told, else by the clock of the file system, since this room has none."""
        return self._at or datetime.fromtimestamp((self._hold.since_ns if self._hold else 0) / 1e9, UTC)


def _summary(tables: list[str]) -> str:
    return ngettext(
        "Changed {count} document in {tables}", "Changed {count} documents in {tables}", len(tables)
    ).format(count=len(tables), tables=", ".join(dict.fromkeys(tables)))


def _check(table: str, key: int, document: Document | None) -> None:
    """Raise Invalid for what would make the book unreadable."""
    ours = table in SCHEMAS
    if not ours and (table in ("", META) or len(file_name(table)) > LONGEST):
        raise Invalid(_('A table of a book cannot be called "{table}".').format(table=table))
    if not 0 <= key <= HIGHEST:
        raise Invalid(
            _("{table}: a key is a whole number from 0 to {highest}, not {key}.").format(
                table=table, key=key, highest=HIGHEST
            )
        )
    if document is None or not ours:
        return
    record = SCHEMAS[table].decode(document)
    if key != key_of(record.id):
        raise Invalid(
            _("{table} {id}: the key {key} is not that of this id.").format(
                table=table, id=record.id, key=key
            )
        )
