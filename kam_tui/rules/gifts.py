"""Gifts: what was given to an account this year and what is left of its budget, what was given to a person
before, and what they would be glad of.

A year is that of the calendar. Amounts in another currency than the budget's are named and never added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kam_tui.domain.account import Account
from kam_tui.domain.activity import GIFT, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import add
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.frozen import frozen
from kam_tui.domain.money import currency_of, named_in, number_of, show_sum, summed, with_amount
from kam_tui.domain.text import clean, shorten, words_of
from kam_tui.i18n import _, ngettext
from kam_tui.settings import Settings

if TYPE_CHECKING:  # a capture has no line of the agenda
    from kam_tui.rules.item import AgendaItem

AT_MOST = 3
"""Earlier gifts that are told beside a line."""

GIST = 60
"""Characters of what was given."""

_ALIKE = 2 / 3
"""How much of the words of two gifts must be the same ones, for them to be the same gift."""

_FEW = 2
"""Words from which on a gift is the same as one that is told at more length: `wine` is not `wine glasses`."""

_SMALL = frozenset(
    "a an and as at for from her his in it its of on our some the their them this to with"
    " ja sekä sille hänelle heille".split()
)
"""Words that tell no two gifts apart."""


@frozen
class Spending:
    """What was given to an account in a year, and what may still be."""

    year: int
    """The year of the calendar."""

    budget: str = ""
    """What may be given in it, an amount; empty where nobody has set that."""

    left: str = ""
    """What is left of the budget, an amount that begins with `-` where it is overdrawn; empty without one."""

    given: str = ""
    """What was given in the currency of the budget, an amount; empty without a budget."""

    others: tuple[str, ...] = ()
    """What was given in other currencies, an amount for each; without a budget, all that was."""

    unpriced: int = 0
    """How many gifts have no amount."""

    @property
    def is_overdrawn(self) -> bool:
        """Whether more was given than may be."""
        return self.left.startswith("-")


@frozen
class Giving:
    """What is good to know before one gives something."""

    spending: Spending | None = None
    """Of the account; None where there is none."""

    before: tuple[Activity, ...] = ()
    """The last gifts to the same people, else to the account, the newest first."""

    ideas: tuple[str, ...] = ()
    """What the people would be glad of."""


def spending(book: Book, settings: Settings | None, today: date, account: Account) -> Spending:
    """What was given to an account from the first of January to `today`, and what is left of its budget: of
    its own, else of its tier's in the settings."""
    amounts: list[str] = []
    unpriced = 0
    for activity in book.entries(account.id):
        if activity.kind == GIFT and activity.when.day.year == today.year and activity.when.day <= today:
            amounts.append(activity.amount)
            unpriced += not activity.amount
    sums = summed(filter(None, amounts))
    budget = account.gift_budget or (settings.gift_budget_of(account.tier) if settings else "")
    left, given = "", ""
    if budget:
        code, limit = currency_of(budget), number_of(budget)
        spent = sums.pop(code, limit - limit)
        left, given = show_sum(limit - spent, code), show_sum(spent, code)
    others = tuple(show_sum(number, code) for code, number in sums.items())
    return Spending(today.year, budget, left, given, others, unpriced)


def giving(book: Book, settings: Settings, today: date, item: AgendaItem) -> Giving | None:
    """What is good to know for a line that asks for a gift; None for any other."""
    if item.action != GIFT:
        return None
    account = book.accounts.get(item.account_id or "")
    people = [person for person in map(book.contacts.get, item.contact_ids) if person]
    ideas = (line.strip(" -*•") for person in people for line in person.gift_ideas.splitlines())
    before = [
        gift
        for gift in _gifts(book, item.contact_ids or filter(None, [item.account_id]))
        if gift.when.day <= today and gift.because != item.key
    ]
    return Giving(
        spending(book, settings, today, account) if account else None,
        tuple(before[:AT_MOST]),
        tuple(dict.fromkeys(filter(None, ideas))),
    )


