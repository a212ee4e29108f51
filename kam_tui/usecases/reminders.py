"""What is done with reminders, and with everything else that comes up on the agenda.

A person marks one *occurrence* (one day of one rule for one subject) as done, skipped or snoozed.
It makes no difference whether the rule was set by hand or follows from a birthday or a sale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from kam_tui.domain.activity import ACTIVITY, ACTIVITY_KINDS, NOTE, PRICED
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.change import add as added
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.dates.zone import at_home
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.ids import new_id
from kam_tui.domain.lookup import reading_about
from kam_tui.domain.money import read_amount
from kam_tui.domain.reminder import DONE, OCCURRENCE, REMINDER, SKIPPED, SNOOZED, Reminder, occurrence_key
from kam_tui.domain.residence import zone_for
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.finding import find_item
from kam_tui.rules.item import with_whom
from kam_tui.rules.manual import RULE as REMINDER_RULE
from kam_tui.rules.promises import RULE as PROMISE
from kam_tui.settings import Settings
from kam_tui.usecases import activities, promises


def add(book: Book, now: datetime, fields: Mapping[str, str], how: Reading = PLAIN) -> Change:
    """A new reminder. Raises Invalid for a field that cannot be taken, or a day that has passed."""
    values = REMINDER.read_form({"text": "", "due": "", **fields}, reading_about(book, now, fields, how))
    values["due"], zone = at_home(values["due"], now)
    return set_for(REMINDER.create(id=new_id("r"), created=now.date(), zone=zone, **values), now)


def set_for(reminder: Reminder, now: datetime) -> Change:
    """The change that a new reminder makes. Raises Invalid for a day that has passed."""
    _refuse_past(reminder, now)
    _refuse_fixed_days(reminder)
    return Change(
        _("Reminder for {day}: {text}").format(day=show_moment(reminder.due), text=reminder.text),
        (added(reminder),),
    )


def edit(
    book: Book, now: datetime, reminder_id: str, fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """Other values for some fields; a field left out keeps its value, an empty text clears it."""
    before = of(book, reminder_id)
    whom = {"account_id": before.account_id or "", "contact_ids": ";".join(before.contact_ids), **fields}
    after = REMINDER.change(before, **REMINDER.read_form(fields, reading_about(book, now, whom, how)))
    if after == before:
        return Change(_("Nothing changed."))
    if after.due != before.due:
        due, zone = at_home(after.due, now)
        after = REMINDER.change(after, due=due, zone=zone)
        _refuse_past(after, now)
    _refuse_fixed_days(after)
    return Change(
        _("Changed the reminder: {text}").format(text=after.text),
        (Edit(before, after), *_asked_again(book, before, after)),
    )


def _asked_again(book: Book, before: Reminder, after: Reminder) -> Iterator[Edit]:
    """What comes once and gets another day is open on that day, whatever became of the one before."""
    if after.due != before.due and not (before.rule or after.rule):
        handled = book.occurrences.get(occurrence_key(REMINDER_RULE, before.id, before.due.day))
        if handled is not None:
            yield Edit(handled, None)


def remove(book: Book, now: datetime, reminder_id: str) -> Change:  # noqa: ARG001
    """Take a reminder off the agenda for good; undo brings it back."""
    before = of(book, reminder_id)
    after = REMINDER.change(before, archived=True)
    return Change(_("Removed the reminder: {text}").format(text=before.text), (Edit(before, after),))


def complete(book: Book, now: datetime, settings: Settings, key: str, text: str = "") -> Change:
    """Done: the activity that it asked for goes on the timeline, and the occurrence comes up no more.

    `text` says how it went; empty takes what the agenda said. Where somebody else has dealt with it
    meanwhile, the text is not lost: it is kept as a note. Raises NotFound where there is no text either.
    """
    try:
        item = find_item(book, settings, now.date(), key)
    except NotFound:
        if note := _note_of(book, now, key, clean(text, multiline=True)):
            return note
        raise
    return activities.noted(book, now, completed(book, now, item, text), settings)


def completed(book: Book, now: datetime, item: AgendaItem, text: str = "") -> Change:
    """The change that doing what a line of the agenda asks for makes."""
    if item.rule == PROMISE:
        return promises.keep(book, now, item.key.split(":")[1], text)
    kind = _(ACTIVITY_KINDS[item.action].label)
    how = _("{kind} with {who}").format(kind=kind, who=item.who) if item.who else ""
    activity = ACTIVITY.create(
        id=new_id("t"),
        created=Moment.of(now),
        kind=item.action,
        when=Moment.of(now),
        text=clean(text, multiline=True) or item.what,
        amount=read_amount(text)[0] if item.action in PRICED else "",
        account_id=item.account_id,
        contact_ids=item.contact_ids,
        because=item.key,
    )
    return Change(
        _("Done: {what}").format(what=with_whom(item.what, how)),
        (_marked(book, now, item, DONE), *activities.logged(book, activity, now).edits),
    )


def _note_of(book: Book, now: datetime, key: str, text: str) -> Change | None:
    """How it went with something that is open no more, as a note about whom it was for."""
    subject = [*key.split(":"), ""][1]
    about = (
        book.reminders.get(subject)
        or book.activities.get(subject)
        or book.contacts.get(subject)
        or book.promises.get(subject)
        or book.contracts.get(subject)
    )
    account_id = subject if subject in book.accounts else about.account_id if about else None
    people = (subject,) if isinstance(about, Contact) else getattr(about, "contact_ids", ())
    if not text or not (account_id or people):
        return None
    note = ACTIVITY.create(
        id=new_id("t"), created=Moment.of(now), kind=NOTE, when=Moment.of(now), text=text,
        account_id=account_id, contact_ids=people,
    )  # fmt: skip
    kept = activities.logged(book, note, now)
    return Change(
        _("It was dealt with already. Kept as a note: {what}").format(what=kept.summary), kept.edits
    )


def skip(book: Book, now: datetime, settings: Settings, key: str) -> Change:
    """Not this time: the occurrence comes up no more, and nothing goes on the timeline."""
    return skipped(book, now, find_item(book, settings, now.date(), key))


def skipped(book: Book, now: datetime, item: AgendaItem) -> Change:
    """The change that lets a line of the agenda pass. Raises Invalid for a promise."""
    if item.rule == PROMISE:
        raise Invalid(
            _("A promise cannot be skipped: it is kept, or it is broken."),
            _("Snooze it, agree on another day for it, or write down why it cannot be kept."),
        )
    said = _("Skipped: {what}").format(what=with_whom(item.what, item.who))
    return Change(said, (_marked(book, now, item, SKIPPED),))


def snooze(book: Book, now: datetime, settings: Settings, key: str, until: Moment) -> Change:
    """Not now: the occurrence is hidden until `until`, and keeps the day it was due.

    Raises Invalid for a time that has passed.
    """
    return snoozed(book, now, find_item(book, settings, now.date(), key), until)


def snoozed(book: Book, now: datetime, item: AgendaItem, until: Moment) -> Change:
    """The change that puts a line of the agenda off. Raises Invalid for a time that has passed."""
    until = at_home(until, now)[0]
    if until.day < now.date() or (until.day == now.date() and until.instant(now.tzinfo) <= now):
        raise Invalid(
            _("{day} has passed, so nothing can be snoozed until then.").format(day=show_moment(until)),
            _("Give a day to come, such as tomorrow or next week."),
        )
    day = show_moment(until, item.zone or zone_for(book, item.account_id, item.contact_ids))
    said = _("Snoozed until {day}: {what}").format(day=day, what=with_whom(item.what, item.who))
    return Change(said, (_marked(book, now, item, SNOOZED, until),))


def of(book: Book, reminder_id: str) -> Reminder:
    """The reminder with this id. Raises NotFound where it is gone."""
    reminder = book.reminders.get(reminder_id)
    if reminder is None:
        raise NotFound(_("That reminder is no longer in the book."))
    return reminder


def _refuse_past(reminder: Reminder, now: datetime) -> None:
    if reminder.due.day < now.date():
        raise Invalid(
            _("{day} has passed, so it cannot be a day to be reminded on.").format(
                day=show_moment(reminder.due)
            ),
            _("Give a day to come, such as tomorrow or 2 weeks."),
        )


def _refuse_fixed_days(reminder: Reminder) -> None:
    """What is counted from when it was done can name a length of time, and no days of the calendar."""
    if reminder.from_done and (not reminder.rule or "BY" in reminder.rule or "COUNT" in reminder.rule):
        raise Invalid(
            _("Only what comes again, and on no fixed days, can be counted from when it was done."),
            _("Say how long, such as every 2 weeks, or leave out that it is counted from done."),
        )


def _marked(book: Book, now: datetime, item: AgendaItem, state: str, until: Moment | None = None) -> Edit:
    moved = item.due if until and item.moved_from else None
    occurrence = OCCURRENCE.create(id=item.key, created=now.date(), state=state, until=until, moved=moved)
    return Edit(book.occurrences.get(item.key), occurrence)
