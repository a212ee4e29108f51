"""Cadence: how long an account, or a person, may go without being in touch.

Due so many days after the last real touch: a newsletter or an invoice is none. Nobody ever touched counts
from the day they came into the book; a line that is skipped counts from that day. Being done is not kept
for itself: the activity that it wrote is the touch, and deleting that brings the line back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kam_tui.domain.account import CUSTOMER, PROSPECT
from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.moment import Moment
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.when import show_day
from kam_tui.i18n import _, ngettext
from kam_tui.rules.item import AgendaItem, Question

RULE = "cadence"
"""First part of its keys; the subject is the account or the person."""


def cadence(question: Question) -> Iterator[AgendaItem]:
    """Who is due to be heard of: customers and prospects, and people with a cadence of their own."""
    book, settings = question.book, question.settings
    for account in book.accounts.values():
        if account.archived or account.status not in (CUSTOMER, PROSPECT):
            continue
        every = account.cadence_days or settings.cadence_of(account.tier)
        if every:
            yield from _due(question, account.id, account.created, every, account.id, ())
    for contact in book.contacts.values():
        if contact.cadence_days and contact.reachable and not question.silent(contact.account_id):
            yield from _due(
                question, contact.id, contact.created, contact.cadence_days, contact.account_id, (contact.id,)
            )


def _due(
    question: Question,
    subject_id: str,
    created: date,
    every: int,
    account_id: str | None,
    contact_ids: tuple[str, ...],
) -> Iterator[AgendaItem]:
    touch = question.book.last_touch(subject_id, question.today)
    skipped = question.of(RULE, subject_id).skipped
    start = touch.when.day if touch else created
    if skipped:
        start = max(start, skipped)
    due = start + timedelta(days=every)
    if due > question.until:
        return
    key = occurrence_key(RULE, subject_id, due)
    yield AgendaItem(
        key=key,
        rule=RULE,
        due=Moment(due),
        who=question.who(account_id, contact_ids),
        what=_("Be in touch"),
        why=_why(question, touch, created, skipped, every),
        action="call",
        account_id=account_id,
        contact_ids=contact_ids,
        shows_from=due,
        snoozed_until=question.snoozed(key),
        every_days=every,
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
