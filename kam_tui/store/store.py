"""Store: a book on the disk, as a session uses it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tinydb.table import Document as Row

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Entry, Record, name_of, table_of
from kam_tui.domain.errors import Busy, Conflict, Damaged, Invalid
from kam_tui.i18n import _
from kam_tui.store.database import KamDB
from kam_tui.store.folder import Seal
from kam_tui.store.journal import DUE, Document, Line, dumps
from kam_tui.store.layout import key_of
from kam_tui.store.lock import Lock
from kam_tui.store.records import Records, edits_of
from kam_tui.store.snapshot import Snapshot

if TYPE_CHECKING:
    from kam_tui.domain.progress import Progress
    from kam_tui.store.care.doctor import Doctor
    from kam_tui.store.vault.backups import Backups
    from kam_tui.usecases.erasing import Copy, Erased, Erasing

GLANCE = 0.1
"""Seconds that a look at what is new waits: among many short writes there is a gap by then."""


class Store:
    """Keeps one book in one folder; implements `ports.Keeper`. Its methods may be called by any thread."""

    def __init__(self, folder: str, *, keep_days: int = 0, seal: Seal | None = None) -> None:
        """Open the book at `folder`; nothing is read yet. Where there is none, its first change makes it.

        `keep_days` is how many days of history are surely kept; 0 keeps all of it. `seal` is what
        backups are sealed with; None leaves them open.
        """
        self.folder = os.path.abspath(folder)
        """Where the book is."""
        self.database = KamDB(self.folder)
        """The same book through TinyDB's own calls."""
        self._rows = self.database.rows
        self._rows.folder.seal = seal
        self._book: Book | None = None
        self._read_at: Snapshot | None = None
        self._wrote = 0
        self._keep_days = keep_days

    def read(self) -> Book:
        """One consistent snapshot; tables load when asked for. Raises Damaged, TooNew, Busy or Unwritable."""
        with self._rows.guard:
            return self._follow(self._rows.snapshot())

    def refresh(self, book: Book) -> Book:
        """`book` itself while nothing has been written since, or while somebody writes for long; else the
        book as it is now. Raises Damaged or TooNew for what was written since."""
        if not self._rows.guard.acquire(blocking=False):
            return book
        try:
            if book is self._book and self._read_at and self._rows.folder.is_unchanged(self._read_at):
                return book
            with Lock(self._rows.folder.lock.path, GLANCE).shared():
                return self.read()
        except Busy:
            return book
        finally:
            self._rows.guard.release()

    def update(self, decide: Callable[[Book], Change], at: datetime, by: str) -> tuple[Book, Change]:
        """Under the lock: read, decide, write one line, sync. Nothing is written when anything raises.

        Returns the book after the change. Raises what `decide` raises, Busy, Conflict where an edit
        is made to a record that is no longer so, Unwritable, Damaged, TooNew.
        """
        with self._rows.guard:
            with self._rows.transaction(by, at) as transaction:
                book = self._follow(self._rows.snapshot())
                change = decide(book)
                transaction.summary, transaction.undoes = change.summary, change.undoes
                for edit in change.edits:
                    self._make(edit)
            self._wrote += transaction.written
            if self._rows.known is not self._read_at:
                self._book, self._read_at = book.after(change.edits), self._rows.known
            return self._book or book, change

    def history(self, touching: Sequence[str] = (), tables: Sequence[str] = ()) -> Iterator[Entry]:
        """The changes, newest first; see `domain.change.History`. What is not asked for is not even read
        as JSON, so that one record is found among a hundred thousand changes. Raises Damaged."""
        wanted = re.compile(b"|".join(re.escape(dumps(text)[1:-1]) for text in touching))
        for line, path in self._told():
            if wanted.search(line.raw) and (not tables or any(map(line.touches, tables))):
                yield entry_of(line, path)

    def undoing(self, since: int = 0) -> Iterator[Entry]:
        """The changes after change `since` that take back another one, newest first. Raises Damaged."""
        for line, path in self._told():
            if line.number <= since:
                return
            if b'"undoes":' in line.raw and "undoes" in line.fields:
                yield entry_of(line, path)

    def entry(self, number: int) -> Entry | None:
        """The change of this number; None where the history does not hold it. Raises Damaged."""
        for line, path in self._told():
            if line.number <= number:
                return entry_of(line, path) if line.number == number else None
        return None

    def compact(self) -> bool:
        """Fold the journal into the tables now. False when there was nothing to do."""
        from kam_tui.store.compaction import compact

        return compact(self._rows.folder, keep_days=self._keep_days)

    def backups(self) -> Backups:
        """The backups of the book."""
        from kam_tui.store.vault.backups import Backups

        return Backups(self._rows.folder)

    def copies(self, is_in: Callable[[str], bool], progress: Progress | None = None) -> list[Copy]:
        """The backups and other files in the book's folder that hold somebody, told by the texts in them.

        Raises Stopped.
        """
        from kam_tui.store import copies

        return copies.holding(self._rows.folder, is_in, progress)

    def erase(
        self, plan: Erasing, at: datetime, by: str, progress: Progress | None = None
    ) -> tuple[Book, Erased]:
        """Erase somebody from the book, its history and its backups; nothing brings them back.

        The backups come first: where this is stopped half way, the person is still in the book, and it can
        be done again. Raises Busy, Unwritable, Damaged, TooNew.
        """
        from kam_tui.store.copies import erase_everywhere

        with self._rows.guard:
            self.compact()
            erased = erase_everywhere(self._rows.folder, plan, at, by, self._keep_days, progress)
            return self.read(), erased

    def check(self) -> list[str]:
        """What is wrong with the book, a sentence each; empty when it is sound."""
        return list(self.doctor().look_over().findings)

    def doctor(self) -> Doctor:
        """What looks the book over, mends it, and reads copies of it."""
        from kam_tui.store.care.doctor import Doctor

        return Doctor(self._rows.folder)

    @property
    def has_begun(self) -> bool:
        """Whether it is this store that has begun the book."""
        return self._rows.known is not None and 0 < self._wrote == self._rows.known.end

    def tidy(self) -> None:
        """Fold the journal into the tables where that is due. Raises what `compact` raises.

        Not after a capture, which is to be instant: only a store that has read the activities, or
        has written much itself, takes the time.
        """
        snapshot = self._rows.known
        if snapshot is not None and (self._wrote > DUE or "activities" in snapshot.asked):
            from kam_tui.store.compaction import is_due

            if is_due(snapshot):
                self.compact()

    def close(self) -> None:
        """Let go of files and of the book."""
        with self._rows.guard:
            self._book = self._read_at = None
            self.database.close()
            self._rows.folder.close()

    def _told(self) -> Iterator[tuple[Line, str]]:
        """The lines of all changes, newest first, each with the file it stands in. Raises Damaged."""
        snapshot = self._rows.snapshot()
        folder = self._rows.folder
        past = folder.file(snapshot.past.file)
        for line in reversed(snapshot.lines):
            yield line, folder.journal
        told = snapshot.number - len(snapshot.lines) + 1
        try:
            for line in folder.old_lines(snapshot):
                yield line, past
                told = line.number
        except Damaged:
            if self._rows.snapshot().past.file == snapshot.past.file:
                raise
            # A compaction has let old history go meanwhile; the rest is in the file that it wrote.
            yield from (each for each in self._told() if each[0].number < told)

    def _follow(self, snapshot: Snapshot) -> Book:
        """The book at a state: the last one with what was written since, else a new one."""
        if self._book is not None and self._read_at is snapshot:
            return self._book
        folder = self._rows.folder
        lines = folder.between(self._read_at, snapshot) if self._read_at else None
        if self._book is None or lines is None:
            self._book = Book(Records(snapshot))
        elif lines:
            edits = [edit for line in lines for edit in edits_of(line, folder.journal)]
            self._book = self._book.after(edits)
        self._read_at = snapshot
        return self._book

    def _make(self, edit: Edit) -> None:
        """One edit, through TinyDB. Raises Conflict, Invalid."""
        record = edit.record
        name = table_of(record)
        table = self.database.table(name)
        key = key_of(record.id)
        found = self._rows.rows(name).get(str(key))
        if not _is(found, edit.before, name):
            raise Conflict(
                _("{record} has been changed by someone else in between.").format(record=name_of(record)),
                _("Nothing was written. Look at it as it is now, then do it again."),
            )
        if edit.after is None:
            table.remove(doc_ids=[key])
            return
        document = SCHEMAS[name].encode(edit.after)  # type: ignore[arg-type]
        try:
            dumps(document)
        except (ValueError, TypeError) as problem:
            sentence = _("{record} cannot be kept: {problem}.")
            raise Invalid(sentence.format(record=name_of(record), problem=problem)) from problem
        if edit.before is None:
            table.insert(Row(document, key))
        else:
            table.update(lambda row: _become(row, document), doc_ids=[key])


def entry_of(line: Line, path: str) -> Entry:
    """A line as the history tells it. Raises Damaged."""
    fields = line.fields
    change = Change(fields["what"], edits_of(line, path), fields.get("undoes"))
    return Entry(
        line.number, datetime.fromisoformat(fields["at"]), fields["by"], change, line.past is not None
    )


def _is(document: Document | None, record: Record | None, table: str) -> bool:
    """Whether a document is that of a record, however it is spelt."""
    if document is None or record is None:
        return document is None and record is None
    schema = SCHEMAS[table]
    encoded = schema.encode(record)  # type: ignore[arg-type]
    return document == encoded or schema.decode(document) == schema.decode(encoded)


def _become(row: MutableMapping[str, object], document: Document) -> None:
    row.clear()
    row.update(document)
