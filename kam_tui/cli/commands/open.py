"""`kam` alone and `kam open`: the screen; in a pipe, plain lines in its place."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any

from kam_tui import session
from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _

if TYPE_CHECKING:
    import argparse

    from kam_tui.session import Session
    from kam_tui.tui.first_read import FirstRead

BLINK = 0.15
"""Seconds that the screen is not begun, so that the book is read alone."""


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
        return screen(shell.book_folder, place, name)
    if place:
        raise Invalid(_("kam --screen opens the screen, which needs a terminal."))
    if name:
        return _told(shell, name)
    from kam_tui.cli.commands import agenda

    args.days, args.where = str(agenda.DAYS["today"]), None
    return agenda.run(shell, args)


def _told(shell: Shell, name: str) -> int:
    from kam_tui.cli import pages
    from kam_tui.cli.asking import the_party
    from kam_tui.cli.timeline import LATEST

    book = shell.session.read()
    pages.show(shell, book, the_party(book, name), LATEST)
    return 0


def screen(book: str = "", place: str = "", name: str = "", *, is_demo: bool = False) -> int:
    """Open the screen on a book: at a place, or on whom a name means. Returns when the person leaves it.

    Who wants to look around in the demo meanwhile comes back to the book afterwards.
    """
    # What is made while the app starts stays: looking through it for rubbish only delays the first paint.
    gc.disable()
    while True:
        opened = session.open_session(book, "tui")
        try:
            record_id = ""
            if name:
                from kam_tui.cli.asking import the_party

                record_id = the_party(opened.read(), name).id
                place = "account" if record_id.startswith("a-") else "contact"
            begun = _begun(opened)
            load_asyncio()
            from kam_tui.tui.app import run_app

            wants_demo = run_app(opened, place, record_id, is_demo=is_demo, begun=begun)
        finally:
            opened.close(tidy=False)  # done while the screen was open
        if not wants_demo:
            return 0
        from kam_tui.cli.commands.demo import look_around

        look_around()


def _begun(opened: Session) -> FirstRead:
    """The book, where reading it takes but a blink, else what is being read. Raises what the store raises."""
    from kam_tui.tui.first_read import FirstRead

    begun = FirstRead(opened)
    begun.wait(BLINK)
    return begun


def load_asyncio() -> None:
    """Load asyncio without TLS: it takes several milliseconds, and nobody here speaks it through asyncio."""
    if "ssl" in sys.modules:
        return
    without: dict[str, Any] = {"ssl": None}
    sys.modules.update(without)
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]  # who sends mail loads it when it is needed
