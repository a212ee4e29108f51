"""The shell as a test uses it: `kam("note", "…")` on a book of its own, at a time that stands still."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kam_tui.cli.main import main

KAM_NOW = "2026-11-22T14:03:00"
"""A Sunday."""


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kam = Callable[..., Ran]


FILLING = """\
account add 'Acme Oy' --tier key --city Tampere --tags vip
account add 'Nordic Timber Oy' --status prospect
contact add 'Liisa Korhonen' --account acme --birthday 24.11.1980 --leads call
contact add 'Liisa Virtanen' --account nordic --emails liisa@nordic.example
log call @acme on: 2026-11-02 Liisa Korhonen is happy with the offer
remind @acme 'today 16:00' call about the contract
log sale @acme yesterday: 'ten licences'
"""
"""The command lines that put something in every table."""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "book"
    monkeypatch.setenv("KAM_BOOK", str(folder))
    monkeypatch.setenv("KAM_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("KAM_NOW", KAM_NOW)
    return folder


@pytest.fixture
def kam(book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kam:
    def run(*words: str, stdin: str | bytes = "") -> Ran:
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8"))
        capsys.readouterr()
        code = main(words)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the full book is kept once it is made; each test has a copy of it."""
    return tmp_path_factory.mktemp("filled") / "book"


@pytest.fixture
def full(kam: Kam, book: Path, filled: Path) -> Kam:
    """A book with something in every table."""
    if filled.exists():
        shutil.copytree(filled, book)
    else:
        for line in FILLING.splitlines():
            ran = kam(*shlex.split(line))
            assert ran.code == 0, ran.err
        shutil.copytree(book, filled)
    return kam
