"""`kam digest`: the day's reminders as one text; silent when there are none, as a daily job should be."""

from __future__ import annotations

import argparse

from kam_tui.cli import digest_text, output
from kam_tui.cli.keeping import keep_daily
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import Invalid
from kam_tui.domain.when import read_when, show_day
from kam_tui.i18n import _
from kam_tui.rules.digest import digest

FARTHEST = 3660
"""Days from today to the farthest day that a digest is made for."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Which day, and in what form."""
    parser.add_argument("--date", metavar=_("DAY"), default="", help=_("for another day than today"))
    parser.add_argument("--always", action="store_true", help=_("say so when there is nothing to say"))
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")


def run(shell: Shell, args: Arguments) -> int:
    """Print the digest."""
    session = shell.session
    now = session.now()
    day = read_when(args.date, now, order=session.settings.date_order).day if args.date else now.date()
    if abs((day - now.date()).days) > FARTHEST:
        raise Invalid(_("--date takes a day within ten years, not {day}.").format(day=show_day(day)))
    found = digest(session.read(), session.settings, day)
    if shell.out.as_json or args.format == "json":
        shell.out.json(digest_text.as_json(found))
    elif not found.empty or args.always:
        write = digest_text.as_markdown if args.format == "markdown" else digest_text.as_text
        shell.out.text(write(found))
    output.flush()
    keep_daily(session)
    return 0
