"""How a command line ends: exit codes, and what is said when something outside fails."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import pytest
from shell_run import Kam

from kam_tui.cli import diagnostics, output
from kam_tui.cli.commands import capture
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.domain import errors
from kam_tui.session import Session


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.KamError("x"), 1),
        (errors.Unwritable("x"), 1),
        (diagnostics.Cancelled(), 1),
        (errors.Invalid("x"), 2),
        (errors.NotFound("x"), 3),
        (errors.Ambiguous("x", ["a"]), 4),
        (errors.Conflict("x"), 4),
        (errors.Busy("x"), 4),
        (errors.Damaged("x"), 5),
        (errors.TooNew("x"), 5),
    ],
)
def test_every_error_has_its_exit_code(error: errors.KamError, code: int) -> None:
    assert diagnostics.code_of(error) == code


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(*_args: object) -> NoReturn:
        raise error

    monkeypatch.setattr(capture, "run", run)


def test_an_error_is_a_sentence_and_a_hint_on_standard_error(
    kam: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, errors.Busy("Somebody holds \x1b[31mthe book.", "Try again."))
    ran = kam("note", "hi")
    assert (ran.code, ran.out, ran.err) == (4, "", "Somebody holds the book.\nTry again.\n")


def test_ctrl_c_ends_quietly(kam: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    ran = kam("note", "hi")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_ctrl_c_leaves_the_line_on_which_a_terminal_shows_it(
    kam: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = kam("note", "hi")
    assert (ran.code, ran.out, ran.err) == (130, "", "\n")


def test_a_disk_that_refuses_is_told(kam: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, OSError(28, "No space left on device"))
    ran = kam("note", "hi")
    assert (ran.code, ran.err) == (1, "The computer refused: No space left on device.\n")


def test_a_reader_that_has_gone_away_is_no_error_to_talk_about(
    kam: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    hushed: list[bool] = []
    monkeypatch.setattr(output, "hush", lambda: hushed.append(True))
    failing(monkeypatch, BrokenPipeError())
    ran = kam("note", "hi")
    assert (ran.code, ran.err, hushed) == (ExitCode.UNREAD, "", [True])


def test_the_session_is_closed_whatever_happens(kam: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    close = Session.close

    def counted(session: Session) -> None:
        closed.append("once")
        close(session)

    monkeypatch.setattr(Session, "close", counted)
    kam("note", "@nobody hi")
    kam("note", "hi")
    assert closed == ["once", "once"]


def test_settings_that_cannot_be_taken_are_told(kam: Kam, book: Path) -> None:
    (book.parent / "config.toml").write_text("cadence_kye = 3\n", "utf-8")
    ran = kam("note", "hi")
    assert ran.code == 2
    assert "Did you mean cadence_key?" in ran.err


def test_a_time_that_is_none_is_told(kam: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_NOW", "soon")
    ran = kam("today")
    assert ran.code == 2
    assert "KAM_NOW is soon" in ran.err


def test_kam_takes_the_command_line_of_the_process(
    kam: Kam, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kam_tui.cli.main import script

    monkeypatch.setattr(sys, "argv", ["kam", "--version"])
    with pytest.raises(SystemExit) as end:
        script()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("kam ")


def test_a_zone_that_nobody_knows_is_told_and_not_passed_over(kam: Kam, book: Path) -> None:
    (book.parent / "config.toml").write_text('timezone = "Mars/Olympus"\n', "utf-8")
    ran = kam("note", "hi")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Setting timezone: Mars/Olympus is no zone that this computer knows.\n")
    assert not book.exists()


def test_a_flag_that_is_in_nobody_s_list_is_told_without_a_word_too(kam: Kam) -> None:
    assert kam("--bogus").err.splitlines()[0] == "kam does not take --bogus."
    assert kam("undo", "--bogus").err.splitlines()[0] == "kam undo does not take --bogus."


def test_a_flag_without_its_text_is_told(full: Kam) -> None:
    ran = full("contact", "edit", "liisa k", "--birthday")
    assert ran.code == 2
    assert ran.err == (
        "--birthday needs a text after it.\nA text that begins with a dash is written --birthday=TEXT.\n"
    )


def test_every_second_word_has_a_help_page_with_an_example(kam: Kam) -> None:
    for word, acts in (
        ("account", ("add", "list", "show", "edit", "archive")),
        ("contact", ("add", "list", "show", "edit", "archive")),
        ("entry", ("list", "show", "edit", "remove")),
    ):
        for act in acts:
            assert f"Examples:\n  kam {word} {act} " in kam(word, act, "--help").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done",), "kam done needs REMINDER."),
        (("snooze", "x7k"), "kam snooze needs WHEN."),
        (("import",), "kam import needs FILE."),
        (("contact", "edit"), "kam contact edit needs NAME or --where."),
        (("log",), "kam log needs KIND."),
    ],
)
def test_what_a_word_needs_is_told_and_no_more(kam: Kam, words: tuple[str, ...], said: str) -> None:
    ran = kam(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == said
