"""`kam undo` and `kam redo`: taking back what was done, and doing it again."""

from __future__ import annotations

import argparse

from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _

LONGEST = 18
"""Digits that the number of a change can have."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Which change."""
    which = _("the newest that stands") if word == "undo" else _("what the last undo took back")
    parser.add_argument(
        "number",
        nargs="?",
        metavar=_("NUMBER"),
        help=_("of a change, as kam history tells it; without it, {which}").format(which=which),
    )


def run(shell: Shell, args: Arguments) -> int:
    """Undo or redo, and say what."""
    session = shell.session
    act = session.undo if args.word == "undo" else session.redo
    return shell.did(*act(_number(args)))


def _number(args: Arguments) -> int | None:
    if args.number is None:
        return None
    if not args.number.isdecimal() or len(args.number) > LONGEST:
        raise Invalid(
            _("kam {word} takes the number of a change, not {text}.").format(
                word=args.word, text=clean(args.number)
            ),
            _("kam history shows the numbers."),
        )
    return int(args.number)
