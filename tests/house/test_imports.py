"""The house: what each word of the shell may load, and who may speak to whom."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "kam_tui"
HEAVY = {"textual", "rich", "click", "pydantic", "asyncio"}

_LIST_MODULES = """
import json, sys
from kam_tui.cli.main import main
code = main(sys.argv[1:])
print()
print(json.dumps([code, sorted(sys.modules)]))
"""


def modules_after(book: Path, *words: str) -> set[str]:
    """Every module that is loaded after `kam` has run these words."""
    ran = subprocess.run(
        [sys.executable, "-c", _LIST_MODULES, *words],
        env=os.environ | {"KAM_BOOK": str(book)},
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    code, modules = json.loads(ran.stdout.splitlines()[-1])
    assert code == 0, ran.stderr
    return set(modules)


@pytest.mark.parametrize(
    "words",
    [
        ("note", "a thought"),
        ("today",),
        ("digest", "--always"),
        ("account", "add", "Acme Oy"),
        ("find", "acme"),
    ],
    ids=lambda words: words[0],
)
def test_a_word_of_the_shell_loads_no_screen_library(tmp_path: Path, words: tuple[str, ...]) -> None:
    loaded = modules_after(tmp_path / "book", *words)
    assert not HEAVY & loaded
    assert "tinydb" in loaded


def test_help_loads_no_screen_library_and_no_store() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kam_tui", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert "kam_tui.cli.main" in loaded
    assert not (HEAVY | {"tinydb"}) & loaded


def test_a_capture_does_not_even_load_the_argument_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ")  # by which a clock needs the tables of zones
    loaded = modules_after(tmp_path / "book", "note", "a thought")
    assert not {"argparse", "difflib", "tomllib", "dateutil", "gettext", "subprocess"} & loaded
    late = {"kam_tui.store.compaction", "kam_tui.store.vault.backups"}
    late |= {"kam_tui.domain.lead", "kam_tui.domain.play", "kam_tui.domain.dates.workdays"}
    assert not {"zoneinfo", "weakref", "zipfile", *late} & loaded
    assert not {"threading", "atexit"} & loaded  # without which `kam` may end at once
