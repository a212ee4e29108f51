"""The agenda and the digest of a big book: how long they take beside loading it, all over a year.

The stored books have names and talks in them and hardly anything to come. So each person is given a birthday,
each account a tier, and some of the talks become sales and messages: every rule has its work to do. Nobody
does any of it, so that there is far more to tell than anybody would let come together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from figures import Bar, Cell, print_table, turns

from kam_tui.domain.account import TIERS
from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.formats.digest import letter
from kam_tui.rules.agenda import agenda
from kam_tui.rules.digest import digest
from kam_tui.settings import Settings
from kam_tui.store.store import Store

TODAY = date(2026, 7, 1)
"""Around the last of the activities of the stored books."""
TABLES = ("accounts", "contacts", "activities", "reminders")
DAYS, EACH = 365, 15
"""A year, of which the agenda of each so manieth day is asked for."""
ROUNDS = 5
KINDS = {0: "sale", 7: "received", 11: "complaint", 13: "gift"}
"""Of each twenty activities, those that become of another kind."""

LOAD, FIRST, AGENDA, DIGEST, LETTER = (
    "loading the book", "its first agenda", "another agenda", "a digest", "a digest as a letter",
)  # fmt: skip
WANTED = {FIRST: Bar(1.5), AGENDA: Bar(1), DIGEST: Bar(1), LETTER: Bar(2)}
"""How many times as long as loading the book is allowed."""
YEAR = Bar(1)
"""The same for a day of the year."""


def measure(book: Path) -> None:
    """Print how long the questions of a day take, and those of each day of a year."""
    lively = enlivened(loaded(book))
    settings = Settings()

    def asked(ask: Callable[[Book], object]) -> Callable[[], object]:
        return lambda: ask(lively)

    taken = turns(
        {
            LOAD: lambda: loaded(book),
            FIRST: lambda: agenda(Book.of(*everything(lively)), settings, TODAY),
            "of it, the bare book": lambda: Book.of(*everything(lively)),
            AGENDA: asked(lambda some: agenda(some, settings, TODAY)),
            DIGEST: asked(lambda some: digest(some, settings, TODAY)),
            LETTER: asked(lambda some: letter(digest(some, settings, TODAY))),
        },
        ROUNDS,
    )
    taken[FIRST] -= taken.pop("of it, the bare book")
    rows = {
        what: [Cell(took, places=1), Cell(took / taken[LOAD], WANTED.get(what))]
        for what, took in taken.items()
    }
    one, lines = days_of_a_year(lively, settings)
    rows["one day of a year"] = [Cell(one, places=1), Cell(one / taken[LOAD], YEAR)]
    people, talks = len(lively.contacts), len(lively.activities)
    print_table(f"agenda, {people:,} people, {talks:,} activities", ["ms", "x loading"], rows)
    print(f"{lines:,.0f} lines a day; {len(list(digest(lively, settings, TODAY))):,} in the digest")


def days_of_a_year(book: Book, settings: Settings) -> tuple[float, float]:
    """Milliseconds of the agenda of a day, and how many open lines it has; from days all over a year."""
    days = [TODAY + timedelta(days=number) for number in range(0, DAYS, EACH)]
    start = perf_counter()
    lines = sum(len(agenda(book, settings, day).open) for day in days)
    return (perf_counter() - start) * 1000 / len(days), lines / len(days)


def loaded(book: Path) -> Book:
    """The book with all its tables as records."""
    opened = Store(str(book)).read()
    assert all(opened.table(table) for table in TABLES)
    return opened


def everything(book: Book) -> Iterator[Record]:
    """All the records of a book."""
    for table in TABLES:
        yield from book.table(table).values()


def enlivened(book: Book) -> Book:
    """The book with birthdays, tiers, sales, messages, and reminders around today."""
    tiers, born = list(TIERS), date(1950, 1, 1)
    edits: list[Edit] = []
    for number, account in enumerate(book.accounts.values()):
        since = PartialDate.of(date(2000, 1, 1) + timedelta(days=number * 11 % 8000))
        edits.append(Edit(account, replace(account, tier=tiers[number % 3], customer_since=since)))
    for number, contact in enumerate(book.contacts.values()):
        birthday = PartialDate.of(born + timedelta(days=number * 37 % 18000))
        edits.append(Edit(contact, replace(contact, birthday=birthday)))
    for number, activity in enumerate(book.activities.values()):
        if kind := KINDS.get(number % 20):
            edits.append(Edit(activity, replace(activity, kind=kind)))
    for number, reminder in enumerate(book.reminders.values()):
        due = Moment(TODAY + timedelta(days=number % 700 - 10))
        rule = "FREQ=MONTHLY" if number % 4 == 0 else ""
        edits.append(Edit(reminder, replace(reminder, due=due, rule=rule)))
    return book.after(edits)
