from __future__ import annotations

import pytest
from desktop import Desktop, running

from kam_tui.domain.book import Book
from kam_tui.tui.screens.tables import TableDesk
from kam_tui.tui.widgets.columns import Heading


def names(desk: Desktop) -> list[str]:
    screen = desk.app.screen
    assert isinstance(screen, TableDesk)
    return [line.record.name for line in screen.rows.lines if not isinstance(line, Heading)]


async def test_accounts_lead_with_key_accounts_and_say_what_is_next() -> None:
    async with running() as desk:
        await desk.press("2")
        assert names(desk)[:2] == ["Acme Oy", "株式会社さくら商事"]
        line = desk.line("Acme Oy")
        assert "Key" in line
        assert "2 days ago" in line
        assert "3 days late" in line
        assert desk.lines[2].endswith("6")


async def test_the_list_narrows_while_typing_and_counts() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("lodz")
        assert names(desk) == ["Łódzkie Zakłady Włókiennicze"]
        await desk.press("escape")
        await desk.press("f")
        await desk.type("tampere key")
        assert names(desk) == ["Acme Oy"]
        assert "1 / 6" in desk.lines[2]


async def test_escape_shows_everything_again_and_then_goes_back() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("acme")
        await desk.press("escape")
        assert len(names(desk)) == 6
        await desk.press("escape")
        assert desk.place == "Today"


async def test_a_filter_that_lets_nothing_through_says_so() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("zzz")
        assert "Nothing here is like that" in desk.text


async def test_enter_in_the_filter_goes_to_its_lines_and_enter_again_opens() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("globex")
        assert desk.lines[-1].startswith(" Enter To the lines")
        await desk.press("enter")
        assert desk.place == "Accounts"
        assert names(desk) == ["Globex GmbH"]
        await desk.press("enter")
        assert desk.place == "AccountPage"
        assert "Globex GmbH" in desk.lines[2]


async def test_what_is_narrowed_is_marked_with_two_keys_more() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("tier:key\n*")
        assert "2 marked" in desk.lines[0]
        await desk.press("b")
        assert "With 2 accounts" in desk.text


async def test_enter_stays_in_a_filter_that_lets_nothing_through() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("zzz\n")
        await desk.press("backspace", "down", "backspace", "backspace")
        assert len(names(desk)) == 6


async def test_the_arrows_go_from_the_filter_to_its_lines() -> None:
    async with running() as desk:
        await desk.press("2", "f", "down", "enter")
        assert "株式会社さくら商事" in desk.lines[2]
        await desk.press("escape", "f")
        await desk.type("key")
        await desk.press("down", "space")
        assert "1 marked" in desk.lines[0]


async def test_going_back_finds_the_filter_and_the_highlight_as_they_were() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("e")
        await desk.press("down", "enter")
        assert desk.place == "AccountPage"
        kept = desk.lines[2].strip()
        await desk.press("1")
        await desk.press("2")
        screen = desk.app.screen
        assert isinstance(screen, TableDesk)
        assert screen.rows.highlighted
        assert screen.rows.highlighted.record.name in kept
        assert "Filter e" in desk.text


async def test_the_order_changes_with_a_key_and_turns_round_with_another() -> None:
    async with running() as desk:
        await desk.press("2", "o")
        assert names(desk)[:2] == ["Acme Oy", "[/bold] Brothers"]
        assert "Account ▼" in desk.text
        await desk.press("O")
        assert names(desk)[-2:] == ["[/bold] Brothers", "Acme Oy"]
        assert "Account ▲" in desk.text


async def test_a_click_on_a_title_orders_by_it() -> None:
    async with running() as desk:
        await desk.press("2")
        row = next(y for y, line in enumerate(desk.lines) if "Last touch" in line)
        await desk.pilot.click(offset=(desk.lines[row].index("Last touch"), row))
        await desk.settle()
        assert "Last touch ▼" in desk.text
        assert names(desk)[-1] == "Acme Oy"


async def test_an_empty_list_says_what_to_do() -> None:
    async with running(Book.of()) as desk:
        await desk.press("2")
        assert "i     bring in what you have" in desk.text
        await desk.press("3")
        assert "a     add someone" in desk.text


async def test_people_are_found_by_their_account() -> None:
    async with running(size=(140, 40)) as desk:
        await desk.press("3", "f")
        await desk.type("acme")
        assert names(desk) == ["Liisa Korhonen", "Matti Näätänen"]
        assert "+358 40 555 0101" in desk.text


async def test_delete_archives_and_undo_brings_back() -> None:
    async with running() as desk:
        await desk.press("2", "delete")
        assert desk.book.accounts["a-acme"].archived
        assert "Acme Oy" not in names(desk)
        await desk.press("u")
        assert "Acme Oy" in names(desk)


@pytest.mark.parametrize(("width", "has"), [(80, False), (140, True)])
async def test_a_wider_screen_shows_more_columns(width: int, has: bool) -> None:
    async with running(size=(width, 24)) as desk:
        await desk.press("2")
        assert ("Tampere" in desk.text) is has
