"""TinyDB's documentation page after page, done with a book and with a file of stock TinyDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from stock_kit import Deed, same
from tinydb import Query, where
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as become
from tinydb.table import Document

User: Any = Query()


def test_getting_started(tmp_path: Path) -> None:
    same(
        tmp_path,
        lambda db: db.insert({"type": "apple", "count": 7}),
        lambda db: db.insert({"type": "peach", "count": 3}),
        lambda db: db.all(),
        lambda db: list(db),
        lambda db: str(db.all()),
        lambda db: db.search(User.type == "peach"),
        lambda db: db.search(User["count"] > 5),
        lambda db: db.update({"count": 10}, User.type == "apple"),
        lambda db: db.search(lambda row: row.get("count") == 10),
        lambda db: db.remove(User["count"] < 5),
        lambda db: db.truncate(),
        lambda db: db.all(),
    )


def test_handling_data(tmp_path: Path) -> None:
    same(
        tmp_path,
        lambda db: db.insert_multiple([{"name": "John", "age": 22}, {"name": "John", "age": 37}]),
        lambda db: db.insert_multiple({"int": 1, "value": i} for i in range(2)),
        lambda db: db.insert(Document({"name": "John", "age": 22}, doc_id=12)),
        lambda db: db.insert(Document({"name": "John"}, doc_id=12)),
        lambda db: db.insert_multiple([Document({"a": 1}, doc_id=13), Document({"name": "Jane"}, doc_id=14)]),
        lambda db: db.insert_multiple([{"a": 1}, Document({"name": "Jim"}, doc_id=12)]),
        lambda db: db.update({"foo": "bar"}),
        lambda db: db.update(delete("age"), User.name == "John"),
        lambda db: db.update(delete("age"), User.name == "John"),
        lambda db: db.update(increment("value"), where("value").exists()),
        lambda db: db.update(decrement("value"), doc_ids=[3, 4, 99]),
        lambda db: db.update(cast(Any, add)("name", "!"), User.name == "Jane"),
        lambda db: db.update(add("value", 1.5), doc_ids=(each for each in (3, 4))),
        lambda db: db.update(subtract("int", 2), where("int") == 1),
        lambda db: db.update(become("new", [1, {"a": None}]), where("int") == -1),
        lambda db: db.update(lambda row: row.clear(), doc_ids=[13]),
        lambda db: db.update_multiple([({"int": 2}, where("int") == -1), (delete("int"), where("int") == 2)]),
        lambda db: db.upsert({"name": "Ann", "in": True}, User.name == "Ann"),
        lambda db: db.upsert({"name": "Ann", "in": False}, User.name == "Ann"),
        lambda db: db.upsert(Document({"in": True}, doc_id=12)),
        lambda db: db.upsert(Document({"in": True}, doc_id=40)),
        lambda db: db.upsert(Document({"in": 1}, doc_id=41), User.name == "Ann"),
        lambda db: db.upsert({"in": True}),
        lambda db: len(db),
        lambda db: [db.get(User.name == name) for name in ("John", "Bobby")],
        lambda db: [db.contains(User.name == name) for name in ("John", "Bobby")],
        lambda db: db.count(User.name == "John"),
        lambda db: [each.doc_id for each in (db.all()[0], db.all()[-1], db.get(User.name == "Ann"))],
        lambda db: db.update({"value": 2}, doc_ids=[1, 2, 1]),
        lambda db: [db.contains(doc_id=1), db.contains(doc_id=77), db.get(doc_id=3), db.get(doc_id=77)],
        lambda db: db.get(doc_ids=[2, 1, 77]),
        lambda db: db.get(User.name == "Ann", doc_id=1),
        lambda db: db.get(User.name == "Ann", None, [1]),
        lambda db: db.remove(doc_ids=[1, 2, 77]),
        lambda db: db.remove(User.name == "Ann", doc_ids=[3]),
        lambda db: db.insert({"name": "last"}),
    )


def test_tables_and_the_default_one(tmp_path: Path) -> None:
    same(
        tmp_path,
        lambda db: db.tables(),
        lambda db: db.table("table_name").insert({"value": True}),
        lambda db: [list(db.table("table_name")), db.table("table_name").name],
        lambda db: db.tables(),
        lambda db: db.table("table_name") is db.table("table_name", cache_size=3),
        lambda db: db.table("table_name").storage is db.storage,
        lambda db: db.drop_table("table_name"),
        lambda db: db.tables(),
        lambda db: db.table("table_name").insert({"value": False}),
        lambda db: db.drop_table("never there"),
        *(
            lambda db, name=name: db.table(name).insert({"n": name})
            for name in ("a/b", "..", "ä", "\n", "A", "a")
        ),
        lambda db: db.drop_table("A"),
        lambda db: setattr(db, "default_table_name", "my-default"),
        lambda db: db.insert({"q": 1}),
        lambda db: db.tables(),
        lambda db: db.drop_tables(),
        lambda db: db.tables(),
    )


def looked(deed: Deed, size: int | None = 10) -> Deed:
    """How often a table's documents are looked at while something is done with it and a query."""

    def count(db: Any) -> Any:
        seen: Any = []
        table = db.table("looked", cache_size=size)
        table.insert({"n": 1})
        query = where("n").test(lambda number: seen.append(number) or True)
        return [deed((table, query)), len(seen), len(table._query_cache)]

    return count


@pytest.mark.parametrize("size", [10, 1, 0, None])
def test_query_caching(tmp_path: Path, size: int | None) -> None:
    same(
        tmp_path,
        looked(lambda it: [it[0].search(it[1]), it[0].search(it[1]), it[0].count(it[1])], size),
        looked(lambda it: [it[0].search(it[1]), it[0].clear_cache(), it[0].search(it[1])], size),
        looked(lambda it: [it[0].search(it[1]), it[0].insert({"n": 2}), it[0].search(it[1])], size),
        looked(lambda it: [it[0].search(it[1] & (where("n") > i)) for i in (0, 0, 1, 2, 0)], size),
        looked(lambda it: [it[0].search(where("n") == i) for i in range(12)], size),
        looked(lambda it: [it[0].search(where("n") == f"{i}") for i in range(12)], size),
        looked(
            lambda it: [it[0].search(where("n").map(str) == "1"), it[0].search(where("n").map(int) == 2)],
            size,
        ),
        looked(lambda it: [it[0].search(it[1].__call__) for _time in range(2)], size),
    )


WRONG: list[Any] = ["x", [1], {1: 2}.keys(), [("a", 1)], b"x", 5]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_wrong_argument_is_refused_alike_and_changes_nothing(tmp_path: Path, wrong: Any) -> None:
    same(
        tmp_path,
        lambda db: db.insert(wrong),
        lambda db: db.insert_multiple(wrong),
        lambda db: db.insert_multiple([{"ok": 1}, wrong]),
        lambda db: db.update(wrong, doc_ids=[1]),
        lambda db: db.upsert(wrong, where("age") == 22),
        lambda db: db.upsert(wrong, where("age") == 99),
        lambda db: db.search(wrong),
        lambda db: db.get(wrong),
        lambda db: db.remove(wrong),
        lambda db: db.update_multiple([(wrong, where("age") == 22)]),
        lambda db: db.update_multiple([({"x": 1}, wrong)]),
        lambda db: db.get(),
        lambda db: db.contains(),
        lambda db: db.remove(),
        lambda db: db.search(),
        lambda db: db.no_such_call(),
        lambda db: db.table("x", no_such=wrong),
        lambda db: db.update(increment("name")),
        start=[{"name": "John", "age": 22}, {"name": "Jane", "age": 37}],
    )
