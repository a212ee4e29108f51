"""`kam remind`: set a reminder in one line; list, edit and remove those that are set."""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from typing import Any

from kam_tui.cli.asking import settled
from kam_tui.cli.flags import add_fields, fields_of
from kam_tui.cli.line_with_day import EVERY, marked
from kam_tui.cli.output import Styled
from kam_tui.cli.records import record_json
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.recurrence import first_day, occurrences, read_rule
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.dates.zone import brought
from kam_tui.domain.errors import Ambiguous, Invalid, KamError, NotFound
from kam_tui.domain.kinds import unique
from kam_tui.domain.one_line import Understood, Wish, read_line
from kam_tui.domain.reminder import ACTIONS, REMINDER, SNOOZED, Reminder
from kam_tui.domain.residence import zone_for
from kam_tui.domain.text import clean, fold, shorten, words_of
from kam_tui.formats.agenda_words import when_of
from kam_tui.i18n import N_, _
from kam_tui.rules.agenda import AgendaItem, agenda
from kam_tui.rules.finding import find_item
from kam_tui.rules.manual import how_often
from kam_tui.usecases import reminders

_HOW = N_('Write it like kam remind @acme "tue 14:00" call about the offer.')
AHEAD = 366
"""Days ahead in which the next day of a reminder is looked for."""

HORIZON = 5
"""Years ahead in which the first day of a recurrence is looked for."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """The line, and a flag for each field."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar=_("TEXT"),
        help=_(
            "@name whom it is about, when, and what to do; or list, edit REMINDER, remove REMINDER, where "
            "REMINDER is its id, its short word in kam today, or words of it"
        ),
    )
    parser.add_argument("--all", action="store_true", help=_("list those that are done for good, too"))
    add_fields(parser, REMINDER)


def run(shell: Shell, args: Arguments) -> int:
    """Set a reminder, or do as the first word says."""
    fields = fields_of(args, REMINDER)
    if fields.get("rule"):
        fields["rule"] = rule_of(fields["rule"])
    act = args.words[0] if args.words else "" if fields else "list"
    if act == "list":
        return _list(shell, everything=args.all)
    if act in ("edit", "remove"):
        return _change(shell, act, " ".join(args.words[1:]), fields)
    return _add(shell, " ".join(args.words), fields)


def rule_of(text: str) -> str:
    """A recurrence rule from words, with `every` or without it."""
    try:
        return read_rule(text)
    except KamError:
        if "=" in text or text.strip().casefold().startswith(EVERY):
            raise
        return read_rule(f"every {text}")


def _add(shell: Shell, text: str, fields: dict[str, str]) -> int:
    session = shell.session

    def read(book: Book, line: str) -> Understood:
        return read_line(book, _marked(line, session.reading(), fields), session.reading())

    text = settled(shell, text, read)

    def add(book: Book, now: datetime) -> Change:
        line = read(book, text)
        said = _filled(line, fields, session.settings.reading.at(now))
        for problem in line.problems if text else ():
            if problem.words or said["text"]:
                raise _without_mark(problem.error, text)
        if line.promise:
            raise Invalid(
                _("kam remind sets a reminder, and this line tells of a promise as well."),
                _("Write it with kam promise add, or both with kam note."),
            )
        if not said["text"]:
            raise Invalid(_("What should you be reminded of?"), _(_HOW))
        return reminders.add(book, now, said, session.settings.reading)

    book, change = session.run(add)
    return shell.did(book, change, _told(book, change))


def _without_mark(problem: KamError, text: str) -> KamError:
    """What is wrong with a line, without advice on a mark that nobody has typed."""
    if "remind:" in problem.hint and "remind:" not in text.casefold():
        problem.hint = _(_HOW)
    return problem


def _marked(text: str, how: Reading, fields: dict[str, str]) -> str:
    """The line with `remind:` in front of its day, which stands first (after `@names`) or last."""
    line = marked(text, "remind:", how)
    if line:
        return f"{line} …" if fields.get("text") else line  # what is to be done is said by its flag
    if "due" in fields or "rule" in fields:
        return clean(text)
    raise Invalid(
        _("When? {text} does not say a day.").format(text=shorten(clean(text), 60) or '""'),
        _(_HOW),
    )


def _filled(line: Understood, fields: dict[str, str], how: Reading) -> dict[str, str]:
    """The fields of the reminder: what the line says, and over it what the flags say."""
    said: dict[str, str] = {"text": line.text, "tags": " ".join(line.tags)}
    if line.account:
        said["account_id"] = line.account.id
    said["contact_ids"] = "; ".join(contact.id for contact in line.contacts)
    if line.reminder:
        said |= {"text": line.reminder.text, "due": str(_as_said(line.reminder)), "rule": line.reminder.rule}
    elif "rule" in fields and "due" not in fields:
        said["due"] = str(_first_day(fields["rule"], how))
    first = fold(fields.get("text") or said["text"]).partition(" ")[0]
    if first in ACTIONS:
        said["action"] = first
    return said | fields


