"""`kam` alone: the screen, or in a pipe today's agenda as plain lines."""

from __future__ import annotations

from kam_tui import session
from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Arguments, Shell


def run(shell: Shell, args: Arguments) -> int:
    """Open the screen where there is one."""
    if diagnostics.can_ask() and shell.out.is_terminal and not args.json:
        return screen(shell.book_folder)
    from kam_tui.cli.commands import agenda

    args.days = str(agenda.DAYS["today"])
    return agenda.run(shell, args)


def screen(book: str = "") -> int:
    """Open the screen on a book, and return when the person leaves it."""
    from kam_tui.tui.app import run_app

    opened = session.open_session(book, "tui")
    try:
        return run_app(opened)
    finally:
        opened.close()
