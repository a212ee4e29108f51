from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop, running
from memory_keeper import MemoryKeeper
from rich.cells import cell_len
from small_book import small_book
from textual import events
from textual.widgets import Input

from kam_tui.domain.backup import IMPORT
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.errors import Busy, Stopped, Unwritable
from kam_tui.domain.progress import Progress
from kam_tui.formats import registry
from kam_tui.session import Session
from kam_tui.tui.preview import show_slot
from kam_tui.tui.widgets.file_list import files_at, show_size
from kam_tui.tui.widgets.plan_list import PlanList

PEOPLE = """First Name,Last Name,Company,Email,Birthday,Shoe size
Pekka,Koe,Koe Oy,pekka@koe.example,3/4/1980,44
Liisa,Korhonen,Acme Oy,liisa@acme.example,,
Matti,Näätänen,Acme Oy,matti@acme.example,,
Bad,Row,Xx,bad@row.example,,9,too,many
"""

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Maija Testi\nEND:VCARD\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "files"
    (found / "earlier").mkdir(parents=True)
    (found / "people.csv").write_text(PEOPLE, "utf-8")
    (found / "earlier" / "one.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Maija Testi\nEND:VCARD\n", "utf-8"
    )
    (found / "notes.pdf").write_bytes(b"%PDF")
    (found / ".hidden.csv").write_text("Name\nX\n", "utf-8")
    monkeypatch.chdir(found)
    return found


async def previewed(desk: Desktop, name: str = "people.csv") -> None:
    await desk.press("i")
    await desk.type(f"{name}\n")


async def test_the_files_of_the_folder_are_offered_folders_first(folder: Path) -> None:
    async with running(size=(200, 24)) as desk:
        await desk.press("i")
        assert str(folder) in desk.line("File")
        names = [line.split()[0] for line in (desk.line("earlier"), desk.line("people.csv"))]
        assert names == ["▌", "people.csv"]
        assert "notes.pdf" not in desk.text
        assert ".hidden.csv" not in desk.text


async def test_typing_narrows_and_tab_completes_and_enter_goes_into_a_folder(folder: Path) -> None:
    async with running() as desk:
        await desk.press("i")
        await desk.type("ear")
        assert "people.csv" not in desk.text
        await desk.press("tab")
        assert "earlier/" in desk.line("File")
        assert "one.vcf" in desk.text
        await desk.press("enter")
        assert desk.line("Maija Testi")
        assert "New  1" in desk.text


async def test_the_arrows_choose_among_the_files(folder: Path) -> None:
    async with running() as desk:
        await desk.press("i", "down", "down", "up", "down", "enter")
        assert "people.csv" in desk.text
        assert desk.line("Pekka Koe")


async def test_a_folder_that_is_empty_or_not_there_says_what_to_do(folder: Path) -> None:
    async with running() as desk:
        await desk.press("i")
        await desk.type("nowhere/")
        assert "Type the path of a file or folder" in desk.text
        await desk.press("enter")
        assert "There is no file" in desk.text
        assert desk.place == "BringIn"


async def test_a_path_that_no_file_can_have_is_told(folder: Path) -> None:
    async with running() as desk:
        await desk.press("i")
        desk.app.screen.query_one("#filter", Input).value = "no\0where/x"
        await desk.press("enter")
        assert "There is no file" in desk.text


async def test_what_would_come_in_is_shown_with_what_needs_a_look_first(folder: Path) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        headings = [line for line in desk.lines if line[:1].isalpha()]
        assert headings == ["Look at these  2", "Refused  1", "Filled in  1"]
        assert "The row has 8 cells and the header 6" in desk.line("line 5")
        assert "2 new, 1 updated, 0 same" in desk.text
        assert "Shoe size" in desk.text
        assert "Enter brings it in" in desk.text
        assert "New  line 2" in desk.text
        assert not desk.keeper.entries


async def test_enter_brings_it_in_as_one_change_that_undo_takes_back(folder: Path) -> None:
    async with running() as desk:
        before = dict(desk.book.contacts)
        await previewed(desk)
        await desk.press("enter")
        assert desk.place == "People"
        assert "Pekka Koe" in [each.name for each in desk.book.contacts.values()]
        assert len(desk.keeper.entries) == 1
        assert "u undoes it" in desk.notices[-1]
        await desk.press("u")
        assert desk.book.contacts == before


async def test_enter_twice_brings_it_in_once(folder: Path) -> None:
    async with running(Book.of()) as desk:
        await previewed(desk)
        rows = desk.app.screen.query_one(PlanList).rows
        rows.action_bring_in()
        rows.action_bring_in()
        await desk.settle()
        assert len(desk.keeper.entries) == 1


