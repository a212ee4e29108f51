"""Erasing: a person goes from the tables, the journal and the history of a book.

First what goes is worked out, and a history without the person is written to a file that nobody reads yet:
others may write meanwhile, and where they did, it is done again under the lock, once the journal is folded
into the tables. Then one line of the journal says that they are gone, and that from here on this is the
history. Then the tables are written without them, and the old history is removed. A book that is left
before that line is as it was; behind it they are gone for all who read, and the next compaction removes
what is left of them in the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Edit, table_of
from kam_tui.domain.errors import Damaged, KamError
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.store import files, history, migrations
from kam_tui.store.folder import Folder
from kam_tui.store.folding import fold, has_work
from kam_tui.store.journal import Document, Line, Past, dumps, seal
from kam_tui.store.layout import key_of
from kam_tui.store.migrations import as_record
from kam_tui.store.records import Records, edits_of
from kam_tui.store.snapshot import Snapshot
from kam_tui.usecases.erasing import Erasing
from kam_tui.usecases.recognising import blank
from kam_tui.usecases.redacting import Person

Decide = Callable[[Book, Callable[[str], Iterable[Edit]]], Erasing]
"""What becomes of each record: by the book, and what tells all edits of its history near an id."""

_QUOTED = 20
_TOLD = ("c", "n", "v", "at", "by", "past", "undoes", "what", "edits")


def erase(
    folder: Folder,
    decide: Decide,
    at: datetime,
    by: str,
    keep_days: int = 0,
    progress: Progress | None = None,
) -> tuple[Erasing, str]:
    """Erase whom `decide` tells. Returns what was decided, and why the files still hold the person
    although nobody reads them any more: empty where all is done.

    Raises what `decide` raises, Unwritable, Busy, Damaged, Stopped: then the book is as it was.
    """
    progress = progress or Progress()
    with folder.lock.shared():
        given = folder.newest()
    ready: tuple[Erasing, str, int] | None = None
    try:
        with files.writing(folder.path):
            if not has_work(given):
                with suppress(Damaged):  # A compaction may have let go of the history that is read.
                    ready = _ready(folder, given, decide, progress)
            with folder.lock.exclusive(by) as hold:
                snapshot = fold(folder, hold.since, keep_days, given)
                if ready is None or snapshot is not given:
                    ready = _ready(folder, snapshot, decide, progress)
                erasing, path, size = ready
                progress.begin_last(_("Writing the book without them"))
                _write(folder, snapshot, erasing, history.in_place(folder.path, path, size), at, by)
                try:
                    fold(folder, hold.since, keep_days)
                except KamError as problem:
                    return erasing, str(problem)
                return erasing, ""
    except BaseException:
        if ready:
            with suppress(OSError):
                files.remove(ready[1])
        raise


def _ready(
    folder: Folder, snapshot: Snapshot, decide: Decide, progress: Progress
) -> tuple[Erasing, str, int]:
    """All that takes long, and nobody reads yet: what goes, and a history without it, with its size."""
    erasing = decide(Book(Records(snapshot)), lambda record_id: _edits(folder, snapshot, record_id))
    return erasing, *history.aside(folder.path, _history(folder, snapshot, erasing.person, progress))


def _write(folder: Folder, snapshot: Snapshot, erasing: Erasing, past: Past, at: datetime, by: str) -> None:
    """The line from which on they are gone."""
    edits = [*map(_op, erasing.change.edits), *_other_tables(snapshot, erasing.person)]
    fields = {"at": at.isoformat(), "by": by, "what": erasing.change.summary, "edits": edits}
    folder.write(snapshot, {**fields, "past": {"file": past.file, "size": past.size}})


def _edits(folder: Folder, snapshot: Snapshot, record_id: str) -> Iterator[Edit]:
    path, needle = folder.file(snapshot.past.file), dumps(record_id)[1:-1]
    for line in folder.old_lines(snapshot):
        if needle in line.raw:
            yield from edits_of(line, path)


def _op(edit: Edit) -> tuple[str, str, Any, Any]:
    """An edit as it stands in the journal: what was before is not told, only that it is no longer so."""
    table = table_of(edit.record)
    after = SCHEMAS[table].encode(edit.after) if edit.after else None  # type: ignore[arg-type]
    return table, str(key_of(edit.record.id)), None if edit.before is None else after, after


def _other_tables(snapshot: Snapshot, person: Person) -> Iterator[tuple[str, str, Any, Any]]:
    """What becomes of documents that are no records of ours."""
    for table in sorted(snapshot.tables() - SCHEMAS.keys()):
        for key, document in snapshot.documents(table):
            left = person.kept_of(document)
            if left != document:
                yield table, str(key), left, left


def _history(folder: Folder, snapshot: Snapshot, person: Person, progress: Progress) -> list[bytes]:
    """The lines of the history without the person, each as it was where it does not speak of them."""
    lines = list(folder.old_lines(snapshot))[::-1]
    every = progress.over(_("Looking through the history"), lines, len(lines))
    told = [person.is_in(line.raw.decode()) for line in every]
    alone = {
        each for line, is_told in zip(lines, told, strict=True) if is_told for each in _alone(line, person)
    }
    if gone := {each for each in alone - person.ids if not _is_there(snapshot, each)}:
        person = person.taking(person.ids | gone)
        ids = re.compile(b"|".join(re.escape(dumps(each)[1:-1]) for each in gone))
        told = [told[at] or ids.search(line.raw) is not None for at, line in enumerate(lines)]
    return [
        (_redacted(line, person) if is_told else line.raw) + b"\n"
        for line, is_told in zip(lines, told, strict=True)
    ]


def _is_there(snapshot: Snapshot, record_id: str) -> bool:
    """Whether an activity, reminder or promise is in the book, whatever it was once."""
    key = key_of(record_id)
    return any(snapshot.document(table, key) is not None for table in ("activities", "reminders", "promises"))


def _alone(line: Line, person: Person) -> Iterator[str]:
    """The ids of activities and reminders that were about the person alone at this change."""
    for table, _key, *documents in line.ops:
        for document in documents:
            record = as_record(table, document, line.version) if document else None
            if record is not None and person.is_alone_in(record):
                yield record.id


def _redacted(line: Line, person: Person) -> bytes:
    """A line without the person. What cannot be told any more is left out; its number stays."""
    edits: list[tuple[str, str, Document | None, Document | None]] = []
    lost: list[Document] = []
    for table, key, before, after in line.ops:
        was, now = (_left(table, each, line.version, person) for each in (before, after))
        if (was is None) != (before is None) or (now is None) != (after is None):
            lost += [each for each in (before, after) if each]
            was = now  # As an erasure tells it: from here on it is so.
        if was is not None or now is not None:
            edits.append((table, str(key), was, now))
    what = person.signs.blotted(line.fields["what"])
    if lost and (not edits or _quotes(line.fields["what"], lost)):
        what = blank()
    near = person.id.encode() in line.raw
    rest = person.kept_of({n: each for n, each in line.fields.items() if n not in _TOLD}, near=near)
    fields = {name: value for name, value in line.fields.items() if name in _TOLD and name != "c"}
    return seal({**fields, "v": migrations.SCHEMA, "what": what, "edits": edits, **rest})


def _quotes(what: str, lost: Iterable[Document]) -> bool:
    """Whether a summary tells the text of something that is gone."""
    texts = (shorten(str(document.get("text", "")), _QUOTED).rstrip("…") for document in lost)
    return any(text and text in what for text in texts)


def _left(table: str, document: Document | None, version: int, person: Person) -> Document | None:
    """What is left of a document, in the present version; None where nothing is."""
    if document is None:
        return None
    document = migrations.upgrade(table, document, version)
    if table not in SCHEMAS:
        return person.kept_of(document)  # type: ignore[no-any-return]
    record = as_record(table, document, migrations.SCHEMA)
    if record is None:
        return None if person.signs.are_in(dumps(document).decode()) else document
    left = person.kept(record)
    if left is record:
        return document
    return SCHEMAS[table].encode(left) if left else None  # type: ignore[arg-type]
