"""Tables: the records of a book by id. A table is taken from its `Source` only when somebody asks for it,
so that capturing a note reads accounts and people, never ten years of activities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from types import MappingProxyType
from typing import Protocol

from kam_tui.domain.change import SCHEMAS, Edit, Record, name_of, table_of
from kam_tui.domain.text import fold


class Source(Protocol):
    """Where a book's records come from: one consistent state of the store, or plain dicts."""

    def load(self, table: str) -> dict[str, Record]:
        """All records of a table, by id."""

    def find(self, table: str, record_id: str) -> Record | None:
        """The record of a table with this id."""

    def holding(self, table: str, needle: str) -> Iterable[Record]:
        """At least the records of a table whose document contains `needle` (an id) as text."""

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:
        """At least the records of a table whose document, folded, contains all these folded words,
        whatever spaces and punctuation stand in them."""


FEW = 8
"""So many records of a table are looked up one by one; whoever asks for more wants the table."""


class Tables:
    """The tables of one book. What they answer never changes."""

    def __init__(self, source: Source | None = None) -> None:
        self._source = source
        self._loaded: dict[str, dict[str, Record]] = {}
        self._pending: dict[str, list[Edit]] = {}
        self._asked: dict[str, int] = {}
        self._names: dict[str, list[tuple[str, Record]]] = {}

    @classmethod
    def of(cls, records: Iterable[Record]) -> Tables:
        """Tables of these records alone."""
        tables = cls()
        tables._loaded = {table: {} for table in SCHEMAS}
        for record in records:
            tables._loaded[table_of(record)][record.id] = record
        return tables

    def after(self, edits: Iterable[Edit]) -> Tables:
        """The tables with these edits made. Those that they do not touch are shared with these, and one
        that nobody has asked for yet is still not loaded."""
        tables = Tables(self._source)
        tables._loaded = dict(self._loaded)
        tables._pending = {table: list(some) for table, some in self._pending.items()}
        touched: set[str] = set()
        for edit in edits:
            name = table_of(edit.record)
            if name not in tables._loaded:
                tables._pending.setdefault(name, []).append(edit)
            elif name not in touched:
                tables._loaded[name] = dict(tables._loaded[name])
            touched.add(name)
            if name in tables._loaded:
                _apply(tables._loaded[name], edit)
        tables._names = {table: index for table, index in self._names.items() if table not in touched}
        return tables

    def is_loaded(self, name: str) -> bool:
        """Whether all records of a table are at hand."""
        return self._source is None or name in self._loaded

    def by_id(self, name: str) -> Mapping[str, Record]:
        """Id to record of one table, which is loaded when more is asked of it than a few records."""
        return self.whole(name) if self.is_loaded(name) else _Unread(self, name)

    def whole(self, name: str) -> Mapping[str, Record]:
        """Id to record of one table."""
        return MappingProxyType(self.loaded(name))

    def loaded(self, name: str) -> dict[str, Record]:
        """The same as a dict, which nobody is to change."""
        table = self._loaded.get(name)
        if table is None:
            table = self._source.load(name) if self._source else {}
            for edit in self._pending.get(name, ()):
                _apply(table, edit)
            self._loaded[name] = table
        return table

    def get(self, record_id: str, name: str) -> Record | None:
        """A record of a table, or None. The first few are found without loading the others."""
        asked = self._asked[name] = self._asked.get(name, 0) + 1
        if self._source is None or name in self._loaded or asked > FEW:
            return self.loaded(name).get(record_id)
        for edit in reversed(self._pending.get(name, ())):
            if edit.record.id == record_id:
                return edit.after
        return self._source.find(name, record_id)

    def holding(self, name: str, needle: str) -> Iterable[Record]:
        """At least the records of a table that refer to another one by its id (`needle`)."""
        if self._source is None or name in self._loaded:
            return self.loaded(name).values()
        found = {record.id: record for record in self._source.holding(name, needle)}
        for edit in self._pending.get(name, ()):
            _apply(found, edit)
        return found.values()

    def like(self, name: str, words: Sequence[str]) -> Iterable[Record]:
        """At least the accounts or people that have all these folded words in them: what a name is looked
        up among, where the whole table need not be loaded for it."""
        if not words:
            return self.loaded(name).values()
        if self._source is None or name in self._loaded or name in self._pending:
            return self._named_like(name, words)
        return self._source.like(name, words)

    def _named_like(self, name: str, words: Sequence[str]) -> list[Record]:
        """Those in whose id, names and mail addresses, run together, all the words are."""
        index = self._names.get(name)
        if index is None:
            records = self.loaded(name).values()
            index = self._names[name] = [(_spelled(record), record) for record in records]
        for word in words:
            index = [each for each in index if word in each[0]]
        return [record for _names, record in index]


class _Unread(Mapping[str, Record]):
    """A table as a mapping, which is loaded when more is asked of it than a few records by id."""

    def __init__(self, tables: Tables, name: str) -> None:
        self._tables, self._name = tables, name

    def __getitem__(self, record_id: str) -> Record:
        record = self._tables.get(record_id, self._name)
        if record is None:
            raise KeyError(record_id)
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables.loaded(self._name))

    def __len__(self) -> int:
        return len(self._tables.loaded(self._name))

    def values(self) -> ValuesView[Record]:
        """All records."""
        return self._tables.loaded(self._name).values()


def _spelled(record: Record) -> str:
    """What an account or a person is found by, as `fold` has it, each without spaces."""
    names: list[str] = [record.id, name_of(record)]
    for field in ("nickname", "aliases", "emails"):
        some = getattr(record, field, ())
        names += [some] if isinstance(some, str) else [getattr(each, "value", each) for each in some]
    return "\n".join(fold(name).replace(" ", "") for name in names)


def _apply(table: dict[str, Record], edit: Edit) -> None:
    if edit.after is None:
        table.pop(edit.record.id, None)
    else:
        table[edit.after.id] = edit.after
