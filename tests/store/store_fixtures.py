"""The fixtures of the store's tests: a folder, a store on it, a disk that can fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_kit import Disk

from kam_tui.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the book is to be; nothing is there yet."""
    return tmp_path / "book"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """A store on an empty book."""
    opened = Store(str(folder))
    yield opened
    opened.close()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk under the store, ready to fail."""
    return Disk(monkeypatch)
