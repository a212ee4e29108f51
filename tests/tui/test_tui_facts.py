"""Facts edited where they stand: one field beneath, or the whole form beginning with it."""

from __future__ import annotations

import pytest
from desktop import Desktop, running
from small_book import account, contact
from textual.widgets import Input

from kam_tui.domain.book import Book
from kam_tui.tui.widgets.fact_list import FactList


def marked(desk: Desktop) -> str:
    return next((line for line in desk.lines if "▌" in line), "")


async def to_the_facts(desk: Desktop, place: str) -> None:
    await desk.press(place, "enter")
    desk.app.screen.query_one(FactList).focus()
    await desk.settle()


async def test_a_fact_is_edited_alone_beneath() -> None:
    async with running(size=(120, 40)) as desk:
        await to_the_facts(desk, "3")
        assert "Account" in marked(desk)
        await desk.press("j")
        assert "Purchasing director" in marked(desk)
        await desk.press("enter")
        assert desk.place == "Form"
        assert len(desk.app.screen.query(Input)) == 1
        await desk.press("ctrl+u")
        await desk.type("Chief buyer\n")
        assert desk.book.contacts["c-liisa"].title == "Chief buyer"
        assert "Chief buyer" in marked(desk)


async def test_a_fact_that_cannot_be_taken_stays_in_its_field() -> None:
    async with running(size=(120, 40)) as desk:
        await to_the_facts(desk, "3")
        await desk.press("G", "enter")
        shown = desk.place
        await desk.press("escape", "g", "j", "j", "j", "enter", "ctrl+u")
        await desk.type("no address\n")
        assert shown == "Form"
        assert desk.place == "Form"
        assert "no mail address such as" in " ".join(desk.text.split())
        assert not desk.keeper.entries


async def test_e_opens_the_whole_form_at_the_fact() -> None:
    async with running(size=(120, 40)) as desk:
        await to_the_facts(desk, "3")
        await desk.press("j", "e")
        assert len(desk.app.screen.query(Input)) > 5
        assert desk.app.screen.focused
        assert desk.app.screen.focused.id == "field-title"


async def test_y_copies_the_fact() -> None:
    async with running(size=(120, 40)) as desk:
        await to_the_facts(desk, "3")
        await desk.press("j", "y")
        assert desk.app.clipboard == "Purchasing director"


async def test_without_the_focus_no_fact_is_marked() -> None:
    async with running(size=(120, 40)) as desk:
        await desk.press("3", "enter")
        assert desk.app.screen.query_one(FactList).highlighted is None
        await desk.press("e")
        assert desk.app.screen.focused
        assert desk.app.screen.focused.id == "field-kind"


async def test_what_follows_from_other_facts_is_not_edited() -> None:
    async with running(size=(120, 40)) as desk:
        await to_the_facts(desk, "2")
        facts = desk.app.screen.query_one(FactList)
        facts.facts = [facts.facts[0]._replace(field="")]
        await desk.press("enter")
        assert desk.place == "AccountPage"


async def test_the_facts_are_scrolled_to_and_clicked() -> None:
    async with running(size=(60, 20)) as desk:
        await to_the_facts(desk, "2")
        await desk.press("G")
        assert marked(desk)
        await desk.press("g")
        row = next(y for y, line in enumerate(desk.lines) if "Machinery" in line)
        await desk.pilot.click(offset=(20, row), times=2)
        await desk.settle()
        assert desk.place == "Form"
        await desk.press("ctrl+u")
        await desk.type("Forestry\n")
        assert desk.book.accounts["a-acme"].industry == "Forestry"


HINTS = ("Nothing has happened yet.", "Nobody yet.", "Nothing is known yet.")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_each_empty_part_says_what_fills_it(size: tuple[int, int]) -> None:
    async with running(Book.of(account("Bare", "a-1")), size=size) as desk:
        await desk.press("2", "enter")
        seen = desk.text
        for _part in range(3):
            await desk.press("tab")
            seen += desk.text
        for hint in HINTS:
            assert hint in seen
        assert "e     fill something in" in desk.text
        await desk.press("e")
        assert "Edit account" in desk.text


@pytest.mark.parametrize("size", [(100, 30), (140, 40)])
async def test_side_by_side_each_empty_part_says_so_too(size: tuple[int, int]) -> None:
    async with running(Book.of(account("Bare", "a-1")), size=size) as desk:
        await desk.press("2", "enter")
        for hint in HINTS:
            assert hint in desk.text
        assert "a     add someone" in desk.text


async def test_a_part_that_is_filled_elsewhere_is_not_shown_while_it_is_empty() -> None:
    async with running(Book.of(account("Bare", "a-1"))) as desk:
        await desk.press("2", "enter")
        assert "Promises and contracts" not in desk.text
        await desk.pilot.resize_terminal(140, 40)
        await desk.settle()
        assert "Promises and contracts" not in desk.text


async def test_the_facts_of_a_bare_person_say_how_to_fill_them() -> None:
    async with running(Book.of(contact("Liisa", "c-1")), size=(100, 30)) as desk:
        await desk.press("3", "enter")
        assert "Nothing is known yet." in desk.text
