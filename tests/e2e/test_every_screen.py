"""Every screen of the demo book in a real terminal, at the sizes that matter: all there, and in its place."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from terminal import Terminal

KAM = [sys.executable, "-m", "kam_tui", "demo"]

SCREENS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("2", "Falkenri", ("Account", "Last touch", "Next due")),
    ("\r", "Timeline", ("Falkenried Antriebstechnik GmbH", "Key account")),
    ("3", "Last touch", ("Name", "Account")),
    ("4", "ahead", ("Late", "late  ·")),
    ("c", "Nov 2026", ("Mon", "Sun", "18◂◆", "Late")),
    ("\x1b[6~", "Dec 2026", ("Fri 18 Dec 2026", "in 30 days")),
    ("c", "ahead", ("late  ·",)),
    ("5", "Every change, newest first", ("When", "Change")),
    (",", "Settings file", ("cadence_key", "Default: empty.")),
    ("i", "Choose a vCard, CSV or JSON file.", ("File", "people.csv", "folder/")),
    ("\x1b[B\r", "1 new", ("Pekka Koe",)),
    ("m", "What it fills", ("Column of the file", "first name")),
)
"""Keys, what is waited for, and what must be seen as well."""


SIZES = ((60, 20), (80, 24), (140, 40), (200, 60))


def test_every_screen_is_whole_in_a_real_terminal_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAM_NOW", "2026-11-18T10:30:00+02:00")
    (tmp_path / "in" / "folder").mkdir(parents=True)
    (tmp_path / "in" / "people.csv").write_text("First Name,Last Name\nPekka,Koe\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path / "in")
    with Terminal(KAM, SIZES[0]) as terminal:
        terminal.wait_for("late  ·")
        for at, (keys, first, words) in enumerate(SCREENS):
            terminal.type(keys)
            terminal.wait_for(first)
            # Each screen is opened at another size than the one before, and then seen at all of them.
            for size in (*SIZES[at % 4 :], *SIZES[: at % 4]):
                terminal.resize(size, blank=True)
                _see(terminal, (first, *words), f"after {keys!r} at {size}")


def _see(terminal: Terminal, words: tuple[str, ...], where: str) -> None:
    """The places are on the first line and the keys, each with its name, on the last; the words between."""

    def is_whole(text: str) -> bool:
        lines = text.split("\n")
        framed = lines[0].startswith(" kam demo") and re.match(r" \S+ [A-Z]\w+", lines[-1])
        return bool(framed) and all(word in text for word in words)

    terminal.wait_until(is_whole, where)
