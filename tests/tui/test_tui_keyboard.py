"""What a terminal sends: a key is what was pressed, and nothing else is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_book import records
from terminal import Terminal
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.message import Message

from kam_tui import session
from kam_tui.domain.change import Change, add
from kam_tui.tui.drivers import Output
from kam_tui.tui.keyboard import Keyboard

KAM = [sys.executable, "-m", "kam_tui"]
ANSWERS = (
    "\x1b]11;rgb:1d1d/2020/2121\x1b\\",
    "\x1b]52;c;ZGRk\x07",
    "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28;29c",
    "\x1bP>|XTerm(370)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b[99z",
    "\x1b[1114112;1u",
    "\x1b[9999999999999999999999u",
)
"""What other programs ask terminals for, what nobody knows, and letters that there are none of."""


def read(parser: Parser[Message], *typed: str) -> list[str]:
    """Keys by name, a pasted text as it is, all else by its kind; the time is up at the end."""
    found = [message for text in typed for message in parser.feed(text)]
    parser._timeout_time = 0 if parser._timeout_time else None
    return [_told(message) for message in (*found, *parser.tick())]


def _told(message: Message) -> str:
    if isinstance(message, events.Key):
        return message.key
    return message.text if isinstance(message, events.Paste) else type(message).__name__


def test_every_sequence_that_textual_knows_is_read_as_by_textual() -> None:
    some = (
        "a",
        "\x1bq",
        "\x1b",
        "\x1b]",
        "\x1b\x1b[A",
        "\x1b[<0;5;9M",
        "\x1b[I",
        "\x1b[97;1;98:99u",
        "\x1b[5;5R",
    )
    for sequence in (*ANSI_SEQUENCES_KEYS, *some):
        assert read(Keyboard(), sequence) == read(XTermParser(), sequence), sequence


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_of_the_terminal_presses_no_key(answer: str) -> None:
    assert read(Keyboard(), f"a{answer}b") == ["a", "b"]
    assert read(Keyboard(), "a", *answer, "b") == ["a", "b"]


def test_what_is_pasted_is_a_text_whatever_is_in_it() -> None:
    text = "red \x1b[31mx\x07 \x1b]11;d\x1b\\ \x1b[48;9;9;9;9t \x1b[20 end\x1b"
    assert read(Keyboard(), f"\x1b[200~{text}\x1b[201~j") == [text, "j"]
    assert read(Keyboard(), *f"\x1b[200~{text}\x1b[201~j") == [text, "j"]


def test_a_pasted_text_that_never_ends_does_not_take_the_keyboard_away() -> None:
    terminal = Keyboard()
    assert read(terminal, "\x1b[200~half") == ["half"]
    assert read(terminal, "j") == ["j"]


def test_a_sequence_that_is_cut_off_presses_no_key() -> None:
    assert read(Keyboard(), "\x1b[1;5") == []
    assert read(Keyboard(), "\x1b[1\x1b[Aj") == ["up", "j"]


def test_a_click_in_a_terminal_that_tells_no_size_is_none() -> None:
    assert read(Keyboard(), "\x1b[48;24;80;0;0t\x1b[<0;5;9Mj") == ["Resize", "j"]


@settings(max_examples=60)
@given(
    st.lists(
        st.text(st.sampled_from("\x1b[]OP_\\<?;:$12058~MmuRtIcd\x07\x9b\ud800é"), max_size=12), max_size=9
    )
)
def test_nothing_that_comes_stops_the_reading(pieces: list[str]) -> None:
    terminal = Keyboard()
    read(terminal, *filter(None, pieces))
    for _each in range(2):
        read(terminal, "\x1b\\\x1b[201~", "\x07")
    assert read(terminal, "j")[-1:] == ["j"]


@pytest.fixture
def kam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The real program on a small book."""
    monkeypatch.setenv("KAM_NOW", "2026-11-18T10:30:00+02:00")
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "book"))
    opened = session.open_session(face="cli")
    opened.run(lambda _book, _now: Change("a small book", tuple(map(add, records()))))
    opened.close()
    return KAM


def test_in_a_real_terminal_neither_an_answer_nor_a_pasted_text_gives_commands(kam: list[str]) -> None:
    with Terminal(kam) as terminal:
        terminal.wait_for("/ Search")
        terminal.type("".join(ANSWERS) + "\x1b[200~d\x1b[31mdx\x07rq\x1b[201~" + "n")
        terminal.wait_for("Enter save")
        terminal.type("\x1b[200~seen \x1b[31mred\x07\x9b1m there\x1b[201~")
        terminal.wait_for("seen red there")
        terminal.type("\x1b")
        terminal.wait_until(lambda text: "Enter save" not in text, "the list")
        terminal.type("2f\x1b[200~\x1b]0;title\x07acme\u202e\x1b[201~")
        terminal.wait_for("1 / 6")
        assert not any(
            sign in terminal.output for sign in (b"\x1b]0;", b"red\x07", "\x9b".encode(), "\u202e".encode())
        )


def test_a_click_beside_the_screen_leaves_what_is_in_use(kam: list[str]) -> None:
    with Terminal(kam) as terminal:
        terminal.wait_for("▌ 3 days late")
        terminal.wait_for("/ Search")
        terminal.type("\x1b[<0;300;90M\x1b[<0;300;90m\x1b[<65;300;90M")
        terminal.type("j")
        terminal.wait_for("▌ 2 days late")


def test_a_letter_that_comes_in_two_halves_is_one(kam: list[str]) -> None:
    with Terminal(kam) as terminal:
        terminal.wait_for("/ Search")
        terminal.type("n")
        terminal.wait_for("Enter save")
        for half in "é".encode():
            os.write(terminal.fd, bytes([half]))
            terminal.wait_for_silence()
        terminal.type("tude")
        terminal.wait_for("étude")


def test_a_window_that_is_closed_ends_the_program_in_order(kam: list[str]) -> None:
    with Terminal(kam) as terminal:
        terminal.wait_for("/ Search")
        terminal.type("nhalf a thought")
        terminal.wait_for("half a thought")
        terminal.hang_up()
        assert terminal.exit_code == 0
    with Terminal(kam) as terminal:
        terminal.wait_for("/ Search")
        terminal.type("n")
        terminal.wait_for("half a thought")


def test_what_is_written_to_a_terminal_that_is_gone_holds_nobody_up() -> None:
    ours, theirs = os.openpty()
    file = os.fdopen(theirs, "w", encoding="utf-8")
    output = Output(file)
    os.close(ours)
    for size in (10_000, 10_000, 100):
        output.write("x" * size)
        output.flush()
    file.close()  # as Python does when it ends: nothing is left that cannot be written
