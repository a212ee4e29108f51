"""Survey: the files of a book as they are, whatever is damaged, for whoever checks or repairs it.

Whoever makes one holds the lock. A file that cannot be read hides none of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kam_tui.domain.change import SCHEMAS
from kam_tui.i18n import _
from kam_tui.store import files, migrations
from kam_tui.store.care.salvage import Gap, Row, in_sequence, rows_of
from kam_tui.store.care.sheet import Sheet
from kam_tui.store.folder import JOURNAL, Folder
from kam_tui.store.history import is_history
from kam_tui.store.journal import Document, Line, Past
from kam_tui.store.layout import file_name, table_name
from kam_tui.store.misfits import seal_told
from kam_tui.store.vault.rescue import UNFINISHED

UNREAD = "unread"
"""Name in a line that stands for changes that could not be read: what they did is not all told."""


class Survey:
    """What stands in the files of a book."""

    def __init__(self, folder: Folder) -> None:
        """Raises TooNew for a book of a newer kam."""
        self.folder = folder
        """Where it is."""
        self.names = files.names(folder.path)
        """All names in the folder."""
        self.refusals: dict[str, str] = {}
        """Name to why the system would not give the file."""
        self._data = {table: self.read(name) for name in self.names if (table := table_name(name))}
        self.journal = self.read(JOURNAL)
        """The journal's bytes; None where there is none, or it cannot be read."""
        rows = rows_of(self.journal or b"")
        place = next((place for place, row in enumerate(rows) if row.number is not None), len(rows))
        first = rows[place].line if place < len(rows) else None
        self.head = first if first and "book" in first.fields else None
        """The journal's first line, where it is sound."""
        self.head_is_torn = bool(self.head) and not rows[place].ended
        """Whether nothing ends that line, so that nothing can be written behind it."""
        self.before = tuple(rows[:place] if self.head else rows[: min(place, 1)])
        """What stands before the changes and is no head: a head that is damaged, or what got before it."""
        body = changes_among(rows[place + 1 if self.head else len(self.before) :])
        newest = next((row.line for row in body[::-1] if row.number is not None), None)
        for line in (self.head, newest):
            if line:
                migrations.refuse_newer(line.version, folder.journal)
        self.start = self.head.number if self.head else self._start(body)
        """The number of the change after which the journal begins."""
        self.changes = tuple(in_sequence(body, self.start))
        """The lines of the journal after its head, and what is wrong among them."""
        self.past = self._past()
        """Where the history is; where no line of the journal tells, what fits."""
        self.history = self.read(self.past.file)
        """The bytes of the file of the history, with those that do not count."""

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none, or the system refuses."""
        if name not in self.names:
            return None
        try:
            return files.read_whole(self.folder.file(name))
        except OSError as problem:
            said = _("{path} cannot be read: {problem}.")
            self.refusals[name] = said.format(
                path=self.folder.file(name), problem=problem.strerror or problem
            )
            return None

    @property
    def is_of_a_book(self) -> bool:
        """Whether there is anything of a book: a folder may hold what only has the name of a table."""
        found = self.journal is not None or self.past.size or self.refusals
        return bool(found or SCHEMAS.keys() & self.sheets.keys())

    @property
    def number(self) -> int:
        """The number of the last change."""
        last = self.changes[-1] if self.changes else None
        if last is None:
            return self.start
        return last.number or 0 if isinstance(last, Row) else last.numbers.stop - 1

    @property
    def torn(self) -> Gap | None:
        """What is left at the end of the journal of a change that was cut short while it was written."""
        last = self.changes[-1] if self.changes else None
        if not isinstance(last, Gap) or last.numbers or any(row.number is not None for row in last.rows):
            return None
        return last

    @property
    def expected(self) -> Mapping[str, int]:
        """Table to the change that its file holds at least, as the journal says."""
        return self.head.fields["tables"] if self.head else {}

    @property
    def lines(self) -> Iterator[Line]:
        """The sound lines of the journal, after its head."""
        return (item.line for item in self.changes if isinstance(item, Row))

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Table to its file, for those that could be read at all. Raises TooNew."""
        return {
            table: Sheet(self.folder.file(file_name(table)), table, data)
            for table, data in self._data.items()
            if data is not None
        }

    @cached_property
    def old(self) -> tuple[Row | Gap, ...]:
        """The lines of the history that count, and what is wrong among them."""
        # Where something got in before them, some lines that count stand behind those bytes.
        some = rows_of(self.history or b"")
        rows = [row for row in some if row.begin < self.past.size or 0 < (row.number or 0) <= self.start]
        found = [*in_sequence(changes_among(rows), None)]
        last = found[-1] if found else None
        reached = 0 if last is None else last.number or 0 if isinstance(last, Row) else last.numbers.stop - 1
        if self.past.size and reached < self.start:
            torn: tuple[Row, ...] = ()
            if isinstance(last, Gap) and not last.numbers:
                torn = last.rows
                found.pop()
            found.append(Gap(torn, range(reached + 1, self.start + 1)))
        return tuple(found)

    @property
    def is_half_restored(self) -> bool:
        """Whether a restore was cut short, which is to be done again before anything else."""
        return self.journal == UNFINISHED

    def is_stray(self, table: str) -> bool:
        """Whether a file has the name of a table and is none: a copy that somebody put there."""
        known = table in SCHEMAS or table in self.expected or Story(self.changes).last_touching(table) > 0
        return bool(self.sheets[table].refusal) and not known

    def holds(self, sheet: Sheet) -> int:
        """The number of the last change that a table file surely holds."""
        return sheet.number if sheet.number is not None else self.expected.get(sheet.table, self.start)

    def is_ahead(self, sheet: Sheet) -> bool:
        """Whether a table file says that it holds changes of the journal which it does not hold."""
        if sheet.number is None or sheet.number <= self.start:
            return False
        newest = Story(self.changes).state(sheet.table, sheet.number)
        found = sheet.documents if newest else {}
        return any(found.get(key) != document for key, document in newest.items())

    def is_of_another(self, sheet: Sheet) -> bool:
        """Whether a table file ends with another change of its number than the journal tells."""
        number = sheet.number or 0
        if self.head is None or number < self.expected.get(sheet.table, 0):
            return False
        told = seal_told(self.head, self.lines, sheet.table, number)
        return bool(sheet.seal and told and sheet.seal != told)

    def _start(self, body: Sequence[Row]) -> int:
        """The change after which a journal without a head begins: the last one of tables and history that it
        does not hold itself."""
        first, begins = next(iter(in_sequence(body, None)), None), None
        if isinstance(first, Row):
            begins = first.number
        elif first and any(row.number for row in body):
            begins = first.numbers.start
        numbers = [sheet.number or 0 for sheet in self.sheets.values()]
        for name in self.histories()[:1]:
            numbers += [row.number or 0 for row in rows_of(self.read(name) or b"")]
        reached = max((number for number in numbers if begins is None or number < begins), default=0)
        return reached or (begins or 1) - 1

    def _past(self) -> Past:
        told = [past for line in self.lines if (past := line.past)]
        told += [past] if self.head and not told and (past := self.head.past) else []
        if told:
            return told[-1]
        for name in self.histories():
            for row in reversed(rows_of(self.read(name) or b"")):
                if row.number and row.number <= self.start:
                    return Past(name, row.begin + len(row.raw) + 1)
        return Past("history.jsonl", 0)

    def histories(self) -> list[str]:
        """The files that may be the history, the newest first."""
        return sorted(filter(is_history, self.names), key=lambda name: (len(name), name), reverse=True)


