from __future__ import annotations

from dataclasses import replace

import pytest
from builders import activity
from desktop import Desktop, running
from small_book import account, contact, day, small_book

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.settings import Settings, Words
from kam_tui.tui.screens.tables import TableDesk
from kam_tui.tui.widgets.columns import Heading


def with_archived() -> Book:
    """Acme and Matti are archived, all the others are there."""
    book = small_book()
    acme, matti = book.accounts["a-acme"], book.contacts["c-matti"]
    others: list[Record] = [*book.accounts.values(), *book.contacts.values(), *book.activities.values()]
    kept = [each for each in others if each.id not in ("a-acme", "c-matti")]
    return Book.of(*kept, replace(acme, archived=True), replace(matti, archived=True))


def names(desk: Desktop) -> list[str]:
    screen = desk.app.screen
    assert isinstance(screen, TableDesk)
    return [line.record.name for line in screen.rows.lines if not isinstance(line, Heading)]


async def test_the_lists_leave_out_who_is_archived_and_do_not_count_them() -> None:
    async with running(with_archived()) as desk:
        await desk.press("2")
        assert "Acme Oy" not in names(desk)
        assert desk.lines[2].split()[-1] == "5"
        await desk.press("3")
        assert "Matti Näätänen" not in names(desk)


@pytest.mark.parametrize(
    ("query", "count"), [("archived:yes", 1), ("archived:yes,no", 6), ("-archived:yes", 5)]
)
async def test_a_filter_that_says_archived_chooses_among_all(query: str, count: int) -> None:
    async with running(with_archived()) as desk:
        await desk.press("2", "f")
        await desk.type(query)
        assert len(names(desk)) == count
        assert ("Acme Oy" in names(desk)) == (not query.startswith("-"))


async def test_the_lists_say_who_is_archived() -> None:
    async with running(with_archived()) as desk:
        await desk.press("2", "f")
        await desk.type("archived:yes")
        assert "Archived" in desk.line("Acme Oy")
        assert "1 / 6" in desk.lines[2]
        await desk.press("3", "escape", "3", "f")
        await desk.type("archived:yes")
        assert "Archived" in desk.line("Matti Näätänen")


async def test_a_segment_that_says_archived_chooses_among_all_too() -> None:
    settings = Settings(segments=Words({"old": "archived:yes"}))
    async with running(with_archived(), settings=settings) as desk:
        await desk.press("2", "f")
        await desk.type("segment:old")
        assert names(desk) == ["Acme Oy"]


async def test_a_list_of_which_all_is_archived_says_how_to_see_it() -> None:
    book = Book.of(account("Acme Oy", "a-acme", archived=True))
    async with running(book) as desk:
        await desk.press("2")
        assert "All is archived here." in desk.text
        assert "There are no accounts yet." not in desk.text
        assert "f     then archived:yes shows it" in desk.text


async def test_a_mark_does_not_outlive_the_filter_that_showed_who_is_archived() -> None:
    async with running(with_archived()) as desk:
        await desk.press("2", "f")
        await desk.type("archived:yes")
        await desk.press("tab", "space")
        screen = desk.app.screen
        assert isinstance(screen, TableDesk)
        assert list(screen.rows.marked) == ["a-acme"]
        await desk.press("f", "escape")
        assert not screen.rows.marked


async def test_several_are_brought_back_at_once() -> None:
    async with running(with_archived()) as desk:
        await desk.press("2", "f")
        await desk.type("archived:yes")
        await desk.press("tab", "space", "b")
        assert "Bring back" in desk.text
        await desk.press("x")
        assert not desk.book.accounts["a-acme"].archived


async def test_those_that_are_there_can_be_archived_at_once_and_not_brought_back() -> None:
    async with running() as desk:
        await desk.press("2", "space", "b")
        assert "Bring back" not in desk.text
        await desk.press("x")
        assert desk.book.accounts["a-acme"].archived


async def test_a_hit_says_that_it_is_archived() -> None:
    async with running(with_archived()) as desk:
        await desk.press("slash")
        await desk.type("acme")
        assert "Archived" in desk.line("Acme Oy")
        await desk.press("ctrl+u")
        await desk.type("näätänen")
        assert "Archived · Acme Oy" in desk.line("Matti Näätänen")


async def test_the_palette_offers_who_is_archived_last_and_says_so() -> None:
    book = Book.of(account("Acme Oy", "a-1", archived=True), account("New Acme", "a-2"))
    async with running(book) as desk:
        await desk.press("ctrl+p")
        await desk.type("acme")
        assert desk.text.index("New Acme") < desk.text.index("Acme Oy")
        assert "Archived · Account" in desk.text


@pytest.mark.parametrize(("place", "record_id", "said"), [
    ("2", "a-acme", "B brings it back"), ("3", "c-matti", "B brings them back"),
])  # fmt: skip
async def test_the_page_of_who_is_archived_says_how_to_bring_them_back(
    place: str, record_id: str, said: str
) -> None:
    async with running(with_archived(), size=(100, 24)) as desk:
        await desk.press(place, "f")
        await desk.type("archived:yes")
        await desk.press("tab", "enter")
        assert f"Archived · {said}" in desk.text
        assert desk.lines[-1].startswith(" B Bring back")
        await desk.press("B")
        assert "Archived" not in desk.lines[3]
        assert "Bring back" not in desk.lines[-1]
        party = desk.book.accounts.get(record_id) or desk.book.contacts[record_id]
        assert not party.archived


async def test_bringing_back_from_the_page_leaves_the_timeline_alone() -> None:
    book = Book.of(
        account("Acme Oy", "a-acme", archived=True),
        activity("Hello", "t-1", when=day(2), account_id="a-acme"),
    )
    async with running(book) as desk:
        await desk.press("slash")
        await desk.type("acme\n")
        await desk.press("B")
        assert not desk.book.accounts["a-acme"].archived
        assert "t-1" in desk.book.activities


async def test_who_is_not_archived_cannot_be_brought_back() -> None:
    book = Book.of(contact("Liisa", "c-1"))
    async with running(book) as desk:
        await desk.press("3", "enter")
        assert "Bring back" not in desk.lines[-1]
        await desk.press("B")
        assert not desk.book.contacts["c-1"].archived
        assert not desk.notices


async def test_the_palette_counts_who_is_archived_in_a_segment_that_asks_for_them() -> None:
    settings = Settings(segments=Words({"gone": "archived:yes"}))
    async with running(with_archived(), settings=settings) as desk:
        await desk.press("ctrl+p")
        await desk.type("gone")
        assert "Segment: 1 account" in desk.text
        assert "Segment: 1 person" in desk.text
