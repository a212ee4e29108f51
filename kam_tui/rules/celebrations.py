"""Celebrations: every birthday, anniversary and name day of any month, whatever is to be done for it.

The agenda tells what asks for something, around today; a calendar shows whose day it is, years ahead and
back. Who comes up is the same in both; what was before somebody came into the book was their day as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kam_tui.domain.account import KEY, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.partial_date import is_leap
from kam_tui.domain.dates.spans import last_of
from kam_tui.domain.frozen import frozen
from kam_tui.domain.lead import Lead
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.rules import occasion_words
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.name_days import KIND as NAMEDAY
from kam_tui.rules.name_days import kept_days
from kam_tui.rules.occasions import Subject, subjects
from kam_tui.rules.question import Question
from kam_tui.settings import Settings


@frozen
class Celebration:
    """Somebody's day in one year."""

    subject: Subject
    """Whose it is."""

    occasion: Occasion
    """What it is."""

    day: date
    """The day in that year; the last of its month, where the day is not known."""

    @property
    def party(self) -> Contact | Account:
        """The person, or the account."""
        return self.subject.party

    @property
    def who(self) -> str:
        """The person and the account, as a line of the agenda names them."""
        known = self.subject.contact, self.subject.account
        return ", ".join(each.name for each in known if each)

    @property
    def is_name_day(self) -> bool:
        """Whether it is a name day."""
        return self.occasion.kind == NAMEDAY

    @property
    def is_milestone(self) -> bool:
        """Whether it stands out: a round birthday, ten years as a customer."""
        return occasion_words.is_milestone(self.occasion.kind, self.occasion.on.years_in(self.day.year))

    @property
    def word(self) -> str:
        """What it has in common with the lines of the agenda that follow from it; see `word_of`."""
        return f"{self.occasion.kind}:{self.party.id}:{self.day.isoformat()}"

    @property
    def identity(self) -> str:
        """What it is told from all others by."""
        return f"{self.word} {self.occasion.label}"

    def what(self, today: date) -> str:
        """The occasion with its years."""
        return occasion_words.what(self.occasion, Lead(), self.day, today)

    def line(self, today: date) -> str:
        """Who and what, as one text."""
        return _("{who}: {what}").format(who=self.who, what=self.what(today))


def word_of(item: AgendaItem) -> str:
    """What a line of the agenda has in common with the celebration that it may follow from."""
    return f"{item.rule.partition('.')[0]}:{item.key.partition(':')[2]}"


class Almanac:
    """The celebrations of a book, for every year."""

    def __init__(self, book: Book, settings: Settings, today: date) -> None:
        self._asked = book, settings, today
        self._leap_day = settings.leap_day
        self._yearly: defaultdict[tuple[int, int], list[tuple[Subject, Occasion]]] = defaultdict(list)
        question = Question(book, settings, today, today)
        for subject, occasion in sorted(_all(question), key=_place):
            self._yearly[occasion.on.month or 0, occasion.on.day or 0].append((subject, occasion))

    def answers(self, book: Book, settings: Settings, today: date) -> bool:
        """Whether it was made of this book and these settings on that day."""
        return self._asked[0] is book and self._asked[1] is settings and self._asked[2] == today

    def on(self, day: date) -> list[Celebration]:
        """What is celebrated on a day: name days last, key accounts first, then by name.

        The first day of all, such as the one on which somebody was born, is none.
        """
        dates = [(day.month, day.day)]
        if day.day == last_of(day.year, day.month):
            dates.append((day.month, 0))
        if not is_leap(day.year) and (day.month, day.day) in ((2, 28), (3, 1)):
            dates.append((2, 29))
        return [
            Celebration(subject, occasion, day)
            for month_and_day in dates
            for subject, occasion in self._yearly.get(month_and_day, ())
            if occasion.on.in_year(day.year, self._leap_day) in (day, None)
            and (occasion.on.year is None or occasion.on.year < day.year)
        ]


def _all(question: Question) -> Iterator[tuple[Subject, Occasion]]:
    """Everything that comes back with a month, of everybody who comes up."""
    for subject in subjects(question):
        for occasion in dict.fromkeys(subject.party.dates):
            if occasion.on.month is not None:
                yield subject, occasion
    for contact, days in kept_days(question):
        account = question.book.accounts.get(contact.account_id or "")
        for on in days:
            yield Subject(contact, contact, account), Occasion(NAMEDAY, on)


def _place(found: tuple[Subject, Occasion]) -> tuple[bool, bool, str]:
    subject, occasion = found
    is_key = subject.account is not None and subject.account.tier == KEY
    return occasion.kind == NAMEDAY, not is_key, fold(subject.party.name)
