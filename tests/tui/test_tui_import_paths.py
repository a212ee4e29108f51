from __future__ import annotations

import threading
from pathlib import Path

import pytest
from desktop import Desktop, running
from textual import events

from kam_tui.tui.widgets import file_list
from kam_tui.tui.widgets.file_list import Found, files_at
from kam_tui.tui.widgets.path_line import PathLine, begun_anew, pasted

ROWS = "Name,Email\nPekka Koe,pekka@koe.example\n"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file, which is not the one to begin in, and is the home folder."""
    (tmp_path / "here").mkdir()
    (tmp_path / "else where").mkdir()
    (tmp_path / "else where" / "O'Brien (1).csv").write_text(ROWS, "utf-8")
    (tmp_path / "many.csv").write_text(ROWS, "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


async def paste(desk: Desktop, text: str) -> None:
    assert desk.app.focused
    desk.app.focused.post_message(events.Paste(text))
    await desk.settle()


@pytest.mark.parametrize("written", ["{home}/many.csv", "~/many.csv", "{home}/many.csv \n"])
async def test_a_whole_path_that_is_pasted_takes_the_place_of_the_folder(
    elsewhere: Path, written: str
) -> None:
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await paste(desk, written.format(home=elsewhere))
        await desk.press("enter")
        assert desk.line("Pekka Koe")


async def test_another_path_that_is_pasted_takes_the_place_of_the_first(elsewhere: Path) -> None:
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await paste(desk, f"{elsewhere}/nobody.csv")
        await desk.press("enter")
        assert f"There is no file {elsewhere}/nobody.csv" in " ".join(desk.text.split())
        await paste(desk, f"{elsewhere}/many.csv")
        await desk.press("enter")
        assert desk.line("Pekka Koe")


async def test_a_name_that_is_pasted_stands_behind_the_folder(elsewhere: Path) -> None:
    (elsewhere / "here" / "one.csv").write_text(ROWS, "utf-8")
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await paste(desk, "one.csv")
        await desk.press("enter")
        assert desk.line("Pekka Koe")


@pytest.mark.parametrize("begins", ["{home}/", "~/"])
async def test_a_path_that_is_typed_behind_the_folder_begins_anew(elsewhere: Path, begins: str) -> None:
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await desk.type(begins.format(home=elsewhere) + "many")
        assert desk.line("File").split()[1] == begins.format(home=elsewhere) + "many"
        await desk.press("enter")
        assert desk.line("Pekka Koe")


@pytest.mark.parametrize(
    "written",
    [
        "{home}/else where/O'Brien (1).csv",
        "{home}/else where/O'Brien (1).csv \r\n",
        "'{home}/else where/O'\\''Brien (1).csv' ",
        '"{home}/else where/O\'Brien (1).csv"',
        "{home}/else\\ where/O\\'Brien\\ \\(1\\).csv ",
        "file://{home}/else%20where/O%27Brien%20(1).csv\n",
        "file://localhost{home}/else%20where/O'Brien%20%281%29.csv",
    ],
)
def test_a_path_is_read_as_terminals_write_it(elsewhere: Path, written: str) -> None:
    assert pasted(written.format(home=elsewhere)) == [f"{elsewhere}/else where/O'Brien (1).csv"]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("many.csv", ""),
        ("", ""),
        ("Pekka said: /tmp", ""),
        ("/nobody's here.csv", "/nobody's here.csv"),
        ("/no\0where.csv", "/no\0where.csv"),
        ("'~/many.csv'", "~/many.csv"),
        ("file:///a%23b/c#1?.csv", "/a#b/c#1?.csv"),
    ],
)
def test_what_is_no_path_of_something_is_taken_as_it_is(elsewhere: Path, written: str, path: str) -> None:
    assert pasted(written) == [path] * bool(path)


@pytest.mark.parametrize(
    "written",
    [
        "'{home}/else where/O'\\''Brien (1).csv' '{home}/many.csv' '{home}/nobody.csv'",
        "{home}/else\\ where/O\\'Brien\\ \\(1\\).csv {home}/many.csv {home}/nobody.csv ",
        "{home}/else where/O'Brien (1).csv\n{home}/many.csv\n{home}/nobody.csv\n",
        "file://{home}/else%20where/O%27Brien%20(1).csv\r\nfile://{home}/many.csv\r\nfile://{home}/nobody.csv\r\n",
        "file://{home}/else%20where/O%27Brien%20(1).csv file://{home}/many.csv file://{home}/nobody.csv",
        '"{home}/else where/O\'Brien (1).csv" {home}/many.csv {home}/many.csv {home}/nobody.csv',
    ],
)
def test_several_paths_are_told_apart_however_the_terminal_writes_them(elsewhere: Path, written: str) -> None:
    wanted = [f"{elsewhere}/{name}" for name in ("else where/O'Brien (1).csv", "many.csv", "nobody.csv")]
    assert pasted(written.format(home=elsewhere)) == wanted


def test_names_with_spaces_that_are_not_marked_are_told_apart_where_they_are_there(elsewhere: Path) -> None:
    written = f"{elsewhere}/else where/O'Brien (1).csv ~/many.csv"
    assert pasted(written) == [f"{elsewhere}/else where/O'Brien (1).csv", "~/many.csv"]


@pytest.mark.parametrize("text", ["/a.csv\nand more", "/a.csv\n\x00", "Pekka\n/a.csv", "\n\n", "# a remark"])
def test_a_text_of_which_a_line_is_no_path_is_none(text: str) -> None:
    assert pasted(text) == []


async def test_several_files_that_are_dropped_are_offered_until_each_is_brought_in(elsewhere: Path) -> None:
    (elsewhere / "else where" / "O'Brien (1).csv").write_text("Name\nMaija Muu\n", "utf-8")
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await paste(desk, f"~/many.csv '{elsewhere}/else where/O'\\''Brien (1).csv' /nobody.csv")
        assert desk.line("Dropped here").split()[2:4] == ["3", "files"]
        await desk.press("enter")
        assert desk.line("Pekka Koe")
        await desk.press("escape")
        assert "3 files" in desk.text, "what was only looked at is still to be had"
        await desk.press("enter")
        await desk.press("enter")
        assert "2 files" in desk.text
        assert "many.csv" not in desk.text
        await desk.press("down")
        await desk.press("enter")
        assert "There is no file /nobody.csv" in " ".join(desk.text.split())
        await desk.press("enter")
        await desk.press("enter")
        assert {"Pekka Koe", "Maija Muu"} <= {each.name for each in desk.book.contacts.values()}
        await desk.press("escape")
        assert "Dropped here" not in desk.text
        assert "here" in desk.line("File")


async def test_after_the_last_dropped_file_one_sees_who_came_in(elsewhere: Path) -> None:
    (elsewhere / "two.csv").write_text("Name\nMaija Muu\n", "utf-8")
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await paste(desk, f"{elsewhere}/many.csv\n{elsewhere}/two.csv\n")
        for _each in range(4):
            await desk.press("enter")
        assert desk.place == "People"
        assert len(desk.keeper.entries) == 2


async def test_typing_a_path_puts_the_dropped_files_away(elsewhere: Path) -> None:
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        await paste(desk, f"{elsewhere}/many.csv /nobody.csv")
        await desk.type("~/many")
        assert "Dropped here" not in desk.text
        await desk.press("enter")
        assert desk.line("Pekka Koe")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/tmp/audit//tmp/x/many.csv", "/tmp/x/many.csv"),
        ("/tmp/audit/~/many.csv", "~/many.csv"),
        ("~/here/~/x//y", "/y"),
        ("/tmp/~draft.csv", "/tmp/~draft.csv"),
        ("/", "/"),
        ("~/a b/c", "~/a b/c"),
        ("", ""),
    ],
)
def test_a_path_begins_anew_where_no_name_can_be(typed: str, meant: str) -> None:
    assert begun_anew(typed) == meant


async def test_what_is_typed_counts_though_the_disk_is_slow(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "here" / "folder").mkdir()
    go_on = threading.Event()

    def slow(typed: str) -> list[Found]:
        if typed.endswith("x"):
            go_on.wait(20)
        return files_at(typed)

    monkeypatch.setattr(file_list, "files_at", slow)
    async with running(size=(120, 30)) as desk:
        await desk.press("i")
        assert "folder/" in desk.text
        line = desk.app.screen.query_one(PathLine)
        line.take("/nowhere/x")
        desk.app.post_message(events.Key("enter", None))
        await desk.until(lambda: line.value.endswith("x") and "/nowhere/x" in desk.text)
        go_on.set()
        await desk.settle()
        assert "There is no file /nowhere/x" in " ".join(desk.text.split())
