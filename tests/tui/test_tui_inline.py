"""`kam note` without a text, in a real terminal: a line under the prompt that completes and reads along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from small_book import records
from terminal import PATIENCE, Terminal
from textual.drivers.linux_inline_driver import LinuxInlineDriver

from kam_tui import paths, session
from kam_tui.domain.change import Change, add
from kam_tui.tui.drivers import InlineDriver
from kam_tui.tui.inline import NoteApp
from kam_tui.tui.recall import Recall

KAM = [sys.executable, "-m", "kam_tui"]


@pytest.fixture(autouse=True)
def _book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_NOW", "2026-11-18T10:30:00+02:00")
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "book"))
    opened = session.open_session(face="cli")
    opened.run(lambda _book, _now: Change("a small book", tuple(map(add, records()))))
    opened.close()


def entries() -> str:
    ran = subprocess.run([*KAM, "entry", "list", "--json"], capture_output=True, text=True, check=True)
    return ran.stdout


def test_a_note_is_written_under_the_prompt_and_said_back_like_any_other() -> None:
    shell = f"echo before; {' '.join(KAM)} note"
    with Terminal(["/bin/sh", "-c", shell]) as terminal:
        terminal.wait_for("Esc leave")
        terminal.type("lunch with @korh")
        terminal.wait_for("▌ Liisa Korhonen")
        terminal.type("\twent well remind: fri call")
        terminal.wait_for("Fri 20 Nov 2026: call")
        assert terminal.text.startswith("before\n")
        assert b"\x1b[?1049h" not in terminal.output
        terminal.type("\r")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
        said = " ".join(terminal.text.split("\n"))
        assert "Noted for Acme Oy, with Liisa Korhonen" in said
        assert "Esc leave" not in said
    assert "lunch with Liisa Korhonen went well" in entries()


def test_another_size_leaves_alone_what_stands_above_the_line() -> None:
    """A larger one: of a smaller one, this terminal makes what no other does."""
    with Terminal(["/bin/sh", "-c", f"echo before; {' '.join(KAM)} note"]) as terminal:
        terminal.wait_for("Esc leave")
        terminal.type("half a thought")
        for size in ((90, 24), (100, 30), (120, 40)):
            terminal.resize(size)
            terminal.wait_for_silence()
        terminal.type(" more")
        terminal.wait_for("half a thought more")
        assert terminal.text.startswith("before\n")
        assert terminal.text.count("half a thought") == terminal.text.count("Esc leave") == 1


def test_what_is_left_unsaved_is_there_the_next_time() -> None:
    before = entries()
    with Terminal([*KAM, "log", "call"]) as terminal:
        terminal.wait_for("☏ Call")
        terminal.type("half a thought\x1b")
        terminal.wait_for("Cancelled. Nothing was written.")
        terminal.wait_for_end()
        assert terminal.exit_code == 1
    assert entries() == before
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("not saved yet")
        assert "half a thought" in terminal.text
        terminal.type("\x03")
        terminal.wait_for("Cancelled. Nothing was written.")
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("half a thought")
        terminal.type("\r")
        terminal.wait_for("Call")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    assert "half a thought" in entries()


def test_what_is_left_unsaved_does_not_stand_in_for_another_kind() -> None:
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("· Note")
        terminal.type("half a thought\x1b")
        terminal.wait_for("Cancelled. Nothing was written.")
        terminal.wait_for_end()
    with Terminal([*KAM, "log", "call"]) as terminal:
        terminal.wait_for("☏ Call")
        terminal.wait_for_silence()
        assert "half a thought" not in terminal.text
        terminal.type("\x1b[A")
        terminal.wait_for("half a thought")
        terminal.type("\x1b[B@acme they agree\r")
        terminal.wait_for_end()
        assert "Call for Acme Oy" in terminal.text
    assert "they agree" in entries()


def test_a_line_typed_before_it_is_drawn_arrives_whole() -> None:
    with Terminal([*KAM, "note"]) as terminal:
        terminal.type("@acme typed ahead\r")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
        assert "Noted for Acme Oy" in terminal.text
    assert "typed ahead" in entries()


def test_leaving_does_not_wait_for_the_thread_that_reads_the_keys() -> None:
    """With a look at the keyboard only every minute, leaving at once means that the thread was woken."""
    slow = (
        "import sys; sys.argv = ['kam', 'note'];"
        "from kam_tui.tui import drivers; drivers.TICK = 60; from kam_tui.cli.main import script; script()"
    )
    with Terminal([sys.executable, "-c", slow]) as terminal:
        terminal.wait_for("Esc leave")
        terminal.type("@acme quick\r")
        assert terminal.wait_for_end() < PATIENCE
        assert terminal.exit_code == 0


def test_the_private_parts_of_textual_that_are_used_are_still_there() -> None:
    assert {"start_application_mode", "disable_input", "run_input_thread"} <= set(vars(LinuxInlineDriver))
    assert issubclass(InlineDriver, LinuxInlineDriver)


def test_the_line_has_the_keys_and_the_colours_of_the_settings() -> None:
    file = Path(paths.config_file())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('theme = "light"\n[keys]\n"dialog.cancel" = "F9"\n', "utf-8")
    opened = session.open_session(face="cli")
    assert NoteApp(opened, Recall(opened), "note", "").theme == "kam-light"
    opened.close()
    with Terminal([*KAM, "note"]) as terminal:
        terminal.wait_for("F9 leave")
        terminal.type("not now\x1b[20~")
        terminal.wait_for("Cancelled. Nothing was written.")
        terminal.wait_for_end()
