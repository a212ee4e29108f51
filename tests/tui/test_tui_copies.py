"""A copy that a sync tool made, or a setting that cannot be followed, is not passed over in silence when the
screen opens."""

from __future__ import annotations

from typing import cast

import pytest
from desktop import Clock, Desktop
from memory_keeper import MemoryKeeper
from small_book import small_book

from kam_tui.ports import Doctor
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.tui.app import KamApp


class Looker:
    """Who finds these copies."""

    def __init__(self, *copies: str) -> None:
        self._copies = list(copies)

    def copies(self) -> list[str]:
        return self._copies


@pytest.mark.parametrize("copies", [(), ("/book/journal (1).jsonl", "/book/journal (2).jsonl")])
async def test_opening_the_screen_tells_of_a_copy(copies: tuple[str, ...]) -> None:
    keeper, clock = MemoryKeeper(small_book()), Clock()
    session = Session(keeper, Settings(), clock, "tui", care=lambda: cast(Doctor, Looker(*copies)))
    app = KamApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        desktop = Desktop(app, pilot, keeper, clock)
        await desktop.settle()
        told = [each.text for each in app.voice.standing]
        assert [copies[0] in said and "kam doctor" in said for said in told] == ([True] if copies else [])


async def test_opening_the_screen_tells_of_name_days_that_cannot_be_read() -> None:
    keeper, clock = MemoryKeeper(small_book()), Clock()
    for name_days, told in ((True, 1), (False, 0)):
        chosen = Settings(name_day_calendar="/nowhere/names.csv", name_days=name_days)
        app = KamApp(Session(keeper, chosen, clock, "tui"))
        async with app.run_test(size=(80, 24)) as pilot:
            await Desktop(app, pilot, keeper, clock).settle()
            said = [each.text for each in app.voice.standing]
        assert ["/nowhere/names.csv cannot be read" in each for each in said] == [True] * told
