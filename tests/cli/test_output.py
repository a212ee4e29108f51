from __future__ import annotations

import io
import json
import sys

import pytest

from kam_tui.cli.output import Output, Styled
from kam_tui.domain.text import width_of


class Terminal(io.StringIO):
    """Standard output as a terminal has it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError


def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """From now on; a fixture would come too early, before the runner puts its own stream there."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    return stream


def test_columns_are_aligned_by_cells(capsys: pytest.CaptureFixture[str]) -> None:
    Output().table([("日本", "x"), ("Acme", "y"), ("a", "z")])
    assert capsys.readouterr().out == "日本  x\nAcme  y\na     z\n"


def test_a_column_that_nobody_fills_takes_no_room(capsys: pytest.CaptureFixture[str]) -> None:
    Output().table([("a", "", "x"), ("b", "", "y")])
    assert capsys.readouterr().out == "a  x\nb  y\n"


def test_a_pipe_gets_whole_lines_without_colours(capsys: pytest.CaptureFixture[str]) -> None:
    text = "word " * 60
    Output().table([(Styled("x7k", "mark"), text)])
    assert capsys.readouterr().out == f"x7k  {text.strip()}\n"


def test_a_terminal_gets_lines_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "40")
    Output(color=False).table([("x7k", "Liisa Korhonen, Acme Oy", "日本" * 30)])
    (line,) = terminal.getvalue().splitlines()
    assert width_of(line) <= 40
    assert line.startswith("x7k  Liisa")
    assert line.endswith("…")


def test_columns_give_way_in_the_order_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    row = ("x7k", "a" * 20, "b" * 20, "c" * 20)
    for width, shown in (
        (70, ("a" * 20, "b" * 20, "c" * 20)),
        (62, ("a" * 20, "b" * 20, "c" * 12 + "…")),
        (48, ("a" * 20, "b" * 20)),
        (40, ("a" * 20, "b" * 12 + "…")),
    ):
        terminal = at_terminal(monkeypatch)
        monkeypatch.setenv("COLUMNS", str(width))
        Output(color=False).table([row], give=((3, 10), (3, 0), (2, 10)))
        assert terminal.getvalue() == "  ".join(("x7k", *shown)) + "\n"


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    Output().line(Styled("late", "late"), "plain")
    assert terminal.getvalue() == "\x1b[31mlate\x1b[0m plain\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_forbidden(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    terminal = at_terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    Output().line(Styled("late", "late"))
    assert terminal.getvalue() == "late\n"


def test_an_empty_no_color_forbids_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "")
    Output().line(Styled("late", "late"))
    assert "\x1b[31m" in terminal.getvalue()


def test_terminal_controls_in_a_text_do_not_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = at_terminal(monkeypatch)
    evil = "Ac\x1b]0;pwned\x07me\x1b[2J \u202eyO\x9b31m"
    out = Output(color=False)
    out.line(evil)
    out.table([(evil, "x")])
    out.text(f"a\n{evil}")
    out.json({evil: [evil]})
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(terminal.getvalue())
    assert "Acme yO" in terminal.getvalue()


def test_json_keeps_letters_and_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    Output().json({"name": "Åke 日本", "text": "a\nb", "none": None, "n": 1})
    out = capsys.readouterr().out
    assert "Åke 日本" in out
    assert json.loads(out) == {"name": "Åke 日本", "text": "a\nb", "none": None, "n": 1}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_of_few_letters_loses_letters_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding))
    out = Output()
    out.line("日本 Oy")
    out.json({"name": "日本"})
    sys.stdout.flush()
    text = raw.getvalue().decode(encoding)
    assert text.startswith("?? Oy\n")
    assert json.loads(text.partition("\n")[2]) == {"name": "日本"}
