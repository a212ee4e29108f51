"""The first minute: an empty book says how to begin, and each way works by its letter, Enter and mouse."""

from __future__ import annotations

import pytest
from desktop import running

from kam_tui.domain.book import Book
from kam_tui.tui.app import DEMO


async def test_an_empty_book_offers_three_ways_to_begin() -> None:
    async with running(Book.of()) as desk:
        assert "Welcome. This book is empty" in desk.text
        assert desk.line("Look around in a made-up book").startswith("▌ d")
        assert desk.line("Bring in what you have").strip().startswith("i")
        assert desk.line("Start empty: add the first account").strip().startswith("a")


async def test_the_first_account_makes_it_a_book_like_any_other() -> None:
    async with running(Book.of()) as desk:
        await desk.press("a")
        assert desk.place == "AccountForm" or "New account" in desk.text
        await desk.type("Acme Oy\n")
        await desk.press("1")
        assert "Welcome" not in desk.text
        assert "Start empty" not in desk.text
        await desk.press("u")
        assert "Welcome. This book is empty" in desk.text


async def test_who_wants_to_look_around_goes_to_the_demo() -> None:
    async with running(Book.of()) as desk:
        await desk.press("d")
        assert desk.has_left
        assert desk.app.return_value == DEMO


async def test_enter_goes_the_highlighted_way() -> None:
    async with running(Book.of()) as desk:
        await desk.press("down", "down", "enter")
        assert "New account" in desk.text


async def test_a_double_click_goes_that_way() -> None:
    async with running(Book.of()) as desk:
        row = next(y for y, line in enumerate(desk.lines) if "Start empty" in line)
        await desk.pilot.click(offset=(10, row), times=2)
        await desk.settle()
        assert "New account" in desk.text


async def test_the_demo_says_so_and_how_to_leave_it() -> None:
    async with running(is_demo=True) as desk:
        assert desk.lines[0].startswith(" kam demo")
        assert any("made-up book" in notice for notice in desk.notices)


@pytest.mark.parametrize(("key", "said"), [("2", "add one"), ("3", "add someone"), ("5", "Nothing has been")])
async def test_every_empty_list_says_what_to_do_next(key: str, said: str) -> None:
    async with running(Book.of(), size=(100, 30)) as desk:
        await desk.press(key)
        assert said in desk.text
