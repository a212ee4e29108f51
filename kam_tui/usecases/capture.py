"""Capture: one line of plain words becomes an activity, and perhaps a reminder and a promise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui.domain.activity import ACTIVITY, ACTIVITY_KINDS, GIFT, NOTE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, add
from kam_tui.domain.dates.line_dates import Problem
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Invalid, did_you_mean
from kam_tui.domain.ids import new_id
from kam_tui.domain.one_line import Understood, read_line
from kam_tui.domain.reminder import ACTIONS, REMINDER, Reminder
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.settings import Settings
from kam_tui.usecases import activities

if TYPE_CHECKING:  # most lines tell of no promise
    from kam_tui.domain.promise import Promise


def capture(
    book: Book, now: datetime, text: str, settings: Settings, kind: str = NOTE, amount: str = ""
) -> Change:
    """Keep one line: as an activity, as a reminder, as a promise, or as all of them; with the `amount` that
    a person has typed beside it, else with the one that it names.

    Raises the first problem of it: NotFound, Ambiguous or Invalid.
    """
    line = understand(book, now, text, settings, kind)
    if line.problems:
        raise line.problems[0].error
    people = tuple(contact.id for contact in line.contacts)
    change = kept(book, now, line, kind, line.account.id if line.account else None, people, amount)
    return activities.noted(book, now, change, settings, () if amount else line.notes)


def kept(
    book: Book,
    now: datetime,
    line: Understood,
    kind: str,
    account_id: str | None,
    contact_ids: tuple[str, ...],
    amount: str = "",
) -> Change:
    """The change that a line makes which is understood, for an account and people, as the kind that it says,
    else as `kind`; with another `amount` than the line's, as a person has typed it. Raises Invalid for one
    that is none."""
    change, kind = Change(""), line.kind or kind
    if line.text or kind != NOTE:
        activity = _activity(now, line, kind, account_id, contact_ids, _read(amount) or line.amount)
        change = activities.logged(book, activity, now)
    elif amount:
        raise Invalid(
            _("An amount belongs to something that has happened, and the line tells of nothing."),
            _("Write down what was given or sold, or leave the amount out."),
        )
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


def _activity(
    now: datetime,
    line: Understood,
    kind: str,
    account_id: str | None,
    contact_ids: tuple[str, ...],
    amount: str,
) -> Activity:
    return ACTIVITY.create(
        id=new_id("t"), created=Moment.of(now), kind=kind, when=line.when, text=line.text, amount=amount,
        account_id=account_id, contact_ids=contact_ids, tags=line.tags,
    )  # fmt: skip


def _read(amount: str) -> str:
    if not amount:
        return ""
    from kam_tui.domain.money import read_money

    try:
        return read_money(amount)
    except ValueError as problem:
        raise Invalid(str(problem)) from None


def foreseen(
    book: Book, now: datetime, line: Understood, settings: Settings, kind: str = NOTE
) -> tuple[str, ...]:
    """What will be worth knowing of a line when it is kept; for previews."""
    kind = line.kind or kind
    if kind != GIFT or line.problems:
        return line.notes
    people = tuple(contact.id for contact in line.contacts)
    activity = _activity(now, line, kind, line.account.id if line.account else None, people, line.amount)
    change = Change("", (add(activity),))
    return activities.noted(book, now, change, settings, line.notes).notes


def understand(book: Book, now: datetime, text: str, settings: Settings, kind: str = NOTE) -> Understood:
    """What a line says, as far as it can be understood. Writes nothing; for previews as well.

    Raises Invalid for an unknown kind.
    """
    if kind not in ACTIVITY_KINDS:
        import difflib

        near = difflib.get_close_matches(kind, ACTIVITY_KINDS, 3)
        raise Invalid(
            _("{kind} is not a kind of activity.").format(kind=shorten(clean(kind), 60)),
            did_you_mean(near) or _("The kinds are {kinds}.").format(kinds=", ".join(ACTIVITY_KINDS)),
        )
    line = read_line(book, text, settings.reading.at(now), kind=kind)
    if (line.kind or kind) == NOTE and not (line.text or line.reminder or line.promise or line.problems):
        from dataclasses import replace

        nothing = Problem("", Invalid(_("There is nothing to note down yet.")))
        return replace(line, problems=(nothing,))
    return line
