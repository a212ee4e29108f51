"""The same done with stock TinyDB and with a book."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document

from kam_tui.store.database import KamDB
from kam_tui.store.store import Store

Deed = Callable[[Any], Any]
"""What a program does with a database, or with a table, and gets from it."""


def same(tmp_path: Path, *deeds: Deed, start: Iterable[Mapping[str, Any]] = ()) -> None:
    """Both do the same, one after the other, and hold the same then, also when they are opened anew."""
    file, folder = str(tmp_path / "stock.json"), str(tmp_path / "book")
    ours = KamDB(folder)
    with TinyDB(file) as stock:
        for document in start:
            assert ours.insert(document) == stock.insert(document)
        for number, deed in enumerate(deeds):
            assert outcome(deed, ours) == outcome(deed, stock), number
            assert held(ours) == held(stock), number
    Store(folder).compact()
    with TinyDB(file) as stock:
        assert sorted(held(KamDB(folder))) == sorted(held(stock))


def outcome(deed: Deed, db: Any) -> Any:
    """What comes of it: documents with their ids, or what went wrong."""
    try:
        return plain(deed(db))
    except Exception as problem:
        return type(problem)


def plain(found: Any) -> Any:
    """With the id of each document, and its values told apart as JSON does."""
    if isinstance(found, Document):
        return (found.doc_id, exact(found))
    return [plain(each) for each in found] if isinstance(found, list | tuple) else found


def held(db: TinyDB) -> list[Any]:
    """All documents of all tables."""
    return [(name, row.doc_id, exact(row)) for name in sorted(db.tables()) for row in db.table(name)]


def exact(document: Document) -> str:
    """A document with 1, 1.0 and true as the three that they are."""
    return json.dumps(document, sort_keys=True)
