"""Every screen of the demo book in a real terminal, at the sizes that matter: all there, and in its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal import Terminal

KAM = [sys.executable, "-m", "kam_tui", "demo"]

SCREENS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("2", "Falkenri", ("Account", "Last touch", "Next due")),
    ("\r", "Timeline", ("Falkenried Antriebstechnik GmbH", "Key account")),
    ("3", "Last touch", ("Name", "Account")),
    ("\r", "Safety officer", ("Agnieszka Żurawska", "Timeline", "Facts")),
    ("/frame agreement", "hits", ("Search", "Contract", "Frame")),
    ("\x1bOP", "On every screen", ("Ctrl+Q", "Ctrl+P")),
    ("4", "ahead", ("Late", "late  ·")),
    ("c", "Nov 2026", ("Mon", "Sun", "18◂◆", "Late")),
    ("\x1b[6~", "Dec 2026", ("Fri 18 Dec 2026", "in 30 days")),
    ("c", "ahead", ("late  ·",)),
    ("nhello there\r5", "Every change, newest first", ("When", "Change", "hello there")),
    ("\r", "entry · added", ("Field", "Before", "After", "hello there")),
    ("6", "customers and prospects", ("Late", "At risk", "Accounts in touch")),
    (",", "Settings file", ("cadence_key", "Default: empty.")),
    ("i", "Choose a vCard, CSV or JSON file.", ("File", "people.csv", "folder/")),
    ("\x1b[B\r", "1 new", ("Pekka Koe",)),
    ("m", "What it fills", ("Column of the file", "first name")),
)
"""Keys, what is waited for, and what must be seen as well."""


DIALOGS: tuple[tuple[str, str], ...] = (
    ("d", "Enter  save      Esc  cancel"),
    ("s", "↑ ↓  choose      Enter  save      Esc  cancel"),
    ("m", "↑ ↓  choose      Enter  save      Esc  cancel"),
    ("a", "the letter, or ↑ ↓ and Enter      Esc  cancel"),
    ("r", "Enter or Ctrl+S  save   Tab  next field   Esc  cancel"),
    ("e", "Enter or Ctrl+S  save   Tab  next field   Esc  cancel"),
    ("n", "Enter save  Tab take  ↑ earlier  Esc leave"),
    ("T", "↑ ↓  try      Enter  keep      Esc  as before"),
    ("!", "↑ ↓  read      Enter  copy      Esc  leave"),
)
"""Keys on Today, and what stands at the bottom of the box that they open."""


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


def test_every_box_that_asks_is_whole_in_a_real_terminal_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_NOW", "2026-11-18T10:30:00+02:00")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with Terminal(KAM, SIZES[0]) as terminal:
        terminal.wait_for("late  ·")
        for at, (key, words) in enumerate(DIALOGS):
            terminal.type(key)
            terminal.wait_for(words)
            for size in (*SIZES[at % 4 :], *SIZES[: at % 4]):
                terminal.resize(size, blank=True)
                terminal.wait_until(_is_boxed(terminal, words), f"after {key!r} at {size}")
            terminal.wait_for_silence()  # a half drawn screen has no box either
            terminal.type("\x1b")
            terminal.wait_until(lambda text: "late  ·" in text and "╭" not in text, f"after {key} and Esc")


def _is_boxed(terminal: Terminal, words: str) -> Callable[[str], bool]:
    """Whether there is one box with these words in it, each line of it as long as its edges."""

    def is_whole(text: str) -> bool:
        screen = terminal.screen
        rows = [[screen.buffer[y][x].data for x in range(screen.columns)] for y in range(screen.lines)]
        tops = [row for row in rows if {"╭", "╮"} & {*row}]
        ends = [row for row in rows if {"╰", "╯"} & {*row}]
        if words not in text or len(tops) != 1 or len(ends) != 1 or not {"╭", "╮"} <= {*tops[0]}:
            return False
        left, right = tops[0].index("╭"), tops[0].index("╮")
        sides = [(row[left], row[right]) for row in rows[rows.index(tops[0]) + 1 : rows.index(ends[0])]]
        return (ends[0][left], ends[0][right]) == ("╰", "╯") and set(sides) == {("│", "│")}

    return is_whole
