"""JournalStorage: TinyDB's storage on a book's folder, with the transaction in which changes are made."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from tinydb.storages import Storage

from kam_tui.domain.errors import Unwritable
from kam_tui.store import migrations
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Document
from kam_tui.store.lock import Hold
from kam_tui.store.rows import Rows, as_json, own
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.transaction import Transaction, number_of


class JournalStorage(Storage):
    """The newest state of a book, and the one transaction that may be open on it."""

    def __init__(self, path: str) -> None:
        self.folder = Folder(path)
        """The files."""
        self.guard = RLock()
        """Held by the thread that is at work."""
        self.known: Snapshot | None = None
        """The last state read or written."""
        self.open: Transaction | None = None
        """The transaction of the thread that holds the guard."""
        self._loaded: dict[str, tuple[Snapshot, dict[str, Document]]] = {}

    def snapshot(self) -> Snapshot:
        """The newest state. Within a transaction: that which it began with."""
        with self.guard:
            known = self.known
            if known is None or not (self.open or self.folder.is_unchanged(known)):
                # A folder that holds no book, such as one named by mistake, is left as it is.
                with self.folder.lock.shared() if self.folder.exists else nullcontext():
                    known = self.known = self.folder.newest(known)
            return known

    @contextmanager
    def transaction(self, by: str = "", at: datetime | None = None) -> Iterator[Transaction]:
        """Take the lock, and write what is changed meanwhile as one line when it ends well; within another
        one, join that. It was changed at `at`, else when the lock was taken.

        Raises Busy, Unwritable, Damaged, TooNew, Invalid, Conflict: then nothing is written.
        """
        with self.guard:
            if self.open:
                yield self.open
                return
            hold = self._lock(by)
            try:
                self._catch_up()
                self.open = Transaction(by, at or hold.since)
                yield self.open
                self._write(self.open)
            finally:
                self.open = None
                hold.__exit__(None, None, None)

    def rows(self, table: str) -> Rows:
        """The documents of a table by key, as text: with what the open transaction has changed."""
        with self.guard:
            staged = self.open.staged.get(table, {}) if self.open else {}
            return Rows(self.loaded, table, self.snapshot(), staged)

    def tables(self) -> set[str]:
        """The names of the tables that hold a document."""
        with self.guard:
            staged = self.open.staged.keys() if self.open else set()
            return {name for name in self.snapshot().tables() | staged if len(self.rows(name))}

    def highest(self, table: str) -> int:
        """The highest key of a table; 0 when it is empty."""
        with self.guard:
            if self.open and table in self.open.staged:
                return max(map(int, self.rows(table)), default=0)
            return self.snapshot().highest(table)

    def loaded(self, table: str, snapshot: Snapshot) -> dict[str, Document]:
        """All documents of a table. They are shared: copy before handing them out."""
        known, documents = self._loaded.get(table, (None, {}))
        if known is snapshot:
            return documents
        lines = self.folder.between(known, snapshot) if known else None
        if lines is None:
            documents = {str(key): row for key, row in snapshot.documents(table)}
        elif lines:
            documents = dict(documents)  # somebody may be going through them
        for line in lines or ():
            for name, key, _before, after in line.ops:
                if name != table:
                    continue
                if after is None:
                    documents.pop(str(key), None)
                else:
                    documents[str(key)] = migrations.upgrade(table, after, line.version)
        self._loaded[table] = snapshot, documents
        return documents

    def read(self) -> dict[str, dict[str, Document]] | None:
        """All documents of all tables; None in an empty book."""
        found = {name: {key: own(row) for key, row in self.rows(name).items()} for name in self.tables()}
        return found or None

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Make the book hold these documents: what differs becomes one change."""
        given = {
            table: {number_of(table, key): as_json(row) for key, row in rows.items()}
            for table, rows in data.items()
        }
        with self.transaction() as transaction:
            for table in self.tables() | given.keys():
                rows = {int(key): row for key, row in self.rows(table).items()}
                wanted = given.get(table, {})
                for key in rows | wanted:
                    transaction.put(table, key, rows.get(key), wanted.get(key))

    def close(self) -> None:
        """Let go of the files."""
        with self.guard:
            self.known = None
            self._loaded.clear()
            self.folder.close()

    def _lock(self, by: str) -> Hold:
        """The lock, held alone; with a folder to put it in, which others may have made meanwhile."""
        try:
            return self.folder.lock.exclusive(by).__enter__()
        except Unwritable:
            self.folder.make(self.known)
        return self.folder.lock.exclusive(by).__enter__()

    def _catch_up(self) -> None:
        """Know the newest state; keep a book of an older kam as it is before it is written to."""
        snapshot = self.folder.newest(self.known)
        if snapshot.is_older:
            from kam_tui.store.vault.backups import keep_older

            keep_older(self.folder, snapshot)
        self.known = snapshot

    def _write(self, transaction: Transaction) -> None:
        if fields := transaction.fields():
            before = self.snapshot()
            self.known = self.folder.write(before, fields)
            transaction.written = self.known.end - before.end
