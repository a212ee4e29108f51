"""The person's own editor: given the text in a private file, and believed only where it ends well."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import account
from desktop import Desktop, running
from small_book import records
from terminal import Terminal
from textual.app import App
from textual.widgets import TextArea

from kam_tui import session
from kam_tui.delivery import written
from kam_tui.delivery.outbox import Outbox
from kam_tui.domain.change import Change, add
from kam_tui.domain.errors import Invalid
from kam_tui.tui import editor
from kam_tui.tui.editor import edited, editor_command

EditorMaker = Callable[[str], Path]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditorMaker:
    """Makes an editor out of a line of shell, in which $1 is the file; and sets it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()

    def make(line: str) -> Path:
        file = tmp_path / "my editor"
        file.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("VISUAL", f"'{file}'")
        return file

    return make


def left_over(tmp_path: Path) -> list[str]:
    return os.listdir(tmp_path / "temp")


def test_what_the_editor_makes_of_the_text_comes_back_and_the_file_is_gone(
    made: EditorMaker, tmp_path: Path
) -> None:
    file = made(
        f'ls -l "$1" > "{tmp_path}/seen"; echo "$1" >> "{tmp_path}/seen"; printf "more\\r\\n" >> "$1"'
    )
    assert edited([str(file)], "first\n\n- Łódź") == "first\n\n- Łódź\nmore"
    seen = (tmp_path / "seen").read_text("utf-8")
    assert seen.startswith("-rw-------")
    assert seen.endswith(".md\n")
    assert left_over(tmp_path) == []


def test_a_text_that_is_left_alone_is_no_change(made: EditorMaker, tmp_path: Path) -> None:
    assert edited([str(made("true"))], "first\nsecond") is None
    assert edited([str(made('touch "$1~"; echo >> "$1"'))], "first") is None
    assert left_over(tmp_path) == []


def test_an_editor_that_fails_changes_nothing(made: EditorMaker, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="ended with 1, so nothing was changed"):
        edited([str(made('echo other > "$1"; exit 1'))], "first")
    assert left_over(tmp_path) == []


def test_an_editor_that_is_not_there_is_told(made: EditorMaker, tmp_path: Path) -> None:
    made("true")
    with pytest.raises(Invalid, match="There is no editor nirgends here"):
        edited(["nirgends"], "first")
    assert left_over(tmp_path) == []


def test_control_characters_of_an_editor_stay_out(made: EditorMaker) -> None:
    assert edited([str(made("printf '\\033[2Jx\\377' > \"$1\""))], "first") == "x\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("env", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vi"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'/opt/my editor' -n"}, ["/opt/my editor", "-n"]),
    ],
)
def test_the_editor_that_is_set_may_have_arguments(env: dict[str, str], command: list[str]) -> None:
    assert editor_command(env, "linux") == command


def test_a_usual_editor_does_where_none_is_set_and_none_at_all_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Invalid, match="There is no editor here") as told:
        editor_command({}, "linux")
    assert "EDITOR=nano" in told.value.hint
    (tmp_path / "vi").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "vi").chmod(0o755)
    assert editor_command({}, "linux") == [str(tmp_path / "vi")]


