"""The history as it is asked for: about a record, to a table, what takes back, one change by its number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import NOW, account, activity, contact
from store_kit import put, write

from kam_tui.domain.change import Change, Edit
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


@pytest.fixture
def told(store: Store) -> Store:
    """Seven changes, the first three of them in the history file, with an undo and a redo at the end."""
    acme = account('Åcme "Quick" Oy', "a-acme")
    put(store, acme)
    put(store, contact("Liisa", "c-liisa", account_id="a-acme"))
    put(store, activity("Talked", "t-1", contact_ids=("c-liisa",)), activity("Wrote", "t-2"))
    store.compact()
    put(store, activity("Met", "t-10"))
    renamed = replace(acme, name="Acme")
    write(store, Edit(acme, renamed))
    store.update(lambda _book: Change("Undid", (Edit(renamed, acme),), 5), NOW, "anna@cli")
    store.update(lambda _book: Change("Redid", (Edit(acme, renamed),), 6), NOW, "anna@cli")
    return store


@pytest.mark.parametrize(
    ("touching", "numbers"),
    [
        (["a-acme"], [7, 6, 5, 2, 1]),
        (["c-liisa", "t-10"], [4, 3, 2]),
        (['Åcme "Quick"'], [7, 6, 5, 1]),
        (["t-9"], []),
        (["."], []),
        ([], [7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_the_history_is_narrowed_by_what_stands_in_it(
    told: Store, touching: list[str], numbers: list[int]
) -> None:
    assert [entry.number for entry in told.history(touching)] == numbers


def test_the_history_is_narrowed_by_table(told: Store) -> None:
    assert [entry.number for entry in told.history(tables=["contacts"])] == [2]
    assert [entry.number for entry in told.history(tables=["contacts", "activities"])] == [4, 3, 2]
    assert [entry.number for entry in told.history(["t-10"], ["activities", "accounts"])] == [4]


def test_what_takes_back_is_found_and_nobody_s_words_are_taken_for_it(told: Store) -> None:
    put(told, activity('He said "undoes": 3', "t-3", extra={"undoes": 2}))
    assert [(entry.number, entry.change.undoes) for entry in told.undoing()] == [(7, 6), (6, 5)]
    assert [entry.number for entry in told.undoing(6)] == [7]


@pytest.mark.parametrize("number", [1, 3, 4, 7])
def test_one_change_is_found_by_its_number(told: Store, number: int) -> None:
    entry = told.entry(number)
    assert entry in list(told.history())
    assert entry is not None
    assert entry.number == number


@pytest.mark.parametrize("number", [0, 8, -1])
def test_a_number_that_no_change_has_is_answered_with_none(told: Store, number: int) -> None:
    assert told.entry(number) is None
