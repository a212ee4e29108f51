"""What was typed in the line of a note and not saved: it comes back where it was left, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from desktop import Desktop, running
from test_tui_completion import newest, typed
from textual import events

from kam_tui.delivery import written
from kam_tui.delivery.outbox import Outbox
from kam_tui.delivery.written import Kept, Written
from kam_tui.tui.widgets.words import Words

THREE = "the first line +urgent\nthe second\n\nand the last @globex"


@pytest.fixture
def posting(tmp_path: Path) -> Callable[[], Outbox]:
    return lambda: Outbox(str(tmp_path / "state"), str(tmp_path / "book"))


async def paste(desk: Desktop, text: str) -> None:
    desk.app.post_message(events.Paste(text))
    await desk.settle()


async def test_on_the_page_of_another_a_line_begins_fresh_and_up_brings_the_draft(
    posting: Callable[[], Outbox],
) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "enter", "n", "tab")
        await desk.type("secret price talk")
        await desk.press("escape")
        await desk.press("escape")
        await desk.press("j", "enter")
        await desk.press("n")
        assert typed(desk) == "@株式会社さくら商事 "
        assert "· Note   ↑ what you left unsaved: @" in desk.text
        await desk.press("up")
        assert typed(desk) == '@"Acme Oy" secret price talk'
        assert "☏ Call" in desk.text
        assert "left unsaved" not in desk.text
        await desk.press("down")
        await desk.type("they liked it\n")
        assert (newest(desk).account_id, newest(desk).kind) == ("a-sakura", "note")
        assert newest(desk).text == "they liked it"
        await desk.press("escape")
        await desk.press("escape")
        await desk.press("k", "enter")
        await desk.press("n")
        assert typed(desk) == '@"Acme Oy" secret price talk'


async def test_a_draft_taken_on_another_page_and_written_on_is_there_no_more(
    posting: Callable[[], Outbox],
) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "enter", "n")
        await desk.type("half")
        await desk.press("escape")
        await desk.press("1")
        await desk.press("n", "up")
        await desk.type(" a thought\n")
        assert (newest(desk).text, newest(desk).account_id) == ("half a thought", "a-acme")
        assert written.read(posting().folder).drafts == ()


async def test_what_was_begun_before_an_earlier_line_was_written_on_is_not_lost(
    posting: Callable[[], Outbox],
) -> None:
    async with running(posting=posting) as desk:
        await desk.press("n")
        await desk.type("@acme first\n")
        await desk.press("n")
        await desk.type("begun")
        await desk.press("up")
        await desk.type(" again\n")
        assert newest(desk).text == "first again"
        await desk.press("n", "up", "up")
        assert typed(desk) == "begun"


async def test_a_draft_of_a_day_in_the_month_is_of_that_day(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting, size=(100, 40)) as desk:
        await desk.press("4", "c", "right", "n")
        await desk.type("lunch")
        await desk.press("escape", "right", "n")
        assert typed(desk) == "remind: 2026-11-20 "
        await desk.press("escape", "left", "n")
        assert typed(desk) == "remind: 2026-11-19 lunch"


async def test_clearing_the_line_begins_anew_with_its_kind_too(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "enter", "n")
        await desk.type("sold much")
        await desk.press("tab", "escape", "n", "ctrl+u")
        assert "· Note" in desk.text
        assert typed(desk) == '@"Acme Oy" '
        assert written.read(posting().folder).drafts == ()
        await desk.type("a quite other thing\n")
        assert (newest(desk).text, newest(desk).kind) == ("a quite other thing", "note")


async def test_clearing_a_part_of_the_line_leaves_its_kind() -> None:
    async with running() as desk:
        await desk.press("n", "tab")
        await desk.type("one two")
        await desk.press("left", "left", "left", "ctrl+u")
        assert typed(desk) == "two"
        assert "☏ Call" in desk.text


async def test_only_a_line_that_came_back_is_called_not_saved(
    posting: Callable[[], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kam_tui.tui.widgets.capture_line.KEEPING", 0.01)
    async with running(posting=posting) as desk:
        await desk.press("n")
        await desk.type("just begun")
        await desk.until(lambda: written.read(posting().folder).drafts)
        await desk.press("tab")
        assert "☏ Call" in desk.text
        assert "not saved yet" not in desk.text


async def test_what_is_typed_before_the_draft_is_read_does_not_cost_it(
    posting: Callable[[], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = Event()

    def slowly(folder: str) -> Kept:
        assert may_go_on.wait(10)
        return read(folder)

    read, precious = written.read, Written("@acme precious", "call")
    written.write(posting().folder, Kept((), (precious,)))
    async with running(posting=posting) as desk:
        monkeypatch.setattr(written, "read", slowly)
        desk.app.post_message(events.Key("n", "n"))
        await desk.until(lambda: isinstance(desk.app.focused, Words))
        desk.app.post_message(events.Key("q", "q"))
        await desk.until(lambda: typed(desk) == "q")
        may_go_on.set()
        await desk.type("uick")
        assert typed(desk) == "quick"
        await desk.press("up")
        assert typed(desk) == precious.line


async def test_all_lines_that_are_pasted_are_kept() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@acme wrote: ")
        await paste(desk, THREE)
        assert typed(desk) == "@acme wrote: the first line +urgent"
        assert "+3 lines: the second and the last @globex" in desk.text
        await desk.press("enter")
        note = newest(desk)
        assert note.text == "wrote: the first line\nthe second\n\nand the last @globex"
        assert (note.tags, note.account_id) == (("urgent",), "a-acme")


async def test_what_is_pasted_after_that_follows_it() -> None:
    async with running() as desk:
        await desk.press("n")
        await paste(desk, "\r\none\rtwo\r")
        await paste(desk, "three\nfour")
        await desk.type(" and @acme\n")
        assert newest(desk).text == "one and Acme Oy\ntwo\nthree\nfour"


async def test_one_line_is_pasted_where_the_cursor_is() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("one three")
        await desk.press("left", "left", "left", "left", "left")
        await paste(desk, "two ")
        assert typed(desk) == "one two three"
        await paste(desk, "[b]\n")
        assert typed(desk) == "one two [b]three"


async def test_pasted_lines_come_back_whole_however_long_they_are(posting: Callable[[], Outbox]) -> None:
    long = "\n".join(f"line {number} of a long mail" for number in range(400))
    async with running(posting=posting) as desk:
        await desk.press("n")
        await paste(desk, long)
        await desk.press("escape", "n")
        assert "+399 lines" in desk.text
        await desk.press("enter")
        assert newest(desk).text == long
        await desk.press("n", "up")
        assert typed(desk) == ""


async def test_all_of_it_can_be_written_on_in_an_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def edited(_app: object, text: str) -> str:
        given.append(text)
        return text.replace("second", "2nd") + "\nand more\n"

    monkeypatch.setattr("kam_tui.tui.editor.edit_elsewhere", edited)
    async with running() as desk:
        await desk.press("2", "enter", "n")
        await paste(desk, "one\nsecond")
        await desk.press("f4")
        assert given == ['@"Acme Oy" one\nsecond']
        assert "+2 lines: 2nd and more" in desk.text
        await desk.press("enter")
        assert newest(desk).text == "one\n2nd\nand more"


async def test_clearing_the_line_clears_what_was_pasted_too() -> None:
    async with running() as desk:
        await desk.press("n")
        await paste(desk, THREE)
        await desk.press("ctrl+u")
        assert "+3 lines" not in desk.text
        await desk.type("@acme short\n")
        assert newest(desk).text == "short"


@pytest.mark.parametrize("keys", [("1", "d"), ("2", "*", "b", "n")])
async def test_where_one_line_is_asked_for_pasted_lines_become_one(keys: tuple[str, ...]) -> None:
    async with running() as desk:
        await desk.press(*keys)
        await paste(desk, "they agreed\non all\n")
        assert typed(desk) == "they agreed on all"
