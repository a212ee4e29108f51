"""The messages that travel up to the App: what a person wants done, and where they want to go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.settings import Settings

if TYPE_CHECKING:
    from kam_tui.ports import P, Verb


class Do(Message):
    """Run a verb on the newest book. The App alone answers it: nothing else in the room writes."""

    def __init__(self, verb: Verb[P], *args: P.args, **kwargs: P.kwargs) -> None:
        super().__init__()
        self.verb: Callable[[Book, datetime], Change] = lambda book, now: verb(book, now, *args, **kwargs)
        """The verb with everything it needs but the book and the time."""
        self.first: Callable[[], object] | None = None
        """What is done before it, in the same thread, such as a backup; where that fails, it is not done."""
        self.opens = False
        """Whether the record it adds is opened afterwards."""
        self.lasts = False
        """Whether it may take long: then keys are answered meanwhile."""
        self.written: Callable[[], Awaitable[None]] | None = None
        """What follows when it is written."""
        self.refused: Callable[[], Awaitable[None]] | None = None
        """What follows when it is refused, after that is told."""

    def told(
        self, written: Callable[[], Awaitable[None]] | None, refused: Callable[[], Awaitable[None]] | None
    ) -> Do:
        """The same, and whoever wants it hears what became of it before the next key is taken."""
        self.written, self.refused = written, refused
        return self

    def after(self, first: Callable[[], object]) -> Do:
        """The same, and something is done before."""
        self.first = first
        return self

    def meanwhile(self) -> Do:
        """The same, and keys are answered while it is written."""
        self.lasts = True
        return self

    def then_open(self) -> Do:
        """The same, and the record it adds is opened."""
        self.opens = True
        return self


class Undo(Message):
    """Take back a change."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__()
        self.number = number
        """Its number in the history; None for the newest that stands."""


class Redo(Message):
    """Do again a change that was taken back."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__()
        self.number = number
        """Its number in the history, or that of the undo; None for what the last undo took back."""


class Open(Message):
    """Go to a place."""

    def __init__(self, place: str, record_id: str = "", entry_id: str = "") -> None:
        super().__init__()
        self.place = place
        """One of the places of `screens/places.py`."""
        self.record_id = record_id
        """Of the record that the place shows, where it shows one."""
        self.entry_id = entry_id
        """Of the entry of its timeline that is to be highlighted; for a list of accounts or people, the query
        that narrows it."""


class Configured(Message):
    """The settings file has been changed: from now on, these are the settings."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        """As they are now."""
