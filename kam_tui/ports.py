"""Ports: what a session needs of who keeps a book, of its backups, of who looks it over; and what it runs.

The store fits them without knowing them; a test may bring something else that does. They are types alone:
nothing loads them but for checking.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol

from kam_tui.domain.backup import Backup
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, History, Record
from kam_tui.domain.progress import Progress
from kam_tui.domain.report import Mending, Report
from kam_tui.usecases.erasing import Copy, Erased, Erasing
from kam_tui.usecases.versions import Other

P = ParamSpec("P")
Verb = Callable[Concatenate[Book, datetime, P], Change]
"""A pure function from a book, the time and some arguments to a Change."""


class Keeper(History, Protocol):
    """What a session needs of a store."""

    def read(self) -> Book:
        """One consistent snapshot; tables load when asked for. Raises Damaged, TooNew or Unwritable."""

    def update(self, decide: Callable[[Book], Change], at: datetime, by: str) -> tuple[Book, Change]:
        """Under the lock: read, decide, write once, fsync. Nothing is written when `decide` raises.

        Returns the book after the change. Raises Busy when another process keeps the lock.
        """

    def refresh(self, book: Book) -> Book:
        """`book` itself when nothing has been written since it was read, else the book as it is now."""

    def copies(self, is_in: Callable[[str], bool], progress: Progress | None = None) -> list[Copy]:
        """The backups and other files in the book's folder that hold somebody, told by the texts in them.

        Raises Stopped."""

    def erase(
        self, plan: Erasing, at: datetime, by: str, progress: Progress | None = None
    ) -> tuple[Book, Erased]:
        """Erase somebody from the book, its history and its backups; nothing brings them back."""

    @property
    def has_begun(self) -> bool:
        """Whether it is this store that has begun the book."""

    def tidy(self) -> None:
        """Put the book into a form that opens fast, where that is due. Raises what stands in the way; without
        it the book reads the same."""

    def close(self) -> None:
        """Let go of files."""


class Vault(Protocol):
    """What a session needs of the backups of a book."""

    @property
    def has_book(self) -> bool:
        """Whether there is a book, whole or not."""

    def all(self) -> list[Backup]:
        """All of them, newest first."""

    def take(
        self,
        now: datetime,
        reason: str,
        seal: Callable[[bytes], bytes] | None = None,
        target: str = "",
        progress: Progress | None = None,
    ) -> Backup | None:
        """Back up the book; None where there is nothing to back up. Raises Damaged, Unwritable, Stopped."""

    def read(self, data: bytes, name: str, progress: Progress | None = None) -> list[Record]:
        """The records in a backup's bytes. Raises Damaged, Invalid, Stopped."""

    def put_back(self, data: bytes, name: str, now: datetime, by: str, *, keep: bool = True) -> Backup | None:
        """Put a backup's files in the place of a book that cannot be read; what is there is kept first."""


class Doctor(Protocol):
    """What a session needs to look a book over and to mend it."""

    def look_over(self, now: datetime | None = None, progress: Progress | None = None) -> Report:
        """What is wrong with the book, and what is worth knowing. Raises Stopped."""

    def repair(self, by: str, *, dry_run: bool = False, progress: Progress | None = None) -> Mending:
        """Mend what can be mended without losing anything, or only tell what that would be.

        Raises Stopped.
        """

    def place(self) -> list[str]:
        """What somebody should know who keeps a book in this folder, a sentence each."""

    def copies(self) -> list[str]:
        """The copies of files of the book that lie beside them."""

    def read_copy(self, path: str) -> Other:
        """What a copy of the book, or of a file of it, holds. Raises NotFound, Invalid, Damaged."""

    def put_away(self, path: str) -> str:
        """Give a copy that was brought in another name, which is returned; empty where it keeps its own."""
