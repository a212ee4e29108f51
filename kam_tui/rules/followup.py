"""Follow-up: a sale asks for a thank-you call on the next working day.

It is satisfied by a thank-you on the same account or with the same people, on the day of the sale or later,
by an activity that says it was done because of it, or by being done or skipped. A sale of nobody asks for
nothing, nor does one that was written down long after: an import of old sales is no list of calls to make.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kam_tui.domain.activity import SALE, THANKS, Activity
from kam_tui.domain.moment import Moment
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import shorten
from kam_tui.domain.when import show_day
from kam_tui.domain.workdays import next_workday
from kam_tui.i18n import _
from kam_tui.rules.item import AgendaItem, Question

RULE = THANKS
"""First part of its keys; the subject is the sale."""

LATE_NEWS = 30
"""Days after which a sale that is only now written down asks for no call."""


def thank_you(question: Question) -> Iterator[AgendaItem]:
    """The thank-you calls that sales still ask for."""
    if not question.settings.thank_after_sale:
        return
    book = question.book
    sales: list[Activity] = []
    thanked: dict[str, date] = {}
    answered: set[str] = set()
    for activity in book.activities.values():
        if activity.because:
            answered.add(activity.because.rpartition(":")[0])
        if activity.kind == SALE:
            sales.append(activity)
        elif activity.kind == THANKS and activity.when.day <= question.today:
            for subject in (book.account_of(activity), *activity.contact_ids):
                if subject:
                    thanked[subject] = max(thanked.get(subject, date.min), activity.when.day)
    for sale in sales:
        account_id = book.account_of(sale)
        subjects = (account_id, *sale.contact_ids)
        if (sale.created.day - sale.when.day).days > LATE_NEWS or not any(subjects):
            continue
        if (
            question.silent(account_id)
            or question.of(RULE, sale.id).through
            or f"{RULE}:{sale.id}" in answered
        ):
            continue
        if any(thanked.get(subject or "", date.min) >= sale.when.day for subject in subjects):
            continue
        due = next_workday(sale.when.day)
        if sale.when.day <= question.today and due <= question.until:
            yield _item(question, sale, account_id, due)


def _item(question: Question, sale: Activity, account_id: str | None, due: date) -> AgendaItem:
    contacts = question.book.contacts
    people = tuple(c for c in sale.contact_ids if c in contacts and contacts[c].reachable)
    key = occurrence_key(RULE, sale.id, due)
    return AgendaItem(
        key=key,
        rule=RULE,
        due=Moment(due),
        who=question.who(account_id, people),
        what=_("Call to thank, and ask if they are satisfied"),
        why=_why(sale),
        action=THANKS,
        account_id=account_id,
        contact_ids=people,
        shows_from=due,
        snoozed_until=question.snoozed(key),
    )


def _why(sale: Activity) -> str:
    day, text = show_day(sale.when.day), shorten(sale.text, 80)
    if not text:
        return _("Sale on {day}.").format(day=day)
    return _("Sale on {day}: {text}").format(day=day, text=text if text[-1] in ".!?…" else f"{text}.")
