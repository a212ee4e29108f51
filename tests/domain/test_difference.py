from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import account, activity, contact, reminder
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.change import SCHEMAS, Edit, Record, add
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.difference import DEEDS, Difference, deed_of, differences
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.reminder import Occurrence

NAMES = {"a-acme": "Acme Oy", "a-beta": "Beta Oy", "c-bo": "Bo Ek"}
LIISA = contact("Liisa", account_id="a-acme", phones=(Labeled("123", "mobile"),))


def naming(_table: str, record_id: str) -> str:
    return NAMES.get(record_id, record_id)


def told(edit: Edit) -> dict[str, tuple[str, str]]:
    return {each.label: (each.before, each.after) for each in differences(edit, naming)}


def test_the_fields_that_changed_are_told_as_a_person_reads_them() -> None:
    moved = replace(LIISA, account_id="a-beta", phones=(Labeled("456"),), birthday=PartialDate(None, 4, 12))
    assert told(Edit(LIISA, moved)) == {
        "Account": ("Acme Oy", "Beta Oy"),
        "Phones": ("mobile: 123", "456"),
        "Birthday": ("", "--04-12"),
    }


def test_what_is_usual_is_told_where_it_changed() -> None:
    acme = account("Acme Oy")
    assert told(Edit(acme, replace(acme, tier="key", archived=True))) == {
        "Tier": ("standard", "key"),
        "Archived": ("no", "yes"),
    }


def test_of_a_new_record_all_that_says_something_is_told() -> None:
    assert told(add(LIISA)) == {
        "Name": ("", "Liisa"), "Account": ("", "Acme Oy"), "Phones": ("", "mobile: 123"),
    }  # fmt: skip


def test_of_a_record_that_is_gone_what_it_held_is_told() -> None:
    met = activity("Met", contact_ids=("c-bo", "c-gone"), because="birthday:c-bo:2026-11-24")
    assert told(Edit(met, None)) == {
        "Kind": ("call", ""), "When": ("2026-11-18", ""), "People": ("Bo Ek; c-gone", ""),
        "Text": ("Met", ""), "Because of": ("birthday:c-bo:2026-11-24", ""),
    }  # fmt: skip


def test_what_no_field_knows_is_told_by_its_key() -> None:
    before = replace(LIISA, extra={"Region": "North", "Score": 3, "\x1b[2Jold": ""})
    after = replace(LIISA, extra={"Region": "South", "Score": 3, "list": ["Ä", 1]})
    assert told(Edit(before, after)) == {
        "Region": ("North", "South"),
        "old": ("", ""),
        "list": ("", '["Ä", 1]'),
    }


def test_names_that_are_the_same_do_not_hide_a_change() -> None:
    moved = Edit(LIISA, replace(LIISA, account_id="a-acme2"))
    assert [each.field for each in differences(moved, lambda _table, _id: "Acme Oy")] == ["account_id"]


@pytest.mark.parametrize(
    "record",
    [
        account(sources=("hubspot:1",), dates_since=date(2026, 1, 1)),
        LIISA,
        activity(),
        reminder(rule="FREQ=WEEKLY"),
        Occurrence("birthday:c-bo:2026-11-24", date(2026, 11, 20), "done"),
        Erasure("x-1", date(2026, 11, 20), "ab", ("cd",)),
    ],
    ids=lambda record: type(record).__name__,
)
def test_every_field_that_is_told_has_a_label_in_plain_words(record: Record) -> None:
    (schema,) = [each for each in SCHEMAS.values() if isinstance(record, each.record)]
    found = differences(add(record), naming)
    assert found
    assert not [each.label for each in found if "_" in each.label or each.label[:1].islower()]
    assert {each.field for each in found} <= set(schema.fields)


def test_an_edit_adds_changes_or_removes() -> None:
    deeds = [deed_of(edit) for edit in (add(LIISA), Edit(LIISA, replace(LIISA, name="L")), Edit(LIISA, None))]
    assert deeds == list(DEEDS) == ["added", "changed", "removed"]


LONG = "Talked about the spring order at length with everybody at the plant, and she wants a firm "


@pytest.mark.parametrize(
    ("before", "after", "brief"),
    [
        ("a\nb", "c", ("a b", "c")),
        (LONG[:43] + "1", LONG[:43] + "2", (LONG[:43] + "1", LONG[:43] + "2")),
        (LONG + "date.", LONG + "price.", ("…wants a firm date.", "…wants a firm price.")),
        (LONG, LONG + "price", ("…wants a firm", "…wants a firm price")),
        ("", LONG, ("", "Talked about the spring order at length…")),
        ("x" * 99 + "1", "x" * 99 + "2", ("…" + "x" * 11 + "1", "…" + "x" * 11 + "2")),
        ("short", LONG, ("short", "Talked about the spring order at length…")),
        ("\x1b[31m[b]red", "", ("[b]red", "")),
    ],
)
def test_long_values_are_cut_so_that_what_differs_is_seen(
    before: str, after: str, brief: tuple[str, str]
) -> None:
    assert Difference("text", "Text", before, after).brief(44) == brief


TEXT = st.text(st.sampled_from("abcä字 "), max_size=90)


@given(TEXT, TEXT, TEXT, st.integers(8, 60))
def test_what_differs_is_never_cut_away(same: str, one: str, other: str, limit: int) -> None:
    before, after = Difference("text", "Text", same + one, same + other).brief(limit)
    assert max(len(before), len(after)) <= limit
    assert (before == after) == ((same + one).split() == (same + other).split())