async def test_escape_leaves_nothing_written_step_by_step(folder: Path) -> None:
    async with running() as desk:
        await previewed(desk)
        await desk.press("escape")
        assert "people.csv" in desk.line("File")
        await desk.press("escape")
        assert desk.place == "Today"
        assert not desk.keeper.entries


async def test_m_shows_what_the_columns_fill_and_enter_changes_it(folder: Path) -> None:
    async with running(size=(100, 40)) as desk:
        await previewed(desk)
        await desk.press("m")
        assert "first name" in desk.line("First Name")
        assert "kept beside the record" in desk.line("Shoe size")
        await desk.press("end", "enter")
        assert desk.place == "PickSetting"
        await desk.press("down", "enter")
        assert desk.place == "BringIn"
        await desk.press("m")
        assert "left out" in desk.line("Shoe size")
        await desk.press("m")
        assert desk.line("Pekka Koe")
        await desk.press("m", "escape")
        assert desk.line("Pekka Koe")


async def test_o_reads_the_dates_the_other_way(folder: Path) -> None:
    async with running() as desk:
        await previewed(desk)
        await desk.press("o")
        assert desk.notices[-1] == "3/4 is 3 April."
        await desk.press("o")
        assert desk.notices[-1] == "3/4 is March 4."
        await desk.press("enter")
        (pekka,) = (each for each in desk.book.contacts.values() if each.name == "Pekka Koe")
        assert pekka.birthday
        assert (pekka.birthday.month, pekka.birthday.day) == (3, 4)


async def test_a_vcard_has_no_columns_to_map(folder: Path) -> None:
    async with running() as desk:
        await previewed(desk, "earlier/one.vcf")
        await desk.press("m")
        assert "This is no table" in desk.text


