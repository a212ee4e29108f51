"""Copying, and opening mail, telephone and pages: chosen where there are several, told either way."""

from __future__ import annotations

import pytest
from builders import account
from desktop import Desktop, running
from small_book import small_book

from kam_tui.delivery import clipboard, opening
from kam_tui.domain.book import Book
from kam_tui.domain.change import add
from kam_tui.domain.errors import NotSent
from kam_tui.domain.kinds import Labeled


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened; nothing is, in truth. There is a desktop, and it has no clipboard."""
    some: list[str] = []
    monkeypatch.setattr(opening, "open_address", some.append)
    monkeypatch.setattr(opening, "has_desktop", lambda: True)
    monkeypatch.setattr(clipboard, "put", lambda _text: False)
    return some


def copied(desk: Desktop) -> str:
    return desk.app.clipboard


async def test_y_offers_how_to_reach_the_highlighted_person_and_copies_what_is_chosen() -> None:
    async with running() as desk:
        await desk.press("3", "y")
        assert desk.place == "PickText"
        assert "liisa@acme.example" in desk.text
        assert "+358 40 555 0101" in desk.text
        await desk.press("2")
        assert copied(desk) == "+358 40 555 0101"
        assert desk.notices[-1] == "Copied: +358 40 555 0101 (sent to the terminal's clipboard)"


async def test_y_copies_at_once_where_there_is_one_text_alone() -> None:
    async with running(Book.of(account("[b]Solo[/b] Oy", "a-solo"))) as desk:
        await desk.press("2", "y")
        assert desk.place == "Accounts"
        assert copied(desk) == "[b]Solo[/b] Oy"


async def test_y_on_a_line_of_the_timeline_copies_its_whole_text() -> None:
    async with running() as desk:
        await desk.press("3", "down", "enter", "y", "1")
        assert copied(desk) == "Visited the plant.\nSecond line of the visit."


async def test_y_copies_a_reminder_or_how_to_reach_whom_it_is_about() -> None:
    async with running() as desk:
        await desk.press("y")
        assert "Send the offer to Liisa" in desk.text
        await desk.press("down", "enter")
        assert copied(desk) == "liisa@acme.example"


async def test_the_desktop_is_named_where_it_took_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "put", lambda _text: True)
    async with running() as desk:
        await desk.press("3", "y", "1")
        assert desk.notices[-1] == "Copied: liisa@acme.example (to the clipboard)"


async def test_escape_copies_nothing() -> None:
    async with running() as desk:
        await desk.press("3", "y", "escape")
        assert desk.place == "People"
        assert not copied(desk)


async def test_w_opens_what_is_chosen(opened: list[str]) -> None:
    async with running() as desk:
        await desk.press("3", "enter", "w")
        assert "mailto:liisa@acme.example" in desk.text
        await desk.press("2")
        assert opened == ["tel:+358405550101"]
        assert desk.notices[-1] == "Opened: tel:+358405550101"


async def test_w_on_what_is_due_reaches_whom_it_is_about(opened: list[str]) -> None:
    async with running() as desk:
        await desk.press("w", "1")
        assert opened == ["mailto:liisa@acme.example"]


async def test_what_cannot_be_reached_is_told(opened: list[str]) -> None:
    async with running(Book.of(account("Silent Oy", "a-silent"))) as desk:
        await desk.press("2", "w")
        assert desk.notices[-1] == "There is no mail address, telephone number or page here."
        assert not opened


async def test_an_address_that_could_do_harm_is_not_offered(opened: list[str]) -> None:
    links = (Labeled("javascript:alert(1)"), Labeled("file:///etc/passwd"), Labeled("acme.example/shop"))
    book = small_book().after([add(account("Aaa Oy", "a-aaa", tier="key", links=links))])
    async with running(book) as desk:
        await desk.press("2", "w")
        assert opened == ["https://acme.example/shop"]


async def test_without_a_desktop_the_address_is_copied(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "has_desktop", lambda: False)
    async with running() as desk:
        await desk.press("3", "w", "1")
        assert copied(desk) == "liisa@acme.example"
        assert desk.notices[-1].startswith("There is no desktop here to open it.\nCopied: liisa@acme.example")
        assert not opened


async def test_a_failure_is_told_with_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> None:
        raise NotSent(f"{address} could not be opened: xdg-open ended with 3.", "y copies it.")

    monkeypatch.setattr(opening, "open_address", refuse)
    async with running() as desk:
        await desk.press("3", "w", "1")
        assert desk.notices[-1].endswith("xdg-open ended with 3.\ny copies it.")


async def test_with_nothing_highlighted_nothing_happens(opened: list[str]) -> None:
    async with running(Book.of()) as desk:
        await desk.press("2", "y", "w")
        assert desk.place == "Accounts"
        assert not opened
        assert not copied(desk)
