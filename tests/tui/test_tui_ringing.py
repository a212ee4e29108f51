"""A reminder with a time rings on the open screen at its minute, once."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from builders import NOW, account, reminder
from desktop import Desktop, running

from kam_tui.delivery.outbox import Outbox
from kam_tui.delivery.ringing import Ringer
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.settings import Settings

BOOK = Book.of(
    account("Acme [b]Oy[/b]"),
    reminder("Call back", "r-1", due=Moment(date(2026, 11, 18), time(10, 45)), account_id="a-acmeboyb"),
    reminder("Was earlier", "r-2", due=Moment(date(2026, 11, 18), time(9, 0))),
)


async def look(desk: Desktop, minutes: int) -> None:
    """The clock goes on, and the app looks at it."""
    desk.clock.now = NOW + timedelta(minutes=minutes)
    desk.app.lookout.ring()
    await desk.settle()


async def test_it_rings_at_its_minute_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox = Outbox(str(tmp_path), str(tmp_path / "book"))
    sounded: list[int] = []
    async with running(BOOK, posting=lambda: outbox, settings=Settings(bell=True)) as desk:
        monkeypatch.setattr(desk.app, "bell", lambda: sounded.append(1))
        for minutes in (0, 14):
            await look(desk, minutes)
        assert desk.notices == []
        for minutes in (15, 16):
            await look(desk, minutes)
        (notice,) = desk.notices
        assert notice.startswith("10:45 Acme [b]Oy[/b]: Call back\n")
        assert "Acme [b]Oy[/b]: Call back" in desk.text
        assert sounded == [1]


async def test_what_the_watch_has_rung_rings_here_too_and_here_alone_is_no_reason_for_it_not_to(
    tmp_path: Path,
) -> None:
    outbox = Outbox(str(tmp_path), str(tmp_path / "book"))
    watch = Ringer(outbox, "desktop", Settings(), lambda _letter, _key: None)
    async with running(BOOK, posting=lambda: outbox) as desk:
        await look(desk, 0)
        assert watch.look(BOOK, NOW) == 1  # the one of nine o'clock
        await look(desk, 15)
        assert len(desk.notices) == 1
        assert watch.look(BOOK, NOW + timedelta(minutes=15)) == 1
        desk.app.disk.use(desk.app.session)
        await look(desk, 16)
        assert len(desk.notices) == 1
