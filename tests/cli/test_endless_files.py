"""A file without an end is told, not read until the memory is full."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kam_tui.cli import files
from kam_tui.domain.errors import Invalid


def test_an_endless_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    if not os.path.exists("/dev/zero"):
        return
    monkeypatch.setattr(files, "LARGEST", 1024**2)
    with pytest.raises(Invalid, match="larger than 1 MB"):
        files.read("/dev/zero")


def test_a_file_of_just_the_largest_size_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1000)
    assert len(files.read(str(path))) == 1000
