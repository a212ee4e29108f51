"""The terminal around the screen, in a real one: stepping aside and coming back, few colours, no mouse."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_book import records
from terminal import Terminal

from kam_tui import session
from kam_tui.domain.change import Change, add

KAM = [sys.executable, "-m", "kam_tui"]


@pytest.fixture
def kam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Terminal]:
    """The real program on a small book."""
    monkeypatch.setenv("KAM_NOW", "2026-11-18T10:30:00+02:00")
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "book"))
    opened = session.open_session(face="cli")
    opened.run(lambda _book, _now: Change("a small book", tuple(map(add, records()))))
    opened.close()
    return lambda *words, **env: Terminal([*KAM, *words], **env)


def stopped(terminal: Terminal) -> None:
    """Wait until the program has stopped, as a shell does."""
    _pid, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    terminal.wait_for_silence()


def test_ctrl_z_gives_the_terminal_back_and_fg_brings_the_screen_again_at_its_new_size(
    kam: Callable[..., Terminal],
) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.wait_for_silence()
        for size in ((130, 30), (70, 20)):
            before = len(terminal.output)
            terminal.type("\x1a")
            stopped(terminal)
            for ending in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
                assert ending in terminal.output[before:]
            terminal.resize(size)
            before = len(terminal.output)
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.wait_for("Send the offer")
            terminal.wait_for_silence()
            assert b"\x1b[?1049h" in terminal.output[before:]
            assert max(len(line.rstrip()) for line in terminal.screen.display) <= size[0]
            assert terminal.screen.display[-1].startswith(" d Done")
        terminal.type("2")
        terminal.wait_for("Tier")
        terminal.type("q")
        terminal.wait_for_end()
        assert terminal.exit_code == 0


def test_what_is_typed_while_it_comes_back_arrives(kam: Callable[..., Terminal]) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("\x1a")
        stopped(terminal)
        terminal.type("?")
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for("On every screen")


def test_kam_opens_on_whom_or_what_one_names(kam: Callable[..., Terminal]) -> None:
    with kam("open", "globex") as terminal:
        terminal.wait_for("Growth account")
        terminal.type("q")
        terminal.wait_for_end()
    with kam("--screen", "People") as terminal:
        terminal.wait_for("Liisa Korhonen")
        terminal.wait_for("Filter")
        terminal.type("\x1b")
        terminal.wait_for("Send the offer")
    with kam("--screen", "acounts") as terminal:
        terminal.wait_for("Did you mean accounts?")
        terminal.wait_for_end()
        assert terminal.exit_code == 3


def test_where_one_was_is_found_again(kam: Callable[..., Terminal]) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("2oO")
        terminal.wait_for("Account ▲")
        terminal.type("q")
        terminal.wait_for_end()
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("2")
        terminal.wait_for("Account ▲")


def test_the_plain_console_is_asked_for_its_own_colours_and_signs_alone(kam: Callable[..., Terminal]) -> None:
    with kam(TERM="linux") as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("a")
        terminal.wait_for("Something that happened")
        terminal.wait_for_silence()
        assert "┌" in terminal.text
        assert "╭" not in terminal.text
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25];", terminal.output)


@pytest.mark.parametrize(
    ("words", "env"), [((), {"NO_COLOR": "1"}), (("--no-color",), {})], ids=["env", "flag"]
)
def test_without_colours_not_one_is_asked_for(
    kam: Callable[..., Terminal], words: tuple[str, ...], env: dict[str, str]
) -> None:
    with kam(*words, **env) as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("2")
        terminal.wait_for("Tier")
        terminal.wait_for_silence()
        codes = {
            code for found in re.findall(rb"\x1b\[([0-9;]*)m", terminal.output) for code in found.split(b";")
        }
        assert not codes & {
            b"%d" % code for code in (*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108))
        }


@pytest.mark.parametrize("mouse", [True, False])
def test_the_mouse_is_left_to_the_terminal_where_that_is_wanted(
    kam: Callable[..., Terminal], tmp_path: Path, mouse: bool
) -> None:
    (tmp_path / "config.toml").write_text(f"mouse = {str(mouse).lower()}\n")
    with kam(KAM_CONFIG=str(tmp_path / "config.toml")) as terminal:
        terminal.wait_for("Send the offer")
        assert (b"\x1b[?1000h" in terminal.output) is mouse


def test_an_empty_book_leads_to_the_demo_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "none" / "book"))
    with Terminal(KAM) as terminal:
        terminal.wait_for("Welcome. This book is empty")
        terminal.type("d")
        terminal.wait_for("kam demo")
        terminal.wait_for("late")
        terminal.type("q")
        terminal.wait_for("Welcome. This book is empty")
        terminal.type("q")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    assert not [path for path in (tmp_path / "none").rglob("screen.json") if "demo" in path.read_text()]