def notes(book: Book, settings: Settings | None, today: date, activity: Activity) -> Iterator[str]:
    """What is worth knowing of a gift that is new in the book: that it was given before, and that it is more
    than the budget has. Without settings, only the budget of the account's own is known."""
    if (earlier := repeats(book, activity)) is not None:
        yield _("This was given before: {gift}.").format(gift=show_gift(earlier, today))
    account = book.accounts.get(book.account_of(activity) or "")
    if account is None or activity.when.day.year != today.year:
        return
    now = spending(book.after([add(activity)]), settings, today, account)
    if now.budget and not number_of(now.budget):
        yield _("{name} is to get no gifts in {year}.").format(name=account.name, year=now.year)
    elif now.is_overdrawn and activity.amount:
        yield _("The gift budget of {name} is {told}.").format(name=account.name, told=show_spending(now))


def repeats(book: Book, activity: Activity) -> Activity | None:
    """The last gift to one of the same people, else to the account, that is the same or nearly so."""
    wanted = _essence(book, activity)
    subjects = activity.contact_ids or tuple(filter(None, [activity.account_id]))
    for gift in _gifts(book, subjects) if wanted else ():
        alike = _are_alike(wanted, _essence(book, gift))
        if alike and gift.id != activity.id and bool(gift.contact_ids) == bool(activity.contact_ids):
            return gift
    return None


def show_spending(told: Spending) -> str:
    """It in words: `55 EUR of 100 EUR left in 2026`; empty where nothing is known."""
    parts: list[str] = []
    if told.is_overdrawn:
        over = _("overdrawn by {over}, with {given} of {budget} given in {year}")
        parts.append(over.format(over=told.left[1:], given=told.given, budget=told.budget, year=told.year))
    elif told.budget and not number_of(told.budget):
        parts.append(_("no gifts in {year}").format(year=told.year))
    elif told.budget:
        left = _("{left} of {budget} left in {year}")
        parts.append(left.format(left=told.left, budget=told.budget, year=told.year))
    if told.others:
        given = _("{amounts} given besides, not counted") if told.budget else _("{amounts} given in {year}")
        parts.append(given.format(amounts=_(" and ").join(told.others), year=told.year))
    if told.unpriced:
        unpriced = ngettext(
            "{count} gift without an amount", "{count} gifts without an amount", told.unpriced
        )
        parts.append(unpriced.format(count=told.unpriced))
    return "; ".join(parts)


def label_of(told: Spending) -> str:
    """What stands before `show_spending`."""
    return _("Gift budget") if told.budget else _("Gifts")


def show_gift(gift: Activity, today: date) -> str:
    """What was given, and when: `a book on cheese (45 EUR), Fri 12 Dec 2025`."""
    what = with_amount(clean(shorten(gift.text, GIST)), gift.amount)
    day = show_day(gift.when.day, today)
    return _("{what}, {day}").format(what=what, day=day) if what else day


def told_of(known: Giving, today: date) -> Iterator[tuple[str, str]]:
    """All of it in words, each with its label."""
    if known.spending and (said := show_spending(known.spending)):
        yield label_of(known.spending), said
    yield from ((_("Given before"), show_gift(gift, today)) for gift in known.before)
    if known.ideas:
        yield _("Gift ideas"), "; ".join(map(clean, known.ideas))


def _gifts(book: Book, subjects: Iterable[str]) -> list[Activity]:
    """The gifts to some people, or to an account; the newest first."""
    some = {gift.id: gift for each in subjects for gift in book.entries(each) if gift.kind == GIFT}
    return sorted(some.values(), key=lambda gift: gift.order, reverse=True)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most words are the same, or one gift is told in a few words of the other."""
    shorter = min(len(one), len(other))
    same = len(one & other)
    return same >= _ALIKE * len(one | other) or shorter == same >= _FEW


def _essence(book: Book, gift: Activity) -> frozenset[str]:
    """The words that tell a gift from others, without its amount and the names of those it is for."""
    text = " ".join(gift.text.split())
    for said, _kept in named_in(text):
        text = text.replace(said, " ")
    names = words_of(book.who(gift.account_id, gift.contact_ids))
    words = (word.removesuffix("s") if len(word) > 3 else word for word in words_of(text))
    return frozenset(words).difference(_SMALL, names, (name.removesuffix("s") for name in names))
