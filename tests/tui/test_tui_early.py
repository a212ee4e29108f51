"""A large book: what is known early is shown, keys wait for what they act on, and nobody waits to leave."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from builders import activity, reminder
from desktop import Clock, Desktop
from memory_keeper import MemoryKeeper
from small_book import account, contact, day, records
from textual import events
from textual.keys import _character_to_key

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.tui.app import KamApp
from kam_tui.tui.first_read import LARGE
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.agenda_list import AgendaList

CROWD = [contact(f"Person {number:05d}", f"c-{number:05d}") for number in range(LARGE)]


class Slow:
    """Where a book comes from whose activities take until they are let through."""

    def __init__(self) -> None:
        self.book = Book.of(*records(), *CROWD)
        self.may_go_on = threading.Event()

    def load(self, table: str) -> dict[str, Record]:
        if table == "activities":
            assert self.may_go_on.wait(20)
        return dict(self.book.table(table))

    def find(self, table: str, record_id: str) -> Record | None:
        return self.book.table(table).get(record_id)

    def holding(self, table: str, needle: str) -> Iterable[Record]:  # noqa: ARG002
        return self.book.table(table).values()

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:  # noqa: ARG002
        return self.book.table(table).values()


@asynccontextmanager
async def opening() -> AsyncIterator[tuple[Desktop, Slow]]:
    """The app on a large book of which not all has been read."""
    slow, clock = Slow(), Clock()
    keeper = MemoryKeeper(Book(slow))
    app = KamApp(Session(keeper, Settings(), clock, "tui"))
    try:
        async with app.run_test(size=(100, 40)) as pilot:
            yield Desktop(app, pilot, keeper, clock), slow
    finally:
        slow.may_go_on.set()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0)


def type_ahead(desk: Desktop, *keys: str) -> None:
    for key in keys:
        desk.app.post_message(
            events.Key(_character_to_key(key), key) if len(key) == 1 else events.Key(key, None)
        )


async def test_what_needs_no_activity_is_shown_before_it_is_read_what_has_happened() -> None:
    async with opening() as (desk, slow):
        await until(lambda: "Send the offer to Liisa" in desk.text)
        assert desk.app.known is None
        assert "Be in touch" not in desk.text
        slow.may_go_on.set()
        await desk.settle()
        assert "Send the offer to Liisa" in desk.text
        assert "Be in touch" in desk.text


async def test_the_highlight_stays_on_its_line_when_the_rest_comes() -> None:
    async with opening() as (desk, slow):
        await until(lambda: "Send the offer to Liisa" in desk.text)
        due = desk.app.screen.query_one(AgendaList)
        first, at = due.highlighted, due.cursor
        type_ahead(desk, "end")
        await until(lambda: due.highlighted is not first)
        assert due.highlighted is not None
        key = due.highlighted.key
        slow.may_go_on.set()
        await desk.settle()
        assert due.highlighted.key == key
        assert due.cursor > at


async def test_no_other_screen_says_what_is_not_known_yet() -> None:
    async with opening() as (desk, slow):
        type_ahead(desk, "2")
        await until(lambda: desk.place == "Accounts")
        assert "never" not in desk.text
        slow.may_go_on.set()
        await desk.settle()
        assert "2 days ago" in desk.line("Acme Oy")


async def test_keys_typed_while_the_book_is_read_have_their_effect_when_it_has_been() -> None:
    async with opening() as (desk, slow):
        type_ahead(desk, "/", *"globex", "enter")
        await until(lambda: "globex" in desk.text)
        assert desk.place == "Search"
        slow.may_go_on.set()
        await desk.settle()
        assert desk.place == "AccountPage"
        assert "Globex GmbH" in desk.text


async def test_leaving_does_not_wait_for_the_book_nor_for_the_keys_that_do() -> None:
    async with opening() as (desk, _slow):
        type_ahead(desk, "2", "down", "down", "ctrl+q")
        await until(lambda: desk.has_left)


async def test_what_is_written_down_meanwhile_is_kept() -> None:
    async with opening() as (desk, slow):
        type_ahead(desk, "n", *"@acme typed early", "enter")
        await until(lambda: "typed early" in desk.text)
        slow.may_go_on.set()
        await desk.settle()
        assert any(each.text == "typed early" for each in desk.book.activities.values())


async def test_a_screen_that_is_not_seen_is_made_anew_only_when_it_is_seen_again() -> None:
    async with opening() as (desk, slow):
        slow.may_go_on.set()
        await desk.settle()
        below = desk.app.screen
        assert isinstance(below, Desk)
        drawn: list[str] = []
        redraw = below.redraw
        below.redraw = lambda: (drawn.append("drawn"), redraw())[1]  # type: ignore[method-assign,func-returns-value]
        await desk.press("2")
        desk.keeper.book = Book.of(
            account("Newcomer", "a-new", tier="key"),
            reminder("Ring the newcomer", "r-new", due=day(0), account_id="a-new"),
            activity("First talk", "t-new", when=day(1), account_id="a-new"),
        )
        desk.keeper.refusal = None
        await desk.look_again()
        assert "Newcomer" in desk.text
        assert drawn == []
        await desk.press("escape")
        assert drawn == ["drawn"]
        assert "Ring the newcomer" in desk.text
