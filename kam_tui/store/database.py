"""The book as a TinyDB database: the ordinary TinyDB calls, on our storage.

What a call changes becomes one line of the journal. Calls within one `transaction` become one line
together, or nothing. A call that fails changes nothing, and what is returned is the caller's own.
"""

from __future__ import annotations

from _weakref import ref  # `weakref` itself takes a capture as long to load as a file to open
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document as Row
from tinydb.table import Table

from kam_tui.domain.change import SCHEMAS
from kam_tui.store.layout import key_of
from kam_tui.store.rows import Rows, View, own
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.storage import JournalStorage
from kam_tui.store.transaction import Transaction, number_of


class KamTable(Table):
    """A TinyDB table whose updates become edits, and which never loads more than a call needs."""

    def __init__(
        self,
        storage: JournalStorage,
        name: str,
        cache_size: int = Table.default_query_cache_capacity,
        persist_empty: bool = False,
    ) -> None:
        """`persist_empty` is taken and not used: it would empty a table that is there."""
        del persist_empty
        super().__init__(storage, name, cache_size)
        self._rows = storage
        self._next_key = 0
        self._cached_at: Callable[[], Snapshot | None] = lambda: None

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; one of the book's own records goes under the key that follows from its id."""
        keyed = self._keyed(document)
        if isinstance(keyed, self.document_class):
            self._next_key = 0
            return super().insert(keyed)
        with self._rows.transaction():
            return super().insert(keyed)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents, all or none."""
        with self._rows.transaction():
            return super().insert_multiple(map(self._keyed, documents))

    def truncate(self) -> None:
        """Remove all documents."""
        super().truncate()
        self._next_key = 0

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the documents that match, or insert this one."""
        with self._rows.transaction():
            return super().upsert(document, cond)

    def search(self, cond: QueryLike) -> list[Row]:
        """All documents that match. What was found before is found again without looking, until somebody
        writes, in whichever process."""
        with self._rows.guard:
            snapshot = self._rows.snapshot()
            if self._rows.open or self._cached_at() is not snapshot:
                self.clear_cache()
                self._cached_at = ref(snapshot)
            found = self._query_cache.get(cond)
            if found is None:
                found = list(self._matching(cond))
                if getattr(cond, "is_cacheable", lambda: True)():
                    self._query_cache[cond] = found
            if self._rows.open or self._rows.known is not snapshot:
                self.clear_cache()
            return [self._own(row) for row in found]

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """The document that matches or has this key, or those that have these keys."""
        if cond is not None and doc_id is None and doc_ids is None:
            with self._rows.guard:
                found = next(self._matching(cond), None)
        else:
            found = super().get(cond, doc_id, doc_ids)
        if isinstance(found, list):
            return [self._own(row) for row in found]
        return None if found is None else self._own(found)

    def __iter__(self) -> Iterator[Row]:
        return map(self._own, super().__iter__())

    def _matching(self, query: QueryLike) -> Iterator[Row]:
        """The documents that a query finds. One that could change what it is asked about is asked about a
        copy: the documents are everybody's."""
        from kam_tui.store.sifting import only_reads

        rows = self._read_table()
        found = rows.sifted(query) if isinstance(rows, Rows) else None
        if found is None:
            asked = rows.items() if only_reads(query) else ((key, own(row)) for key, row in rows.items())
            found = ((key, row) for key, row in asked if query(row))
        for key, row in found:
            yield self.document_class(row, self.document_id_class(key))

    def _own(self, row: Row) -> Row:
        return self.document_class(own(row), row.doc_id)

    def _keyed(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        if isinstance(document, self.document_class) or self.name not in SCHEMAS:
            return document
        record_id = document.get("id") if isinstance(document, Mapping) else None
        return self.document_class(document, key_of(record_id)) if isinstance(record_id, str) else document

    def _get_next_id(self) -> int:
        found = max(self._next_key, self._rows.highest(self.name) + 1)
        self._next_key = found + 1
        return found

    def _read_table(self) -> Any:
        return self._rows.rows(self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._rows.transaction() as transaction:
            view = View(self._rows.rows(self.name), self.document_id_class)
            updater(view)
            changed = [(number_of(self.name, key), old, new) for key, old, new in view.changed()]
            for change in changed:
                transaction.put(self.name, *change)
        self.clear_cache()


class KamDB(TinyDB):
    """The database of a book: `KamDB(folder)`, then as TinyDB's own documentation has it.

    Documents come in the order of their keys once they are in a table file, new ones after them.
    """

    table_class: type[Table] = KamTable

    def __init__(self, folder: str) -> None:
        super().__init__(folder, storage=JournalStorage)

    @property
    def rows(self) -> JournalStorage:
        """The storage, by its own type."""
        return cast(JournalStorage, self.storage)

    def transaction(self, by: str = "") -> AbstractContextManager[Transaction]:
        """A context in which all calls become one change, or none when it ends with an exception."""
        return self.rows.transaction(by)

    def tables(self) -> set[str]:
        """The names of the tables that hold a document."""
        return self.rows.tables()

    def drop_table(self, name: str) -> None:
        """Remove all documents of a table; the change can be undone."""
        self.table(name).truncate()
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        """Remove all documents of all tables, in one change."""
        with self.transaction():
            for name in self.tables():
                self.drop_table(name)
        self._tables.clear()
