"""JournalStorage: TinyDB's storage on a book's folder, with the transaction in which changes are made."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinydb.storages import Storage

from kam_tui.store import migrations
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Document
from kam_tui.store.rows import Rows, as_json, own
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.transaction import Transaction


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
                with self.folder.lock.shared():
                    known = self.known = self.folder.newest(known)
            return known

    def transaction(self, by: str = "", at: datetime | None = None) -> Transaction:
        """A context that takes the lock; one within another one joins it."""
        with self.guard:
            return self.open or Transaction(self, by, at)

    def rows(self, table: str) -> Rows:
        """The documents of a table by key, as text: with what the open transaction has changed."""
        with self.guard:
            return Rows(self, table, self.snapshot(), self.open.staged.get(table, {}) if self.open else {})

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

    def sifted(self, table: str, query: Any) -> list[tuple[int, Document]] | None:
        """What a TinyDB query finds, by key; None where somebody has to go through all documents."""
        from kam_tui.store.sifting import sifted, text_of

        text = text_of(query)
        if not text:
            return None
        with self.guard:
            staged = self.open.staged.get(table, {}) if self.open else {}
            newer = {key: after for key, (_before, after) in staged.items()}
            return sifted(self.snapshot(), table, text, newer, query)

    def read(self) -> dict[str, dict[str, Document]] | None:
        """All documents of all tables; None in an empty book."""
        found = {name: {key: own(row) for key, row in self.rows(name).items()} for name in self.tables()}
        return found or None

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Make the book hold these documents: what differs becomes one change."""
        given = {name: {str(key): as_json(row) for key, row in rows.items()} for name, rows in data.items()}
        with self.transaction() as transaction:
            for table in self.tables() | given.keys():
                rows, wanted = dict(self.rows(table).items()), given.get(table, {})
                for key in rows | wanted:
                    transaction.put(table, int(key), rows.get(key), wanted.get(key))

    def close(self) -> None:
        """Let go of the files."""
        with self.guard:
            self.known = None
            self._loaded.clear()
            self.folder.close()
