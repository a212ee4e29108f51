"""Cadence: how long an account, or a person, may go without being in touch.

Due so many days after the last real touch: a newsletter or an invoice is none. Nobody ever touched counts
from the day they came into the book; a line that is skipped counts from that day. Being done is not kept
for itself: the activity that it wrote is the touch, and deleting that brings the line back.

An account's own days and style come before the row of the settings that it fits, and that before its tier.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kam_tui.domain.account import CUSTOMER, PROSPECT, Account
from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.spans import days_before
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.frozen import frozen
from kam_tui.domain.pace import AMBIENT, COLD, PERIODIC, QUIET, SOON, TRIGGERED
from kam_tui.domain.reminder import occurrence_key
from kam_tui.i18n import _, ngettext
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.question import Question, put_off

RULE = "cadence"
"""First part of its keys; the subject is the account or the person."""


@frozen
class Subject:
    """Who is kept in touch with, and how."""

    id: str
    """Of the account, or of the person."""

    created: date
    """The day they came into the book."""

    every: int
    """Days that may pass without a touch; 0 for any number."""

    style: str
    """One of `STYLES`."""

    account_id: str | None
    """The account itself, or that of the person."""

    contact_ids: tuple[str, ...]
    """The person; nobody for an account."""

    own: tuple[str, str]
    """Id and field that it rests on."""

    @property
    def is_awaited(self) -> bool:
        """Whether it is time for them again so many days after the last touch."""
        return bool(self.every) and self.style != TRIGGERED


def cadence(question: Question) -> Iterator[AgendaItem]:
    """Who is due to be heard of: customers and prospects, and people with a cadence of their own."""
    for subject in (*companies(question), *_people(question)):
        if subject.is_awaited:
            yield from _due(question, subject)


def companies(question: Question) -> Iterator[Subject]:
    """The customers and prospects, each with the cadence that is meant for it."""
    book, settings = question.book, question.settings
    paces = [(pace, question.meant(pace.where)) for pace in settings.cadence]
    for account in book.accounts.values():
        if account.archived or account.status not in (CUSTOMER, PROSPECT):
            continue
        pace = next((pace for pace, fits in paces if fits(account)), None)
        usual = (pace.days if pace else 0) or settings.cadence_of(account.tier)
        style = account.cadence_style or (pace.style if pace else PERIODIC)
        every, own = account.cadence_days or usual, (account.id, "cadence_days")
        yield Subject(account.id, account.created, every, style, account.id, (), own)


def _people(question: Question) -> Iterator[Subject]:
    for contact in question.book.contacts.values():
        if contact.cadence_days and contact.reachable and not question.silent(contact.account_id):
            yield Subject(
                contact.id,
                contact.created,
                contact.cadence_days,
                contact.cadence_style or PERIODIC,
                contact.account_id,
                (contact.id,),
                (contact.id, "cadence_days"),
            )


def _due(question: Question, subject: Subject) -> Iterator[AgendaItem]:
    today, every = question.today, subject.every
    touch = question.book.last_touch(subject.id, today)
    skipped = question.of(RULE, subject.id).skipped
    start = max(touch.when.day if touch else subject.created, skipped or date.min)
    due = days_before(start, -every)
    if not question.is_near(RULE, subject.id, due):
        return
    pressure = (today - start).days / every
    why = _why(question, touch, subject.created, skipped, every)
    key = occurrence_key(RULE, subject.id, due)
    item = AgendaItem(
        key=key,
        rule=RULE,
        due=Moment(due),
        who=question.who(subject.account_id, subject.contact_ids),
        what=_("Be in touch"),
        why=why,
        action="call",
        account_id=subject.account_id,
        contact_ids=subject.contact_ids,
        shows_from=due,
        every_days=every,
        pressure=pressure,
        state=SOON if pressure < 1 else QUIET if pressure * 100 < question.settings.cadence_maximum else COLD,
        ambient=subject.style == AMBIENT,
        facts=(why, *_facts(question, subject, start, due)),
        rests_on=(subject.own, *([(touch.id, "when")] if touch else [])),
    )
    yield put_off(question, item, question.book.occurrences.get(key))


def _facts(question: Question, subject: Subject, start: date, due: date) -> Iterator[str]:
    """Where the days come from, what style it is, and how it is counted."""
    book, settings = question.book, question.settings
    party: Account | Contact | None = book.accounts.get(subject.id) or book.contacts.get(subject.id)
    if party and party.cadence_days:
        yield _("{name} has a cadence of its own: {days} days.").format(name=party.name, days=subject.every)
    elif isinstance(party, Account) and subject.every == settings.cadence_of(party.tier):
        yield _("The tier of {name} is {tier}: {days} days.").format(
            name=party.name, tier=party.tier, days=subject.every
        )
    elif party:
        yield _("A row of the cadences in the settings fits {name}: {days} days.").format(
            name=party.name, days=subject.every
        )
    if subject.style == AMBIENT:
        yield _("Its style is ambient: it is listed, and asks for nothing.")
    cold = days_before(start, -subject.every * settings.cadence_maximum // 100)
    yield _("Rule cadence: due so many days after the last real touch, {due}; cold from {cold}.").format(
        due=show_day(due), cold=show_day(cold)
    )


def _why(question: Question, touch: Activity | None, created: date, skipped: date | None, every: int) -> str:
    since = touch.when.day if touch else created
    days = (question.today - since).days
    ago = ngettext("{days} day ago", "{days} days ago", days).format(days=days) if days else _("today")
    often = ngettext("every day", "every {days} days", every).format(days=every)
    if touch:
        kind = _(ACTIVITY_KINDS[touch.kind].label).lower()
        why = _("Last real contact {day} ({kind}): {ago}; {often}.").format(
            day=show_day(since), kind=kind, ago=ago, often=often
        )
    else:
        why = _("No contact yet, in the book since {day}: {ago}; {often}.").format(
            day=show_day(since), ago=ago, often=often
        )
    if skipped and skipped >= since:
        why += " " + _("Skipped {day}.").format(day=show_day(skipped))
    return why
