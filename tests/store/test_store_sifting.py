"""Sifting finds what going through all documents finds, and reads little of the rest."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from kam_tui.store import sifting
from kam_tui.store.database import KamDB
from kam_tui.store.layout import key_of
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.sifting import text_of
from kam_tui.store.storage import JournalStorage
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)

TEXTS = [
    "a",
    "b",
    "",
    " ",
    "a/b",
    'say "a"',
    "back\\slash",
    "ä",
    "a\nb",
    "\x1f",
    "𝄞",
    "null",
    "1",
    "text",
    "\ud83d",
]
VALUES: list[Any] = [*TEXTS, 1, 1.0, True, None, ["a"], [], {"text": "a"}, {"deep": {"text": "ä"}}]
QUERIES: list[Any] = [
    *(where("text") == text for text in TEXTS),
    *(where("text") == value for value in (1, 1.0, True, None, ["a"], {"text": "a"}, [])),
    *(where("text").text == text for text in ("a", "ä")),
    *(Query().text.deep.text == text for text in ("a", "ä")),
    Query().text.map(str) == "1",
    where("other") == "a",
    (where("text") == "a") & (where("other") == "b"),
    (where("text") == "a") | (where("other") == "b"),
    ~(where("text") == "a"),
    where("text") != "a",
    where("text").one_of(["a", "b"]),
    where("text").search("a"),
    Query().fragment({"text": "a"}),
]

documents = st.dictionaries(st.sampled_from(["text", "other", "a"]), st.sampled_from(VALUES), max_size=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 9), documents),
        st.tuples(st.just("remove"), st.integers(1, 9), st.none()),
        st.tuples(st.just("compact"), st.none(), st.none()),
    ),
    max_size=12,
)


def act(db: TinyDB, key: int, document: dict[str, Any] | None) -> None:
    if document is None:
        db.remove(doc_ids=[key])
    elif db.contains(doc_id=key):
        db.update(lambda row: (row.clear(), row.update(document)), doc_ids=[key])
    else:
        db.insert(Document(document, key))


def agree(db: TinyDB, stock: TinyDB) -> None:
    for query in QUERIES:
        found = {row.doc_id: dict(row) for row in db.search(query)}
        assert found == {row.doc_id: dict(row) for row in stock.search(query)}, query
        assert [row.doc_id for row in db.search(query)] == [row.doc_id for row in db if query(row)]
        first: Any = db.get(query)
        assert (None if first is None else first.doc_id) == next(iter(found), None)
        assert db.contains(query) == bool(found)


@settings(max_examples=40, deadline=None)
@given(steps, steps)
@example([("put", n, {"text": "a"}) for n in (3, 1)] + [("compact", None, None)], [("put", 2, {"text": "a"})])
@example(
    [("put", 1, {"text": "a"}), ("compact", None, None), ("put", 1, {"text": "b"})], [("remove", 1, None)]
)
def test_any_query_finds_what_it_finds_in_stock_tinydb(
    tmp_path_factory: pytest.TempPathFactory, written: list[Any], staged: list[Any]
) -> None:
    store = Store(str(tmp_path_factory.mktemp("db") / "book"))
    stock = TinyDB(storage=MemoryStorage)
    for what, key, document in written:
        if what == "compact":
            store.compact()
        else:
            act(store.database, key, document)
            act(stock, key, document)
    agree(Store(store.folder).database, stock)
    with suppress(ZeroDivisionError), store.database.transaction():
        for what, key, document in staged:
            if what != "compact":
                act(store.database, key, document)
                act(stock, key, document)
        agree(store.database, stock)
        raise ZeroDivisionError


@pytest.fixture
def db(store: Store) -> KamDB:
    store.database.insert_multiple({"n": n, "text": f"text {n}"} for n in range(1000))
    store.compact()
    return Store(store.folder).database


def test_a_text_is_found_without_going_through_all(db: KamDB, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JournalStorage, "loaded", lambda *_: pytest.fail("loaded"))
    asked: list[int] = []
    query = where("text") == "text 77"

    def ask(row: Any) -> bool:
        asked.append(row["n"])
        return bool(query(row))

    assert [row["n"] for row in db.search(QueryInstance(ask, query._hash))] == [77]
    assert db.count(query) == 1
    assert asked == [77]
    found: Any = db.get(where("text") == "text 5")
    assert found.doc_id == 6
    assert not db.contains(where("text") == "text 7777")
    assert db.search(where("text") == "nowhere") == []


def test_where_many_hold_a_text_all_are_gone_through(db: KamDB, monkeypatch: pytest.MonkeyPatch) -> None:
    db.update({"kind": "note"})
    monkeypatch.setattr(sifting, "MOST", 10)
    Store(db.rows.folder.path).compact()
    assert db.count(where("kind") == "note") == 1000
    assert db.rows.rows("_default").sifted(where("kind") == "note") is None


def test_what_is_found_is_remembered_and_the_callers_own(db: KamDB) -> None:
    query = where("text") == "text 7"
    db.search(query)[0]["text"] = "spoilt"
    first: Any = db.get(query)
    first["text"] = "spoilt"
    assert db.search(query) == [{"n": 7, "text": "text 7"}]
    assert db.table("_default", cache_size=0).search(query) == [{"n": 7, "text": "text 7"}]


def test_a_table_that_somebody_spelt_otherwise_is_read(db: KamDB) -> None:
    path = Path(db.rows.folder.path) / "_default.json"
    for old, new in (
        ('"text 10"}', r'"\u0074 10"}'),  # of another size: it is put in order as it is read
        ('"n":100,"text":"text 100"', r'"n":100,"text":"a\/b 1"'.ljust(24)),
        ('"n":999,"text":"text 999"', r'"n":999,"text":"\u00e4ä"'),
    ):
        path.write_text(path.read_text().replace(old, new))
        db = KamDB(db.rows.folder.path)
        wanted = json.loads(path.read_text())["_default"]
        for text in {row["text"] for row in wanted.values()} & {"t 10", "a/b 1", "ää", "text 9"}:
            query = where("text") == text
            assert db.search(query) == [row for row in wanted.values() if row["text"] == text] != []
    assert {"t 10", "a/b 1", "ää"} <= {row["text"] for row in wanted.values()}


def test_a_table_of_an_older_schema_is_gone_through(db: KamDB, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(db.rows.folder.path) / "_default.json"
    path.write_text(path.read_text().replace(f'"schema":{SCHEMA}', f'"schema":{SCHEMA - 1}'))
    assert KamDB(str(path.parent)).rows.rows("_default").sifted(where("text") == "text 7") is None
    assert len(KamDB(str(path.parent)).search(where("text") == "text 7")) == 1


def test_records_are_found_by_what_they_hold(store: Store) -> None:
    accounts = store.database.table("accounts")
    accounts.insert_multiple(
        {"id": f"a-{n}", "created": "2026-01-01", "name": f"Firm {n % 3}", "city": "Åbo"} for n in range(9)
    )
    store.compact()
    accounts.update({"name": "Firm 1"}, doc_ids=[key_of("a-0")])
    found = accounts.search(where("name") == "Firm 1")
    assert {row["id"] for row in found} == {"a-0", "a-1", "a-4", "a-7"}
    assert [row.doc_id for row in found] == sorted(row.doc_id for row in found)


def test_only_a_query_for_one_text_tells_which(store: Store) -> None:
    class Own(str):
        __slots__ = ()

    told = {text_of(query) for query in QUERIES[: len(TEXTS)]}
    assert told == set(TEXTS)
    assert text_of(Query().a.b == "deep") == "deep"
    assert {text_of(query) for query in QUERIES[-9:]} == {"a", ""}
    others = (where("a") == Own("x"), Query().a.map(str) == "x", Query().noop(), None, lambda _row: True)
    assert not any(map(text_of, others))
    assert store.database.search(where("a") == Own("x")) == []
