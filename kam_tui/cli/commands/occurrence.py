"""`kam done`, `kam snooze`, `kam move`, `kam skip`: what becomes of one line of the agenda."""

from __future__ import annotations

import argparse
from datetime import date

from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.dates.when import read_when
from kam_tui.domain.dates.zone import zone_for
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem, find_item
from kam_tui.rules.contracts import agreed
from kam_tui.settings import Settings
from kam_tui.usecases import moving, reminders, renewing


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Which line, and how it went or until when."""
    parser.add_argument(
        "item",
        metavar=_("REMINDER"),
        help=_("the short word in front of its line in kam today, or words of the line in quotes"),
    )
    if word == "done":
        parser.add_argument("text", nargs="*", metavar=_("TEXT"), help=_("how it went"))
    if word in ("snooze", "move"):
        parser.add_argument("until", nargs="+", metavar=_("WHEN"), help=_("tomorrow, mon 9:00, 2 weeks"))


def run(shell: Shell, args: Arguments) -> int:
    """Mark the line."""
    session = shell.session
    now = session.now()
    book = session.read()
    item = the_item(book, session.settings, now.date(), args.item)
    if args.word == "done":
        text, end = " ".join(args.text), agreed(book, item, now.date())
        if end:
            return shell.did(*session.run(renewing.complete, session.settings, item.key, text, end))
        return shell.did(*session.run(reminders.complete, session.settings, item.key, text))
    if args.word == "skip":
        return shell.did(*session.run(reminders.skip, session.settings, item.key))
    there = zone_for(book, item.account_id, item.contact_ids)
    until = read_when(" ".join(args.until), session.reading().about(there))
    verb = moving.move if args.word == "move" else reminders.snooze
    return shell.did(*session.run(verb, session.settings, item.key, until))


def the_item(book: Book, settings: Settings, today: date, text: str) -> AgendaItem:
    """The line that is meant; where several fit, the person at the terminal is asked."""
    try:
        return find_item(book, settings, today, text)
    except (NotFound, Ambiguous) as problem:
        if not problem.candidates or not diagnostics.can_ask():
            raise
        chosen = diagnostics.choose(str(problem), problem.candidates)
        handle = problem.candidates[chosen].partition(" ")[0]
        return find_item(book, settings, today, handle)
