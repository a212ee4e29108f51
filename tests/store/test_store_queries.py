"""Any query does in a book what it does in stock TinyDB."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from stock_kit import same
from tinydb import Query, where
from tinydb.operations import set as become
from tinydb.queries import QueryInstance

User: Any = Query()

TEAM: list[dict[str, Any]] = [
    {"name": "John", "age": 22, "groups": ["user"], "birthday": {"year": 1990}, "country-code": "fi"},
    {"name": "Jane", "age": 37, "groups": ["admin", "user"], "a.b": 5, "": 0, "test": 1, "map": 2},
    {"name": "José", "age": None, "groups": [], "permissions": [{"type": "read"}, {"type": "sudo"}]},
    {"name": "b\nbb", "age": 1.0, "groups": "user", "permissions": [{"type": "read"}], "foo": True},
    {"name": 7, "field": {"foo": True, "bar": False, "more": 1}, "foo": True, "bar": False, "on": 1},
    {"groups": [None, True, [1]], "deep": {"er": {"est": [1, {"x": "y"}]}}, "on": True},
    {},
]


class NotHashed:
    """A query of somebody's own of which nothing can be remembered."""

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, row: Any) -> bool:
        return "name" in row


QUERIES: dict[str, Callable[[], Any]] = {
    "nested": lambda: User.birthday.year == 1990,
    "nested by name": lambda: where("birthday")["year"] == 1990,
    "deep": lambda: User.deep.er.est == [1, {"x": "y"}],
    "odd names": lambda: (where("country-code") == "fi") | (where("a.b") == 5) | (where("") == 0),
    "names of methods": lambda: (User["test"] == 1) & (User["map"] == 2),
    "a number for a truth": lambda: User.on == True,  # noqa: E712
    "a float for a number": lambda: User.age == 1,
    "none": lambda: User.age == None,  # noqa: E711
    "not": lambda: User.name != "John",
    "a list": lambda: User.groups == ["user"],
    "a tuple": lambda: User.groups == ("user",),
    "a dict": lambda: User.birthday == {"year": 1990},
    "exists": lambda: User.name.exists(),
    "matches": lambda: User.name.matches("[aZ]*"),
    "matches, any case": lambda: User.name.matches("JOHN", flags=re.IGNORECASE),
    "search": lambda: User.name.search("b+"),
    "search, lines": lambda: User.name.search("^bb", flags=re.MULTILINE),
    "test": lambda: User.name.test(lambda name: name == "John"),
    "test with more": lambda: User.age.test(lambda age, low, high: bool(age) and low <= age <= high, 0, 23),
    "test with a list": lambda: User.name.test(lambda name, names: name in names, ["John", "Jane"]),
    "fragment": lambda: User.fragment({"foo": True, "bar": False}),
    "fragment of a field": lambda: User.field.fragment({"foo": True, "bar": False}),
    "empty fragment": lambda: User.fragment({}),
    "any of a list": lambda: User.groups.any(["admin", "sudo"]),
    "all of a list": lambda: User.groups.all(["admin", "user"]),
    "any of none": lambda: User.groups.any([]),
    "all of none": lambda: User.groups.all([]),
    "any of what cannot be hashed": lambda: User.groups.any([[1]]),
    "any by query": lambda: User.permissions.any(User.type == "sudo"),
    "all by query": lambda: User.permissions.all(User.type == "read"),
    "any by function": lambda: User.groups.any(lambda group: group is None),
    "one of": lambda: User.name.one_of(["Jane", "John", None]),
    "one of a set": lambda: User.age.one_of({22, 37}),
    "noop": lambda: User.noop(),
    "noop and": lambda: User.noop() & (User.name == "John"),
    "inverted": lambda: ~(User.name == "John"),
    "and": lambda: (User.name == "John") & (User.age <= 30),
    "or": lambda: (User.name == "John") | (User.name == "Jane"),
    "map": lambda: User.name.map(str).map(len) == 4,
    "map, then a field": lambda: User.deep.map(lambda deep: deep["er"]).est.exists(),
    "map of all": lambda: User.map(len) == 0,
    "a function": lambda: lambda row: row.get("foo") == row.get("bar"),
    "an order that there is not": lambda: User.name > "A",
    "greater": lambda: User.foo >= 1,
    "a text alone": lambda: User.name == "José",
    "a text nowhere": lambda: User.name == "Nobody",
    "no query": lambda: User,
    "no test": lambda: User.name,
    "a wrong pattern": lambda: User.name.search("("),
    "nothing that can be called": lambda: {"name": "John"},
    "one that fails": lambda: lambda row: row["name"],
    "one that cannot be hashed": NotHashed,
}
"""Each made anew, since some hold what is used up."""


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_in_every_call_that_takes_one(tmp_path: Path, name: str) -> None:
    query = QUERIES[name]
    same(
        tmp_path,
        lambda db: db.search(query()),
        lambda db: db.search(query()),
        lambda db: db.get(query()),
        lambda db: db.contains(query()),
        lambda db: db.count(query()),
        lambda db: db.update({"seen": [1]}, query()),
        lambda db: db.update_multiple([({"twice": 1}, query()), (become("twice", 2), where("twice") == 1)]),
        lambda db: db.upsert({"name": "John", "in": True}, query()),
        lambda db: db.remove(query()),
        start=TEAM,
    )


CHANGING: dict[str, Any] = {
    "a function": lambda row: row.setdefault("spoilt", 1),
    "a test": User["groups"].test(lambda groups: groups.append("x") or True),
    "a test that finds nothing": User["birthday"].test(lambda birthday: birthday.clear()),
    "a map": User["groups"].map(lambda groups: groups.clear() or 0) == 0,
    "one within others": ~((User["name"] == "x") | User["permissions"].any(lambda each: each.clear())),
    "a query that says nothing": QueryInstance(lambda row: cast(Any, row).update(spoilt=1) is None, None),
}


@pytest.mark.parametrize("name", CHANGING)
def test_what_a_query_does_to_the_documents_it_is_shown_reaches_nobody(tmp_path: Path, name: str) -> None:
    query = CHANGING[name]
    start: list[dict[str, Any]] = [
        {"groups": [1], "birthday": {"year": 1}, "permissions": [{"type": "read"}]},
        {"groups": []},
    ]
    calls = [operator.methodcaller(call, query) for call in ("search", "get", "contains", "count")]
    deeds = [lambda db: db.update({"real": 1}, doc_ids=[1]), lambda db: db.update({"more": 1}, query)]
    same(tmp_path, *calls, deeds[0], *calls, deeds[1], start=start)
