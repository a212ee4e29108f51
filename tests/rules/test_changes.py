"""What the history says about one record, and how the records in it are called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import NOW, TODAY, account, activity, contact, reminder
from memory_keeper import MemoryKeeper

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Record, add
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.changes import NOUNS, called, changes_about, ids_about, is_about, known_as, naming

ACME, BETA = account("Acme Oy", "a-acme"), account("Beta Oy", "a-beta")
LIISA = contact("Liisa Korhonen", "c-liisa", account_id="a-acme")
MATTI = contact("Matti Boss", "c-matti", account_id="a-acme", reports_to="c-liisa")
BO = contact("Bo Ek", "c-bo", account_id="a-beta", reports_to="c-liisa")
OFFER = reminder("Send the offer", "r-offer", contact_ids=("c-liisa",))
TALK = activity("Talked", "t-talk", contact_ids=("c-liisa",))
EVERYTHING: tuple[Record, ...] = (ACME, BETA, LIISA, MATTI, BO, OFFER, TALK)
ALL_NEW = tuple(add(record) for record in EVERYTHING)


def told(*changes: tuple[Edit, ...]) -> MemoryKeeper:
    """A keeper after these changes."""
    keeper = MemoryKeeper(Book())
    for number, edits in enumerate(changes, 1):
        keeper.update(lambda _book, e=edits, n=number: Change(f"Change {n}", e), NOW, "anna@cli")  # type: ignore[misc]
    return keeper


def mend(record: Any, **fields: Any) -> tuple[Edit, ...]:
    return (Edit(record, replace(record, **fields)),)


def numbers(keeper: MemoryKeeper, record_id: str) -> list[int]:
    ids = ids_about(keeper.book, record_id)
    return [entry.number for entry, _edits in changes_about(keeper, ids)]


def skipped(subject: str, rule: str = "reminder") -> tuple[Edit, ...]:
    return (add(Occurrence(f"{rule}:{subject}:{TODAY}", TODAY, "skipped")),)


def test_an_account_s_changes_are_its_own_and_those_of_all_that_belongs_to_it() -> None:
    keeper = told(
        ALL_NEW,
        mend(ACME, city="Oulu"),
        mend(BETA, city="Kemi"),
        mend(LIISA, title="Boss"),
        mend(BO, title="Boss"),
        mend(TALK, text="Talked a lot"),
        mend(OFFER, text="Send it"),
        skipped("r-offer"),
        skipped("c-liisa", "birthday"),
        skipped("c-bo", "birthday"),
        (add(activity("Sold", "t-sold", account_id="a-acme")),),
        (add(activity("Sold", "t-sold2", account_id="a-beta")),),
    )
    assert numbers(keeper, "a-acme") == [11, 9, 8, 7, 6, 4, 2, 1]
    assert numbers(keeper, "c-liisa") == [9, 8, 7, 6, 4, 1]
    assert numbers(keeper, "c-bo") == [10, 5, 1]
    assert numbers(keeper, "r-offer") == [8, 7, 1]
    assert numbers(keeper, "t-talk") == [6, 1]


def test_a_superior_is_told_of_who_reports_to_them_and_not_of_all_they_do() -> None:
    keeper = told(
        ALL_NEW,
        mend(BO, title="Buyer"),
        mend(BO, reports_to="c-matti"),
        mend(replace(BO, reports_to="c-matti"), title="Seller"),
    )
    assert numbers(keeper, "c-liisa") == [3, 1]
    assert numbers(keeper, "c-matti") == [3, 1]


def test_who_left_an_account_belongs_to_it_as_long_as_they_were_there() -> None:
    moved = replace(LIISA, account_id="a-beta")
    keeper = told(
        (add(ACME), add(BETA), add(LIISA)),
        mend(LIISA, title="Boss"),
        mend(LIISA, account_id="a-beta"),
        mend(moved, title="Chair"),
    )
    assert numbers(keeper, "a-acme") == [3, 2, 1]
    assert numbers(keeper, "a-beta") == [4, 3, 2, 1]


def test_of_a_large_change_only_what_is_about_the_record_is_given() -> None:
    keeper = told(ALL_NEW)
    ((_entry, edits),) = changes_about(keeper, ids_about(keeper.book, "a-beta"))
    assert {edit.record.id for edit in edits} == {"a-beta", "c-bo"}


def test_an_id_within_another_one_is_not_that_record() -> None:
    assert not is_about(add(account("Acme", "a-acme2")), {"a-acme"})


def test_what_is_gone_is_known_by_its_id() -> None:
    keeper = told(
        (add(TALK),), mend(TALK, text="Talked a lot"), (Edit(replace(TALK, text="Talked a lot"), None),)
    )
    assert known_as(keeper, "t-talk") == [replace(TALK, text="Talked a lot")]
    assert known_as(keeper, "t-tal") == []
    assert numbers(keeper, "t-talk") == [3, 2, 1]


def test_who_was_once_called_so_is_known_by_that_name() -> None:
    renamed = replace(ACME, name="Globex")
    keeper = told(
        (add(ACME), add(LIISA)), mend(ACME, name="Globex"), (Edit(LIISA, None),), mend(renamed, city="Oulu")
    )
    assert known_as(keeper, "acme") == [replace(renamed, city="Oulu")]
    assert known_as(keeper, "korhonen") == [LIISA]
    assert known_as(keeper, "zebra") == []
    assert known_as(keeper, " ") == []


def test_the_best_fit_wins_and_several_are_all_given() -> None:
    near, other = account("Acmeville", "a-ville"), account("ACME Oy", "a-other")
    keeper = told((add(ACME), add(near), add(other)), (Edit(ACME, None), Edit(near, None), Edit(other, None)))
    assert {record.id for record in known_as(keeper, "acme oy")} == {"a-acme", "a-other"}


def test_a_reminder_that_is_gone_is_known_by_its_words() -> None:
    keeper = told((add(OFFER),), (Edit(OFFER, None),))
    assert known_as(keeper, "offer send") == [OFFER]


def test_a_change_names_what_is_only_in_it_and_the_book_what_has_another_name_by_now() -> None:
    name = naming(Book.of(replace(ACME, name="Globex")), Change("Import", (add(ACME), add(LIISA))))
    assert (name("accounts", "a-acme"), name("contacts", "c-liisa")) == ("Globex", "Liisa Korhonen")
    assert name("contacts", "c-gone") == "c-gone"


def test_a_line_of_the_agenda_is_called_by_its_day_and_whom_it_is_for() -> None:
    name = naming(Book.of(*EVERYTHING), Change(""))
    key = "birthday:c-liisa:2026-11-24"
    assert called(Occurrence(key, TODAY, "done"), name) == "Tue 24 Nov 2026, Liisa Korhonen"
    gone = "reminder:r-gone:2026-11-24"
    assert called(Occurrence(gone, TODAY, "done"), name) == "Tue 24 Nov 2026, r-gone"
    assert called(TALK, name) == "Talked"


def test_every_table_has_a_noun() -> None:
    assert NOUNS.keys() == SCHEMAS.keys()
