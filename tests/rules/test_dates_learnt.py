"""A date that is filled in today is not late since before anyone knew it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from builders import NOW, TODAY, account, contact

from kam_tui.domain.book import Book
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
    assert after.dates_since == TODAY
    assert agenda(BOOK.after([edit]), QUIET, TODAY).overdue == ()
    assert agenda(BOOK.after([edit]), QUIET, date(2027, 3, 1)).today
