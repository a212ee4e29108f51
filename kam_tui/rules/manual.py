"""Reminders set by hand, once or by a rule.

However many days of one reminder were missed, it is one line. It is due since the first of them, so that it
says how late it is; its key carries the last of them, so that doing or skipping it settles them all, and
leaves the next one ahead alone. One that is counted from when it was done comes so long after that, early or
late, and misses no days in between. What was put off stays put off when the next day comes round meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.recurrence import describe, occurrences
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.errors import Invalid
from kam_tui.domain.reminder import Reminder, occurrence_key
from kam_tui.i18n import _, ngettext
from kam_tui.rules.handled import Handled
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.question import Question, put_off

RULE = "reminder"
"""First part of its keys; the subject is the reminder."""


def manual(question: Question) -> Iterator[AgendaItem]:
    """One line for each reminder that has a missed day, or else a day ahead in the time asked for."""
    for reminder in question.book.reminders.values():
        if reminder.archived or question.silent(reminder.account_id):
            continue
        is_ahead = reminder.due.day > question.until
        if is_ahead and not question.is_near(RULE, reminder.id, reminder.first.day):
            continue
        try:
            rule, often = reminder.rule, how_often(reminder)
        except Invalid:
            # A book edited by hand: the reminder must not vanish with its rule.
            rule, often = "", _("its rule {rule} cannot be read").format(rule=reminder.rule)
        if item := _line(question, reminder, rule, often):
            yield item


def how_often(reminder: Reminder) -> str:
    """How often it comes, in words; empty for once. Raises Invalid for a rule that cannot be read."""
    often = describe(reminder.rule)
    if often and reminder.from_done:
        return _("{often}, counted from when it was done").format(often=often)
    return often


def _line(question: Question, reminder: Reminder, rule: str, often: str) -> AgendaItem | None:
    handled = question.of(RULE, reminder.id)
    days = _days(question, reminder, rule, handled)
    first = next(days, None)
    if first is None:
        return None
    due, last, missed = reminder.on(first), first, 1
    for day in days if due.day <= question.today else ():
        if (reminder.on(day).day if reminder.zone else day) > question.today:
            break
        last, missed = day, missed + 1
    snooze = handled.snooze if handled.snooze and handled.snooze.day <= last else None
    if due.day > question.until and snooze is None:
        return None
    account_id = _account(question, reminder)
    item = AgendaItem(
        key=occurrence_key(RULE, reminder.id, last),
        rule=RULE,
        due=due,
        who=question.who(account_id, reminder.contact_ids),
        what=reminder.text,
        why=_why(reminder, often, missed, due.day),
        action=reminder.action,
        account_id=account_id,
        contact_ids=reminder.contact_ids,
        shows_from=due.day,
        is_once=not reminder.rule,
        zone=reminder.zone or question.zone(due, account_id, reminder.contact_ids),
    )
    return put_off(question, item, snooze)


def _days(question: Question, reminder: Reminder, rule: str, handled: Handled) -> Iterator[date]:
    """The days that are not settled yet; of one that is counted from when it was done, only the next."""
    through, settled, until = handled.through, handled.settled, question.until
    if reminder.zone:
        until += timedelta(days=1)  # a day of the calendar there may begin on the day before here
    if handled.snooze and handled.snooze.moved:
        until = max(until, handled.snooze.day)  # what was moved nearer comes before its own day
    if not (rule and reminder.from_done):
        yield from occurrences(rule, reminder.first, through, until, question.holidays)
    elif through is None or settled is None or through < reminder.first.day:
        yield reminder.first.day
    else:
        for day in islice(occurrences(rule, Moment(settled), settled, until), 1):
            free = max(day, through + timedelta(days=1))  # done a whole turn early, its day is taken
            if free <= until:
                yield free


def _account(question: Question, reminder: Reminder) -> str | None:
    if reminder.account_id:
        return reminder.account_id
    people = filter(None, map(question.book.contacts.get, reminder.contact_ids))
    return next((contact.account_id for contact in people if contact.account_id), None)


def _why(reminder: Reminder, often: str, missed: int, first: date) -> str:
    day = show_day(reminder.created)
    if often:
        why = _("Reminder set on {day}; {often}.").format(day=day, often=often)
    else:
        why = _("Reminder set on {day}.").format(day=day)
    if missed > 1:
        why += " " + ngettext(
            "{count} time open since {first}.", "{count} times open since {first}.", missed
        ).format(count=missed, first=show_day(first))
    return why
