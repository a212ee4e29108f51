"""Restoring: bring back whole records from a book that kam wrote to a file, or the whole of a backup.

A record keeps its own id, so one that is in the book is recognised. An import leaves one that differs
as it is in the book, and tells; going back to a backup makes the book what it was.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Record, add, name_of, references_of, table_of
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.usecases.erasing import sifted
from kam_tui.usecases.import_plan import CONFLICT, NEW, REJECTED, SAME, UPDATED, Line


def where_of(record: Record) -> str:
    """Where a record stands in the file of a book, as a line of a plan has it."""
    return f"{table_of(record)} {record.id}"


def restore(
    book: Book, records: Sequence[Record], progress: Progress, overruling: Collection[str] = ()
) -> tuple[list[Line], tuple[Edit, ...]]:
    """What becomes of each record, and what is to be written. One that differs comes in where its place
    is among the `overruling` ones. Raises Stopped."""
    progress.begin(_("Comparing with the book"))
    records, refused = sifted(book, records)
    present = {(table_of(record), record.id) for record in records}
    lines = [Line(where_of(each), REJECTED, "", (why,)) for each, why in refused]
    edits: list[Edit] = []
    for record in progress.over(_("Comparing with the book"), records, len(records)):
        table = table_of(record)
        where = where_of(record)
        name = shorten(name_of(record), 60)
        own = book.get(record.id, table)
        lost = _lost(book, record, present)
        if own == record:
            lines.append(Line(where, SAME, name))
        elif own is not None and where in overruling:
            lines.append(Line(where, UPDATED, name, tuple(_differing(own, record))))
            edits.append(Edit(own, record))
        elif own is not None:
            differing = ", ".join(_differing(own, record))
            sentence = _("It differs in {fields}; the book's is kept.").format(fields=differing)
            lines.append(Line(where, CONFLICT, name, (sentence,)))
        else:
            sentence = _("It refers to {id}, which is neither in the file nor in the book.").format(id=lost)
            remarks = (sentence,) if lost else ()
            lines.append(Line(where, NEW, name, remarks, remarks))
            edits.append(add(record))
    return lines, tuple(edits)


@dataclass(frozen=True, slots=True)
class Return:
    """What going back to other records comes to."""

    edits: tuple[Edit, ...]
    """From each record as it is to how it was."""

    refused: tuple[str, ...]
    """What does not come back, a sentence each: whoever was erased since stays so."""


def compare(book: Book, records: Sequence[Record]) -> Return:
    """What it takes to make the book hold these records and no others.

    Whom the book knows to be erased is left out, and that they were erased is never forgotten.
    """
    left, refused = sifted(book, records)
    wanted: dict[str, dict[str, Record]] = {table: {} for table in SCHEMAS}
    for record in left:
        wanted[table_of(record)][record.id] = record
    edits: list[Edit] = []
    for table, some in wanted.items():
        here = book.table(table)
        changed = [Edit(here.get(each.id), each) for each in some.values() if here.get(each.id) != each]
        gone = [Edit(each, None) for each in here.values() if each.id not in some]
        edits += [edit for edit in (*changed, *gone) if not isinstance(edit.before, Erasure)]
    return Return(tuple(edits), tuple(sentence for _record, sentence in refused))


def go_back(book: Book, now: datetime, records: Sequence[Record], summary: str) -> Change:  # noqa: ARG001
    """Make the book hold these records and no others, in one change that can be undone."""
    return Change(summary, compare(book, records).edits)


def _lost(book: Book, record: Record, present: set[tuple[str, str]]) -> str:
    """An id that the record refers to and that nobody has; empty when all is well."""
    for _field, table, each in references_of(record):
        if (table, each) not in present and book.get(each, table) is None:
            return each
    return ""


def _differing(own: Record, other: Record) -> list[str]:
    names = [*SCHEMAS[table_of(own)].fields, "extra"]
    return [name for name in names if getattr(own, name) != getattr(other, name)]