def changes_among(rows: Sequence[Row]) -> list[Row]:
    """Lines as changes, among which the first line of a journal has no place: it gets number 0."""
    return [row if row.number is None or b'"edits":' in row.raw else replace(row, number=0) for row in rows]


class Story:
    """What the lines of a book, one after the other, tell of its documents."""

    def __init__(self, told: Sequence[Row | Gap]) -> None:
        self._told = told

    def is_whole(self, until: int, since: int = 0) -> bool:
        """Whether every change after `since` up to `until` is told."""
        wanted = since + 1
        for item in self._told:
            if isinstance(item, Row) and (item.number or 0) < wanted:
                continue
            if wanted > until:
                break
            if isinstance(item, Gap):
                if item.numbers.stop <= wanted:
                    continue
                return False
            if item.number != wanted or b'"%s":' % UNREAD.encode() in item.raw:
                return False
            wanted += 1
        return wanted > until

    def last_touching(self, table: str, until: int | None = None) -> int:
        """The last change, up to `until`, that touches a table; 0 where none is told."""
        return max((line.number for line, _ops in self.ops(table, until=until)), default=0)

    def state(self, table: str, until: int) -> dict[int, Document | None]:
        """The documents of a table after a change, as far as the lines tell: key to document, None for
        one that was removed."""
        found: dict[int, Document | None] = {}
        for line, ops in self.ops(table, until=until):
            for key, _before, after in ops:
                found[key] = after and migrations.upgrade(table, after, line.version)
        return found

    def ops(
        self, table: str, since: int = 0, until: int | None = None
    ) -> Iterator[tuple[Line, list[tuple[int, Document | None, Document | None]]]]:
        """The changes after `since` up to `until` that touch a table: each with its edits of it."""
        for item in self._told:
            if isinstance(item, Gap) or item.number is None or item.number <= since:
                continue
            if until is not None and item.number > until:
                return
            line = item.line
            found = [op[1:] for op in line.ops if op[0] == table] if line.touches(table) else []
            if found:
                yield line, found
