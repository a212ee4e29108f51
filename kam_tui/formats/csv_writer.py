"""CSV out: contacts or accounts as a table that a spreadsheet opens and kam reads back without a loss."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.text import clean
from kam_tui.formats.formulas import guarded
from kam_tui.formats.own_rows import columns_of, row_of


def write(book: Book, table: str, records: Iterable[Contact | Account], *, raw: bool = False) -> str:
    """A table of `contacts` or `accounts`, RFC 4180. `raw` leaves out the guard against formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns_of(table))
    for record in records:
        cells = (clean(cell, multiline=True) for cell in row_of(book, record))
        writer.writerow(cells if raw else map(guarded, cells))
    return text.getvalue()
