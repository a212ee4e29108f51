"""What happened: logged, backdated, mended, removed; and what follows for the account."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from builders import NOW, TODAY, ZONE, account, activity, contact

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, Entry
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Conflict, Invalid, NotFound
from kam_tui.usecases import accounts, activities, undo

ACME = account("Acme Oy", status="prospect")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
BOOK = Book.of(ACME, LIISA)


def test_an_activity_is_now_unless_it_says_otherwise() -> None:
    (edit,) = activities.log(BOOK, NOW, {"kind": "call", "account_id": "acme", "text": "Prices"}).edits
    made: Any = edit.after
    assert made.when == Moment(TODAY, NOW.time(), "Europe/Helsinki")
    assert made.is_touch


def test_words_say_when_it_was() -> None:
    (edit,) = activities.log(BOOK, NOW, {"when": "yesterday", "contact_ids": "liisa", "text": "Lunch"}).edits
    made: Any = edit.after
    assert made.when == Moment(date(2026, 11, 17))
    assert made.contact_ids == (LIISA.id,)
    assert made.created.day == TODAY


def test_the_future_is_no_place_for_what_has_happened() -> None:
    with pytest.raises(Invalid, match=r"^Thu 24 Dec 2026 is still to come"):
        activities.log(BOOK, NOW, {"when": "2026-12-24", "account_id": "acme", "text": "x"})


def test_nor_is_an_entry_moved_there() -> None:
    talk = activity("Talked about cranes", account_id=ACME.id)
    book = BOOK.after([Edit(None, talk)])
    with pytest.raises(Invalid, match=r"^Thu 19 Nov 2026 is still to come"):
        activities.edit(book, NOW, talk.id, {"when": "tomorrow"})


def test_an_entry_that_turns_out_to_be_the_first_sale_makes_a_customer_too() -> None:
    talk = activity("Ten licences", account_id=ACME.id)
    book = BOOK.after([Edit(None, talk)])
    _entry, promotion = activities.edit(book, NOW, talk.id, {"kind": "sale"}).edits
    after: Any = promotion.after
    assert (after.status, after.status_reason) == ("customer", "first sale: Ten licences")


def test_what_is_removed_is_named_with_a_text_or_without() -> None:
    for text, named in (("Talked", "Call with Acme Oy: Talked"), ("", "Call with Acme Oy")):
        talk = activity(text, "t-1", account_id=ACME.id)
        change = activities.remove(BOOK.after([Edit(None, talk)]), NOW, talk.id)
        assert change.summary == f"Removed: {named}"


def test_an_entry_without_anything_is_refused() -> None:
    with pytest.raises(Invalid, match="a text, an account or a person"):
        activities.log(BOOK, NOW, {"kind": "call"})
    with pytest.raises(Invalid, match="A note needs a text") as caught:
        activities.log(BOOK, NOW, {"kind": "note", "account_id": "acme"})
    assert "text" in caught.value.problems


def test_the_first_sale_makes_a_customer_of_a_prospect() -> None:
    change = activities.log(BOOK, NOW, {"kind": "sale", "account_id": "acme", "text": "Two cranes"})
    sale, promotion = change.edits
    after: Any = promotion.after
    assert sale.before is None
    assert (after.status, after.status_reason) == ("customer", "first sale: Two cranes")
    assert after.customer_since == PartialDate.of(TODAY)
    again = BOOK.after(change.edits)
    assert len(activities.log(again, NOW, {"kind": "sale", "account_id": "acme"}).edits) == 1


def test_an_entry_is_mended_and_removed_and_both_can_be_undone() -> None:
    talk = activity("Talked about cranes", account_id=ACME.id)
    book = Book.of(ACME, LIISA, talk)
    mended = activities.edit(book, NOW, talk.id, {"text": "Talked about lifts", "kind": "meeting"})
    removed = activities.remove(book, NOW, talk.id)
    for change in (mended, removed):
        after = book.after(change.edits)
        back = undo.undo(after, NOW, entry(1, change))
        assert after.after(back.edits).activities == book.activities


def entry(number: int, change: Change) -> Entry:
    return Entry(number, datetime(2026, 11, 18, tzinfo=ZONE), "tester@cli", change)


def test_undo_goes_back_one_change_at_a_time() -> None:
    first = accounts.edit(BOOK, NOW, ACME.id, {"city": "Oulu"})
    book = BOOK.after(first.edits)
    second = accounts.edit(book, NOW, ACME.id, {"city": "Turku"})
    book = book.after(second.edits)
    history = [entry(2, second), entry(1, first)]

    taken = undo.undoable(history)
    assert taken.number == 2
    back = undo.undo(book, NOW, taken)
    assert back.undoes == 2
    book = book.after(back.edits)
    assert book.accounts[ACME.id].city == "Oulu"

    history.insert(0, entry(3, back))
    taken = undo.undoable(history)
    assert taken.number == 1
    book = book.after(undo.undo(book, NOW, taken).edits)
    assert book.accounts[ACME.id].city == ""

    history.insert(0, entry(4, undo.undo(BOOK.after(first.edits), NOW, taken)))
    with pytest.raises(NotFound, match="nothing to undo"):
        undo.undoable(history)


def test_what_an_undone_undo_had_taken_back_is_in_force_and_can_be_undone() -> None:
    first = accounts.edit(BOOK, NOW, ACME.id, {"city": "Oulu"})
    book = BOOK.after(first.edits)
    back = undo.undo(book, NOW, entry(1, first))
    book = book.after(back.edits)
    again = undo.undo(book, NOW, entry(2, back))
    book = book.after(again.edits)
    assert book.accounts[ACME.id].city == "Oulu"
    history = [entry(3, again), entry(2, back), entry(1, first)]
    assert set(undo.undone(history)) == {2}
    assert undo.undoable(history).number == 1


def test_undo_is_refused_where_the_record_has_changed_since() -> None:
    first = accounts.edit(BOOK, NOW, ACME.id, {"city": "Oulu"})
    book = BOOK.after(first.edits)
    book = book.after(accounts.edit(book, NOW, ACME.id, {"city": "Turku"}).edits)
    with pytest.raises(Conflict, match="Acme Oy has been changed since"):
        undo.undo(book, NOW, entry(1, first))


def test_what_was_taken_back_and_brought_again_can_be_taken_back_once_more() -> None:
    first = accounts.edit(BOOK, NOW, ACME.id, {"city": "Oulu"})
    back = undo.undo(BOOK.after(first.edits), NOW, entry(1, first))
    again = undo.undo(BOOK, NOW, entry(2, back))
    history = [entry(3, again), entry(2, back), entry(1, first)]
    assert undo.undoable(history).number == 1


def test_undo_is_refused_where_others_refer_to_what_it_would_remove() -> None:
    new = accounts.add(Book(), NOW, {"name": "Beta Oy"})
    book = Book().after(new.edits)
    (made,) = book.accounts.values()
    met = activity("Met", account_id=made.id)
    with pytest.raises(Conflict, match="Beta Oy has been used since"):
        undo.undo(book.after([Edit(None, met)]), NOW, entry(1, new))
    together = Change("Import", (*new.edits, Edit(None, contact(account_id=made.id))))
    assert len(undo.undo(Book().after(together.edits), NOW, entry(1, together)).edits) == 2
