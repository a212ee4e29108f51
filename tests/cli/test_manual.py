"""The manual is true: every example in docs/cli.md is run, in order, and says what stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui.cli import parser, quick

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "cli.md"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
CONTACTS = "Name,Email,Company\nPekka Koe,pekka@koe.example,Koe Oy\n"
HOME = "/home/anna"
REST = "…"
"""A line of the manual that stands for any number of lines."""

EXAMPLE = re.compile(r"^\$ (kam .*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)
OWN = re.compile(r"\b([acrtpk])-[0-9a-z]{10}\b|^(  |    +\"handle\": \")[0-9a-z]{4}(?=  |\")", re.MULTILINE)
VERSION = re.compile(r"\b\d+\.\d+\.\d+\b")


def known(text: str, home: Path) -> str:
    """The text without what differs from run to run: ids, short words, places."""
    text = VERSION.sub("VERSION", text.replace(str(home), HOME))
    return OWN.sub(lambda found: f"{found[1]}-id" if found[1] else f"{found[2]}word", text)


def fits(said: str, expected: str) -> bool:
    """Whether what was said is what the manual has, but for what it leaves out."""
    lines = [r"(?:.*\n)*?" if line == REST else re.escape(line) + r"\n" for line in expected.splitlines()]
    return re.fullmatch("".join(lines), said) is not None


def test_every_example_says_what_the_manual_says(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / ".local/share/kam/book"))
    monkeypatch.setenv("KAM_CONFIG", str(tmp_path / ".config/kam/config.toml"))
    monkeypatch.setenv("USER", "anna")
    Path("contacts.csv").write_text(CONTACTS, "utf-8")
    examples = EXAMPLE.findall(MANUAL.read_text("utf-8"))
    assert len(examples) > 25
    for line, expected in examples:
        ran = kam(*shlex.split(line)[1:])
        said = known(ran.out + ran.err, tmp_path)
        assert fits(said, known(expected, tmp_path)), f"$ {line}\n{said}"


def test_every_command_line_of_the_other_pages_is_one_that_kam_takes() -> None:
    blocks = (block.partition("\n") for page in PAGES for block in page.read_text("utf-8").split("```")[1::2])
    typed = "".join(lines for language, _end, lines in blocks if language == "sh")
    lines = re.findall(r"^kam\b.*", typed, re.MULTILINE)
    assert len(lines) > 25
    for line in lines:
        argv = shlex.split(line, comments=True)[1:]
        assert quick.read(argv) or parser.read(argv), line
