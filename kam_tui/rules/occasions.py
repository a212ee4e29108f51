"""Occasions: birthdays of people, anniversaries of people and accounts, with notice, every year.

Each is computed from the date as it is stored, year by year, so 29 February is back on its day in the next
leap year. The latest day that nobody has handled stays, however late; older years are not made up for. What
was long before a person or account came into the book, or before the date was filled in, is not made up for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kam_tui.domain.account import FORMER, Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.ids import handle_of
from kam_tui.domain.moment import Moment
from kam_tui.domain.occasion import BIRTHDAY, OCCASION_KINDS, Occasion
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import fold
from kam_tui.domain.when import show_partial
from kam_tui.i18n import _, ngettext
from kam_tui.rules.item import AgendaItem, Question

SAME = timedelta(days=31)
"""An occasion comes once a year: a day this close after a settled one is the same, its date corrected."""

_ACTIONS = {"mail": "mail", "message": "message", "post": "card"}
"""How a person likes to be reached, to what is done; a call for the rest."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose occasion it is."""

    id: str
    since: date
    account_id: str | None
    contact_ids: tuple[str, ...]
    action: str


def occasions(question: Question) -> Iterator[AgendaItem]:
    """The open occasions of reachable people, and of accounts that are neither archived nor former."""
    book = question.book
    for contact in book.contacts.values():
        known = contact.birthday or contact.occasions
        if known and contact.reachable and not question.silent(contact.account_id):
            yield from _all(question, _person(contact), contact.dates)
    for account in book.accounts.values():
        if account.dates and not account.archived and account.status != FORMER:
            yield from _all(question, _company(account), account.dates)


def _person(contact: Contact) -> _Subject:
    action = _ACTIONS.get(contact.channel, "call")
    since = contact.dates_since or contact.created
    return _Subject(contact.id, since, contact.account_id, (contact.id,), action)


def _company(account: Account) -> _Subject:
    return _Subject(account.id, account.dates_since or account.created, account.id, (), "call")


def _all(question: Question, subject: _Subject, known: tuple[Occasion, ...]) -> Iterator[AgendaItem]:
    """Each occasion under a rule name of its own, by which its days are told from those of the others."""
    taken: set[str] = set()
    for occasion in known:
        on = occasion.on
        if on.month is None or on.day is None:
            continue
        rule = occasion.kind
        if occasion.label:
            rule += "." + ("-".join(fold(occasion.label).split()) or handle_of(occasion.label))
        dated = f"{rule}.{on.month:02d}{on.day:02d}"
        if dated not in taken:
            yield from _one(question, subject, occasion, dated if rule in taken else rule)
        taken |= {rule, dated}


def _one(question: Question, subject: _Subject, occasion: Occasion, rule: str) -> Iterator[AgendaItem]:
    settings, today = question.settings, question.today
    usual = settings.lead_birthday if occasion.kind == BIRTHDAY else settings.lead_occasion
    lead = timedelta(days=usual if occasion.lead_days is None else occasion.lead_days)
    through = question.of(rule, subject.id).through
    earliest = subject.since - timedelta(days=settings.belated_days)
    if through:
        earliest = max(earliest, through + SAME)
    past, ahead = _around(occasion, settings.leap_day, today)
    if past and past >= earliest:
        yield _item(question, subject, occasion, rule, past, lead)
    if ahead and ahead >= earliest and (ahead <= question.until or ahead - lead <= today):
        yield _item(question, subject, occasion, rule, ahead, lead)


def _around(occasion: Occasion, leap_day: str, today: date) -> tuple[date | None, date | None]:
    """The last day of an occasion up to today, and the first after it. The first year of all is none."""
    past = ahead = None
    for year in range(today.year - 1, min(today.year + 2, 10000)):
        day = occasion.on.in_year(year, leap_day)
        if day is None or (occasion.on.year is not None and year <= occasion.on.year):
            continue
        if day <= today:
            past = day
        else:
            ahead = ahead or day
    return past, ahead


def _item(
    question: Question, subject: _Subject, occasion: Occasion, rule: str, day: date, lead: timedelta
) -> AgendaItem:
    years = occasion.on.years_in(day.year)
    key = occurrence_key(rule, subject.id, day)
    return AgendaItem(
        key=key,
        rule=rule,
        due=Moment(day),
        who=question.who(subject.account_id, subject.contact_ids),
        what=_what(occasion, years, day < question.today),
        why=_why(occasion, day),
        action=subject.action,
        account_id=subject.account_id,
        contact_ids=subject.contact_ids,
        shows_from=day - lead,
        snoozed_until=question.snoozed(key),
        milestone=is_milestone(occasion.kind, years),
    )


def is_milestone(kind: str, years: int | None) -> bool:
    """Whether so many years stand out: round birthdays; 5, 10, 20, 25, 30 … years of anything else."""
    if not years:
        return False
    return years % 10 == 0 or (kind != BIRTHDAY and (years == 5 or years % 25 == 0))


def _what(occasion: Occasion, years: int | None, gone: bool) -> str:
    name = occasion.label or _(OCCASION_KINDS[occasion.kind])
    if not years:
        return name
    if occasion.kind == BIRTHDAY:
        pattern = _("{occasion}, turned {years}") if gone else _("{occasion}, turns {years}")
        return pattern.format(occasion=name, years=years)
    return ngettext("{occasion}, {years} year", "{occasion}, {years} years", years).format(
        occasion=name, years=years
    )


def _why(occasion: Occasion, day: date) -> str:
    shown = show_partial(occasion.on)
    if occasion.kind == BIRTHDAY:
        why = _("Born {day}.").format(day=shown)
    elif occasion.kind == "customer":
        why = _("Customer since {day}.").format(day=shown)
    else:
        why = _("{occasion}: {day}.").format(
            occasion=occasion.label or _(OCCASION_KINDS[occasion.kind]), day=shown
        )
    if (occasion.on.month, occasion.on.day) != (day.month, day.day):
        why += " " + _("This year has no 29 February.")
    return why
