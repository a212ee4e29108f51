from __future__ import annotations

from desktop import running
from small_book import NASTY, contact, records

from kam_tui.domain.book import Book
from kam_tui.tui.screens.page import Page
from kam_tui.tui.widgets.timeline import Timeline


async def test_search_finds_accounts_people_and_what_happened() -> None:
    async with running() as desk:
        await desk.press("slash")
        await desk.type("liisa")
        assert "Person" in desk.line("Liisa Korhonen")
        assert "Reminder" in desk.line("Send the offer to")
        await desk.press("ctrl+u")
        await desk.type("plant")
        assert "Visit" in desk.line("Visited the plant.")


async def test_keys_typed_at_once_find_and_open() -> None:
    async with running() as desk:
        await desk.type("/globex\n")
        assert desk.place == "AccountPage"
        assert "Globex GmbH" in desk.lines[2]


async def test_a_hit_on_the_timeline_opens_there() -> None:
    async with running() as desk:
        await desk.type("/visited\n")
        page = desk.app.screen
        assert isinstance(page, Page)
        entry = page.query_one(Timeline).rows.highlighted
        assert entry
        assert entry.id == "t-3"


async def test_nothing_found_is_said() -> None:
    async with running() as desk:
        await desk.type("/zzzz")
        assert "Nothing in the book holds all of these words." in desk.text


async def test_hits_show_markup_as_text() -> None:
    async with running() as desk:
        await desk.type("/sale")
        assert "[/bold] [red]sale[/re" in desk.text
        assert NASTY not in desk.text


async def test_escape_goes_back_to_where_one_was() -> None:
    async with running() as desk:
        await desk.press("2", "slash", "escape")
        assert desk.place == "Accounts"


async def test_the_history_lists_changes_and_takes_one_back() -> None:
    async with running() as desk:
        await desk.type("n@acme first\n")
        await desk.type("n@globex second\n")
        await desk.press("5")
        assert "Note with Globex GmbH: second" in desk.lines[5]
        await desk.press("down", "u")
        texts = [activity.text for activity in desk.book.activities.values()]
        assert "first" not in texts
        assert "second" in texts
        assert "undone" in desk.lines[7]


async def test_what_is_undone_cannot_be_undone_twice() -> None:
    async with running() as desk:
        await desk.type("n@acme first\n")
        await desk.press("5", "u", "down", "u")
        assert len(desk.keeper.entries) == 2
        assert any("is taken back already" in notice for notice in desk.notices)


async def test_the_palette_finds_commands_accounts_and_people() -> None:
    async with running() as desk:
        await desk.press("ctrl+p")
        await desk.type("hanako")
        await desk.press("escape")
        await desk.press("ctrl+p")
        await desk.type("matti")
        await desk.until_seen("Matti Näätänen")
        await desk.press("down", "enter")
        await desk.until(lambda: desk.place == "ContactPage")


async def test_the_palette_shows_brackets_in_a_name_as_they_are() -> None:
    someone = contact("[b]Bo[/b]", "c-bo", account_id="a-bold")
    async with running(Book.of(*records(), someone)) as desk:
        await desk.press("ctrl+p")
        await desk.type("bo")
        await desk.until(lambda: "[/bold] Brothers" in desk.text.partition("[b]Bo[/b]")[2])
        assert "[/bold] Brothers" in desk.text.partition("[b]Bo[/b]")[2].splitlines()[1]
        await desk.press("escape")
        assert desk.place == "Today"


async def test_the_history_tells_the_whole_of_the_highlighted_change() -> None:
    async with running() as desk:
        await desk.type("n@acme " + "a long story " * 5 + "[/bold] end\n")
        await desk.press("5")
        (entry,) = desk.keeper.entries
        assert entry.change.summary in " ".join(desk.text.split())
