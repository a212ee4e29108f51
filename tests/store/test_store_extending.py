"""TinyDB's classes are extended on a book as on stock TinyDB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from stock_kit import Deed, outcome
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document, Table

from kam_tui.store.database import KamDB, KamTable
from kam_tui.store.storage import JournalStorage


class Id(int):
    """An id of somebody's own class."""


class Record(Document):
    """A document of somebody's own class."""


def typed(base: Any) -> Any:
    class Typed(base):  # type: ignore[misc]
        document_class = Record
        document_id_class = Id

    return Typed


def by_text(base: Any) -> Any:
    class ByText(base):  # type: ignore[misc]
        document_id_class = str

        def _get_next_id(self) -> str:
            return str(len(self) + 1)

    return ByText


def hiding(base: Any) -> Any:
    class Hiding(base):  # type: ignore[misc]
        """Hides what is removed."""

        def _read_table(self) -> Any:
            return {key: row for key, row in super()._read_table().items() if "gone" not in row}

        def remove(self, cond: Any = None, doc_ids: Any = None) -> Any:
            return self.update({"gone": True}, cond, doc_ids)

    return Hiding


def stamping(base: Any) -> Any:
    class Stamping(base):  # type: ignore[misc]
        """Stamps each document that is written."""

        def _update_table(self, updater: Any) -> None:
            def stamped(table: Any) -> None:
                updater(table)
                for key, row in table.items():
                    row.setdefault("stamp", [str(key)])

            super()._update_table(stamped)

    return Stamping


@pytest.mark.parametrize("extended", [typed, by_text, hiding, stamping])
def test_a_table_class_of_ones_own_works(tmp_path: Path, extended: Callable[[Any], Any]) -> None:
    class Stock(TinyDB):
        table_class = extended(Table)

    class Ours(KamDB):
        table_class = extended(KamTable)

    class Plain(KamDB):
        table_class = extended(Table)

    deeds: list[Deed] = [
        lambda db: db.insert({"a": 1, "name": "x"}),
        lambda db: db.insert_multiple([{"a": 2, "name": "x"}, {"a": 3}]),
        lambda db: db.update({"seen": True}, where("a") < 3),
        lambda db: db.remove(where("a") == 2),
        lambda db: db.search(where("name") == "x"),
        lambda db: db.get(where("name") == "x"),
        lambda db: db.get(doc_ids=[1, 2, 3]),
        lambda db: len(db),
        lambda db: [(type(row), type(row.doc_id)) for row in (*db, *db.search(where("name") == "x"))],
        lambda db: [type(key) for key in db.update({"b": 1})],
        lambda db: db.truncate(),
        lambda db: db.all(),
    ]
    ours, plain = Ours(str(tmp_path / "ours")), Plain(str(tmp_path / "plain"))
    with Stock(str(tmp_path / "stock.json")) as stock:
        for number, deed in enumerate(deeds):
            wanted = outcome(deed, stock)
            assert (outcome(deed, ours), outcome(deed, plain)) == (wanted, wanted), number


def test_a_book_may_lie_under_tinydbs_own_middleware(tmp_path: Path) -> None:
    folder, caching = str(tmp_path / "book"), cast(Any, CachingMiddleware)
    with TinyDB(folder, storage=caching(JournalStorage)) as db:
        db.insert_multiple([{"a": 1}, {"a": 2}])
        assert db.update({"b": 1}, where("a") == 2) == [2]
        assert KamDB(folder).all() == []
    assert KamDB(folder).all() == [{"a": 1}, {"a": 2, "b": 1}]
