"""`kam demo`: the program on a made-up book, which is gone when the person leaves."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

from kam_tui import paths
from kam_tui import session as seam
from kam_tui.cli import diagnostics, screen
from kam_tui.cli.commands.digest import show
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, add
from kam_tui.domain.dates.moment import zone_name
from kam_tui.formats.demo import demo_book
from kam_tui.i18n import _
from kam_tui.rules.digest import digest

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When the book is said to have been made."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Nothing of its own."""


def run(shell: Shell, args: Arguments) -> int:  # noqa: ARG001
    """Open the screen on the demo book; without a terminal print its digest."""
    if shell.out.is_terminal and diagnostics.can_ask() and not shell.out.as_json:
        look_around()
        return 0
    with _demo() as book:
        opened = seam.open_session(book)
        try:
            found = digest(opened.read(), opened.settings, opened.now().date())
        finally:
            opened.close()
        show(shell, found, "json" if shell.out.as_json else "text")
        if not shell.out.as_json:
            diagnostics.say(_("This was the demo book. In a terminal, kam demo opens it on the screen."))
        return 0


def look_around() -> None:
    """Open the screen on a demo book of its own, until the person leaves it."""
    with _demo() as book:
        told = _("A copy of the demo book: do what you like, it is gone when you leave.\n{folder}")
        diagnostics.say(told.format(folder=book))
        while screen.show(book, is_demo=True):
            look_around()


@contextmanager
def _demo() -> Iterator[str]:
    """The folder of a demo book, which is gone afterwards."""
    folder = tempfile.mkdtemp(prefix="kam-demo-")
    book = os.path.join(folder, "book")
    try:
        with _apart(folder):
            _make(book)
            yield book
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _apart(folder: str) -> Iterator[None]:
    """Have kam keep the settings, which begin as the person's own, and what it remembers in this folder."""
    own = {"KAM_CONFIG": os.path.join(folder, "config.toml"), "XDG_STATE_HOME": os.path.join(folder, "state")}
    with suppress(FileNotFoundError):
        shutil.copyfile(paths.config_file(), own["KAM_CONFIG"])
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _make(book: str) -> None:
    """Make the book as one that has long been there: its history no longer tells of how it began, so that who
    tries undo first does not take all of it back."""
    opened = seam.open_session(book, keep_days=1)
    try:
        replace(opened, clock=lambda: LONG_AGO).run(_fill, opened.now())
    finally:
        opened.close()


def _fill(book: Book, _then: datetime, now: datetime) -> Change:  # noqa: ARG001
    records = demo_book(now.date(), zone_name(now))
    return Change(_("Opened the demo book."), tuple(add(record) for record in records))
