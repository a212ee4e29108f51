"""`kam demo`: the program on a made-up book, which is gone when the person leaves."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from datetime import datetime

from kam_tui import session as seam
from kam_tui.cli import diagnostics
from kam_tui.cli.commands.digest import show
from kam_tui.cli.commands.open import screen
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, add
from kam_tui.domain.moment import zone_name
from kam_tui.formats.demo import demo_book
from kam_tui.i18n import _
from kam_tui.rules.digest import digest


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Nothing of its own."""


def run(shell: Shell, args: Arguments) -> int:  # noqa: ARG001
    """Open the screen on the demo book; without a terminal print its digest."""
    folder = tempfile.mkdtemp(prefix="kam-demo-")
    book = os.path.join(folder, "book")
    try:
        opened = seam.open_session(book)
        try:
            opened.run(_fill)
            found = digest(opened.read(), opened.settings, opened.now().date())
        finally:
            opened.close()
        if shell.out.as_json:
            show(shell, found, "json")
        elif shell.out.is_terminal and diagnostics.can_ask():
            told = _("A copy of the demo book: do what you like, it is gone when you leave.\n{folder}")
            diagnostics.say(told.format(folder=book))
            return screen(book)
        else:
            show(shell, found, "text")
            diagnostics.say(_("This was the demo book. In a terminal, kam demo opens it on the screen."))
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(book: Book, now: datetime) -> Change:  # noqa: ARG001
    records = demo_book(now.date(), zone_name(now))
    return Change(_("Opened the demo book."), tuple(add(record) for record in records))
