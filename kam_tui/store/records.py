"""Records: the documents of a snapshot as the domain knows them, and a line of the journal as edits of them.

A domain Book takes its records from here, a table at a time, when somebody asks.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from kam_tui.domain.change import SCHEMAS, Edit, Record
from kam_tui.domain.errors import Damaged, Invalid
from kam_tui.i18n import _
from kam_tui.store import migrations
from kam_tui.store.journal import Document, Line
from kam_tui.store.layout import key_of
from kam_tui.store.snapshot import Snapshot

# So many records are kept out of the collector's sight: they are no garbage while the book lives, none of
# them refers to itself, and every look through 100,000 of them would halt a screen for a tenth of a second.
_MANY = 1_000
_ID = attrgetter("id")


class Records:
    """The records of one state of the book: a `Source` for a domain Book."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def load(self, table: str) -> dict[str, Record]:
        """All records of a table, by id. Raises Damaged for a document that its schema refuses."""
        from kam_tui.store import collecting

        self._snapshot.asked.add(table)
        found: dict[str, Record] = {}
        count = 0
        with collecting.put_off():
            for records in self._decoded(table):
                count += len(records)
                found.update(zip(map(_ID, records), records, strict=True))
                if len(found) < count:
                    raise self._twice(table)
            if len(found) > _MANY:
                gc.freeze()
        return found

    def count(self, table: str) -> int:
        """How many records a table has, each of them read and let go again. Raises Damaged as `load` does."""
        ids: set[str] = set()
        count = 0
        for records in self._decoded(table):
            count += len(records)
            ids.update(map(_ID, records))
            if len(ids) < count:
                raise self._twice(table)
        return count

    def _decoded(self, table: str) -> Iterator[Sequence[Record]]:
        """All records of a table, some at a time."""
        from kam_tui.domain.decoding import decoder

        decode = decoder(SCHEMAS[table]).decode
        for _keys, documents, how in self._snapshot.parts(table):
            try:
                yield decode(documents, how)
            except Invalid as problem:
                raise refused(self._snapshot.path_of(table), problem) from problem

    def holding(self, table: str, needle: str) -> Iterable[Record]:
        """The records of a table whose document contains `needle` as text."""
        return self._records(table, self._snapshot.holding(table, needle))

    def find(self, table: str, record_id: str) -> Record | None:
        """The record of a table with this id."""
        document = self._snapshot.document(table, key_of(record_id))
        return None if document is None else next(self._records(table, [(0, document)]))

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:
        """At least the records of a table whose document, folded, contains these words."""
        return self._records(table, self._snapshot.like(table, words))

    def _records(self, table: str, documents: Iterable[tuple[int, Document]]) -> Iterator[Record]:
        decode = SCHEMAS[table].decode
        for _key, document in documents:
            try:
                yield decode(document)
            except Invalid as problem:
                raise refused(self._snapshot.path_of(table), problem) from problem

    def _twice(self, table: str) -> Damaged:
        ids = Counter(record.id for record in self._records(table, self._snapshot.documents(table)))
        ((twice, _times),) = ids.most_common(1)
        return Damaged(
            _("{path} holds {id} twice.").format(path=self._snapshot.path_of(table), id=twice),
            _("Nothing was changed. Remove one of the two, or put the file back from a backup."),
        )


def edits_of(line: Line, path: str) -> tuple[Edit, ...]:
    """A line's edits of records; other tables are left out, and what an erasure has done to a record: of
    that no document tells what was before. Raises Damaged.
    """
    try:
        return tuple(
            Edit(_record(table, before, line.version), _record(table, after, line.version))
            for table, _key, before, after in line.ops
            if table in SCHEMAS and before != after
        )
    except Invalid as problem:
        raise refused(path, problem) from problem


def _record(table: str, document: Document | None, version: int) -> Record | None:
    return None if document is None else migrations.record_of(table, document, version)


def refused(path: str, problem: Invalid) -> Damaged:
    """The error for a document that its schema refuses."""
    return Damaged(
        _("{path} holds a document that kam cannot take: {problem}").format(path=path, problem=problem),
        _("Nothing was changed. Mend that line, or put the file back from a backup."),
    )
