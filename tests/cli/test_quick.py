from __future__ import annotations

import pytest

from kam_tui.cli import parser, quick
from kam_tui.cli.quick import read_capture, read_opening
from kam_tui.cli.shell import Arguments


def read(*argv: str) -> Arguments:
    args = read_capture(argv)
    assert args is not None
    return args


def test_unquoted_words_are_the_text() -> None:
    args = read("note", "@acme", "met", "Liisa", "+vip")
    assert (args.word, args.words, args.kind) == ("note", ["@acme", "met", "Liisa", "+vip"], "")


def test_log_takes_its_kind_first() -> None:
    args = read("log", "call", "@acme", "hi")
    assert (args.kind, args.words) == ("call", ["@acme", "hi"])


def test_flags_stand_before_the_text_or_after_it() -> None:
    for argv in (
        ("note", "--json", "--book", "/b", "--no-color", "hi"),
        ("note", "hi", "--json", "--book=/b", "--no-color"),
    ):
        args = read(*argv)
        assert (args.json, args.book, args.no_color, args.words) == (True, "/b", True, ["hi"])


def test_dashes_within_the_text_are_text() -> None:
    assert read("note", "met", "Liisa", "--", "she", "-", "was", "-ish", "happy").words == [
        "met", "Liisa", "--", "she", "-", "was", "-ish", "happy",
    ]  # fmt: skip


def test_everything_after_a_leading_double_dash_is_text() -> None:
    assert read("note", "--", "--json", "is", "a", "format").words == ["--json", "is", "a", "format"]
    assert read("note", "x", "--", "-5%").words == ["x", "-5%"]
    assert read("note", "x", "--", "--json", "--", "y").words == ["x", "--json", "--", "y"]
    assert read("log", "call", "x", "--", "-5%").words == ["x", "-5%"]
    assert read("note", "x", "--").words == ["x", "--"]


def test_a_number_below_zero_may_begin_the_text() -> None:
    assert read("note", "-5%", "on", "price").words == ["-5%", "on", "price"]


def test_a_lone_dash_asks_for_standard_input() -> None:
    assert read("note", "-").words == ["-"]


@pytest.mark.parametrize(
    "argv",
    [
        ("note", "--help"),
        ("note", "hi", "-h"),
        ("note", "--knid", "hi"),
        ("note", "hi", "--knid"),
        ("note", "-x"),
        ("note", "--book"),
        ("log",),
        ("log", "--json"),
    ],
)
def test_anything_unusual_is_left_to_the_full_parser(argv: tuple[str, ...]) -> None:
    assert read_capture(argv) is None


@pytest.mark.parametrize("line", [[], ["--book", "elsewhere"]])
def test_opening_the_screen_is_read_as_argparse_would(line: list[str]) -> None:
    args = read_opening(line)
    assert args is not None
    assert vars(args) == vars(parser.read(line))


@pytest.mark.parametrize("line", [["--book"], ["--book", ""], ["--book", "--json"], ["--json"], ["today"]])
def test_what_is_more_than_opening_the_screen_is_left_to_argparse(line: list[str]) -> None:
    assert read_opening(line) is None


@pytest.mark.parametrize(
    "flags", [("--book", "/b"), ("--book=/b",), ("--no-color", "--book", "/b", "--json")]
)
def test_flags_before_the_word_are_as_good_as_those_behind_it(flags: tuple[str, ...]) -> None:
    args = quick.read((*flags, "note", "met", "Liisa", "--", "she", "was", "happy"))
    assert args is not None
    assert (args.word, args.book, args.words) == ("note", "/b", "met Liisa -- she was happy".split())
    assert args.json is ("--json" in flags)
    opened = quick.read(flags)
    assert (opened is None) is (len(flags) != 2)


def test_other_words_are_for_argparse() -> None:
    for argv in (("--json", "today"), ("--bookx", "note", "x"), ("--json",), ("--book",), ("--version",)):
        assert quick.read(argv) is None
