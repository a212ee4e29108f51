"""The daily backup, while the screen is open: nobody waits for it, and what fails is told."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import cast

from desktop import Clock, Desktop
from memory_keeper import MemoryKeeper
from small_book import small_book

from kam_tui.domain.backup import Backup
from kam_tui.domain.errors import KamError, Unwritable
from kam_tui.ports import Vault
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.tui.app import KamApp


class Shelf:
    """Backups that are kept in memory, and take as long as they are told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[datetime, str]] = []
        self.refusal: KamError | None = None
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def all(self) -> list[Backup]:
        return [Backup("", at.replace(tzinfo=None), why, 1, 1, False, True, "") for at, why in self.taken]

    def take(self, now: datetime, reason: str, *_rest: object) -> Backup:
        self.may_go_on.wait(20)
        if self.refusal:
            raise self.refusal
        self.taken.append((now, reason))
        return self.all()[-1]


@asynccontextmanager
async def running(shelf: Shelf, settings: Settings | None = None) -> AsyncIterator[Desktop]:
    keeper, clock = MemoryKeeper(small_book()), Clock()
    app = KamApp(Session(keeper, settings or Settings(), clock, "tui", lambda: cast(Vault, shelf)))
    async with app.run_test(size=(80, 24)) as pilot:
        desktop = Desktop(app, pilot, keeper, clock)
        await desktop.settle()
        yield desktop


async def backed_up(desktop: Desktop) -> None:
    """Until no backup is being made."""
    for worker in list(desktop.app.workers):
        if worker.group == "backup":
            await worker.wait()
    await desktop.settle()


async def test_opening_the_screen_backs_up_and_another_day_does_again() -> None:
    shelf = Shelf()
    async with running(shelf) as desktop:
        await backed_up(desktop)
        assert shelf.taken == [(desktop.clock.now, "daily")]
        await desktop.look_again()
        await backed_up(desktop)
        assert len(shelf.taken) == 1
        desktop.clock.now += timedelta(days=1)
        await desktop.look_again()
        await backed_up(desktop)
        assert shelf.taken[1:] == [(desktop.clock.now, "daily")]


async def test_the_settings_may_want_none() -> None:
    shelf = Shelf()
    async with running(shelf, Settings(backups=False)) as desktop:
        await backed_up(desktop)
    assert shelf.taken == []


async def test_the_screen_writes_while_a_backup_is_made() -> None:
    shelf = Shelf()
    shelf.may_go_on.clear()
    async with running(shelf) as desktop:
        try:
            before = len(desktop.keeper.entries)
            await desktop.pilot.press("n")
            await desktop.settle()
            await desktop.pilot.press(*"hello")
            await desktop.pilot.press("enter")
            await desktop.settle()
            assert len(desktop.keeper.entries) == before + 1
            assert shelf.taken == []
        finally:
            shelf.may_go_on.set()
        await backed_up(desktop)
        assert len(shelf.taken) == 1


async def test_a_backup_that_fails_is_told_and_nothing_else_suffers() -> None:
    shelf = Shelf()
    shelf.refusal = Unwritable("The backup cannot be written.", "Look at the disk.")
    async with running(shelf) as desktop:
        await backed_up(desktop)
        (told,) = desktop.app.voice.standing
        assert told.text == "The backup cannot be written.\nLook at the disk."
        assert not desktop.has_left