def test_a_quotation_mark_that_does_not_end_is_told() -> None:
    with pytest.raises(Invalid, match="EDITOR is 'vi, whose quotation marks do not end"):
        editor_command({"EDITOR": "'vi"}, "linux")


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that has no terminal to step aside from, and does so in name."""

    @contextmanager
    def suspend(_app: App[Any]) -> Iterator[None]:
        yield

    monkeypatch.setattr(App, "suspend", suspend)


@pytest.mark.usefixtures("aside")
async def test_e_writes_the_text_of_the_highlighted_entry(made: EditorMaker) -> None:
    made('echo "A line more." >> "$1"')
    async with running() as desk:
        await desk.press("3", "down", "enter", "E")
        assert (
            desk.book.activities["t-3"].text == "Visited the plant.\nSecond line of the visit.\nA line more."
        )
        await desk.press("u")
        assert desk.book.activities["t-3"].text == "Visited the plant.\nSecond line of the visit."


@pytest.mark.usefixtures("aside")
async def test_e_in_a_list_writes_about_the_account(made: EditorMaker) -> None:
    made('echo "Likes tea." > "$1"')
    async with running() as desk:
        await desk.press("2", "E")
        assert desk.book.accounts["a-acme"].about == "Likes tea."


@pytest.mark.usefixtures("aside")
async def test_a_text_left_alone_writes_nothing(made: EditorMaker) -> None:
    made("true")
    async with running() as desk:
        await desk.press("E")
        assert not desk.keeper.entries
        assert not desk.notices


@pytest.mark.usefixtures("aside")
async def test_an_editor_that_fails_is_told_on_the_screen(made: EditorMaker) -> None:
    made("exit 7")
    async with running() as desk:
        await desk.press("E")
        assert "ended with 7, so nothing was changed." in desk.notices[-1]
        assert not desk.keeper.entries


@pytest.mark.usefixtures("aside")
async def test_where_somebody_wrote_meanwhile_both_texts_are_kept(
    made: EditorMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made('echo mine > "$1"')
    outbox = Outbox(str(tmp_path / "state"), str(tmp_path / "book"))
    async with running(posting=lambda: outbox) as desk:
        await desk.press("2")
        _write_meanwhile(desk, monkeypatch)
        await desk.press("E")
        assert desk.book.accounts["a-acme"].about == "theirs"
        assert "Theirs stays in the book." in " ".join(desk.notices)
        kept = f"{outbox.folder}/{written.UNSAVED}a-acme.md"
        assert kept in desk.notices[-1]
        assert Path(kept).read_text("utf-8") == "mine"


@pytest.mark.usefixtures("aside")
async def test_where_it_cannot_be_kept_in_a_file_it_is_copied(
    made: EditorMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made('echo mine > "$1"')
    async with running() as desk:
        await desk.press("2")
        _write_meanwhile(desk, monkeypatch)
        await desk.press("E")
        assert desk.app.clipboard == "mine"


def _write_meanwhile(desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else writes while the editor is open."""
    run = editor._run

    def and_they(command: list[str]) -> None:
        run(command)
        edit = account("Acme Oy", "a-acme", about="theirs", created=date(2026, 10, 29))
        desk.keeper.book = desk.keeper.book.after([add(edit)])

    monkeypatch.setattr(editor, "_run", and_they)


async def test_where_the_screen_cannot_step_aside_that_is_told(made: EditorMaker) -> None:
    made('echo mine > "$1"')
    async with running() as desk:
        await desk.press("E")
        assert desk.notices == ["The screen cannot step aside for an editor here."]
        assert not desk.keeper.entries


@pytest.mark.usefixtures("aside")
async def test_a_long_field_of_a_form_is_written_in_the_editor_too(made: EditorMaker) -> None:
    made('echo "with care" >> "$1"')
    async with running() as desk:
        await desk.press("3", "down", "enter", "e")
        desk.app.screen.query_one(TextArea).focus()
        await desk.settle()
        await desk.press("ctrl+g")
        assert desk.app.screen.query_one(TextArea).text.endswith("\nwith care")
        assert not desk.keeper.entries
        await desk.press("ctrl+s")
        assert desk.book.activities["t-3"].text.endswith("\nwith care")


def test_in_a_real_terminal_the_screen_steps_aside_and_comes_back(
    made: EditorMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAM_NOW", "2026-11-18T10:30:00+02:00")
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "book"))
    opened = session.open_session(face="cli")
    opened.run(lambda _book, _now: Change("a small book", tuple(map(add, records()))))
    opened.close()
    made('printf "\\033[2J\\033[Hwhat shall it be\\n"; read answer; echo "$answer" > "$1"')
    with Terminal([sys.executable, "-m", "kam_tui"]) as terminal:
        terminal.wait_for("Send the offer")
        terminal.type("2E")
        terminal.wait_for("what shall it be")
        assert b"\x1b[?1049l" in terminal.output
        terminal.type("written by hand\n")
        terminal.wait_for("u undoes it")
        terminal.type("q")
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    shown = subprocess.run(
        [sys.executable, "-m", "kam_tui", "account", "show", "acme"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "written by hand" in shown.stdout
