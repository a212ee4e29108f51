"""Names and tags completed in the line of a note; lines written before; what was never saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from desktop import Desktop, running
from small_book import small_book
from textual import events
from textual.widgets import Input

from kam_tui.delivery import written
from kam_tui.delivery.outbox import Outbox
from kam_tui.delivery.written import Kept, Written
from kam_tui.domain.activity import Activity
from kam_tui.domain.errors import Unwritable
from kam_tui.domain.one_line import Understood
from kam_tui.tui.widgets import capture_line
from kam_tui.tui.widgets.capture_line import CaptureLine
from kam_tui.usecases.capture import understand


@pytest.fixture
def posting(tmp_path: Path) -> Callable[[], Outbox]:
    return lambda: Outbox(str(tmp_path / "state"), str(tmp_path / "book"))


def typed(desk: Desktop) -> str:
    return desk.app.screen.query_one(Input).value


def newest(desk: Desktop) -> Activity:
    return list(desk.book.activities.values())[-1]


async def test_names_are_offered_while_they_are_typed_and_tab_takes_one() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("lunch with @korh")
        assert re.search(r"▌ Liisa Korhonen +Acme Oy", desk.text)
        await desk.press("tab")
        assert typed(desk) == 'lunch with @"Liisa Korhonen" '
        await desk.type("went well\n")
        assert newest(desk).contact_ids == ("c-liisa",)
        assert newest(desk).kind == "note"


async def test_all_in_one_go_tab_waits_for_what_is_offered() -> None:
    async with running() as desk:
        await desk.press("n", *"@loz".replace("z", "d"), "tab", "h", "i")
        assert typed(desk) == '@"Łódzkie Zakłady Włókiennicze" hi'


async def test_the_right_arrow_takes_a_name_at_the_end_and_moves_elsewhere() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@matt")
        await desk.press("left", "right")
        assert typed(desk) == "@matt"
        await desk.press("right")
        assert typed(desk) == '@"Matti Näätänen" '


async def test_the_arrows_choose_among_names_and_enter_takes_the_chosen_one() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("met @m")
        first = typed(desk)
        await desk.press("down", "enter")
        assert typed(desk) == 'met @"Zoë 👩‍🔬 Müller" '
        assert first == "met @m"
        assert not desk.keeper.entries


async def test_enter_saves_a_line_that_is_understood_though_more_is_offered() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("a word with @matti\n")
        assert newest(desk).contact_ids == ("c-matti",)


async def test_enter_takes_the_name_where_the_line_is_not_understood_without() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("asked @m\n")
        assert typed(desk) == 'asked @"Matti Näätänen" '
        await desk.type("\n")
        assert newest(desk).contact_ids == ("c-matti",)


async def test_a_name_that_is_taken_stays_within_what_follows_it() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("told @ of it")
        await desk.press(*["left"] * len(" of it"))
        await desk.type("glob")
        await desk.press("tab")
        assert typed(desk) == 'told @"Globex GmbH" of it'


async def test_people_of_the_account_in_the_line_are_offered_first() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@globex met @")
        await desk.press("tab")
        assert typed(desk).endswith('@"Zoë 👩‍🔬 Müller" ')


async def test_the_best_is_highlighted_also_where_another_one_was_before() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@")
        await desk.type("li")
        assert re.search(r"▌ Liisa Korhonen", desk.text)
        await desk.press("backspace", "backspace", "tab")
        assert typed(desk) == '@"Acme Oy" '


async def test_tags_are_offered_too() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@acme ordered +mach")
        await desk.press("tab")
        assert typed(desk) == "@acme ordered +machines "


async def test_escape_puts_away_what_is_offered_and_then_leaves() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@korh")
        assert desk.line("Liisa Korhonen")
        await desk.press("escape")
        assert desk.place == "Capture"
        await desk.press("tab")
        assert "☏ Call" in desk.text
        await desk.press("escape")
        assert desk.place == "Today"


async def test_a_name_of_markup_is_offered_as_it_is() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@brothers")
        assert "[/bold] Brothers" in desk.text
        await desk.press("tab")
        await desk.type("ok\n")
        assert newest(desk).account_id == "a-bold"


async def test_up_brings_back_the_lines_written_before_with_their_kinds(
    posting: Callable[[], Outbox],
) -> None:
    async with running(posting=posting) as desk:
        await desk.press("n", "tab")
        await desk.type("@acme first\n")
        await desk.press("n")
        await desk.type("@globex second\n")
        await desk.press("n")
        await desk.type("third")
        await desk.press("up")
        assert typed(desk) == "@globex second"
        await desk.press("up", "up", "up")
        assert typed(desk) == "@acme first"
        assert "☏ Call" in desk.text
        await desk.press("down", "down")
        assert typed(desk) == "third"
        assert "☏ Call" not in desk.text
        await desk.press("down")
        assert typed(desk) == "third"


async def test_what_was_left_unsaved_is_there_again_also_after_a_restart(
    posting: Callable[[], Outbox],
) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "enter", "n", "tab")
        await desk.type("half a thought")
        await desk.press("escape")
    async with running(posting=posting) as desk:
        await desk.press("2", "enter", "n")
        assert typed(desk) == '@"Acme Oy" half a thought'
        assert "not saved yet" in desk.text
        assert "☏ Call" in desk.text
        await desk.type(" and the rest\n")
        assert (newest(desk).text, newest(desk).kind) == ("half a thought and the rest", "call")
        await desk.press("n")
        assert typed(desk) == '@"Acme Oy" '


async def test_what_is_cleared_does_not_come_back(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting) as desk:
        await desk.press("n")
        await desk.type("never mind")
        await desk.press("escape", "n", "ctrl+u", "escape", "n")
        assert typed(desk) == ""


async def test_a_draft_is_on_the_disk_while_one_still_types(
    posting: Callable[[], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kam_tui.tui.widgets.capture_line.KEEPING", 0.01)
    async with running(posting=posting) as desk:
        await desk.press("n")
        await desk.type("@acme the power may fail")
        kept = Kept((), (Written("@acme the power may fail", "note"),))
        await desk.until(lambda: written.read(posting().folder) == kept)


async def test_a_line_that_the_disk_refuses_comes_back(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting) as desk:
        desk.keeper.refusal = Unwritable("The disk is full.")
        await desk.press("n")
        await desk.type("@acme precious words\n")
        assert "The disk is full." in desk.notices[-1]
        desk.keeper.refusal = None
        await desk.press("n")
        assert typed(desk) == "@acme precious words"
        await desk.press("enter")
        assert newest(desk).text == "precious words"


async def test_without_a_place_for_it_a_line_is_written_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    async with running(posting=lambda: Outbox(str(tmp_path / "state"), str(tmp_path / "book"))) as desk:
        await desk.press("n")
        await desk.type("@acme went on\n")
        assert newest(desk).text == "went on"


async def test_a_line_that_goes_while_it_is_read_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = Event()

    def slowly(*args: Any) -> Understood:
        assert may_go_on.wait(10)
        return understand(*args)

    monkeypatch.setattr(capture_line, "understand", slowly)
    async with running() as desk:
        await desk.press("n")
        desk.app.post_message(events.Key("h", "h"))
        while not capture_line_of(desk).words.value:
            await desk.pilot.pause(0.01)
        await desk.pilot.pause(0.1)
        desk.app.screen.dismiss(None)
        await desk.pilot.pause()
        may_go_on.set()
        await desk.settle()
        assert desk.place == "Today"
        assert desk.app.is_running


def capture_line_of(desk: Desktop) -> CaptureLine:
    return desk.app.screen.query_one(CaptureLine)


async def test_the_list_fits_a_small_screen() -> None:
    async with running(small_book(), size=(60, 20)) as desk:
        await desk.press("n")
        await desk.type("met @")
        assert "· Note" in desk.text
        assert "met @" in desk.text
        assert "Who" in desk.text
        assert "Esc" in desk.text
