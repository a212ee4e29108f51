"""Portfolio: how all customer relationships stand together, and how that has changed over a year.

What happens is counted in spans of 30 days, the last of which ends today, so that each is as long as the
others and the newest is whole. Nothing is stored: the figures of last year follow from the book as it is
today, so that what was backdated or corrected is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from kam_tui.domain.account import CUSTOMER, PROSPECT, TIERS, Account
from kam_tui.domain.activity import ACTIVITY_KINDS, SALE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.frozen import frozen
from kam_tui.domain.money import summed
from kam_tui.domain.promise import Promise
from kam_tui.i18n import _
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.rules.cadence import Subject, companies
from kam_tui.rules.promises import keeping
from kam_tui.rules.question import Question
from kam_tui.settings import Settings

SPAN = 30
"""Days of a span."""

SPANS = 12
"""How many there are, the last of which ends today."""

PERCENT = "%"

PERSONAL = ("phone", "meeting")
"""Channels by which people hear each other."""

Spans = Sequence[Sequence[Activity]]
"""What happened in each span."""

Heard = tuple[bool | None, ...]
"""Whether one was in touch with an account at the end of each span; None before it was known."""

Number = int | Decimal
"""Counts and percentages are whole; sums of money are not."""


@frozen
class Figure:
    """One key figure, and what it was in each span."""

    name: str
    """What it is called in JSON."""

    label: str
    """What people call it."""

    values: tuple[Number | None, ...]
    """That of each span, the oldest first; None where there was nothing to count from."""

    unit: str
    """Empty for a count, `%`, or the code of a currency."""

    how: str
    """How it is counted, as a sentence."""

    @property
    def now(self) -> Number | None:
        """That of the last 30 days."""
        return self.values[-1]

    @property
    def change(self) -> Number | None:
        """What it is more than in the 30 days before, in its unit or in percentage points; None where either
        is unknown."""
        before, now = self.values[-2:]
        return None if before is None or now is None else now - before


@frozen
class Group:
    """The accounts of one tier: customers and prospects."""

    tier: str
    """One of `TIERS`."""

    accounts: int
    """How many there are."""

    in_touch: int
    """With how many of them one is in touch, as often as their cadence asks for."""

    awaited: int
    """How many have a cadence."""

    late: int
    """How many lines of the agenda are late."""

    quiet: int
    """How many are going quiet."""

    at_risk: int
    """How many are at risk."""


@frozen
class Portfolio:
    """All customer relationships at a glance."""

    today: date
    """The day it was worked out for: the last one of the last span."""

    figures: tuple[Figure, ...]
    """The key figures; those that nothing was ever counted for are left out."""

    groups: tuple[Group, ...]
    """The tiers that have accounts, key accounts first."""

    @property
    def spans(self) -> tuple[tuple[date, date], ...]:
        """The first and the last day of each span, the oldest first."""
        return tuple(_days_of(self.today, at) for at in range(SPANS))


def portfolio(book: Book, settings: Settings, due: Agenda, today: date) -> Portfolio:
    """The figures of a book, and its tiers by what is `due` on this day."""
    expected = [each for each in companies(Question(book, settings, today, today)) if each.is_awaited]
    heard = {subject.id: _in_touch(book, subject, today) for subject in expected}
    spans = [tuple(book.between(*_days_of(today, at))) for at in range(SPANS)]
    figures = (
        _kept_in_touch(heard.values()),
        *_touches(spans),
        _promises(book.promises.values(), today),
        *_sales(spans),
        _complaints(spans),
    )
    counted = tuple(figure for figure in figures if any(figure.values))
    return Portfolio(today, counted, tuple(_groups(book, due.told_apart(today), heard)))


def _days_of(today: date, at: int) -> tuple[date, date]:
    """The first and the last day of a span."""
    last = today - timedelta(days=SPAN * (SPANS - 1 - at))
    return last - timedelta(days=SPAN - 1), last


def _kept_in_touch(accounts: Iterable[Heard]) -> Figure:
    spans = list(zip(*accounts, strict=True)) or [()] * SPANS
    return Figure(
        "in_touch",
        _("Accounts in touch"),
        tuple(_percent(sum(map(bool, each)), sum(one is not None for one in each)) for each in spans),
        PERCENT,
        _(
            "Of today's customers and prospects, those whose last touch lay no longer ago than their cadence "
            "asks for, on the last day of the 30. An account counts from the first day the book knows of it."
        ),
    )


def _touches(spans: Spans) -> Iterator[Figure]:
    touches = [[each for each in some if each.is_touch] for some in spans]
    personal = [sum(ACTIVITY_KINDS[each.kind].channel in PERSONAL for each in some) for some in touches]
    yield Figure(
        "touches",
        _("Touches"),
        tuple(map(len, touches)),
        "",
        _("Calls, meetings, mails and whatever else counts as being in touch."),
    )
    yield Figure(
        "personal",
        _("In person or by phone"),
        tuple(map(_percent, personal, map(len, touches))),
        PERCENT,
        _("Of these touches, those at which people heard each other: calls, meetings, visits and events."),
    )


def _promises(promises: Iterable[Promise], today: date) -> Figure:
    settled = [promise for promise in promises if promise.settled]
    kept = []
    for at in range(SPANS):
        first, last = _days_of(today, at)
        kept.append(keeping((each for each in settled if first <= (each.settled or first) <= last), today))
    return Figure(
        "promises",
        _("Promises kept in time"),
        tuple(_percent(each.in_time, each.settled) for each in kept),
        PERCENT,
        _("Of the promises that were kept or broken in these days, those kept on their day or before."),
    )


def _sales(spans: Spans) -> Iterator[Figure]:
    """One for each currency, that of the most first."""
    sold = [summed(each.amount for each in some if each.kind == SALE and each.amount) for some in spans]
    currencies = {currency: sum(each.get(currency, 0) for each in sold) for each in sold for currency in each}
    for currency in sorted(currencies, key=lambda code: (-currencies[code], code)):
        yield Figure(
            f"sold_{currency.lower()}",
            _("Sold"),
            tuple(each.get(currency, Decimal()) for each in sold),
            currency,
            _("The amounts of the sales that are written down in this currency."),
        )


def _complaints(spans: Spans) -> Figure:
    counts = tuple(sum(each.kind == "complaint" for each in some) for some in spans)
    return Figure("complaints", _("Complaints"), counts, "", _("The complaints that came in."))


def _in_touch(book: Book, subject: Subject, today: date) -> Heard:
    """Whether an account was kept in touch with, on the last day of each span; None before it was known."""
    timeline = book.timeline(subject.id)
    since = min(subject.created, timeline[-1].when.day) if timeline else subject.created
    touches = (activity.when.day for activity in timeline if activity.is_touch)
    touch = next(touches, None)
    found: list[bool | None] = []
    for at in reversed(range(SPANS)):
        day = _days_of(today, at)[1]
        while touch is not None and touch > day:
            touch = next(touches, None)
        is_kept = touch is not None and (day - touch).days <= subject.every
        found.append(is_kept if since <= day else None)
    return tuple(reversed(found))


def _groups(book: Book, due: Agenda, heard: dict[str, Heard]) -> Iterator[Group]:
    for tier in TIERS:
        accounts = {
            account.id for account in book.accounts.values() if _counts(account) and account.tier == tier
        }
        if accounts:
            now = [heard[each][-1] for each in accounts if each in heard]
            yield Group(
                tier,
                accounts=len(accounts),
                in_touch=sum(map(bool, now)),
                awaited=len(now),
                late=sum(line.account_id in accounts for line in due.overdue),
                quiet=len(accounts & _accounts(due.quiet)),
                at_risk=len(accounts & _accounts(due.at_risk)),
            )


def _counts(account: Account) -> bool:
    return not account.archived and account.status in (CUSTOMER, PROSPECT)


def _accounts(lines: Iterable[AgendaItem]) -> set[str | None]:
    return {line.account_id for line in lines}


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
