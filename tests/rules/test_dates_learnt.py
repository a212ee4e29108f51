"""A date that is filled in today is not late since before anyone knew it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from builders import NOW, TODAY, account, contact

from kam_tui.domain.book import Book
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion, known_since, named
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings
from kam_tui.usecases import accounts, contacts

QUIET = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
LIISA = contact("Liisa Korhonen")
ACME = account("Acme Oy")
BOOK = Book.of(ACME, LIISA)


def filled_in(days_ago: int) -> Book:
    day = TODAY - timedelta(days=days_ago)
    return BOOK.after(contacts.edit(BOOK, NOW, LIISA.id, {"birthday": f"--{day:%m-%d}"}).edits)


def test_a_birthday_of_last_spring_that_is_filled_in_now_waits_for_the_next() -> None:
    assert agenda(filled_in(200), QUIET, TODAY).overdue == ()
    assert agenda(filled_in(200), QUIET, TODAY, 366).upcoming


def test_one_of_this_week_can_still_be_made_up_for() -> None:
    (item,) = agenda(filled_in(3), QUIET, TODAY).overdue
    assert item.days_late(TODAY) == 3


def test_an_edit_of_something_else_leaves_what_is_late_late() -> None:
    book = filled_in(3)
    later = NOW + timedelta(days=10)
    book = book.after(contacts.edit(book, later, LIISA.id, {"title": "CEO"}).edits)
    assert agenda(book, QUIET, later.date()).overdue


def test_the_day_is_kept_for_accounts_too() -> None:
    (edit,) = accounts.edit(BOOK, NOW, ACME.id, {"customer_since": "2015-03-01"}).edits
    after: Any = edit.after
    assert known_since(after, named(after.dates[0])) == TODAY
    assert agenda(BOOK.after([edit]), QUIET, TODAY).overdue == ()
    assert agenda(BOOK.after([edit]), QUIET, date(2027, 3, 1)).today


def test_what_is_late_stays_when_another_day_is_filled_in_corrected_or_taken_out() -> None:
    book = filled_in(5)
    later = NOW + timedelta(days=8)
    (late,) = agenda(book, QUIET, later.date()).overdue
    for fields in (
        {"occasions": "wedding: 2010-03-12"},
        {"occasions": "wedding: 2010-03-13; Founding day: --05-01"},
        {"occasions": ""},
        {"name_day": "Liisa"},
    ):
        book = book.after(contacts.edit(book, later, LIISA.id, fields).edits)
        assert agenda(book, QUIET, later.date()).overdue == (late,), fields


def test_each_day_is_known_since_it_was_filled_in_and_one_that_is_corrected_since_then() -> None:
    book, wedding = filled_in(5), TODAY - timedelta(days=40)
    later = NOW + timedelta(days=3)
    text = f"wedding: 2010-{wedding:%m-%d}"
    book = book.after(contacts.edit(book, later, LIISA.id, {"occasions": text}).edits)
    liisa = book.contacts[LIISA.id]
    assert [known_since(liisa, named(each)) for each in liisa.dates] == [TODAY, later.date()]
    assert not agenda(book, QUIET, later.date()).missed, "nobody knew of it before"
    after = contacts.edit(book, later, LIISA.id, {"birthday": ""}).edits[0].after
    assert [each.label for each in getattr(after, "dates_learnt", ())] == [named(liisa.occasions[0])]


def test_a_book_of_before_keeps_its_day_for_all_that_was_there() -> None:
    born, since = PartialDate(1980, 11, 1), date(2026, 11, 10)
    wedding = Occasion("wedding", PartialDate(2010, 11, 2))
    old = contact("Anna", "c-anna", birthday=born, occasions=(wedding,), dates_since=since)
    assert [known_since(old, named(each)) for each in old.dates] == [since, since]
    book = Book.of(old)
    book = book.after(contacts.edit(book, NOW, old.id, {"birthday": "1980-11-03"}).edits)
    now = book.contacts[old.id]
    assert [known_since(now, named(each)) for each in now.dates] == [TODAY, since]


def test_a_day_that_nobody_can_read_in_a_book_edited_by_hand_is_none() -> None:
    odd = contact("Anna", "c-anna", birthday=PartialDate(1980, 11, 1))
    for value in ("soon", ""):
        learnt_when = (Labeled(value, named(odd.dates[0])),)
        assert known_since(contact("Anna", dates_learnt=learnt_when), named(odd.dates[0])) == odd.created
