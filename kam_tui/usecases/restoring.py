"""Restoring: bring back whole records from a book that kam wrote to a file.

A record keeps its own id, so one that is in the book is recognised. One that differs is left as it
is in the book, and told.
"""

from __future__ import annotations

from collections.abc import Sequence

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Edit, Record, add, name_of, references_of, table_of
from kam_tui.domain.text import shorten
from kam_tui.i18n import _

Restored = tuple[str, str, str, tuple[str, ...]]
"""Where, outcome, name and details, as a line of a plan has them."""


def restore(book: Book, records: Sequence[Record]) -> tuple[list[Restored], tuple[Edit, ...]]:
    """What becomes of each record, and what is to be written."""
    present = {(table_of(record), record.id) for record in records}
    lines: list[Restored] = []
    edits: list[Edit] = []
    for record in records:
        table = table_of(record)
        where = f"{table} {record.id}"
        name = shorten(name_of(record), 60)
        own = book.get(record.id, table)
        lost = _lost(book, record, present)
        if own == record:
            lines.append((where, "same", name, ()))
        elif own is not None:
            differing = ", ".join(_differing(own, record))
            sentence = _("It differs in {fields}; the book's is kept.").format(fields=differing)
            lines.append((where, "conflict", name, (sentence,)))
        else:
            sentence = _("It refers to {id}, which is neither in the file nor in the book.").format(id=lost)
            lines.append((where, "new", name, (sentence,) if lost else ()))
            edits.append(add(record))
    return lines, tuple(edits)


def _lost(book: Book, record: Record, present: set[tuple[str, str]]) -> str:
    """An id that the record refers to and that nobody has; empty when all is well."""
    for _field, table, each in references_of(record):
        if (table, each) not in present and book.get(each, table) is None:
            return each
    return ""


def _differing(own: Record, other: Record) -> list[str]:
    names = [*SCHEMAS[table_of(own)].fields, "extra"]
    return [name for name in names if getattr(own, name) != getattr(other, name)]
