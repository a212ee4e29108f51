"""`kam` alone and `kam open`: the screen; in a pipe, plain lines in its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _

if TYPE_CHECKING:
    import argparse


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Whom to open the screen on."""
    parser.add_argument("name", nargs="*", metavar=_("NAME"), help=_("an account or a person"))


def run(shell: Shell, args: Arguments) -> int:
    """Open the screen where there is one."""
    name = " ".join(getattr(args, "name", ()))
    place = getattr(args, "screen", "")
    can_draw = shell.out.is_terminal and os.environ.get("TERM") != "dumb"
    if diagnostics.can_ask() and can_draw and not args.json:
        if args.no_color:
            os.environ["NO_COLOR"] = "1"
        return _on_screen(shell.book_folder, place, name)
    if place:
        raise Invalid(_("kam --screen opens the screen, which needs a terminal."))
    if name:
        return _told(shell, name)
    from kam_tui.cli.commands import agenda

    args.days, args.where = str(agenda.DAYS["today"]), None
    return agenda.run(shell, args)


def _on_screen(book: str, place: str, name: str) -> int:
    """Who wants to look around in the demo meanwhile comes back to the book afterwards."""
    from kam_tui.cli import screen

    while screen.show(book, place, name):
        from kam_tui.cli.commands.demo import look_around

        look_around()
    return 0


def _told(shell: Shell, name: str) -> int:
    from kam_tui.cli import pages
    from kam_tui.cli.asking import the_party
    from kam_tui.cli.timeline import LATEST

    book = shell.session.read()
    pages.show(shell, book, the_party(book, name), LATEST)
    return 0
