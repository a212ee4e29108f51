"""Templates in the line of a note: chosen with a key, filled, and still to be edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop import running
from test_tui_completion import newest, typed

from kam_tui.delivery.outbox import Outbox
from kam_tui.settings import Settings, Words
from kam_tui.tui.screens.dialogs.capture import Capture

VISIT = "@{who} Visit: {text} remind: in 2 weeks ask how it goes"
ONE = Settings(templates=Words(visit=VISIT))
TWO = Settings(templates=Words(visit=VISIT, weekly="@{who} our weekly call, {today}"))


@pytest.fixture
def posting(tmp_path: Path) -> Callable[[], Outbox]:
    return lambda: Outbox(str(tmp_path / "state"), str(tmp_path / "book"))


async def test_on_a_page_the_template_is_about_them_and_one_goes_on_in_its_blank() -> None:
    async with running(settings=ONE) as desk:
        await desk.press("2", "enter", "n", "ctrl+t")
        assert typed(desk) == '@"Acme Oy" Visit:  remind: in 2 weeks ask how it goes'
        await desk.type("saw the hall\n")
        note = newest(desk)
        assert (note.text, note.kind, note.account_id) == ("Visit: saw the hall", "visit", "a-acme")
        assert [r.text for r in desk.book.reminders.values()][-1] == "ask how it goes"


async def test_one_of_several_is_chosen_and_what_was_typed_is_kept() -> None:
    async with running(settings=TWO) as desk:
        await desk.press("n")
        await desk.type("@globex")
        await desk.press("escape", "ctrl+t")
        assert "our weekly call" in desk.text
        await desk.press("down", "enter")
        assert typed(desk) == "@globex our weekly call, 2026-11-18"
        assert not desk.keeper.entries


async def test_whom_it_is_about_is_offered_where_that_is_left_open() -> None:
    async with running(settings=ONE) as desk:
        await desk.press("n", "ctrl+t")
        await desk.type("korh")
        await desk.press("tab")
        assert typed(desk) == '@"Liisa Korhonen" Visit:  remind: in 2 weeks ask how it goes'
        await desk.type("saw the hall with @matti")
        await desk.press("tab")
        assert typed(desk) == (
            '@"Liisa Korhonen" Visit: saw the hall with @"Matti Näätänen" remind: in 2 weeks ask how it goes'
        )


async def test_enter_goes_to_the_next_blank_before_it_saves() -> None:
    two_blanks = Settings(templates=Words(seen="@{who} seen about {text} there"))
    async with running(settings=two_blanks) as desk:
        await desk.press("n", "ctrl+t")
        await desk.type("liisa\n")
        assert not desk.keeper.entries
        await desk.type("prices\n")
        assert newest(desk).text == "seen about prices there"
        assert newest(desk).contact_ids == ("c-liisa",)


async def test_a_kind_that_was_chosen_stays() -> None:
    async with running(settings=ONE) as desk:
        await desk.press("n", "tab", "ctrl+t")
        assert "☏ Call" in desk.text


async def test_without_templates_it_says_where_to_write_one() -> None:
    async with running() as desk:
        await desk.press("n", "ctrl+t")
        assert "There is no template yet." in desk.text
        assert desk.place == "Capture"
        assert "template" not in desk.lines[-4]


async def test_escape_puts_the_templates_away() -> None:
    async with running(settings=TWO) as desk:
        await desk.press("n", "ctrl+t", "escape")
        assert isinstance(desk.app.screen, Capture)
        assert "our weekly call" not in desk.text


async def test_a_template_to_begin_with_does_not_cost_the_draft(posting: Callable[[], Outbox]) -> None:
    async with running(settings=ONE, posting=posting) as desk:
        await desk.press("n")
        await desk.type("half a thought")
        await desk.press("escape")
        screen = Capture(desk.session, desk.app.book, None)
        screen.line.template = "visit"
        desk.app.push_screen(screen)
        await desk.settle()
        assert typed(desk).startswith("@ Visit:")
        await desk.press("escape", "up")
        assert typed(desk) == "half a thought"
