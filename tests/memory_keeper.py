"""A store that keeps everything in memory: what a session does is then the domain's doing alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry
from kam_tui.domain.errors import KamError
from kam_tui.domain.progress import Progress
from kam_tui.usecases.erasing import Copy, Erased, Erasing


@dataclass
class MemoryKeeper:
    """A keeper that keeps everything in memory, and can be told to refuse."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    refusal: KamError | None = None
    reads: int = 0
    has_begun: bool = False

    def read(self) -> Book:
        self.reads += 1
        if self.refusal:
            raise self.refusal
        return self.book

    def update(self, decide: Callable[[Book], Change], at: datetime, by: str) -> tuple[Book, Change]:
        if self.refusal:
            raise self.refusal
        change = decide(self.book)
        self.book = self.book.after(change.edits)
        self.entries.append(Entry(len(self.entries) + 1, at, by, change))
        return self.book, change

    def refresh(self, book: Book) -> Book:  # noqa: ARG002
        if self.refusal:
            raise self.refusal
        return self.book

    def history(
        self,
        touching: Sequence[str] = (),  # noqa: ARG002
        tables: Sequence[str] = (),  # noqa: ARG002
    ) -> Iterator[Entry]:
        """All of it, which is at least what is asked for."""
        return iter(self.entries[::-1])

    def undoing(self, since: int = 0) -> Iterator[Entry]:
        undoing = (entry for entry in self.history() if entry.change.undoes is not None)
        return (entry for entry in undoing if entry.number > since)

    def entry(self, number: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.number == number), None)

    def copies(
        self,
        is_in: Callable[[str], bool],  # noqa: ARG002
        progress: Progress | None = None,  # noqa: ARG002
    ) -> list[Copy]:
        return []

    def erase(
        self,
        plan: Erasing,  # noqa: ARG002
        at: datetime,  # noqa: ARG002
        by: str,  # noqa: ARG002
        progress: Progress | None = None,  # noqa: ARG002
    ) -> tuple[Book, Erased]:
        raise AssertionError("nobody is erased from memory")

    def tidy(self) -> None:
        """There is nothing to tidy."""

    def close(self) -> None:
        pass
