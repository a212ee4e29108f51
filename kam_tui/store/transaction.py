"""Transaction: what is to become one change, and so one line of the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _, ngettext
from kam_tui.store.journal import Document
from kam_tui.store.layout import META, file_name, key_of
from kam_tui.store.rows import alike

LONGEST = 200
"""Characters in the name of a table's file: file systems take 255 bytes, and endings need some."""

HIGHEST = 10**18 - 1
"""The highest key of a document."""


class Transaction:
    """What is to become one change."""

    def __init__(self, by: str, at: datetime) -> None:
        self._by = by
        self._at = at
        self.summary = ""
        """What the history says of it; empty for a sentence that follows from what was changed."""
        self.undoes: int | None = None
        """Number of the change that this one takes back."""
        self.staged: dict[str, dict[int, tuple[Document | None, Document | None]]] = {}
        """Table and key to the document before and after."""
        self.written = 0
        """How many bytes became of it."""

    def put(self, table: str, key: int, before: Document | None, after: Document | None) -> None:
        """Make a document that is `before` be `after`, as JSON gives it back; None where there is none."""
        staged = self.staged.setdefault(table, {})
        staged[key] = staged[key][0] if key in staged else before, after

    def fields(self) -> dict[str, Any]:
        """What its line holds; empty where nothing is changed. Raises Invalid for what would make the book
        unreadable."""
        edits = [
            (table, str(key), before, after)
            for table, staged in self.staged.items()
            for key, (before, after) in staged.items()
            if not alike(before, after)
        ]
        if not edits:
            return {}
        for table, key, _before, after in edits:
            _check(table, number_of(table, key), after)
        fields: dict[str, Any] = {"at": self._at.isoformat(), "by": self._by or "tinydb"}
        fields["what"] = self.summary or _summary([table for table, *_rest in edits])
        if self.undoes is not None:
            fields["undoes"] = self.undoes
        fields["edits"] = edits
        return fields


def number_of(table: str, key: object) -> int:
    """The number that a key is, or is the text of. Raises Invalid for what no table file can hold."""
    text = str(key)
    number = int(text) if text.isdecimal() else -1
    if str(number) != text or not 0 <= number <= HIGHEST:
        raise Invalid(
            _("{table}: a key is a whole number from 0 to {highest}, not {key}.").format(
                table=table, key=text, highest=HIGHEST
            )
        )
    return number


def _summary(tables: list[str]) -> str:
    return ngettext(
        "Changed {count} document in {tables}", "Changed {count} documents in {tables}", len(tables)
    ).format(count=len(tables), tables=", ".join(dict.fromkeys(tables)))


def _check(table: str, key: int, document: Document | None) -> None:
    """Raise Invalid for what would make the book unreadable."""
    ours = table in SCHEMAS
    if not ours and (table in ("", META) or len(file_name(table)) > LONGEST):
        raise Invalid(_('A table of a book cannot be called "{table}".').format(table=table))
    if document is None or not ours:
        return
    record = SCHEMAS[table].decode(document)
    if key != key_of(record.id):
        raise Invalid(
            _("{table} {id}: the key {key} is not that of this id.").format(
                table=table, id=record.id, key=key
            )
        )