async def test_the_same_file_again_brings_nothing_and_enter_says_so(folder: Path) -> None:
    async with running(size=(120, 50)) as desk:
        await previewed(desk)
        await desk.press("enter")
        await previewed(desk)
        assert "There is nothing to bring in." in desk.text
        await desk.press("enter")
        assert desk.place == "BringIn"
        assert len(desk.keeper.entries) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02", "no format that kam reads"),
        (b"age-encryption.org/v1\n-> X25519 x\n", "is sealed"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_and_another_can_be_chosen(
    folder: Path, content: bytes, said: str
) -> None:
    (folder / "odd.xyz").write_bytes(content)
    async with running() as desk:
        await previewed(desk, "odd.xyz")
        assert said in " ".join(desk.text.split())
        assert "odd.xyz" in desk.line("File")


async def test_a_backup_that_fails_stops_the_import(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(_session: Session, reason: str) -> None:
        asked.append(reason)
        raise Unwritable("The disk is full.")

    monkeypatch.setattr(Session, "back_up", refuse)
    async with running() as desk:
        await previewed(desk)
        await desk.press("enter")
        assert asked == [IMPORT]
        assert "The disk is full." in " ".join(desk.text.split())
        assert not desk.keeper.entries


async def test_keys_are_answered_while_a_file_is_read_and_escape_leaves_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real = registry.read_file

    def slow(*args: object) -> object:
        go_on.wait(20)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("kam_tui.tui.preview.read_file", slow)
    async with running() as desk:
        await desk.press("i")
        await desk.type("people.csv")
        desk.app.post_message(events.Key("enter", None))
        await desk.until_seen("people.csv  Reading …")
        desk.app.post_message(events.Key("escape", None))
        await desk.until_seen("Choose a vCard")
        go_on.set()
        await desk.settle()
        assert "Choose a vCard" in desk.text
        assert not desk.keeper.entries


async def test_keys_are_answered_while_it_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    real: Any = MemoryKeeper.update

    def slow(keeper: MemoryKeeper, decide: Callable[[Book], Change], *args: Any) -> tuple[Book, Change]:
        def decide_slowly(book: Book) -> Change:
            change = decide(book)
            go_on.wait(20)
            return change

        done: tuple[Book, Change] = real(keeper, decide_slowly, *args)
        return done

    async with running() as desk:
        await previewed(desk)
        monkeypatch.setattr(MemoryKeeper, "update", slow)
        desk.app.post_message(events.Key("enter", None))
        await desk.until_seen("Writing it into the book")
        assert "It cannot be stopped now." in desk.text
        desk.app.post_message(events.Key("1", "1"))
        await desk.until_seen("Send the offer")
        assert not desk.keeper.entries
        go_on.set()
        await desk.settle()
        assert desk.place == "Today"
        assert len(desk.keeper.entries) == 1


async def test_an_import_that_is_refused_can_be_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise Busy("Another kam keeps the book.")

    async with running() as desk:
        await previewed(desk)
        with monkeypatch.context() as patch:
            patch.setattr(MemoryKeeper, "update", refuse)
            await desk.press("enter")
        assert "Another kam keeps the book." in desk.notices[-1]
        assert desk.place == "BringIn"
        assert desk.line("Pekka Koe")
        await desk.press("enter")
        assert desk.place == "People"


async def test_what_somebody_else_writes_is_compared_again(folder: Path) -> None:
    async with running() as desk:
        await previewed(desk)
        assert desk.line("Pekka Koe")
        desk.keeper.book = small_book()
        await desk.look_again()
        assert desk.line("Pekka Koe")
        assert desk.place == "BringIn"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_import_fits_every_screen(folder: Path, size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        for keys in ([], ["i"], [*"people.csv", "enter"], ["m"]):
            await desk.press(*keys)
            assert max(map(cell_len, desk.lines)) <= size[0]
            assert len(desk.lines) == size[1]


def test_hidden_files_are_found_by_their_name(folder: Path) -> None:
    assert [each.name for each in files_at(".hid")] == [".hidden.csv"]
    assert [each.path for each in files_at("")] == ["earlier/", "people.csv"]
    assert files_at("nowhere/x") == []


def test_the_home_folder_stays_short(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert [each.path for each in files_at("~/peo")] == ["~/people.csv"]
    assert [each.path for each in files_at("~/PEO")] == ["~/people.csv"]


@pytest.mark.parametrize(("size", "said"), [(0, "0 B"), (999, "999 B"), (1500, "2 kB"), (3_200_000, "3 MB")])
def test_sizes_are_short(size: int, said: str) -> None:
    assert show_size(size) == said


def test_slots_are_said_in_words() -> None:
    assert show_slot("phone:mobile") == "phone (mobile)"
    assert show_slot("account_city") == "company: city"
    assert show_slot("keep") == "kept beside the record"


@pytest.mark.parametrize("size", [(60, 20), (60, 24), (80, 24)])
async def test_what_is_told_of_the_columns_is_told_to_the_end(folder: Path, size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        await previewed(desk)
        assert "kept beside the record: Shoe size" in " ".join(desk.text.split())
        assert "Pekka Koe" in desk.text


async def test_what_was_wrong_with_a_path_is_gone_with_the_next_letter(folder: Path) -> None:
    async with running() as desk:
        await desk.press("i")
        await desk.type("nowhere\n")
        assert "There is no file" in desk.text
        await desk.press("backspace")
        assert "There is no file" not in desk.text
        assert "Choose a vCard, CSV or JSON file." in desk.text


async def test_the_lines_are_narrowed_as_one_types_and_escape_shows_all_again(folder: Path) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        await desk.press("f")
        await desk.type("näät NEW")
        assert desk.line("Matti Näätänen")
        assert "Pekka Koe" not in desk.text
        assert "1 / 4" in desk.text
        assert "New  line 4" in desk.text
        await desk.press("escape")
        assert desk.line("Pekka Koe")
        assert desk.place == "BringIn"
        await desk.press("f")
        await desk.type("nobody")
        assert "Nothing in this file is like that." in desk.text


async def test_space_leaves_a_line_out_and_takes_it_in_again(folder: Path) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        await desk.press("f")
        await desk.type("pekka\n")
        await desk.press("space")
        assert "left out" in desk.line("Pekka Koe")
        assert "1 left out." in desk.text
        await desk.press("space")
        assert "left out." not in desk.text
        await desk.press("space", "escape", "o")
        assert "left out" in desk.line("Pekka Koe")
        await desk.press("enter")
        names = [each.name for each in desk.book.contacts.values()]
        assert "Matti Näätänen" in names
        assert "Pekka Koe" not in names
        assert "Import: 1 new, 1 updated" in desk.notices[-1]


async def test_what_cannot_come_in_cannot_be_left_out(folder: Path) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        await desk.press("home", "down", "down", "space")
        assert "left out" not in desk.line("line 5")
        assert "left out." not in desk.text


async def test_all_that_is_shown_is_left_out_at_once_and_then_nothing_comes_in(folder: Path) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        await desk.press("asterisk")
        assert "3 left out." in desk.text
        assert "There is nothing to bring in." in " ".join(desk.text.split())
        await desk.press("enter")
        assert desk.place == "BringIn"
        assert not desk.keeper.entries
        await desk.press("asterisk")
        assert "Enter brings it in" in desk.text


async def test_another_file_begins_with_nothing_left_out(folder: Path) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        await desk.press("asterisk", "escape")
        await desk.type("earlier/one.vcf\n")
        await desk.press("escape")
        await desk.type("people.csv\n")
        assert "left out." not in desk.text


class Held:
    """Progress that waits at a step until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.may_go_on, self.ended = threading.Event(), threading.Event()
        self.steps = 0
        self.progress = Progress()
        real = Progress.step

        def step(progress: Progress) -> None:
            self.steps += 1
            self.progress = progress
            try:
                real(progress)
            except Stopped:
                self.ended.set()
                raise
            if self.steps == at:
                self.may_go_on.wait(20)

        monkeypatch.setattr(Progress, "step", step)


async def test_how_far_reading_is_stands_there_and_escape_ends_it_at_the_next_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch, 1)
    async with running() as desk:
        await desk.press("i")
        await desk.type("people.csv")
        desk.app.post_message(events.Key("enter", None))
        await desk.until_seen("people.csv  Reading: 1 of 4, 25 %")
        desk.app.post_message(events.Key("escape", None))
        await desk.until_seen("Choose a vCard")
        await desk.until(lambda: held.progress.is_stopped)
        held.may_go_on.set()
        assert await asyncio.to_thread(held.ended.wait, 20)
        await desk.settle()
        assert held.steps == 2
        assert "Choose a vCard" in desk.text


async def test_going_elsewhere_ends_the_reading_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch, 1)
    async with running() as desk:
        await desk.press("i")
        await desk.type("people.csv")
        desk.app.post_message(events.Key("enter", None))
        await desk.until_seen("1 of 4")
        desk.app.post_message(events.Key("1", "1"))
        await desk.until_seen("Send the offer")
        await desk.until(lambda: held.progress.is_stopped)
        held.may_go_on.set()
        assert await asyncio.to_thread(held.ended.wait, 20)


async def test_escape_stops_an_import_that_is_compared_again_and_nothing_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(size=(120, 40)) as desk:
        await previewed(desk)
        await desk.press("home", "down", "space")
        held = Held(monkeypatch, 1)
        desk.app.post_message(events.Key("enter", None))
        await desk.until_seen("Comparing with the book: 1 of 2, 50 %")
        desk.app.post_message(events.Key("escape", None))
        await desk.until_seen("Stopping …")
        held.may_go_on.set()
        await desk.settle()
        assert desk.notices[-1] == "Stopped: the book is as it was."
        assert not desk.keeper.entries
        assert "1 left out." in desk.text
        await desk.press("enter")
        assert len(desk.keeper.entries) == 1


async def test_escape_in_the_backup_stops_it_before_anything_comes_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(Session, "back_up", lambda *_args: go_on.wait(20))
    async with running() as desk:
        await previewed(desk)
        desk.app.post_message(events.Key("enter", None))
        await desk.until_seen("Backing up the book")
        desk.app.post_message(events.Key("escape", None))
        await desk.until_seen("Stopping …")
        go_on.set()
        await desk.settle()
        assert desk.notices[-1] == "Stopped: the book is as it was."
        assert desk.line("Pekka Koe")
        assert not desk.keeper.entries


async def test_what_takes_long_to_write_says_so_and_then_what_was_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real: Any = MemoryKeeper.update

    def slow(*args: Any) -> Any:
        go_on.wait(20)
        return real(*args)

    monkeypatch.setattr("kam_tui.tui.writer.SLOW", 0.01)
    async with running() as desk:
        await previewed(desk)
        await desk.press("enter")
        monkeypatch.setattr(MemoryKeeper, "update", slow)
        desk.app.post_message(events.Key("u", "u"))
        await desk.until_seen("Writing it into the book …")
        go_on.set()
        await desk.settle()
        (said,) = desk.notices
        assert said.startswith("Undid: Import")


async def test_t_takes_what_the_file_has_where_it_differs_from_the_book(folder: Path) -> None:
    liisa = next(each for each in small_book().contacts.values() if each.name == "Liisa Korhonen")
    header = "kam contact,name,title\n"
    (folder / "own.csv").write_text(f"{header}{liisa.id},{liisa.name},Queen\n", "utf-8")
    async with running(
        small_book().after([Edit(liisa, replace(liisa, title="Buyer"))]), size=(120, 40)
    ) as desk:
        await previewed(desk, "own.csv")
        assert "conflict" in desk.line("Liisa")
        await desk.press("t")
        assert "file's" in desk.line("Liisa")
        assert "1 as the file has it." in desk.text
        await desk.press("t")
        assert "conflict" in desk.line("Liisa")
        await desk.press("t", "enter")
        assert desk.book.contacts[liisa.id].title == "Queen"
        await desk.press("u")
        assert desk.book.contacts[liisa.id].title == "Buyer"
