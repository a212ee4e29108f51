"""While the screen is open the book is tidied, so that leaving takes no time and the next start little."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import contact
from desktop import Clock
from small_book import records

from kam_tui.domain.change import Change, add
from kam_tui.domain.errors import Unwritable
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store.store import Store
from kam_tui.tui.app import KamApp


def app_on(folder: Path) -> KamApp:
    """The app on a book with a long journal."""
    store = Store(str(folder))
    people = [contact(f"Person {n}", f"c-{n}") for n in range(3000)]
    store.update(
        lambda _book: Change("Added", tuple(map(add, [*records(), *people]))), Clock().now, "anna@cli"
    )
    store.close()
    return KamApp(Session(Store(str(folder)), Settings(), Clock(), face="tui"))


async def test_a_long_journal_is_folded_while_the_screen_is_open(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        assert not (tmp_path / "contacts.json").exists()
        app.lookout.tidy()
        await app.workers.wait_for_complete()
        assert (tmp_path / "contacts.json").exists()
        app.lookout.look()
        await app.workers.wait_for_complete()
        assert len(app.book.contacts) > 3000
        await pilot.press("q")
    assert app.session.read().contacts.keys() == app.book.contacts.keys()


async def test_what_stands_in_the_way_is_not_tried_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def refuse(_store: Store) -> bool:
        tried.append(1)
        raise Unwritable("the disk is full")

    monkeypatch.setattr(Store, "compact", refuse)
    app = app_on(tmp_path)
    async with app.run_test():
        await app.workers.wait_for_complete()
        for _time in range(3):
            app.lookout.tidy()
            await app.workers.wait_for_complete()
    assert tried == [1]
