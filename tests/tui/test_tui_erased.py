"""Somebody is erased in another terminal while their page is open here."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import NOW, account, activity, contact, reminder
from desktop import Clock
from textual.pilot import Pilot

from kam_tui.domain.change import Change, Record, add
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store.store import Store
from kam_tui.tui.app import KamApp
from kam_tui.tui.messages import Open


def text_of(app: KamApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def seen(pilot: Pilot[object], app: KamApp, words: str, *, there: bool) -> None:
    """Wait until the words are on the screen, or no longer."""
    for _look in range(100):
        if (words in text_of(app)) == there:
            return
        await pilot.pause(0.05)
    pytest.fail(f"{words}: {text_of(app)}")


@pytest.mark.parametrize("place", ["contact", "account", "today", "people"])
async def test_the_screen_shows_it_by_itself(tmp_path: Path, place: str) -> None:
    folder = str(tmp_path / "book")
    records: tuple[Record, ...] = (
        account("Acme Oy", "a-1", tier="key"),
        contact("Liisa Korhonen", "c-1", account_id="a-1"),
        activity("met Liisa Korhonen", "t-1", account_id="a-1", contact_ids=("c-1",)),
        reminder("Call Liisa Korhonen", "r-1", contact_ids=("c-1",), account_id="a-1"),
    )
    Store(folder).update(lambda _book: Change("Added", tuple(map(add, records))), NOW, "anna@cli")
    app = KamApp(Session(Store(folder), Settings(), Clock(), face="tui"))
    async with app.run_test(size=(120, 40)) as pilot:
        if place != "today":
            app.post_message(Open(place, {"contact": "c-1", "account": "a-1"}.get(place, "")))
        await seen(pilot, app, "Liisa Korhonen", there=True)
        other = Session(Store(folder), Settings(), lambda: NOW)
        other.erase(other.erasing("c-1"))
        await seen(pilot, app, "Korhonen", there=False)
        assert app.is_running
        assert "c-1" not in app.book.contacts
        await pilot.press("escape", "1")
        assert "Korhonen" not in text_of(app)
