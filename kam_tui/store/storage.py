"""JournalStorage: TinyDB's storage on a book's folder, with the transaction in which changes are made."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from tinydb.storages import Storage

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _, ngettext
from kam_tui.store import migrations
from kam_tui.store.backups import keep_copy
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Document
from kam_tui.store.lock import Hold
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.tables import META, key_of


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
            staged = self.open.staged.get(table, {}) if self.open else {}
            return max(self.snapshot().highest(table), *staged, 0)

    def loaded(self, table: str, snapshot: Snapshot) -> dict[str, Document]:
        """All documents of a table. They are shared: copy before handing them out."""
        known, documents = self._loaded.get(table, (None, {}))
        if known is snapshot:
            return documents
        lines = self.folder.between(known, snapshot) if known else None
        if lines is None:
            documents = {str(key): row for key, row in snapshot.documents(table)}
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
        with self.transaction() as transaction:
            for table in self.tables() | data.keys():
                wanted = {str(key): dict(row) for key, row in data.get(table, {}).items()}
                rows = dict(self.rows(table).items())
                for key in {*wanted, *rows}:
                    transaction.put(table, int(key), rows.get(key), wanted.get(key))

    def close(self) -> None:
        """Let go of the files."""
        with self.guard:
            self.known = None
            self._loaded.clear()


class Rows(Mapping[str, Document]):
    """The documents of a table at one moment, by key as text. One by key is found without the others."""

    def __init__(
        self,
        storage: JournalStorage,
        table: str,
        snapshot: Snapshot,
        staged: Mapping[int, tuple[Document | None, Document | None]],
    ) -> None:
        self._storage = storage
        self._table = table
        self._snapshot = snapshot
        self._staged = staged
        self._whole: dict[str, Document] | None = None

    def __getitem__(self, key: str) -> Document:
        if self._whole is not None:
            return self._whole[key]
        if not key.isdecimal():
            raise KeyError(key)
        number = int(key)
        if number in self._staged:
            found = self._staged[number][1]
        else:
            found = self._snapshot.document(self._table, number)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> Any:
        """Pairs of key and document."""
        return self._all().items()

    def _all(self) -> dict[str, Document]:
        if self._whole is not None:
            return self._whole
        documents = self._storage.loaded(self._table, self._snapshot)
        if self._staged:
            documents = dict(documents)
        for key, (_before, after) in self._staged.items():
            if after is None:
                documents.pop(str(key), None)
            else:
                documents[str(key)] = after
        self._whole = documents
        return documents


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
        """Make a document that is `before` be `after`; None where there is none."""
        staged = self.staged.setdefault(table, {})
        staged[key] = staged[key][0] if key in staged else before, after

    def _begin(self) -> None:
        folder = self._storage.folder
        folder.make()
        self._hold = folder.lock.exclusive(self._by).__enter__()
        try:
            snapshot = folder.newest(self._storage.known)
            if snapshot.is_older:
                keep_copy(folder.path, f"schema-{snapshot.version}-change-{snapshot.number}")
            self._storage.known = snapshot
        except BaseException:
            self._hold.__exit__(None, None, None)
            raise
        self._storage.open = self

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


def own(document: Mapping[str, Any]) -> Document:
    """A copy that shares nothing a caller could change."""
    return {
        name: value if value.__class__ in _PLAIN else _own_value(value) for name, value in document.items()
    }


_PLAIN = frozenset((str, int, bool, float, type(None)))


def _own_value(value: Any) -> Any:
    if isinstance(value, dict):
        return own(value)
    return [_own_value(item) for item in value] if isinstance(value, list) else value


def _summary(tables: list[str]) -> str:
    return ngettext(
        "Changed {count} document in {tables}", "Changed {count} documents in {tables}", len(tables)
    ).format(count=len(tables), tables=", ".join(dict.fromkeys(tables)))


def _check(table: str, key: int, document: Document | None) -> None:
    """Raise Invalid for what would make the book unreadable."""
    if table == META:
        raise Invalid(_("A table of a book cannot be called {table}.").format(table=META))
    if document is None or table not in SCHEMAS:
        return
    record = SCHEMAS[table].decode(document)
    if key != key_of(record.id):
        raise Invalid(
            _("{table} {id}: the key {key} is not that of this id.").format(
                table=table, id=record.id, key=key
            )
        )
