"""The book: an unchanging snapshot that loads only what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from builders import TODAY, account, activity, contact
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Edit, Record, add, table_of
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.tables import FEW

ACME = account("Acme Oy", tier="key")
ZETA = account("Zeta")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
OWN = activity("Own", "t-own", account_id=ACME.id, when=Moment(date(2026, 11, 1)))
HERS = activity("Hers", "t-hers", contact_ids=(LIISA.id,), when=Moment(date(2026, 11, 5)))
BOTH = activity("Both", "t-both", account_id=ACME.id, contact_ids=(LIISA.id,), when=Moment(date(2026, 11, 3)))
PAPER = activity("Invoice 7", "t-paper", kind="invoice", account_id=ACME.id, when=Moment(date(2026, 11, 10)))


class Spy:
    """A source that tells what was asked of it."""

    def __init__(self, *records: Record) -> None:
        self.records = records
        self.loaded: list[str] = []

    def load(self, table: str) -> dict[str, Record]:
        self.loaded.append(table)
        return {record.id: record for record in self.records if table_of(record) == table}

    def find(self, table: str, record_id: str) -> Record | None:
        return next((r for r in self.records if table_of(r) == table and r.id == record_id), None)

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:
        return [r for r in self.records if table_of(r) == table and all(w in repr(r).lower() for w in words)]

    def holding(self, table: str, needle: str) -> Iterable[Record]:
        return [r for r in self.records if table_of(r) == table and needle in repr(r)]


def test_a_timeline_rolls_up_the_people_of_an_account_newest_first() -> None:
    book = Book.of(ACME, ZETA, LIISA, OWN, HERS, BOTH, PAPER)
    assert [a.id for a in book.timeline(ACME.id)] == ["t-paper", "t-hers", "t-both", "t-own"]
    assert [a.id for a in book.timeline(LIISA.id)] == ["t-hers", "t-both"]
    assert book.timeline(ZETA.id) == ()


def test_who_is_named_twice_has_it_on_the_timeline_once() -> None:
    twice = activity("Twice", "t-twice", contact_ids=(LIISA.id, LIISA.id))
    book = Book.of(ACME, LIISA, twice)
    assert book.timeline(LIISA.id) == book.timeline(ACME.id) == (twice,)


def test_paper_is_no_touch() -> None:
    book = Book.of(ACME, LIISA, OWN, HERS, BOTH, PAPER)
    touch = book.last_touch(ACME.id, TODAY)
    assert touch is HERS
    assert book.last_touch(ACME.id, date(2026, 11, 4)) is BOTH
    assert book.last_touch(ZETA.id, TODAY) is None


def test_key_accounts_lead_the_list() -> None:
    assert Book.of(ZETA, ACME, account("Alpha")).shown_accounts() == [ACME, account("Alpha"), ZETA]


def test_edits_make_another_book_and_leave_this_one() -> None:
    book = Book.of(ACME)
    after = book.after([add(ZETA), Edit(ACME, None)])
    assert list(book.accounts) == [ACME.id]
    assert list(after.accounts) == [ZETA.id]


def test_an_edit_of_a_table_nobody_asked_for_does_not_load_it() -> None:
    spy = Spy(ACME, LIISA, OWN)
    after = Book(spy).after([add(HERS)])
    assert spy.loaded == []
    assert set(after.activities) == {"t-own", "t-hers"}
    assert spy.loaded == ["activities"]


def test_the_people_of_one_account_do_not_load_all_contacts() -> None:
    spy = Spy(ACME, LIISA, contact("Else"))
    book = Book(spy)
    assert book.people(ACME.id) == [LIISA]
    assert spy.loaded == []
    moved = book.after([Edit(LIISA, contact("Liisa Korhonen", account_id=ZETA.id))])
    assert moved.people(ACME.id) == []
    assert moved.people(ZETA.id)


def test_timelines_follow_an_edit() -> None:
    book = Book.of(ACME, LIISA, OWN)
    assert len(book.timeline(ACME.id)) == 1
    assert len(book.after([add(HERS)]).timeline(ACME.id)) == 2
    assert len(book.after([Edit(OWN, None)]).timeline(ACME.id)) == 0


def test_every_table_of_an_empty_book_is_empty() -> None:
    assert all(not Book().table(name) for name in SCHEMAS)


def test_what_happened_on_the_same_day_stands_in_the_order_it_was_written_down() -> None:
    day = Moment(date(2026, 11, 1))
    first = activity("First", "t-z", account_id=ACME.id, when=day, created=Moment.parse("2026-11-02T09:00"))
    second = activity("Second", "t-a", account_id=ACME.id, when=day, created=Moment.parse("2026-11-02T09:01"))
    for book in (Book.of(ACME, first, second), Book.of(ACME, second, first)):
        assert [a.text for a in book.timeline(ACME.id)] == ["Second", "First"]


@given(st.lists(st.tuples(st.sampled_from(["add", "move", "drop"]), st.integers(0, 5)), max_size=12))
def test_timelines_patched_edit_by_edit_are_those_made_anew(steps: list[tuple[str, int]]) -> None:
    book = Book.of(ACME, ZETA, LIISA)
    book.timeline(ACME.id)
    for verb, number in steps:
        before = book.activities.get(f"t-{number}")
        home = ZETA.id if before and before.account_id == ACME.id else ACME.id
        after = activity(f"No {number}", f"t-{number}", account_id=home, contact_ids=(LIISA.id,))
        if verb == "drop" and before is None:
            continue
        book = book.after([Edit(before, None if verb == "drop" else after)])
    anew = Book.of(*book.accounts.values(), *book.contacts.values(), *book.activities.values())
    assert all(book.timeline(each) == anew.timeline(each) for each in (ACME.id, ZETA.id, LIISA.id))


def test_a_few_records_are_found_without_loading_their_table_and_many_load_it() -> None:
    spy = Spy(ACME, ZETA, LIISA)
    book = Book(spy)
    assert book.accounts.get(ACME.id) == ACME
    assert book.accounts.get("a-gone") is None
    assert book.name_of("contacts", LIISA.id) == LIISA.name
    assert spy.loaded == []
    for _time in range(FEW):
        assert ZETA.id in book.accounts
    assert spy.loaded == ["accounts"]
    assert dict(book.accounts) == {ACME.id: ACME, ZETA.id: ZETA}


def test_an_edit_is_seen_before_its_table_is_loaded() -> None:
    spy = Spy(ACME, ZETA)
    renamed = replace(ACME, name="Acme Group")
    book = Book(spy).after((Edit(ACME, renamed), Edit(ZETA, None)))
    assert book.accounts[ACME.id] == renamed
    assert ZETA.id not in book.accounts
    assert list(book.like("accounts", ["group"])) == [renamed]


def test_what_happened_between_two_days_follows_every_change() -> None:
    day = date(2026, 11, 18)
    first, second = (activity(f"{n}", f"t-{n}", when=Moment(day + timedelta(days=n))) for n in (0, 2))
    book = Book.of(first, second)

    def ids(book: Book, start: int, end: int) -> list[str]:
        return [a.id for a in book.between(day + timedelta(days=start), day + timedelta(days=end))]

    assert ids(book, 0, 2) == ["t-0", "t-2"]
    assert ids(book, 1, 2) == ["t-2"]
    assert ids(book, 0, 1) == ["t-0"]
    assert ids(book, 2, 0) == []
    moved = replace(first, when=Moment(day + timedelta(days=1)))
    later = book.after([Edit(first, moved), Edit(second, None)])
    assert ids(later, 0, 2) == ["t-0"]
    assert ids(later, 1, 1) == ["t-0"]
    assert ids(later.after([Edit(None, second)]), 0, 2) == ["t-0", "t-2"]
    assert ids(book, 0, 2) == ["t-0", "t-2"], "a book never changes"
