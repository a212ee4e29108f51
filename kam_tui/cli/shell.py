"""Shell: what every command is given. It opens the session when first asked for it, and closes it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from kam_tui.cli.output import Output

if TYPE_CHECKING:
    from kam_tui.domain.book import Book
    from kam_tui.domain.change import Change
    from kam_tui.session import Session


class Arguments(SimpleNamespace):
    """The command line, read: the word, the flags common to all words, and the word's own."""


class Shell:
    """One invocation: its session and its output."""

    def __init__(self, args: Arguments) -> None:
        self.book_folder: str = args.book or ""
        """The folder given with `--book`; empty for the usual place."""
        self.out = Output(as_json=args.json, color=not args.no_color)
        """Standard output."""
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session on the book, opened at the first use."""
        if self._session is None:
            from kam_tui import session

            self._session = session.open_session(self.book_folder)
        return self._session

    def did(self, book: Book, change: Change, line: str = "") -> int:
        """Say what a verb has done: in `line`, else in its own summary."""
        if self.out.as_json:
            from kam_tui.cli.records import change_json

            self.out.json(change_json(book, change))
        else:
            self.out.line(line or change.summary)
            for note in change.notes:
                self.out.line(note)
        return 0

    def close(self) -> None:
        """Let go of the book; who has begun it is told what is to be known of its place."""
        if self._session is None:
            return
        told = self._session.told_at_first()
        self._session.close()
        if told:
            from kam_tui.cli import diagnostics

            for sentence in told:
                diagnostics.say(sentence)
