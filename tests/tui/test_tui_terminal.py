"""The mends of the terminal, in a real one: size, typing ahead, leaving; and what reaches it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from small_book import NASTY, records
from terminal import PATIENCE, Terminal
from textual.app import App
from textual.command import CommandPalette
from textual.drivers.linux_driver import LinuxDriver
from textual.drivers.linux_inline_driver import LinuxInlineDriver
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widgets import Input

from kam_tui import session
from kam_tui.domain.change import Change, add
from kam_tui.tui.drivers import InlineDriver, PromptDriver
from kam_tui.tui.inline import NoteApp
from kam_tui.tui.palette import Palette
from kam_tui.tui.repaint import SparingApp
from kam_tui.tui.terminal import OneFrame, SerialKeys
from kam_tui.tui.widgets.one_line import OneLine
from kam_tui.tui.widgets.rows import Rows

KAM = [sys.executable, "-m", "kam_tui"]
CLOCK = "2026-11-18T10:30:00+02:00"


@pytest.fixture
def kam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Terminal]:
    """The real program on a small book."""
    monkeypatch.setenv("KAM_NOW", CLOCK)
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "book"))
    opened = session.open_session(face="cli")
    opened.run(lambda _book, _now: Change("a small book", tuple(map(add, records()))))
    opened.close()
    return lambda argv=KAM, **env: Terminal(argv, **env)


def test_keys_typed_before_the_first_paint_and_all_at_once_arrive_whole(
    kam: Callable[..., Terminal],
) -> None:
    with kam() as terminal:
        terminal.type("/globex\r")
        terminal.wait_for("Growth account")
        terminal.type("1n@acme typed in one go\rq")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    found = subprocess.run([*KAM, "find", "typed", "in", "one"], capture_output=True, text=True, check=True)
    assert "typed in one go" in found.stdout


def test_a_pasted_text_comes_after_the_key_before_it(kam: Callable[..., Terminal]) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("/\x1b[200~globex\x1b[201~\r")
        terminal.wait_for("Growth account")


def test_exported_columns_and_lines_do_not_freeze_the_size(kam: Callable[..., Terminal]) -> None:
    with kam(COLUMNS="50", LINES="10") as terminal:
        terminal.wait_for("Send the offer")
        terminal.wait_for("/ Search")
        terminal.resize((130, 30))
        terminal.wait_for("Talked about the spring order")


def test_what_stands_there_after_many_keys_is_what_a_paint_of_everything_brings(
    kam: Callable[..., Terminal],
) -> None:
    """Only what changes was sent, which is not much."""
    with kam() as terminal:
        terminal.resize((120, 30))
        terminal.wait_for("Send the offer")
        for keys in ("jjk", "2jjG", "3jf", "nor", "\x1b\x1b", "4cjljl", "c", "2j", "\r", "\tj", "1j"):
            terminal.type(keys)
            terminal.wait_for_silence()
        before = len(terminal.output)
        terminal.type("j")
        terminal.wait_for_silence()
        assert 0 < len(terminal.output) - before < 6000
        seen = terminal.shown
        terminal.resize((120, 31))
        terminal.wait_for_silence()
        terminal.resize((120, 30))
        terminal.wait_for_silence()
        assert terminal.shown == seen


def test_leaving_leaves_the_terminal_as_it_was(kam: Callable[..., Terminal]) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.wait_for_silence()
        before = len(terminal.output)
        terminal.type("q")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
        for ending in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
            assert ending in terminal.output
        assert len(terminal.output) - before < 4000


def test_leaving_does_not_wait_for_the_thread_that_reads_the_keys(
    kam: Callable[..., Terminal],
) -> None:
    """With a look at the keyboard only every minute, leaving at once means that the thread was woken."""
    slow = "from kam_tui.tui import drivers; drivers.TICK = 60; from kam_tui.cli.main import script; script()"
    with kam(argv=[sys.executable, "-c", slow]) as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("q")
        assert terminal.wait_for_end() < PATIENCE
        assert terminal.exit_code == 0


def test_leaving_does_not_wait_for_a_book_that_takes_long_to_read(kam: Callable[..., Terminal]) -> None:
    slow = (
        "import time; from kam_tui.tui.first_read import FirstRead;"
        "FirstRead._read = lambda _: time.sleep(600);"
        "from kam_tui.cli.main import script; script()"
    )
    with kam(argv=[sys.executable, "-c", slow]) as terminal:
        terminal.wait_for("Opening the book")
        terminal.type("q")
        assert terminal.wait_for_end() < PATIENCE
        assert terminal.exit_code == 0


def test_after_a_storm_of_sizes_the_last_one_stands(kam: Callable[..., Terminal]) -> None:
    def fills_the_last_size(text: str) -> bool:
        """A frame for an earlier size may come first: its lines are shorter, or the first is out of sight."""
        first = text.split("\n")[0]
        return first.startswith(" kam  1 Today") and len(first) == 129 and "株式会社さくら商事" in text

    with kam() as terminal:
        terminal.wait_for("Send the offer")
        for number in range(40):
            terminal.resize((60 + number * 37 % 90, 20 + number * 11 % 30))
            terminal.type("jk"[number % 2])
        terminal.resize((130, 30))
        terminal.wait_for("Talked about the spring order")
        terminal.type("2")
        terminal.wait_until(fills_the_last_size, "the last size")
        terminal.type("q")
        terminal.wait_for_end()
        assert terminal.exit_code == 0


def test_a_size_that_changes_while_it_is_read_is_told_last(kam: Callable[..., Terminal]) -> None:
    slow = (
        "import time; from textual.drivers.linux_driver import LinuxDriver as Driver;"
        "read = Driver._get_terminal_size;"
        "Driver._get_terminal_size = lambda self: (read(self), time.sleep(0.5))[0];"
        "from kam_tui.cli.main import script; script()"
    )
    with kam(argv=[sys.executable, "-c", slow]) as terminal:
        terminal.wait_for("/ Search")
        terminal.wait_for_silence()
        terminal.resize((140, 40))
        terminal._read(0.1)
        terminal.resize((100, 30))
        terminal.wait_until(lambda text: len(text.split("\n")[0]) == 99, "the last size")


def test_what_another_size_in_between_has_wiped_away_is_painted_again(kam: Callable[..., Terminal]) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.wait_for("/ Search")
        terminal.wait_for("Call 2 days ago")  # the last to come, on a computer that is busy
        terminal.wait_for_silence()
        seen = terminal.text
        terminal.resize((60, 15))
        terminal.resize((80, 24), blank=True)
        terminal.wait_until(lambda text: text == seen, "the same, painted anew")


def test_who_was_stopped_by_another_program_goes_on_and_leaves_in_order(kam: Callable[..., Terminal]) -> None:
    """As by `kill -STOP` and `kill -CONT`, of which the program hears only the second."""
    with kam() as terminal:
        modes = termios.tcgetattr(terminal.fd)
        terminal.wait_for("Send the offer")
        terminal.wait_for_silence()
        os.kill(terminal.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, terminal.pid, os.WSTOPPED)
        terminal.screen.erase_in_display(2)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for("Send the offer")
        terminal.type("2")
        terminal.wait_for("株式会社さくら商事")
        terminal.type("q")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
        assert termios.tcgetattr(terminal.fd) == modes


def test_a_note_from_another_process_appears_by_itself(kam: Callable[..., Terminal]) -> None:
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("2\r")
        terminal.wait_for("Timeline 4")
        subprocess.run([*KAM, "note", "@acme", "from", "another", "shell"], check=True, capture_output=True)
        terminal.wait_for("from another shell")
        terminal.wait_for("Timeline 5")


def test_no_control_sequence_of_a_text_reaches_the_terminal(kam: Callable[..., Terminal]) -> None:
    assert "\x1b]52" in NASTY
    with kam() as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("/sale\r")
        terminal.wait_for("[/bold] [red]sale[/red] 100%")
        assert b"\x1b]52" not in terminal.output
        assert b"\x1b[2J\x1b" not in terminal.output


def test_without_colours_everything_is_grey_and_all_there(kam: Callable[..., Terminal]) -> None:
    with kam(NO_COLOR="1") as terminal:
        terminal.wait_for("/ Search")
        terminal.wait_for("3 days late")
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
        colours = {colour for cell in cells for colour in (cell.fg, cell.bg) if len(colour) == 6}
        assert not [c for c in colours if c not in ("default",) and not c[:2] == c[2:4] == c[4:]]
        assert "▌ 3 days late" in terminal.text


def test_the_private_parts_of_textual_that_are_used_are_still_there() -> None:
    app = SerialKeys()
    assert app._dom_ready is False
    assert app._message_queue.empty()
    assert app._next_callbacks == []
    assert app._is_mounted is False
    assert OneFrame._compositor_refresh is not Screen._compositor_refresh
    assert {"_repaint_required", "_dirty_widgets"} <= set(vars(Screen(name="any")))
    assert app._batch_count == 0
    assert {"start_application_mode", "disable_input", "run_input_thread"} <= set(vars(LinuxDriver))
    assert issubclass(PromptDriver, LinuxDriver)


@pytest.mark.parametrize(
    ("ours", "theirs", "names"),
    [
        (OneFrame, Screen, ("_on_idle", "_on_screen_resume", "_screen_resized", "_on_timer_update")),
        (SparingApp, App, ("_display",)),
        (NoteApp, App, ("_build_driver",)),
        (Palette, CommandPalette, ("_action_command_list",)),
        (Rows, ScrollView, ("_size_updated",)),
        (OneLine, Input, ("_on_paste",)),
        (PromptDriver, LinuxDriver, ("_get_terminal_size", "process_message", "stop_application_mode")),
        (InlineDriver, LinuxInlineDriver, ("_get_terminal_size", "write")),
    ],
)
def test_textual_still_has_what_is_mended_in_it(ours: type, theirs: type, names: tuple[str, ...]) -> None:
    """Else what takes its place would be called by nobody."""
    assert issubclass(ours, theirs)
    assert [name for name in names if not hasattr(theirs, name)] == []


def test_the_app_still_has_what_is_set_in_it() -> None:
    app: App[None] = App()
    for name in (
        "_previous_cursor_position",
        "_disable_notifications",
        "_installed_screens",
        "_screen_stack",
    ):
        assert hasattr(app, name), name
    assert hasattr(app.console, "_color_system")
