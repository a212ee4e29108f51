"""The system ends the program, or the window of its terminal is closed: it leaves in order all the same."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from terminal import Terminal

KAM = [sys.executable, "-m", "kam_tui"]
LEFT_ALONE = b"\x1b[?1049l"
"""The terminal shows again what it did before."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folder, where nothing is yet; a copy of the demo is made in it too."""
    for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "book"))
    monkeypatch.delenv("KAM_CONFIG", raising=False)
    return tmp_path


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_as_it_was_and_of_the_demo_nothing_stays(folder: Path, told: signal.Signals) -> None:
    with Terminal([*KAM, "demo"]) as terminal:
        terminal.wait_for("/ Search")
        terminal.type("na line that is not saved")
        terminal.wait_for("not saved")
        assert list(folder.glob("kam-demo-*"))
        os.kill(terminal.pid, told)
        terminal.wait_for_end()
        assert (terminal.exit_code, LEFT_ALONE in terminal.output) == (0, True)
    assert [path.name for path in folder.iterdir()] == []


def test_a_line_on_the_screen_that_is_not_saved_is_there_in_the_shell(folder: Path) -> None:
    (folder / "book").mkdir()
    with Terminal(KAM) as terminal:
        terminal.wait_for("Welcome.")
        terminal.type("nhalf a thought")
        terminal.wait_for("half a thought")
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.wait_for_end()
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("half a thought")


def test_a_line_that_is_not_saved_is_there_the_next_time(folder: Path) -> None:
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("Enter save")
        terminal.type("half a thought")
        terminal.wait_for("half a thought")
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.wait_for_end()
        assert "Nothing was written" in terminal.text
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("half a thought")
    assert not list((folder / "book").glob("*.json"))
