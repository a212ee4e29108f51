"""`kam note --template NAME`: a line of the settings, with the text in its blanks."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.quick import read_capture

SETTINGS = """
[templates]
visit = "@{who} Visit: {text} remind: in 2 weeks ask how it goes"
fair = "Trade fair, {today}. {text}"
"""


@pytest.fixture
def full_with(full: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kam:
    file = tmp_path / "own.toml"
    file.write_text(SETTINGS, "utf-8")
    monkeypatch.setenv("KAM_CONFIG", str(file))
    return full


def test_the_text_goes_to_the_blanks_and_the_kind_is_that_of_the_name(full_with: Kam) -> None:
    ran = full_with("note", "--template", "visit", "@acme", "saw", "the", "hall")
    assert ran.code == 0
    assert ran.out.startswith("Visit for Acme Oy · ")
    assert "Visit: saw the hall · reminder" in ran.out
    assert full_with("note", "--template=fair", "@acme was there").out.startswith("Noted for Acme Oy")


def test_a_kind_that_is_said_stays(full_with: Kam) -> None:
    assert full_with("log", "call", "--template", "visit", "@acme", "hi").out.startswith("Call for Acme Oy")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--template", "vist", "@acme"), ExitCode.NOT_FOUND, "Did you mean visit?"),
        (("--template", "lunch", "@acme"), ExitCode.NOT_FOUND, "The settings have these: visit, fair."),
        (("--template", "visit", "saw"), ExitCode.INVALID, "the text names nobody"),
        (("--template", "visit"), ExitCode.INVALID, "kam note --template visit @acme"),
    ],
)
def test_what_is_missing_is_told_and_nothing_written(
    full_with: Kam, words: tuple[str, ...], code: ExitCode, said: str
) -> None:
    before = full_with("history").out
    ran = full_with("note", *words)
    assert ran.code == code
    assert said in ran.err
    assert full_with("history").out == before


def test_without_templates_it_says_where_to_write_one(full: Kam) -> None:
    assert "under [templates]" in full("note", "--template", "visit", "@acme").err


def test_the_flag_is_read_in_front_of_the_text_and_behind_it() -> None:
    for argv in (("note", "--template", "visit", "hi"), ("note", "hi", "--template=visit")):
        args = read_capture(argv)
        assert args
        assert (args.template, args.words) == ("visit", ["hi"])
    assert read_capture(("note", "--template")) is None


def test_a_template_with_a_blank_that_is_not_known_is_told(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[templates]\nvisit = "@{whom}"\n', "utf-8")
    monkeypatch.setenv("KAM_CONFIG", str(file))
    ran = kam("today")
    assert ran.code == ExitCode.INVALID
    assert "Setting templates, visit: There is no blank {whom}." in ran.err
    assert "{who}, {account}, {today}, {text}" in ran.err
