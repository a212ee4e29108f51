"""What only real processes show: many at once, pipes, shells, what is loaded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KAM = [sys.executable, "-m", "kam_tui"]
SEE_MODULES = (
    "import sys; from kam_tui.cli.main import main; main(); print(*sorted(sys.modules), file=sys.stderr)"
)


def ran(book: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KAM, *words],
        env=os.environ | {"KAM_BOOK": str(book), "PYTHONIOENCODING": "utf-8"} | env,
        capture_output=True,
        text=True,
        encoding=env.get("PYTHONIOENCODING", "utf-8"),
        stdin=subprocess.DEVNULL,
        check=False,
    )


def texts(book: Path) -> list[str]:
    found = json.loads(ran(book, "entry", "list", "--limit", "1000", "--json").stdout)
    return sorted(entry["text"] for entry in found["entries"])


def test_captures_at_once_into_no_book_yet_are_all_notes(tmp_path: Path) -> None:
    book = tmp_path / "book"
    env = os.environ | {"KAM_BOOK": str(book)}
    notes = [f"thought number {number}" for number in range(8)]
    running = [
        subprocess.Popen([*KAM, "note", note], env=env, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        for note in notes
    ]
    assert [process.wait(60) for process in running] == [0] * 8
    assert texts(book) == sorted(notes)


def test_a_line_in_a_locale_that_cannot_read_it_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    env = os.environ | {"KAM_BOOK": str(tmp_path / "book"), "LC_ALL": "C"}
    env |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    wrote = subprocess.run([*KAM, "note", "Öljyä"], env=env, capture_output=True, check=False)
    assert wrote.returncode == 0
    assert texts(tmp_path / "book") == ["Öljyä"]


def test_into_one_file_data_and_talk_come_in_the_order_they_were_said(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as both:
        subprocess.run(
            [*KAM, "demo"],
            env=os.environ | {"PYTHONUNBUFFERED": ""},
            stdin=subprocess.DEVNULL, stdout=both, stderr=both, check=True,
        )  # fmt: skip
    assert log.read_text("utf-8").splitlines()[-1].startswith("This was the demo book.")


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (
            ("note", "buy stamps remind: tue 14:00 stamps"),
            {"argparse", "difflib", "tomllib", "dateutil", "shutil"},
        ),
        (("log", "call", "Anna called"), {"argparse", "difflib", "tomllib", "dateutil", "shutil"}),
        (("today",), {"tomllib", "tempfile"}),
        (("digest", "--always"), {"tomllib", "tempfile"}),
        (("--help",), {"tinydb", "tomllib", "kam_tui.domain.book"}),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
def test_a_word_loads_what_it_needs_and_no_more(
    tmp_path: Path, words: tuple[str, ...], never: set[str]
) -> None:
    found = subprocess.run(
        [sys.executable, "-c", SEE_MODULES, *words],
        env=os.environ | {"KAM_BOOK": str(tmp_path / "book")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    loaded = set(found.stderr.split())
    assert "kam_tui.cli.main" in loaded
    assert not (never | {"textual", "rich", "click", "pydantic", "asyncio"}) & loaded


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_note_needs_no_quotes(tmp_path: Path, shell: str) -> None:
    found = shutil.which(shell)
    if found is None:
        assert shell != "bash", "a shell is needed for this test"
        return
    book = tmp_path / "book"
    line = (
        f"{' '.join(KAM)} note yesterday: met Anna -- she was happy, 50% off +pilot remind: friday call back"
    )
    subprocess.run(
        [found, "-c", line], env=os.environ | {"KAM_BOOK": str(book)}, check=True, capture_output=True
    )
    assert texts(book) == ["met Anna -- she was happy, 50% off"]


def test_a_pipe_that_is_closed_early_makes_no_noise(tmp_path: Path) -> None:
    # More than a pipe holds, so that writing meets the closed end.
    with subprocess.Popen(
        [*KAM, "demo", "--json"],
        env=os.environ | {"KAM_BOOK": str(tmp_path / "book")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_survives_a_terminal_of_few_letters(tmp_path: Path, encoding: str) -> None:
    book = tmp_path / "book"
    assert ran(book, "account", "add", "日本 Oy").returncode == 0
    found = ran(book, "account", "list", PYTHONIOENCODING=encoding)
    assert (found.returncode, found.stdout.startswith("?? Oy")) == (0, True)
    found = ran(book, "account", "list", "--json", PYTHONIOENCODING=encoding)
    assert json.loads(found.stdout)["accounts"][0]["name"] == "日本 Oy"
    assert ran(book, "note", "@åke", PYTHONIOENCODING=encoding).returncode == 3


def test_an_unreadable_argument_is_kept_as_text(tmp_path: Path) -> None:
    book = tmp_path / "book"
    done = subprocess.run(
        [*map(os.fsencode, KAM), b"note", b"caf\xe9"],
        env=os.environ | {"KAM_BOOK": str(book)},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0
    assert texts(book) == ["caf?"]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [(("note", "@nobody", "hi"), 3), (("note", "-"), 2), (("history",), 0), (("bogus",), 2)],
)
def test_a_closed_stream_is_nothing_to_stumble_over(
    tmp_path: Path, closed: str, words: tuple[str, ...], code: int
) -> None:
    process = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *KAM, *words],
        env=os.environ | {"KAM_BOOK": str(tmp_path / "book")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert process.returncode == code
    assert "Traceback" not in process.stderr
