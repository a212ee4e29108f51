"""Going back to what a backup holds: one change, to be undone, that brings back nobody who was erased."""

from __future__ import annotations

from dataclasses import replace

from builders import NOW, account, activity, contact, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Edit, Entry, Record
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.progress import Progress
from kam_tui.usecases.erasing import erase
from kam_tui.usecases.restoring import compare, go_back, restore, where_of
from kam_tui.usecases.undo import undo

ACME = account("Acme", "a-1")
LIISA = contact("Liisa", "c-1", account_id="a-1")
TALK = activity("Talk", "t-1", account_id="a-1", contact_ids=("c-1",))


def held(book: Book) -> dict[str, dict[str, Record]]:
    return {table: dict(book.table(table)) for table in SCHEMAS}


def test_what_is_missing_comes_back_what_differs_changes_back_and_what_is_new_goes() -> None:
    now = Book.of(replace(ACME, city="Oulu"), reminder("New", "r-1"))
    found = compare(now, [ACME, LIISA, TALK])
    assert set(found.edits) == {
        Edit(replace(ACME, city="Oulu"), ACME),
        Edit(None, LIISA),
        Edit(None, TALK),
        Edit(reminder("New", "r-1"), None),
    }
    assert found.refused == ()
    assert held(now.after(found.edits)) == held(Book.of(ACME, LIISA, TALK))


def test_accounts_come_before_who_refers_to_them() -> None:
    edits = compare(Book(), [TALK, LIISA, ACME]).edits
    assert [edit.record for edit in edits] == [ACME, LIISA, TALK]


def test_the_same_records_are_no_change() -> None:
    assert go_back(Book.of(ACME, LIISA), NOW, [LIISA, ACME], "Restored").edits == ()


def test_it_is_one_change_that_is_undone() -> None:
    now = Book.of(replace(ACME, city="Oulu"), reminder("New", "r-1"))
    change = go_back(now, NOW, [ACME, LIISA], "Restored")
    assert change.summary == "Restored"
    after = now.after(change.edits)
    back = undo(after, NOW, Entry(7, NOW, "anna@cli", change))
    assert held(after.after(back.edits)) == held(now)


records = st.sampled_from(
    [ACME, replace(ACME, city="Oulu"), LIISA, replace(LIISA, role="champion"), TALK, account("Beta", "a-2")]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(records), st.lists(records))
def test_going_back_always_ends_at_the_records(here: list[Record], there: list[Record]) -> None:
    now, then = Book.of(*here), Book.of(*there)
    wanted = [record for table in SCHEMAS for record in then.table(table).values()]
    assert held(now.after(compare(now, wanted).edits)) == held(then)


def test_whoever_was_erased_stays_so_and_it_is_told() -> None:
    before = Book.of(ACME, LIISA, TALK)
    now = before.after(erase(before, NOW, [LIISA]).change.edits)
    found = compare(now, [ACME, LIISA, TALK])
    after = now.after(found.edits)
    assert dict(after.contacts) == {}
    assert after.activities["t-1"].contact_ids == ()
    assert dict(after.erasures) == dict(now.erasures)
    assert found.refused == (f"Liisa was erased on {show_day(NOW.date())} and is not brought back.",)


def test_who_is_known_there_to_be_erased_is_known_here_too() -> None:
    before = Book.of(ACME, LIISA)
    there = before.after(erase(before, NOW, [LIISA]).change.edits)
    records = [record for table in SCHEMAS for record in there.table(table).values()]
    assert held(before.after(compare(before, records).edits)) == held(there)


def test_a_record_that_a_person_has_overrule_the_book_comes_in_and_the_others_do_not() -> None:
    book = Book.of(replace(ACME, city="Oulu"), replace(LIISA, title="Buyer"))
    lines, edits = restore(book, [ACME, LIISA], Progress(), [where_of(LIISA)])
    assert [line.outcome for line in lines] == ["conflict", "updated"]
    assert edits == (Edit(replace(LIISA, title="Buyer"), LIISA),)
