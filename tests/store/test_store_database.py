"""TinyDB's own calls on the book's database: the documented results, one change for each call."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from builders import account
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import on_disk, put
from tinydb import Query, TinyDB, where
from tinydb.operations import increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from kam_tui.domain.errors import Invalid
from kam_tui.store.database import KamDB, KamTable
from kam_tui.store.layout import key_of
from kam_tui.store.storage import JournalStorage
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)

Row = dict[str, Any]
ACME: Row = {"id": "a-1", "created": "2026-01-01", "name": "Acme"}


@pytest.fixture
def db(store: Store) -> KamDB:
    return store.database


def rows(db: TinyDB, table: str) -> dict[int, Row]:
    return {row.doc_id: dict(row) for row in db.table(table)}


def lines(folder: Path) -> int:
    return (folder / "journal.jsonl").read_bytes().count(b"\n") - 1


def test_the_tour_of_the_documentation_gives_its_results(db: KamDB) -> None:
    assert db.insert({"name": "John", "age": 22}) == 1
    assert db.insert_multiple([{"name": "Jane", "age": 30}, {"name": "Bob", "age": 22}]) == [2, 3]
    user = Query()
    assert [row["name"] for row in db.search(user.age == 22)] == ["John", "Bob"]
    assert db.update({"age": 23}, user.name == "John") == [1]
    assert db.update(increment("age"), user.name == "Bob") == [3]
    assert db.count(where("age") == 23) == 2
    assert db.upsert({"name": "Ann", "age": 1}, user.name == "Ann") == [4]
    assert db.upsert({"name": "Ann", "age": 2}, user.name == "Ann") == [4]
    assert db.upsert(Document({"name": "Cy"}, 9)) == [9]
    assert db.update_multiple([({"age": 0}, user.name == "Ann"), ({"age": 5}, user.name == "Cy")]) == [4, 9]
    assert db.contains(user.name == "Cy")
    assert not db.contains(doc_id=77)
    assert db.get(doc_id=9) == {"name": "Cy", "age": 5}
    assert [row.doc_id for row in db.get(doc_ids=[1, 9])] == [1, 9]
    assert db.remove(user.age > 20) == [1, 2, 3]
    assert len(db) == 2
    assert db.insert({"x": 1}) == 10
    db.truncate()
    assert db.all() == []
    assert db.tables() == set()


def test_each_call_is_one_line_and_several_can_be_one(db: KamDB, folder: Path) -> None:
    db.insert_multiple({"n": n} for n in range(50))
    assert lines(folder) == 1
    with db.transaction("anna@script"):
        db.table("one").insert({"a": 1})
        db.table("two").insert({"b": 2})
        assert len(db.table("one")) == 1
        db.update({"seen": True}, where("n") < 3)
    assert lines(folder) == 2
    db.update({"seen": True}, where("n") < 3)
    db.update({"a": 1})
    assert lines(folder) == 3
    newest = next(Store(str(folder)).history())
    assert newest.change.summary == "Changed 50 documents in _default"


def test_a_call_that_fails_changes_nothing(db: KamDB, folder: Path) -> None:
    db.insert_multiple([{"n": 1, "deep": {"list": [1]}}, {"n": 2}, {"m": 3}])
    before, raw = copy.deepcopy(rows(db, "_default")), (folder / "journal.jsonl").read_bytes()

    def spoil(row: Any) -> None:
        row.get("deep", {}).get("list", []).append(9)
        row["n"] += 1

    def some() -> Iterator[Row]:
        yield {"n": 4}
        raise RuntimeError("no more")

    with pytest.raises(KeyError):
        db.update(spoil)
    with pytest.raises(RuntimeError):
        db.insert_multiple(some())
    with pytest.raises(ValueError, match="already exists"):
        db.insert_multiple([{"n": 7}, Document({"n": 8}, 1)])
    with pytest.raises(TypeError):
        db.insert({"n": {1, 2}})
    with pytest.raises(ZeroDivisionError), db.transaction():
        db.insert({"n": db.remove(doc_ids=[1])[0] // 0})
    assert rows(db, "_default") == before
    assert (folder / "journal.jsonl").read_bytes() == raw


def test_what_is_returned_or_was_given_is_the_callers_own(db: KamDB) -> None:
    mine: Row = {"list": [1], "deep": {"a": [2]}}
    db.insert(mine)
    mine["list"].append(99)
    for found in (db.all()[0], db.search(where("list").exists())[0], db.get(doc_id=1), next(iter(db))):
        assert found is not None
        assert found == {"list": [1], "deep": {"a": [2]}}
        found["list"].append(5)
        found["deep"]["a"].append(5)
    assert db.all() == [{"list": [1], "deep": {"a": [2]}}]


def test_what_is_given_counts_as_it_is_at_the_call(db: KamDB, folder: Path) -> None:
    mine: Row = {"list": [1], "deep": {"a": (2, 3)}, "by": {7: None}}
    with db.transaction():
        db.insert(mine)
        mine["list"].append(99)
        assert db.all() == [{"list": [1], "deep": {"a": [2, 3]}, "by": {"7": None}}]
        db.update({"more": mine["list"]})
        mine["list"].clear()
    wanted = [{"list": [1], "deep": {"a": [2, 3]}, "by": {"7": None}, "more": [1, 99]}]
    assert db.all() == wanted
    assert db.get(doc_id=1) == wanted[0]
    assert KamDB(str(folder)).all() == wanted


def test_of_a_call_that_fails_within_a_transaction_nothing_stays(db: KamDB) -> None:
    with db.transaction():
        db.insert({"n": 1})
        with pytest.raises(TypeError):
            db.insert_multiple([{"n": 2}, {"n": {3}}])
        with pytest.raises(TypeError):
            db.update({"n": {3}})
        assert db.all() == [{"n": 1}]
    assert db.all() == [{"n": 1}]


def test_what_holds_itself_is_refused(db: KamDB, folder: Path) -> None:
    odd: Row = {}
    odd["odd"] = [odd]
    with pytest.raises(ValueError, match="it holds itself"):
        db.insert(odd)
    assert not (folder / "journal.jsonl").exists()


def test_two_databases_on_one_book_see_each_others_rows_and_share_no_id(folder: Path) -> None:
    one, two = KamDB(str(folder)), KamDB(str(folder))
    ids = [db.insert({"n": n}) for n in range(6) for db in (one, two)]
    assert ids == list(range(1, 13))
    assert one.all() == two.all()
    two.remove(where("n") < 5)
    assert len(one) == 2
    assert one.insert_multiple([{"n": 1}]) == [13]


def test_asking_for_a_table_with_persist_empty_does_not_empty_it(db: KamDB, folder: Path) -> None:
    db.table("kept").insert({"a": 1})
    assert len(KamDB(str(folder)).table("kept", persist_empty=True)) == 1


def test_a_query_sees_what_another_process_wrote(db: KamDB, folder: Path) -> None:
    query = where("n") == 1
    assert db.search(query) == []
    KamDB(str(folder)).insert({"n": 1})
    assert db.search(query) == [{"n": 1}]


def test_a_query_looks_again_only_after_somebody_has_written(db: KamDB, folder: Path) -> None:
    looked: list[int] = []

    def matches(number: Any) -> bool:
        looked.append(number)
        return bool(number > 0)

    query = where("n").test(matches)
    db.insert_multiple([{"n": 0}, {"n": 1}])
    for _time in range(3):
        assert db.search(query) == [{"n": 1}]
        assert db.count(query) == 1
    assert looked == [0, 1]
    KamDB(str(folder)).insert({"n": 2})
    assert db.count(query) == 2
    with suppress(ZeroDivisionError), db.transaction():
        db.insert({"n": 3})
        assert db.count(query) == 3
        raise ZeroDivisionError
    assert db.count(query) == 2
    assert db.table("small", cache_size=0).search(query) == []


def test_a_query_that_writes_is_not_remembered(db: KamDB) -> None:
    db.insert_multiple([{"n": 1}, {"n": 2}])
    inner = where("n") > 0

    def matches(number: Any) -> bool:
        if len(db) < 3:
            db.insert({"n": 3})
            db.search(inner)
        return True

    query = where("n").test(matches)
    assert len(db.search(query)) == 2
    assert len(db.search(query)) == len(db.search(inner)) == 3


def test_a_table_may_be_changed_while_somebody_goes_through_it(db: KamDB) -> None:
    db.insert_multiple({"n": n} for n in range(4))
    for row in db:
        assert db.remove(doc_ids=[row.doc_id]) == [row.doc_id]
        db.insert({"n": row["n"] + 10})
        db.update({"seen": True})
        assert "seen" not in row
        assert len(db) == 4
    assert sorted(row["n"] for row in db) == [10, 11, 12, 13]


def test_a_class_of_ones_own_for_documents_is_used(folder: Path) -> None:
    class Own(Document):
        pass

    class OwnTable(KamTable):
        document_class = Own

    class OwnDB(KamDB):
        table_class = OwnTable

    db = OwnDB(str(folder))
    assert db.insert({"n": 1}) == 1
    assert db.insert(Own({"n": 2}, 7)) == 7
    assert db.table("accounts").insert(ACME) == key_of("a-1")
    found = [db.all()[0], db.get(doc_id=7), db.get(where("n") == 1), *db.search(where("n") == 2), *db]
    assert {type(row) for row in (*found, *db.get(doc_ids=[1]))} == {Own}


@pytest.mark.parametrize("key", [-5, 10**18])
def test_a_key_that_no_table_file_can_hold_is_refused(store: Store, db: KamDB, key: int) -> None:
    with pytest.raises(Invalid, match=f"a key is a whole number from 0 to 9+, not {key}"):
        db.insert(Document({"n": 1}, key))
    assert db.insert(Document({"n": 1}, 10**18 - 1)) == 10**18 - 1
    assert db.insert(Document({"n": 0}, 0)) == 0
    store.compact()
    assert [row.doc_id for row in db] == [0, 10**18 - 1]
    with pytest.raises(Invalid):
        db.insert({"n": 2})


@pytest.mark.parametrize("name", ["", "_meta", "x" * 196, "€" * 22])
def test_a_table_that_no_file_can_be_called_after_is_refused(store: Store, db: KamDB, name: str) -> None:
    with pytest.raises(Invalid, match="A table of a book cannot be called"):
        db.table(name).insert({"n": 1})
    db.table("x" * 195).insert({"n": 1})
    assert store.compact()
    assert Store(store.folder).database.tables() == {"x" * 195}


def test_dropping_tables_is_a_change_like_any_other(db: KamDB, folder: Path) -> None:
    db.table("one").insert({"a": 1})
    db.table("two").insert({"a": 1})
    db.drop_table("one")
    assert db.tables() == {"two"}
    db.drop_table("never there")
    db.table("one").insert({"a": 2})
    count = lines(folder)
    db.drop_tables()
    assert db.tables() == set()
    assert lines(folder) == count + 1


def test_rows_of_the_book_are_reached_by_key_without_loading_their_table(
    store: Store, db: KamDB, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.table("accounts").insert_multiple(ACME | {"id": f"a-{n}"} for n in range(100))
    store.compact()
    fresh = KamDB(str(folder))
    monkeypatch.setattr(JournalStorage, "loaded", lambda *_: pytest.fail("loaded"))
    table = fresh.table("accounts")
    key = key_of("a-42")
    assert table.get(doc_id=key) == ACME | {"id": "a-42"}
    assert table.contains(doc_id=key)
    assert not table.contains(doc_id=12345)
    assert table.update({"city": "Oulu"}, doc_ids=[key]) == [key]
    assert table.remove(doc_ids=[key_of("a-43"), 5]) == [key_of("a-43")]
    assert table.insert(ACME | {"id": "a-new"}) == key_of("a-new")
    with pytest.raises(ValueError, match="already exists"):
        table.insert(ACME | {"id": "a-44"})
    monkeypatch.undo()
    found = on_disk(folder)["accounts"]
    assert len(found) == 100
    assert found["a-42"] == account("Acme", "a-42", city="Oulu", created=found["a-42"].created)


def test_rows_that_would_make_the_book_unreadable_are_refused(db: KamDB, folder: Path) -> None:
    db.table("accounts").insert(ACME)
    before = (folder / "journal.jsonl").read_bytes()
    for odd in (
        {"name": "No id"},
        ACME | {"id": "a-2", "created": "yesterday"},
        Document(ACME | {"id": "a-3"}, 5),
        ACME | {"id": "a-4", "tags": "not a list"},
    ):
        with pytest.raises(Invalid):
            db.table("accounts").insert(odd)
    with pytest.raises(Invalid):
        db.table("accounts").update({"id": "a-9"})
    with pytest.raises(Invalid):
        db.table("_meta").insert({"a": 1})
    assert (folder / "journal.jsonl").read_bytes() == before


def test_what_tinydb_writes_the_store_reads_and_the_other_way_round(store: Store, db: KamDB) -> None:
    book = store.read()
    db.table("accounts").insert(ACME)
    assert store.refresh(book).accounts["a-1"].name == "Acme"
    put(store, account("Beta", "a-2"))
    assert {row["name"] for row in db.table("accounts")} == {"Acme", "Beta"}
    newest, oldest = store.history()
    assert oldest.by == "tinydb"
    assert oldest.at.tzinfo is not None
    assert newest.at != oldest.at


def test_a_stock_tinydb_works_on_the_storage_alone(folder: Path) -> None:
    with TinyDB(str(folder), storage=JournalStorage) as stock:
        assert stock.insert_multiple([{"a": 1}, {"a": [2]}]) == [1, 2]
        assert stock.update({"b": 1}, where("a") == 1) == [1]
        stock.table("other").insert({"c": 3})
        stock.drop_table("other")
        assert stock.tables() == {"_default"}
    assert KamDB(str(folder)).all() == [{"a": 1, "b": 1}, {"a": [2]}]


def test_a_thread_neither_joins_nor_sees_another_threads_transaction(db: KamDB, folder: Path) -> None:
    seen: list[int] = []

    def count_and_insert() -> None:
        seen.append(len(db))
        db.insert({"other": 1})

    with db.transaction():
        db.insert({"mine": 1})
        other = threading.Thread(target=count_and_insert)
        other.start()
        other.join(0.05)
        assert seen == []
    other.join(5)
    assert seen == [1]
    assert lines(folder) == 2


CALLS: list[Callable[[Any, int, int], Any]] = [
    lambda t, a, b: t.insert({"a": a, "b": [b]}),
    lambda t, a, b: t.insert(Document({"a": a}, b + 1)),
    lambda t, a, b: t.insert_multiple([{"a": a}, {"a": b, "deep": {"x": None}}]),
    lambda t, a, b: t.update({"b": b}, where("a") == a),
    lambda t, a, b: t.update({"c": [a, b]}, doc_ids=[a, b, 99]),
    lambda t, a, _b: t.update(increment("a"), where("a") < a),
    lambda t, _a, _b: t.update(lambda row: row["b"].append(0)),
    lambda t, a, b: t.upsert({"a": a, "u": b}, where("a") == a),
    lambda t, a, b: t.upsert(Document({"u": a}, b + 1)),
    lambda t, a, b: t.update_multiple([({"m": a}, where("a") == a), ({"m": b}, where("a") == b)]),
    lambda t, a, _b: t.remove(where("a") == a),
    lambda t, a, b: t.remove(doc_ids=[a, b]),
    lambda t, _a, _b: t.truncate(),
    lambda t, a, _b: t.search(where("a") >= a),
    lambda t, a, _b: t.get(where("a") == a) is None,
    lambda t, a, b: t.get(doc_ids=[a, b]),
    lambda t, a, _b: t.contains(doc_id=a),
    lambda t, a, _b: t.count(where("a") == a),
    lambda t, _a, _b: len(t),
    lambda t, _a, _b: t.insert({"a": {1}}),
    lambda t, _a, _b: t.insert([1]),
]


def outcome(call: Callable[[Any, int, int], Any], table: Any, a: int, b: int) -> Any:
    """What a call gives; the order of documents is nobody's promise."""
    try:
        found = call(table, a, b)
        return sorted(found, key=repr) if isinstance(found, list) else found
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        return type(problem)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CALLS),
            st.integers(0, 5),
            st.integers(0, 5),
            st.sampled_from(["", "compact", "reopen"]),
        ),
        max_size=25,
    )
)
def test_any_calls_give_what_stock_tinydb_gives(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[Any, int, int, str]]
) -> None:
    folder = str(tmp_path_factory.mktemp("db") / "book")
    store = Store(folder)
    stock = TinyDB(storage=CopyingStorage)
    for call, a, b, also in calls:
        wanted = outcome(call, stock.table("t"), a, b)
        assert outcome(call, store.database.table("t"), a, b) == wanted
        assert rows(store.database, "t") == rows(stock, "t")
        if also == "compact":
            store.compact()
        if also == "reopen":
            store.close()
            store, stock._tables = Store(folder), {}
    assert rows(Store(folder).database, "t") == rows(stock, "t")


class CopyingStorage(MemoryStorage):
    """Memory that forgets what a failed call did to its documents, as a file would."""

    def read(self) -> Any:
        return copy.deepcopy(super().read())

    def write(self, data: Any) -> None:
        import json

        super().write(json.loads(json.dumps(data)))
