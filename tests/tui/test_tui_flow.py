"""The one-way flow: what comes up is done in order, what goes down is shown, and nothing is lost."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from builders import NOW, account
from desktop import running
from memory_keeper import MemoryKeeper
from textual.app import ComposeResult

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, add
from kam_tui.domain.errors import Busy, Damaged, Invalid
from kam_tui.session import Session
from kam_tui.settings import Settings, Words
from kam_tui.tui.app import KamApp
from kam_tui.tui.messages import Do
from kam_tui.tui.screens.dialogs.capture import Capture
from kam_tui.usecases.capture import capture


async def test_a_note_from_another_terminal_appears() -> None:
    async with running() as desk:
        await desk.press("2", "enter")
        desk.keeper.update(lambda b: capture(b, NOW, "@acme from afar", Settings()), NOW, "other@cli")
        await desk.look_again()
        assert "from afar" in desk.text
        assert not desk.notices


async def test_a_note_from_another_terminal_appears_by_itself() -> None:
    async with running() as desk:
        await desk.press("2", "enter")
        desk.keeper.update(lambda b: capture(b, NOW, "@acme from afar", Settings()), NOW, "other@cli")
        await desk.until_seen("from afar")


async def test_the_highlight_stays_on_its_line_when_others_come() -> None:
    async with running() as desk:
        await desk.press("2", "down", "down")
        desk.keeper.update(
            lambda _book: Change("new", (add(account("Aaa Oy", tier="key")),)), NOW, "other@cli"
        )
        await desk.look_again()
        assert desk.line("Globex GmbH").startswith("▌")


async def test_writes_are_made_in_the_order_they_were_asked_for() -> None:
    made: list[int] = []

    def number(book: Book, now: datetime, n: int) -> Change:
        made.append(n)
        return Change(str(n))

    async with running() as desk:
        for n in range(12):
            desk.app.post_message(Do(number, n))
        await desk.settle()
        assert made == list(range(12))
        assert [entry.change.summary for entry in desk.keeper.entries] == [str(n) for n in range(12)]


async def test_a_refusal_is_one_notice_with_its_hint_and_the_app_lives() -> None:
    def refuse(book: Book, now: datetime) -> Change:
        raise Invalid("The name [/bold] is taken.", "Take another.")

    async with running() as desk:
        desk.app.post_message(Do(refuse))
        await desk.settle()
        assert desk.notices == ["The name [/bold] is taken.\nTake another."]
        assert "[/bold] is taken" in desk.text
        await desk.press("2")
        assert desk.place == "Accounts"


async def test_a_busy_book_is_told_once_and_not_every_half_second() -> None:
    async with running() as desk:
        desk.keeper.refusal = Busy("Another kam holds the book.")
        for _again in range(3):
            await desk.look_again()
        assert desk.notices == ["Another kam holds the book."]
        desk.keeper.refusal = None
        await desk.look_again()
        assert desk.notices == []
        desk.keeper.refusal = Busy("Another kam holds the book.")
        await desk.look_again()
        assert desk.notices == ["Another kam holds the book."]


async def test_a_book_that_cannot_be_read_ends_the_app_with_the_reason() -> None:
    keeper = MemoryKeeper(Book.of(), refusal=Damaged("The file is damaged."))
    app = KamApp(Session(keeper, Settings(), lambda: NOW, "tui"))
    async with app.run_test() as pilot:
        while app.return_value is None:
            await pilot.pause()
    assert isinstance(app.return_value, Damaged)


async def test_quitting_waits_until_all_is_written() -> None:
    async with running() as desk:
        await desk.type("n@acme the last word\nq")
        assert desk.has_left
        assert "the last word" in [a.text for a in desk.book.activities.values()]


async def test_quitting_stays_where_something_was_refused() -> None:
    def refuse(book: Book, now: datetime) -> Change:
        raise Invalid("No.")

    async with running() as desk:
        desk.app.post_message(Do(refuse))
        await desk.press("q")
        assert not desk.has_left
        assert desk.notices == ["No."]


@pytest.mark.parametrize("key", ["n", "r", "a", "slash", "question_mark"])
async def test_one_can_quit_from_anywhere(key: str) -> None:
    async with running() as desk:
        await desk.press(key, "ctrl+q")
        assert desk.has_left


async def test_a_theme_of_the_settings_is_used_and_an_unknown_one_is_not() -> None:
    async with running(settings=Settings(theme="kam-light")) as desk:
        assert desk.app.theme == "kam-light"
    async with running(settings=Settings(theme="no such")) as desk:
        assert desk.app.theme == "kam-dark"
    async with running(settings=Settings(theme="textual-ansi")) as desk:
        assert "Send the offer" in desk.text


async def test_keys_wait_for_a_dialog_that_takes_longer_to_load_than_they_have_patience(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compose = Capture.compose

    def slow(self: Capture) -> ComposeResult:
        time.sleep(0.3)
        yield from compose(self)

    monkeypatch.setattr(Capture, "compose", slow)
    monkeypatch.setattr("kam_tui.tui.terminal.PATIENCE", 0.1)
    async with running(settings=Settings(templates=Words(hello="@{who} said {text}"))) as desk:
        await desk.press("2", "enter", "n", "ctrl+t", "enter")
        assert "This blank is still empty." in desk.text
