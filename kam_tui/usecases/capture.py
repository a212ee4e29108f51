"""Capture: one line of plain words becomes an activity, and perhaps a reminder and a promise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui.domain.activity import ACTIVITY, ACTIVITY_KINDS, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, add
from kam_tui.domain.dates.line_dates import Problem
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Invalid
from kam_tui.domain.ids import new_id
from kam_tui.domain.one_line import Understood, read_line
from kam_tui.domain.reminder import ACTIONS, REMINDER, Reminder
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.settings import Settings
from kam_tui.usecases import activities

if TYPE_CHECKING:  # most lines tell of no promise
    from kam_tui.domain.promise import Promise


def capture(book: Book, now: datetime, text: str, settings: Settings, kind: str = NOTE) -> Change:
    """Keep one line: as an activity, as a reminder, as a promise, or as all of them.

    Raises the first problem of it: NotFound, Ambiguous or Invalid.
    """
    line = understand(book, now, text, settings, kind)
    if line.problems:
        raise line.problems[0].error
    people = tuple(contact.id for contact in line.contacts)
    return kept(book, now, line, kind, line.account.id if line.account else None, people)


def kept(
    book: Book,
    now: datetime,
    line: Understood,
    kind: str,
    account_id: str | None,
    contact_ids: tuple[str, ...],
) -> Change:
    """The change that a line makes which is understood, for an account and people."""
    change = Change("")
    if line.text or kind != NOTE:
        activity = ACTIVITY.create(
            id=new_id("t"), created=Moment.of(now), kind=kind, when=line.when, text=line.text,
            account_id=account_id, contact_ids=contact_ids, tags=line.tags,
        )  # fmt: skip
        change = activities.logged(book, activity, now)
    if wish := line.reminder:
        action = kind if kind in ACTIONS and kind != NOTE else "call"
        reminder = REMINDER.create(
            id=new_id("r"), created=now.date(), text=wish.text, due=wish.due, rule=wish.rule, zone=wish.zone,
            action=action, account_id=account_id, contact_ids=contact_ids,
            tags=() if change.edits else line.tags,
        )  # fmt: skip
        change = _with(change, reminder, _("Reminder for {day}: {text}"))
    if wish := line.promise:
        from kam_tui.domain.promise import PROMISE

        promise = PROMISE.create(
            id=new_id("p"), created=min(line.when.day, now.date()), text=wish.text, due=wish.due,
            account_id=account_id, contact_ids=contact_ids,
        )  # fmt: skip
        change = _with(change, promise, _("Promised by {day}: {text}"))
    return change


def _with(change: Change, record: Reminder | Promise, said: str) -> Change:
    """The change that makes a record as well; what is noted down says what it is."""
    from kam_tui.domain.dates.when import show_moment

    summary = change.summary or said.format(day=show_moment(record.due), text=record.text)
    return Change(summary, (*change.edits, add(record)))


def understand(book: Book, now: datetime, text: str, settings: Settings, kind: str = NOTE) -> Understood:
    """What a line says, as far as it can be understood. Writes nothing; for previews as well.

    Raises Invalid for an unknown kind.
    """
    if kind not in ACTIVITY_KINDS:
        raise Invalid(
            _("{kind} is not a kind of activity.").format(kind=shorten(clean(kind), 60)),
            _("The kinds are {kinds}.").format(kinds=", ".join(ACTIVITY_KINDS)),
        )
    line = read_line(book, text, settings.reading.at(now))
    if kind == NOTE and not (line.text or line.reminder or line.promise or line.problems):
        from dataclasses import replace

        nothing = Problem("", Invalid(_("There is nothing to note down yet.")))
        return replace(line, problems=(nothing,))
    return line
