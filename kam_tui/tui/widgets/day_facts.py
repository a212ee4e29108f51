"""DayFacts: what is celebrated on one day, and what happened on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.book import Book
from kam_tui.i18n import _, ngettext
from kam_tui.rules.celebrations import Celebration
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.day_note import CELEBRATED, NAMED, SIGNS
from kam_tui.tui.widgets.rows import Rows

DayFact = Activity | Celebration
"""A line: nothing is to be done about it."""


class DayFacts(Rows[DayFact]):
    """The celebrations and the activities of a day; it is not seen where there are none."""

    def __init__(self) -> None:
        self.book = Book()
        self.today = date.min
        columns: list[Column[DayFact]] = [
            Column("", self._kind, 13),
            Column("", self._sign, 1),
            Column("", self._who, 16, grow=3),
            Column("", self._what, 20, grow=5),
        ]
        super().__init__(columns, _identity)

    def show_day(
        self, book: Book, celebrated: Sequence[Celebration], happened: Sequence[Activity], today: date
    ) -> None:
        """Show what a day of this book is known for."""
        self.book, self.today = book, today
        self.display = bool(celebrated or happened)
        lines: list[DayFact | Heading] = []
        if celebrated:
            lines += [Heading(_("Occasions"), str(len(celebrated))), *celebrated]
        if happened:
            told = ngettext("{count} activity", "{count} activities", len(happened))
            lines += [Heading(_("What happened"), told.format(count=len(happened))), *happened]
        self.show(lines)

    def _kind(self, fact: DayFact) -> Cell:
        if isinstance(fact, Celebration):
            return Cell(_("Name day") if fact.is_name_day else _("Occasion"), "dim")
        return Cell(_(ACTIVITY_KINDS[fact.kind].label), "dim")

    def _sign(self, fact: DayFact) -> Cell:
        if isinstance(fact, Celebration):
            return Cell(SIGNS[NAMED if fact.is_name_day else CELEBRATED], "dim")
        return Cell(ACTIVITY_KINDS[fact.kind].mark, "dim")

    def _who(self, fact: DayFact) -> Cell:
        if isinstance(fact, Celebration):
            account = fact.subject.account
            return Cell(fact.who, "key" if account and self.book.is_key(account.id) else "")
        return Cell(self.book.who(fact.account_id, fact.contact_ids))

    def _what(self, fact: DayFact) -> Cell:
        if isinstance(fact, Celebration):
            return Cell(fact.what(self.today), "strong" if fact.is_milestone else "")
        return Cell(fact.text.partition("\n")[0])


def _identity(fact: DayFact) -> str:
    return fact.identity if isinstance(fact, Celebration) else fact.id
