"""`kam history` and `kam undo`: what was changed, by whom, and taking it back."""

from __future__ import annotations

import argparse
import sys
from itertools import islice

from kam_tui.cli.output import Styled
from kam_tui.cli.records import entry_json
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import Invalid
from kam_tui.domain.moment import Moment
from kam_tui.domain.when import show_moment
from kam_tui.i18n import _
from kam_tui.usecases.undo import undo, undoable


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """How much of the history."""
    if word == "history":
        parser.add_argument(
            "--limit", metavar=_("N"), default="20", help=_("the newest so many; 20 unless said otherwise")
        )


def run(shell: Shell, args: Arguments) -> int:
    """Print the history, newest first, or take back its newest change."""
    session = shell.session
    if args.word == "undo":
        return shell.did(*session.run(undo, undoable(session.history())))
    if not args.limit.isdecimal() or args.limit == "0":
        raise Invalid(_("--limit takes a number from 1, not {text}.").format(text=args.limit))
    entries = list(islice(session.history(), min(int(args.limit), sys.maxsize)))
    if shell.out.as_json:
        book = session.read()
        shell.out.json({"history": [entry_json(book, entry) for entry in entries]})
        return 0
    rows = (
        (
            Styled(str(entry.number), "dim"),
            show_moment(Moment.of(entry.at.astimezone(session.now().tzinfo))),
            Styled(entry.by, "dim"),
            entry.change.summary,
        )
        for entry in entries
    )
    shell.out.table(rows, give=((3, 40), (2, 0), (3, 20)))
    if not entries and shell.out.is_terminal:
        shell.out.line(_("Nothing has been changed yet."))
    return 0
