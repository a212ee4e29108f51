"""Store: a book on the disk, as a session uses it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, MutableMapping
from datetime import datetime

from tinydb.table import Document as Row

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Entry, Record, name_of, table_of
from kam_tui.domain.errors import Conflict, Invalid, KamError, NotFound
from kam_tui.i18n import _
from kam_tui.store.compaction import DUE, compact, is_due
from kam_tui.store.database import KamDB
from kam_tui.store.journal import Document, Line, dumps
from kam_tui.store.layout import key_of
from kam_tui.store.snapshot import Snapshot, edits_of


class Store:
    """Keeps one book in one folder; implements `session.Keeper`. Its methods may be called by any thread."""

    def __init__(self, folder: str, *, create: bool = True, keep_days: int = 0) -> None:
        """Open the book at `folder`; nothing is read yet. Raises NotFound where there is none and
        `create` is False. A book that is to be created is made by its first change.

        `keep_days` is how many days of history are surely kept; 0 keeps all of it.
        """
        self.folder = os.path.abspath(folder)
        """Where the book is."""
        self.database = KamDB(self.folder)
        """The same book through TinyDB's own calls."""
        self._rows = self.database.rows
        self._book: Book | None = None
        self._read_at: Snapshot | None = None
        self._wrote = 0
        self._keep_days = keep_days
        if not create and not self._rows.folder.exists:
            raise NotFound(
                _("There is no book at {folder}.").format(folder=self.folder),
                _("Look at the place given by --book, $KAM_BOOK or the settings."),
            )

    def read(self) -> Book:
        """One consistent snapshot; tables load when asked for. Raises Damaged, TooNew, Busy or Unwritable."""
        with self._rows.guard:
            return self._follow(self._rows.snapshot())

    def refresh(self, book: Book) -> Book:
        """`book` itself while nothing has been written since, or while somebody is writing; else the
        book as it is now. Never waits. Raises Damaged or TooNew for what was written since."""
        if not self._rows.guard.acquire(blocking=False):
            return book
        try:
            if book is self._book and self._read_at and self._rows.folder.is_unchanged(self._read_at):
                return book
            if self._rows.folder.lock.taken(exclusive=False):
                return book
            return self.read()
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

    def history(self) -> Iterator[Entry]:
        """The changes, newest first. Raises Damaged."""
        snapshot = self._rows.snapshot()
        folder = self._rows.folder
        past = folder.file(snapshot.past.file)
        for line in reversed(snapshot.lines):
            yield entry_of(line, folder.journal)
        for line in folder.old_lines(snapshot):
            yield entry_of(line, past)

    def compact(self) -> bool:
        """Fold the journal into the tables now. False when there was nothing to do."""
        return compact(self._rows.folder, keep_days=self._keep_days)

    def check(self) -> list[str]:
        """What is wrong with the book, a sentence each; empty when it is sound."""
        from kam_tui.store.check import check

        return check(self._rows.folder)

    def close(self) -> None:
        """Let go of files; fold the journal into the tables when that is due.

        Not after a capture, which is to be instant: only a store that has read the activities, or
        has written much itself, takes the time.
        """
        with self._rows.guard:
            snapshot = self._rows.known
            self._book = self._read_at = None
            self.database.close()
        if snapshot is not None and (self._wrote > DUE or "activities" in snapshot.asked):
            try:
                if is_due(snapshot):
                    self.compact()
            except KamError:
                return  # The book reads the same without; the next one to close it tries again.

    def _follow(self, snapshot: Snapshot) -> Book:
        """The book at a state: the last one with what was written since, else a new one."""
        if self._book is not None and self._read_at is snapshot:
            return self._book
        folder = self._rows.folder
        lines = folder.between(self._read_at, snapshot) if self._read_at else None
        if self._book is None or lines is None:
            self._book = Book(snapshot)
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
    return Entry(line.number, datetime.fromisoformat(fields["at"]), fields["by"], change)


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
