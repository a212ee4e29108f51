"""Documents decoded many at a time: the same records, and the same refusals, as one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain import decoding
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.decoding import Decoder
from kam_tui.domain.errors import Invalid
from kam_tui.domain.fields import Schema
from kam_tui.domain.text import clean, cleaner

Document = dict[str, Any]

ODD = st.text(" ab\n\tä–€é\u0301\x1b[2J\x7f\x9b\xa0\xad\u2028\u202e\u1161👍\\\"'\ud800", max_size=8)
WORD = st.sampled_from(["", "Anna", "Åke Öberg", "two  spaces", " ends ", "5 € – net", "one\ntwo", "a \n b"])
TEXT = WORD | ODD
IDS = st.sampled_from(["a-1", "c-2", "t-3", " c-4"])
MOMENTS = st.sampled_from(
    ["2026-11-24", "2020-02-29", "2026-11-24T14:00", "2026-11-24T14:00:05[Europe/Helsinki]", "1999-01-01"]
)
LABELED = st.lists(st.fixed_dictionaries({"value": TEXT}, optional={"label": TEXT}) | TEXT, max_size=2)
OCCASION = st.fixed_dictionaries({"kind": st.sampled_from(["wedding", "other"]), "on": st.just("--06-15")})
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.just(1.0) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=3,
)

USUAL: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "accounts": {
        "name": st.sampled_from(["Acme", "Åkerö Oy"]), "tier": st.sampled_from(["key", "standard"]),
        "about": TEXT, "city": TEXT, "via": IDS, "tags": st.lists(TEXT, max_size=3),
        "aliases": st.lists(TEXT, max_size=2),
        "customer_since": st.sampled_from(["2015", "2015-06", "2015-06-30"]), "phones": LABELED,
        "cadence_days": st.integers(1, 90), "archived": st.booleans(), "occasions": st.lists(OCCASION),
        "dates_since": st.just("2026-01-01"), "shoe_size": ANYTHING,
    },
    "contacts": {
        "name": st.sampled_from(["Anna", "Anna", "Liisa"]), "account_id": IDS, "emails": LABELED,
        "birthday": st.sampled_from(["1980-02-29", "--12-24", "1980"]), "cares_about": TEXT, "title": TEXT,
    },
    "activities": {
        "kind": st.sampled_from(["note", "call"]), "when": MOMENTS, "created": MOMENTS, "text": TEXT,
        "account_id": st.just("a-1"), "contact_ids": st.lists(IDS, max_size=3), "counts": st.booleans(),
        "tags": st.lists(TEXT, max_size=2), "because": TEXT,
    },
    "reminders": {
        "text": st.sampled_from(["Call", "Soita – heti"]), "due": MOMENTS, "rule": st.just("FREQ=WEEKLY"),
        "action": st.sampled_from(["call", "mail"]), "archived": st.booleans(), "extra": ANYTHING,
    },
    "occurrences": {"state": st.sampled_from(["done", "skipped", "snoozed"]), "until": MOMENTS},
}  # fmt: skip
"""What fields usually hold; `id` and `created` are added where they are not here."""

NEEDED = {
    "accounts": {"name"}, "contacts": {"name"}, "activities": {"kind", "when", "account_id"},
    "reminders": {"text", "due"}, "occurrences": {"state"},
}  # fmt: skip


def schema_of(table: str) -> Schema[Any]:
    """The schema of a table, of whatever record."""
    schema: Any = SCHEMAS[table]
    return schema  # type: ignore[no-any-return]


def documents(table: str, odd: bool) -> st.SearchStrategy[list[Document]]:
    """Some documents of a table, which may have something odd in them."""
    fields = {"id": IDS, "created": st.just("2026-01-01")} | USUAL[table]
    if table == "occurrences":
        fields["id"] = st.just("birthday:c-1:2026-11-18")
    needed = {"id", "created", *NEEDED[table]}
    usual = st.fixed_dictionaries(
        {name: fields[name] for name in needed},
        optional={name: values for name, values in fields.items() if name not in needed},
    )
    if not odd:
        return st.lists(usual, min_size=1, max_size=5)
    name = st.sampled_from(list(SCHEMAS[table].fields))
    spoilt = st.builds(lambda one, key, value: one | {key: value}, usual, name, ANYTHING)
    lacking = st.builds(lambda one, key: {k: v for k, v in one.items() if k != key}, usual, name)
    return st.lists(usual | spoilt | lacking, max_size=5)


def outcome(decode: Callable[[list[Document]], list[Any]], some: list[Document]) -> object:
    """The records, or the sentence that refuses them."""
    try:
        return decode(some)
    except Invalid as problem:
        return str(problem)


@pytest.mark.parametrize("odd", [False, True], ids=["usual", "odd"])
@pytest.mark.parametrize("table", USUAL)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_many_at_a_time_come_out_as_one_by_one(table: str, odd: bool, data: st.DataObject) -> None:
    schema = schema_of(table)
    decoder = Decoder(schema)
    for _time in range(2):
        some = data.draw(documents(table, odd))
        text = json.dumps(some, ensure_ascii=False)
        if "\ud800" in text:
            text = json.dumps(some)
        one_by_one = outcome(lambda each: list(map(schema.decode, each)), some)
        assert outcome(decoder.decode, some) == one_by_one
        at_once = outcome(partial(decoder.decode, cleaner=cleaner(text.encode(), text)), some)
        assert at_once == one_by_one
        assert repr(at_once) == repr(one_by_one)


@pytest.mark.parametrize("table", USUAL)
def test_what_is_usual_is_not_decoded_one_by_one(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = schema_of(table)
    monkeypatch.setattr(schema, "decode", lambda document: pytest.fail(f"one by one: {document}"))
    some: list[Document] = [{"id": "x-1", "created": "2026-01-01"}, {"id": "x-2", "created": "2026-01-01"}]
    fields: dict[str, Document]
    for one in some:
        fields = {
            "accounts": {"name": "Äkta", "tags": ["vip"]},
            "contacts": {"name": "Anna", "emails": [{"value": "a@b.example", "label": "work"}]},
            "activities": {"kind": "note", "when": "2026-01-01T09:00", "text": "a\nb", "contact_ids": ["c"]},
            "reminders": {"text": "Call", "due": "2026-01-01"},
            "occurrences": {"id": f"rule:{one['id']}:2026-01-01", "state": "done"},
        }
        one |= fields[table]
    some[0]["shoe_size"] = 44
    first, second = Decoder(schema).decode(some)
    assert (first.extra, second.extra) == ({"shoe_size": 44}, {})


def test_what_has_been_met_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_MOST", 2)
    met: dict[Any, Any] = {}
    for number in range(9):
        assert decoding._each_once(int, [str(number), str(number + 1)], met) == [number, number + 1]
        assert len(met) <= 4


def test_equal_values_of_many_records_are_one_value() -> None:
    text = '[{"id": "%s", "created": "2026-01-01", "name": "Anna", "account_id": "a-1"}]'
    decoder = Decoder(schema_of("contacts"))
    (one,), (other,) = (decoder.decode(json.loads(text % each)) for each in ("c-1", "c-2"))
    assert one.account_id is other.account_id
    assert one.created is other.created


def test_nothing_comes_of_nothing() -> None:
    assert Decoder(schema_of("contacts")).decode([], clean) == []
