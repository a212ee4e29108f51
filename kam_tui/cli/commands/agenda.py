"""`kam today` and `kam agenda`: what needs doing, in the order in which it does."""

from __future__ import annotations

import argparse

from kam_tui.cli import diagnostics
from kam_tui.cli.agenda_lines import agenda_json, show, show_missed
from kam_tui.cli.meaning import asked_query, days_of, those_meant
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.i18n import _
from kam_tui.rules.agenda import agenda

DAYS = {"today": 7, "agenda": 30}
"""How many days each word looks ahead."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """How far to look ahead."""
    parser.add_argument(
        "--days",
        metavar=_("N"),
        default=str(DAYS[word]),
        help=_("days to look ahead; {count} unless said otherwise").format(count=DAYS[word]),
    )
    parser.add_argument("--where", metavar=_("QUERY"), help=_("only for all whom a query means"))
    if word == "agenda":
        parser.add_argument(
            "--missed", action="store_true", help=_("what was closed lately without having been done")
        )


def run(shell: Shell, args: Arguments) -> int:
    """Print the agenda."""
    days, missed = days_of(args.days), args.word == "agenda" and args.missed
    session = shell.session
    now = session.now()
    today = now.date()
    book = session.read()
    found = agenda(book, session.settings, today, days, clock=now.timetz())
    if args.where is not None:
        found = those_meant(shell, book, asked_query(shell, args.where), found)
    if missed and not shell.out.as_json:
        show_missed(shell.out, found, today)
    elif shell.out.as_json:
        shell.out.json(agenda_json(found, today))
    else:
        show(shell.out, found, today, days)
    for said in session.told_at_opening():
        diagnostics.say(said)
    return 0
