"""Answers: whether an account or a person is as one word of a query says.

Each question is made ready once for a book and a day, and then asked of many. A person is asked for what
a person has, and their account for all else; tags count from both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT
from kam_tui.domain.dates.partial_date import FEBRUARY_LAST, PartialDate
from kam_tui.domain.day_kinds import Day, Partial
from kam_tui.domain.fields import NOTHING, Field
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import Choice, Days, Flag, Tags
from kam_tui.domain.query.distance import SIGNS, Span, dated, next_of, spanned
from kam_tui.domain.query.found_by import Party
from kam_tui.domain.text import fold

Test = Callable[[Party], bool]
"""A question about one account or person."""


@frozen
class Circumstances:
    """What is known beside the book where a query is asked."""

    today: date
    """The local day."""

    due: Mapping[str, date] = NOTHING
    """Id of an account or a person to the day that the next thing is due for them."""

    leap_rule: str = FEBRUARY_LAST
    """Where a 29 February is kept in common years."""


def of_field(field: Field, book: Book, known: Circumstances, sign: str, wanted: Any) -> Test:
    """Whether a field holds, equals, or lies before or after a value."""
    value = attrgetter(field.name)
    if isinstance(wanted, Span):
        fits = _within(wanted, known, sign, ahead=field.name == "birthday")
        if field.name == "birthday":
            comes = _coming(known, fits)
            return _asking(field, book, lambda who: comes(value(who)))
    elif isinstance(field.kind, Days):
        fits = lambda has: SIGNS[sign](has, wanted)  # noqa: E731
    elif isinstance(field.kind, Day | Partial):
        fits = lambda has: dated(sign, has, wanted)  # noqa: E731
    elif isinstance(field.kind, Choice | Flag):
        return _asking(field, book, lambda who: bool(value(who) == wanted))
    elif isinstance(field.kind, Tags):
        return _asking(field, book, lambda who: wanted in value(who))
    else:
        part, show = fold(wanted), field.kind.show
        asked = _asking(
            field, book, lambda who: bool(value(who)) and part in fold(show(value(who), book.name_of))
        )
        if field.name == "account_id":  # an account is its own
            return lambda party: part in fold(party.name) if isinstance(party, Account) else asked(party)
        return asked
    return _asking(field, book, lambda who: value(who) is not None and fits(value(who)))


def filled(field: Field, book: Book) -> Test:
    """Whether there is anything in a field."""
    value = attrgetter(field.name)
    return _asking(field, book, lambda who: bool(value(who)))


def quiet(book: Book, known: Circumstances, sign: str, wanted: Span) -> Test:
    """How long ago the last real touch was; who never was in touch is quiet for longer than any time."""
    fits = _within(wanted, known, sign, ahead=False)

    def test(party: Party) -> bool:
        touch = book.last_touch(party.id, known.today)
        return fits(touch.when.day) if touch else sign[0] == ">"

    return test


def touched(book: Book, known: Circumstances, sign: str, wanted: Span | PartialDate) -> Test:
    """When the last real touch was; who never was in touch was so at no time."""
    fits = _within(wanted, known, sign, ahead=False)

    def test(party: Party) -> bool:
        touch = book.last_touch(party.id, known.today)
        return touch is not None and fits(touch.when.day)

    return test


def due(book: Book, known: Circumstances, sign: str, wanted: Span | PartialDate) -> Test:  # noqa: ARG001
    """When the next thing is due for them; what is late counts as less than nothing ahead."""
    fits = _within(wanted, known, sign, ahead=True)

    def test(party: Party) -> bool:
        day = known.due.get(party.id)
        return day is not None and fits(day)

    return test


def occasions(book: Book, known: Circumstances, sign: str, wanted: Span) -> Test:  # noqa: ARG001
    """When an occasion of theirs comes next, their birthday among them."""
    comes = _coming(known, _within(wanted, known, sign, ahead=True))
    return lambda party: any(comes(each.on) for each in party.dates)


def _within(
    wanted: Span | PartialDate, known: Circumstances, sign: str, *, ahead: bool
) -> Callable[[PartialDate | date], bool]:
    if isinstance(wanted, Span):
        return spanned(sign, wanted, known.today, ahead=ahead)
    return lambda day: dated(sign, day, wanted)


def _coming(known: Circumstances, fits: Callable[[date], bool]) -> Callable[[PartialDate | None], bool]:
    """Whether a day that comes every year does so in time; each day of a year is looked at once."""
    days: dict[tuple[int | None, int | None], bool] = {}

    def comes(on: PartialDate | None) -> bool:
        if on is None:
            return False
        of_year = on.month, on.day
        if of_year not in days:
            day = next_of(on, known.today, known.leap_rule)
            days[of_year] = day is not None and fits(day)
        return days[of_year]

    return comes


def _asking(field: Field, book: Book, has: Callable[[Any], bool]) -> Test:
    """A question about a field: who knows is the record itself, or else its account; of tags, both."""
    accounts = book.accounts if field.name in ACCOUNT.fields else {}
    own, both = field.name in CONTACT.fields, isinstance(field.kind, Tags)

    def test(party: Party) -> bool:
        if isinstance(party, Account):
            return bool(accounts) and has(party)
        if own and (has(party) or not both):
            return has(party)
        account = accounts.get(party.account_id or "")
        return account is not None and has(account)

    return test
