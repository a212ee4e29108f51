"""What a document may hold and be called is what stock TinyDB gives back; the rest is refused."""

from __future__ import annotations

import enum
import math
from collections import OrderedDict, UserDict
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stock_kit import same
from tinydb import Query, where
from tinydb.operations import set as become
from tinydb.table import Document

from kam_tui.domain.errors import Invalid
from kam_tui.store.database import KamDB


class Level(enum.IntEnum):
    HIGH = 3


class Name(str):
    __slots__ = ()


class Pair(NamedTuple):
    one: int
    other: int


def nested(times: int) -> Any:
    return [nested(times - 1)] if times else {"end": None}


VALUES: list[Any] = [
    {"big": 2**70, "bigger": 10**4000, "least": 5e-324, "most": 1.7e308, "minus": -0.0, "one": 1.0},
    {"text": "ä€𝄞\u2028\x00\x1f\x7f\x85\r\n\"'\\/", "half": "\ud83d", "other half": "a\udc80"},
    {"": {"": []}, "a.b": 1, "\n": 2, '"': 3, "ä": 4, "\udc80": 5, "_default": 6, "__class__": 7},
    {"deep": nested(50), "long": "x" * 100_000},
    {"tuple": (1, (2,)), "pair": Pair(1, 2), "level": Level.HIGH, "name": Name("x"), "no": None, "yes": True},
    {"keys": {2: 2, None: 3, True: 4, 1.5: 5}, 7: 8, "twice": {1: "a", "1": "b"}},
    {"document": Document({"a": 1}, 9), "ordered": OrderedDict({"b": 1, "a": 2})},
    UserDict(a=1),
    MappingProxyType({"a": [1]}),
]
REFUSED: list[Any] = [
    *(
        {"value": each}
        for each in ({1}, b"x", 1j, date(2026, 1, 1), object(), len, UserDict(a=1), range(3), ...)
    ),
    {("a", "b"): 1},
    {"value": 10**5000},
]


@pytest.mark.parametrize("value", [*VALUES, *REFUSED], ids=lambda value: "-".join(map(repr, value))[:40])
def test_a_document_of_any_kind_is_kept_or_refused_alike(tmp_path: Path, value: Any) -> None:
    same(
        tmp_path,
        lambda db: db.insert(value),
        lambda db: db.get(doc_id=1),
        lambda db: db.search(Query().fragment(value)),
        lambda db: db.insert_multiple([{"a": 1}, value]),
        lambda db: db.update(value, where("a") == 1),
        lambda db: db.update(become("more", dict(value)), where("a") == 1),
        lambda db: db.upsert(value, where("a") == 1),
        lambda db: db.upsert(value, where("a") == 2),
        lambda db: db.update_multiple([({"b": 1}, where("a") == 1), (value, where("b") == 1)]),
    )


@pytest.mark.parametrize("value", [True, 1, 1.0, 0, False, -0.0, "1", None, [True], [1], {"a": 1.0}])
def test_a_value_that_is_only_of_another_kind_is_kept_too(tmp_path: Path, value: Any) -> None:
    same(
        tmp_path,
        lambda db: db.update({"a": value}),
        lambda db: db.upsert({"b": value}, where("b") == 1),
        lambda db: db.update_multiple([({"c": [value]}, where("c").exists())]),
        lambda db: db.storage.write({"_default": {"1": {"a": value}}}),
        start=[{"a": 1, "b": True, "c": [0]}, {"a": True, "c": [1.0]}, {"a": 0.0, "c": {"a": 1}}, {"a": [1]}],
    )


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_json_for_others_is_refused(tmp_path: Path, number: float) -> None:
    db = KamDB(str(tmp_path / "book"))
    db.insert({"a": 1})
    with pytest.raises(ValueError, match="not JSON compliant"):
        db.insert({"n": number})
    with pytest.raises(ValueError, match="not JSON compliant"):
        db.update({"n": [number]})
    assert KamDB(str(tmp_path / "book")).all() == [{"a": 1}]


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=3), values, max_size=3), max_size=4), values)
def test_any_document_comes_back_as_from_stock_tinydb(
    tmp_path_factory: pytest.TempPathFactory, documents: list[dict[str, Any]], value: Any
) -> None:
    same(
        tmp_path_factory.mktemp("any"),
        lambda db: db.insert_multiple(documents),
        lambda db: db.search(where("a") == value),
        lambda db: db.update({"a": value}, doc_ids=[1, 2]),
        lambda db: db.search(where("a") == value),
    )


@pytest.mark.parametrize("key", ["5", "05", "1_0", "+1", " 1 ", "٣", "x", "", None, 1.5, (1,), -1])
def test_what_is_no_id_finds_nothing_and_is_never_kept_as_one(tmp_path: Path, key: Any) -> None:
    db = KamDB(str(tmp_path / "book"))
    before = [db.insert({"n": n}) for n in range(4)]
    if key is not None:
        assert db.get(doc_id=key) is None
        assert not db.contains(doc_id=key)
    assert db.get(doc_ids=[key]) == db.update({"x": 1}, doc_ids=[key]) == db.remove(doc_ids=[key]) == []
    if key != "5":
        with pytest.raises(Invalid, match="a key is a whole number"):
            db.insert_multiple([{"n": 4}, Document({"n": 5}, key)])
        with pytest.raises(Invalid, match="a key is a whole number"):
            db.storage.write({"_default": {"1": {"n": 0}, key: {}}})
    assert [row.doc_id for row in KamDB(str(tmp_path / "book"))] == before


def test_an_id_told_as_text_is_the_same_id(tmp_path: Path) -> None:
    db = KamDB(str(tmp_path / "book"))
    with db.transaction():
        db.insert(Document({"n": 1}, "5"))  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="already exists"):
            db.insert(Document({"n": 2}, 5))
        assert db.update({"m": 1}, doc_ids=[5]) == [5]
    assert [(row.doc_id, dict(row)) for row in KamDB(str(tmp_path / "book"))] == [(5, {"n": 1, "m": 1})]