def _as_said(wish: Wish) -> Moment:
    """When it is, on the clock that it was said on."""
    return brought(wish.due, wish.zone) if wish.zone else wish.due


def _first_day(rule: str, how: Reading) -> Moment:
    today = how.today
    horizon = today.replace(year=today.year + HORIZON, day=1)
    days = occurrences(rule, Moment(today), today, horizon, how.holidays)
    return Moment(next(days, None) or first_day(rule, today + timedelta(days=1)))


def _told(book: Book, change: Change) -> str:
    record = change.edits[0].record if change.edits else None
    return line_of(book, record) if isinstance(record, Reminder) else change.summary


def line_of(book: Book, reminder: Reminder) -> str:
    """A reminder in one line, with its absolute date."""
    again = f" ({how_often(reminder)})" if reminder.rule else ""
    parts = [
        _("Reminder {when}").format(when=show_moment(reminder.due, _zone(book, reminder)) + again),
        book.who(reminder.account_id, reminder.contact_ids),
    ]
    return " · ".join(part for part in (*parts, reminder.text) if part)


def _zone(book: Book, reminder: Reminder) -> str:
    return reminder.zone or zone_for(book, reminder.account_id, reminder.contact_ids)


def _list(shell: Shell, *, everything: bool) -> int:
    session = shell.session
    book, now = session.read(), session.now()
    found = agenda(book, session.settings, now.date(), AHEAD, clock=now.timetz())
    items = (*found.overdue, *found.today, *found.upcoming, *found.snoozed)
    following = {item.key.split(":")[1]: item for item in reversed(items)}
    handled = {each.series[1] for each in book.occurrences.values() if each.state != SNOOZED}
    done = handled - following.keys()
    some = [
        reminder
        for reminder in book.reminders.values()
        if not reminder.archived and (everything or reminder.id not in done)
    ]
    some.sort(key=lambda each: (following[each.id].due if each.id in following else each.due).sort_key)
    if shell.out.as_json:
        shell.out.json({"reminders": [_json(book, each, following.get(each.id)) for each in some]})
        return 0
    rows = (
        (
            Styled(reminder.id, "mark"),
            _("done") if reminder.id in done else _when(reminder, following.get(reminder.id), now.date()),
            how_often(reminder),
            Styled(book.who(reminder.account_id, reminder.contact_ids), "bold"),
            reminder.text,
        )
        for reminder in some
    )
    shell.out.table(rows, give=((4, 30), (3, 20), (2, 0), (4, 20), (3, 0)))
    if not some and shell.out.is_terminal:
        shell.out.line(_("No reminders are set by hand."))
    return 0


def _when(reminder: Reminder, item: AgendaItem | None, today: date) -> str:
    """When it comes up next; its own day where the agenda does not tell of it within the year."""
    return when_of(item, today) if item else show_moment(reminder.due)


def _json(book: Book, reminder: Reminder, item: AgendaItem | None) -> dict[str, Any]:
    return record_json(book, reminder) | {"next": str(item.due) if item else None}


def _change(shell: Shell, act: str, text: str, fields: dict[str, str]) -> int:
    session = shell.session
    reminder = _the_reminder(shell, session.read(), text)
    if act == "remove":
        return shell.did(*session.run(reminders.remove, reminder.id))
    if not fields:
        raise Invalid(_("There is nothing to change yet."), _("Name a field, such as --due friday."))
    book, change = session.run(reminders.edit, reminder.id, fields, session.settings.reading)
    return shell.did(book, change, _told(book, change))


def _the_reminder(shell: Shell, book: Book, text: str) -> Reminder:
    """The reminder with this id, or these words, or this short word on the agenda."""
    if not text.strip():
        raise Invalid(_("Which reminder?"), _("kam remind list shows them all."))
    if text in book.reminders:
        return book.reminders[text]
    wanted = words_of(text)
    fits = [
        reminder
        for reminder in book.reminders.values()
        if not reminder.archived and wanted and set(wanted) <= set(words_of(reminder.text))
    ]
    if len(fits) > 1:
        named = [f"{reminder.text} ({reminder.id})" for reminder in fits]
        raise Ambiguous(_("{text} may be any of {count}.").format(text=text, count=len(fits)), unique(named))
    if fits:
        return fits[0]
    try:
        key = find_item(book, shell.session.settings, shell.session.now().date(), text).key
        return book.reminders[key.split(":")[1]]
    except (KamError, KeyError):
        raise NotFound(
            _("No reminder set by hand is called {text}.").format(text=clean(text)),
            _("kam remind list shows them all."),
        ) from None
