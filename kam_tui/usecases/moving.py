"""Moving: another day for one line of the agenda, on which it is due instead.

What was written down with a day of its own, a promise or a reminder for once, gets the other day. What
follows from a fact keeps its own: a birthday stays where it is, and this year's call is moved; a cadence
is counted as before, and comes due on the other day this once.
"""

from __future__ import annotations

from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, Record
from kam_tui.domain.dates.moment import Moment, zone_name
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.dates.zone import at_home, brought
from kam_tui.domain.errors import Invalid
from kam_tui.domain.promise import PROMISE
from kam_tui.domain.reminder import OCCURRENCE, REMINDER, SNOOZED
from kam_tui.domain.residence import zone_for
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.finding import find_item
from kam_tui.rules.item import with_whom
from kam_tui.rules.manual import RULE as REMINDER_RULE
from kam_tui.rules.promises import RULE as PROMISE_RULE
from kam_tui.settings import Settings


def move(book: Book, now: datetime, settings: Settings, key: str, to: Moment) -> Change:
    """This occurrence is due at `to` instead; where `to` is a day alone, at its time of day.

    A line that was put off is so no more. Raises NotFound where it is no longer open, Invalid for a time that
    has passed, and for a line that has no day to move.
    """
    return moved(book, now, find_item(book, settings, now.date(), key, zone_name(now)), to)


def moved(book: Book, now: datetime, item: AgendaItem, to: Moment) -> Change:
    """The change that moves a line of the agenda; see `move`."""
    if item.signs:
        raise Invalid(
            _("{what} has no day that could be moved: it tells how things stand.").format(what=item.line),
            _("Snooze it instead."),
        )
    said, zone = at_home(to, now)
    moment = item.due.on(said.day) if said.clock is None else said
    if said.clock is None and said.day == now.date() and _has_passed(moment, now):
        moment = said  # later today: its time of day is over
    if moment.day < now.date() or _has_passed(moment, now):
        raise Invalid(
            _("{day} has passed, so nothing can be moved there.").format(day=show_moment(moment)),
            _("Give a day to come, such as tomorrow or next week."),
        )
    edits = _edits(book, now, item, moment, zone)
    if not edits:
        return Change(_("Nothing changed."))
    there = item.zone or zone_for(book, item.account_id, item.contact_ids)
    days = {"day": show_moment(item.due, there), "other": show_moment(moment, there)}
    what = with_whom(item.what, item.who)
    return Change(_("Moved from {day} to {other}: {what}").format(**days, what=what), edits)


def _has_passed(moment: Moment, now: datetime) -> bool:
    return moment.clock is not None and moment.instant(now.tzinfo) <= now


def _kept(before: Moment, moment: Moment) -> Moment:
    """A moment; what it was before where that is the same by another clock."""
    return before if brought(moment, before.zone) == before else moment


def _edits(book: Book, now: datetime, item: AgendaItem, moment: Moment, zone: str) -> tuple[Edit, ...]:
    subject, handled = item.key.split(":")[1], book.occurrences.get(item.key)
    freed = (Edit(handled, None),) if handled and handled.state == SNOOZED else ()
    written: tuple[Record, Record] | None = None
    if item.rule == PROMISE_RULE:
        promise = book.promises[subject]
        written = promise, PROMISE.change(promise, due=_kept(promise.due, moment))
    elif item.rule == REMINDER_RULE and not book.reminders[subject].rule:
        reminder = book.reminders[subject]
        zone = reminder.zone if brought(moment, reminder.due.zone).clock == reminder.due.clock else zone
        written = reminder, REMINDER.change(reminder, due=_kept(reminder.due, moment), zone=zone)
    if written:
        return (Edit(*written), *freed) if written[0] != written[1] else freed
    if moment == (item.moved_from or item.due):
        return freed
    kept = OCCURRENCE.create(id=item.key, created=now.date(), state=SNOOZED, until=moment, moved=moment)
    return () if kept == handled else (Edit(handled, kept),)
