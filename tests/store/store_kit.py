"""What the tests of the store share: short ways to write and read, and a disk that fails when told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from builders import NOW

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Record, add
from kam_tui.store import files
from kam_tui.store.store import Store


def put(
    store: Store, *records: Record, what: str = "Added", at: datetime = NOW, by: str = "anna@cli"
) -> Book:
    """Write new records as one change, and return the book after it."""
    return write(store, *(add(record) for record in records), what=what, at=at, by=by)


def write(
    store: Store, *edits: Edit, what: str = "Changed", at: datetime = NOW, by: str = "anna@cli"
) -> Book:
    """Write edits as one change, and return the book after it."""
    return store.update(lambda _book: Change(what, edits), at, by)[0]


def contents(book: Book) -> dict[str, dict[str, Record]]:
    """All records of a book, by table and id."""
    return {table: dict(book.table(table)) for table in SCHEMAS}


def on_disk(folder: Path) -> dict[str, dict[str, Record]]:
    """All records, as somebody sees them who opens the book anew."""
    return contents(Store(str(folder)).read())


class Stopped(BaseException):
    """The machine stopped here: no handler of ordinary errors sees it."""


class Disk:
    """Counts the steps that change the disk, and stops the machine, or fails, at one of them."""

    CHANGING = ("write", "sync", "truncate", "sync_folder", "replace", "remove", "add_folder", "open_write")

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        self.stop_at: int | None = None
        self.refuse_at: int | None = None
        self.error: Callable[[str], OSError | None] = lambda _step: None
        self._stopped = False
        for name in self.CHANGING:
            monkeypatch.setattr(files, name, self._watched(name, getattr(files, name)))

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            if self._stopped:
                raise Stopped
            self.steps.append(name)
            if len(self.steps) - 1 == self.stop_at:
                self._stopped = True
                if name == "write":
                    fd, data, offset = args
                    call(fd, data[: len(data) // 2], offset)
                raise Stopped
            refused = len(self.steps) - 1 == self.refuse_at
            problem = OSError(28, "No space left") if refused else self.error(name)
            if problem:
                raise problem
            return call(*args, **options)

        return step

    def back(self) -> None:
        """The machine is started again; nothing fails any more."""
        self._stopped = False
        self.stop_at = self.refuse_at = None
        self.error = lambda _step: None
        self.steps = []
