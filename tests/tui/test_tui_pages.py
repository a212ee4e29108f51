from __future__ import annotations

import pytest
from builders import NOW
from desktop import Desktop, running
from small_book import NASTY

from kam_tui.domain.change import Change, Edit
from kam_tui.tui.messages import Do
from kam_tui.tui.widgets.timeline import Timeline


async def open_acme(desk: Desktop) -> None:
    await desk.press("2", "enter")
    assert desk.place == "AccountPage"


async def test_an_account_shows_its_timeline_rolled_up_from_its_people() -> None:
    async with running() as desk:
        await open_acme(desk)
        assert "Visited the plant." in desk.text
        assert "Timeline 4" in desk.text
        assert "Key account · Customer · Expansion" in desk.text


async def test_a_small_screen_shows_one_part_at_a_time() -> None:
    async with running() as desk:
        await open_acme(desk)
        assert "Machinery" not in desk.text
        await desk.press("tab", "tab", "tab")
        assert "Machinery" in desk.text
        assert "Visited the plant." not in desk.text
        await desk.press("shift+tab")
        assert "Matti Näätänen" in desk.text
        await desk.press("tab", "tab")
        assert "Visited the plant." in desk.text


async def test_the_names_of_the_parts_can_be_clicked() -> None:
    async with running() as desk:
        await open_acme(desk)
        row = next(y for y, line in enumerate(desk.lines) if "People 2" in line)
        await desk.pilot.click(offset=(desk.lines[row].index("People"), row))
        await desk.settle()
        assert "Plant manager" in desk.text


async def test_a_wide_screen_shows_all_parts() -> None:
    async with running(size=(140, 40)) as desk:
        await open_acme(desk)
        for words in ("Machinery", "Plant manager", "Visited the plant.", "Send the offer to Liisa"):
            assert words in desk.text


async def test_the_whole_text_of_the_highlighted_entry_can_be_read() -> None:
    async with running() as desk:
        await open_acme(desk)
        await desk.press("down", "down")
        assert "Second line of the visit." in desk.text


async def test_a_person_opens_and_going_back_returns() -> None:
    async with running(size=(140, 40)) as desk:
        await open_acme(desk)
        await desk.press("tab", "tab", "enter")
        assert desk.place == "ContactPage"
        assert "Liisa Korhonen" in desk.lines[2]
        assert "21 Nov 1976" in desk.text
        assert "Decision maker" in desk.text
        await desk.press("escape")
        assert desk.place == "AccountPage"


async def test_what_is_due_is_done_from_the_page() -> None:
    async with running() as desk:
        await open_acme(desk)
        await desk.press("tab", "d", "enter")
        assert "Send the offer to Liisa" in [a.text for a in desk.book.activities.values()]


async def test_a_timeline_entry_is_edited() -> None:
    async with running() as desk:
        await open_acme(desk)
        await desk.press("enter")
        assert desk.place == "Form"
        assert "Edit entry" in desk.text
        await desk.press("escape")
        await desk.press("e", "tab", "tab", "tab", "tab")
        await desk.type("Yes. ")
        await desk.press("ctrl+s")
        assert desk.place == "AccountPage"
        assert desk.book.activities["t-1"].text.startswith("Yes. Talked")


async def test_a_timeline_entry_is_removed_and_comes_back() -> None:
    async with running() as desk:
        await open_acme(desk)
        await desk.press("delete")
        assert "t-1" not in desk.book.activities
        assert "Timeline 3" in desk.text
        await desk.press("u")
        assert "t-1" in desk.book.activities


async def test_a_person_is_added_where_the_people_are() -> None:
    async with running() as desk:
        await open_acme(desk)
        await desk.press("tab", "tab", "a")
        assert "New person" in desk.text
        await desk.type("Bo Ek\n")
        (bo,) = [c for c in desk.book.contacts.values() if c.name == "Bo Ek"]
        assert bo.account_id == "a-acme"
        assert desk.place == "ContactPage"


async def test_a_reminder_for_the_account_is_set_in_words() -> None:
    async with running() as desk:
        await open_acme(desk)
        await desk.press("r")
        await desk.type("Send flowers")
        await desk.press("tab")
        await desk.type("next friday")
        assert "Fri 27 Nov 2026" in desk.text
        await desk.press("enter")
        (flowers,) = [r for r in desk.book.reminders.values() if r.text == "Send flowers"]
        assert flowers.account_id == "a-acme"
        assert str(flowers.due) == "2026-11-27"


async def test_the_page_of_what_somebody_took_away_closes() -> None:
    async with running() as desk:
        await open_acme(desk)
        acme = desk.book.accounts["a-acme"]
        desk.keeper.update(lambda _book: Change("gone", (Edit(acme, None),)), NOW, "other@cli")
        await desk.look_again()
        assert desk.place == "Accounts"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_markup_in_texts_is_shown_as_it_was_written(size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        await open_acme(desk)
        await desk.press("down")
        assert "[/bold] [red]sale[/red] 100%" in desk.text
        assert "\x1b" not in desk.text
        assert "]52;" not in desk.text
        assert NASTY not in desk.text


async def test_the_same_page_is_never_twice_on_the_way_back() -> None:
    async with running(size=(140, 40)) as desk:
        await open_acme(desk)
        await desk.press("tab", "tab", "enter")
        await desk.press("tab")
        depth = len(desk.app.screen_stack)
        await desk.press("shift+tab", "slash")
        await desk.type("acme oy\n")
        assert desk.place == "AccountPage"
        assert len(desk.app.screen_stack) == depth - 1


async def test_a_do_from_anywhere_reaches_the_app() -> None:
    async with running() as desk:
        await open_acme(desk)
        desk.app.screen.query_one(Timeline).rows.post_message(Do(lambda _book, _now: Change("nothing")))
        await desk.settle()
        assert desk.notices[-1] == "nothing"
