from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui.cli import parser
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.quick import read_capture
from kam_tui.cli.words import WORDS
from kam_tui.tui.screens.places import OF_RECORDS, PLACES

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"

AS_JSON: dict[str, tuple[str, ...]] = {
    "note": ("@acme all well",),
    "log": ("call", "@acme all well"),
    "today": (),
    "agenda": ("--days", "60"),
    "remind": ("@acme", "friday", "call"),
    "done": ("contract", "signed"),
    "snooze": ("contract", "tomorrow"),
    "move": ("contract", "tomorrow"),
    "skip": ("contract",),
    "why": ("contract",),
    "promise": ("list",),
    "contract": ("list",),
    "account": ("show", "acme"),
    "contact": ("list",),
    "entry": ("list",),
    "segments": (),
    "portfolio": (),
    "find": ("liisa",),
    "digest": (),
    "schedule": (),
    "watch": ("--once",),
    "history": (),
    "undo": (),
    "redo": (),
    "import": ("-", "--dry-run"),
    "export": (),
    "person": ("export", "liisa korhonen"),
    "backup": (),
    "restore": (),
    "doctor": (),
    "config": (),
    "open": ("acme",),
    "demo": (),
}
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Maija Testi\nEND:VCARD\n"


def test_every_word_has_a_json_test() -> None:
    assert AS_JSON.keys() == WORDS.keys()


@pytest.mark.parametrize("word", WORDS)
def test_json_is_one_object_on_a_full_book(full: Kam, word: str) -> None:
    if word == "redo":
        full("undo")
    ran = full(word, *AS_JSON[word], "--json", stdin=CARD)
    assert ran.code == 0, ran.err
    assert isinstance(json.loads(ran.out), dict)


@pytest.mark.parametrize("word", WORDS)
def test_json_on_an_empty_book_is_an_object_or_an_error(kam: Kam, word: str) -> None:
    ran = kam(word, *AS_JSON[word], "--json", stdin=CARD)
    if ran.code == 0:
        assert isinstance(json.loads(ran.out), dict)
    else:
        assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
        assert ran.err


@pytest.mark.parametrize("word", WORDS)
def test_help_tells_what_a_word_does_with_an_example(kam: Kam, word: str) -> None:
    ran = kam(word, "--help")
    assert ran.code == 0
    assert WORDS[word].help in ran.out
    for line in WORDS[word].example.split("\n"):
        assert line in ran.out
    assert "--json" in ran.out
    assert kam("help", word).out == ran.out


def test_help_takes_a_second_word_as_well(kam: Kam) -> None:
    assert kam("help", "account", "edit").out == kam("account", "edit", "--help").out
    assert kam("help", "help").out == kam("--help").out


@pytest.mark.parametrize("line", [line for word in WORDS.values() for line in word.example.split("\n")])
def test_every_example_is_a_command_line_that_kam_takes(line: str) -> None:
    kam_word, *argv = shlex.split(line)
    assert kam_word == "kam"
    assert read_capture(argv) if argv[0] in ("note", "log") else parser.read(argv)


@pytest.mark.parametrize("word", WORDS)
def test_the_manual_has_a_section_on_every_word(word: str) -> None:
    manual = DOCS.read_text("utf-8")
    section = re.search(rf"^### kam {word}$(.*?)(?=^##|\Z)", manual, re.MULTILINE | re.DOTALL)
    assert section, word
    assert f"kam {word}" in section[1]
    assert "```" in section[1]


def test_the_manual_tells_the_exit_codes_and_the_environment() -> None:
    manual = DOCS.read_text("utf-8")
    for code in ExitCode:
        assert f"| {code.value} |" in manual
    closing = parser.build("", lists_words=True).format_help().partition("Environment:")[2]
    for name in ("KAM_BOOK", "KAM_CONFIG", "KAM_PASSPHRASE", "KAM_NOW", "NO_COLOR", "COLUMNS"):
        assert f"`{name}`" in manual
        assert name in closing


def test_the_manual_names_every_screen_to_begin_on() -> None:
    manual = DOCS.read_text("utf-8").partition("### kam open")[2]
    for place in PLACES.keys() - set(OF_RECORDS):
        assert f"`{place}`" in manual


def test_the_help_page_lists_every_word_and_the_exit_codes(kam: Kam) -> None:
    ran = kam("--help")
    assert ran.code == 0
    for word, entry in WORDS.items():
        assert re.search(rf"^ +{word} ", ran.out, re.MULTILINE)
        assert entry.help[:20] in ran.out
    assert "Exit codes: 0 done" in ran.out


def test_the_version_is_printed(kam: Kam) -> None:
    assert re.fullmatch(r"kam \d+\.\d+\S*\n", kam("--version").out)


def test_common_flags_stand_before_the_word_or_after_it(full: Kam, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    assert full("--book", other, "--json", "account", "list").json == {"accounts": []}
    assert full("account", "list", "--json", "--book", other).json == {"accounts": []}
    assert len(full("account", "--json", "list").json["accounts"]) == 2


def test_a_word_that_is_not_there_is_told_with_the_nearest(kam: Kam) -> None:
    ran = kam("tody")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "kam has no word tody.\nDid you mean today?\n"


def test_a_word_that_needs_a_second_one_says_which(kam: Kam) -> None:
    ran = kam("account")
    assert ran.code == 2
    assert "add, list, show, edit, tag, log, archive" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("account", "lst"), "kam account has no word lst.\nDid you mean list?"),
        (("person", "qqq"), "kam person has no word qqq.\nThere are export, erase."),
        (
            ("account", "list", "--teir=key"),
            "kam account list does not take --teir=key.\nDid you mean --tier?",
        ),
        (("note", "hi", "--tepmlate", "x"), "kam note does not take --tepmlate x.\nDid you mean --template?"),
        (("digest", "--format", "xml"), "--format takes text, markdown, html, json, not xml."),
        (("log", "cal", "@acme", "hi"), "cal is not a kind of activity.\nDid you mean call?"),
        (
            ("contract", "add", "frame"),
            "kam contract add needs --account NAME.\nSee kam contract add --help.",
        ),
        (
            ("promise", "add"),
            "What was promised?\nWrite it like kam promise add @acme fri send the drawings.",
        ),
        (("account", "tag", "acme"), "There is no tag to put on or to take off.\nWrite it like --on vip"),
        (("remind", "every", "blue", "moon", "call"), "every blue moon call does not say how often:"),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_was_likely_meant(
    full: Kam, words: tuple[str, ...], said: str
) -> None:
    ran = full(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)


def test_a_flag_that_is_not_there_is_told(kam: Kam) -> None:
    ran = kam("today", "--tomorrow")
    assert ran.code == 2
    assert "kam today does not take --tomorrow." in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("find", "--", "-5%"), "-5% on price"),
        (("done", "contract", "--", "--json", "is", "no", "flag"), "Done: call about the contract"),
        (("remind", "@acme", "tomorrow", "--", "-x"), "-x"),
        (("account", "add", "--", "-Dash- Oy"), "Added the account -Dash- Oy."),
        (("find", "--json", "price"), '"hits"'),
        (("find", "price", "--limit", "3", "on"), "-5% on price"),
    ],
)
def test_what_follows_a_lone_double_dash_is_text(full: Kam, words: tuple[str, ...], said: str) -> None:
    full("note", "--", "-5%", "on", "price")
    ran = full(*words)
    assert ran.code == 0, ran.err
    assert said in ran.out
