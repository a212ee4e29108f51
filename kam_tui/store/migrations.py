"""Migrations: how documents of an older schema version become documents of the present one.

Documents are brought up to date as they are read, wherever they stand: in a table file, in the
journal, in the history. The first write after that keeps a copy of the whole book and rewrites it.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from kam_tui.domain.change import SCHEMAS, Record
from kam_tui.domain.errors import Invalid, TooNew
from kam_tui.i18n import _
from kam_tui.store.journal import Document, dumps

Migration = Callable[[str, Document], Document]
"""Table and document of one version to that of the next one. What it is given is its own to change."""


def _as_it_is(table: str, document: Document) -> Document:  # noqa: ARG001
    """Documents stay as they are; what an older kam does not know is a reason not to let it write.

    Version 2 may erase a person, and keep its history in another file. Version 3 has promises and contracts,
    which a kam without them would leave half undone by an undo, and pointing at nobody by a merge. Version 4
    moves lines to another day, keeps reminders to another clock and contracts to a term: a kam without these
    would drop the day with the next snooze, ring at the wrong hour, and renew for the wrong time. Version 5
    knows what gifts and sales came to: a kam that does not would export them without, and say that a budget
    is whole.
    """
    return document


MIGRATIONS: dict[int, Migration] = {1: _as_it_is, 2: _as_it_is, 3: _as_it_is, 4: _as_it_is}
"""Version to the step that leads from it to the next. They are numbered from 1 without a gap."""

SCHEMA = 1 + len(MIGRATIONS)
"""The schema version that this kam reads and writes."""


def upgrade(table: str, document: Document, version: int) -> Document:
    """A document of `version` as the present version has it; an older one is left as it is."""
    if version < SCHEMA:
        document = json.loads(dumps(document))
    for step in range(version, SCHEMA):
        document = MIGRATIONS[step](table, document)
    return document


def record_of(table: str, document: Document, version: int) -> Record:
    """The record that a document of `version` is. Raises Invalid where its schema refuses it."""
    return SCHEMAS[table].decode(upgrade(table, document, version))


def as_record(table: str, document: Document, version: int) -> Record | None:
    """The same; None for a document that is no record, or cannot be read as one."""
    try:
        return record_of(table, document, version) if table in SCHEMAS else None
    except Invalid:
        return None


def refuse_newer(version: int, path: str) -> None:
    """Raise TooNew for a version that is not known yet."""
    if version > SCHEMA:
        raise TooNew(
            _("{path} was written by a newer kam (schema {version}; this one knows {known}).").format(
                path=path, version=version, known=SCHEMA
            ),
            _("Nothing was changed. Update kam to open this book."),
        )
