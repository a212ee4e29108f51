"""Promises and contracts on the screen: seen, made, kept, broken and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import TODAY, contract, promise
from desktop import Desktop, running
from small_book import small_book

from kam_tui.domain.book import Book
from kam_tui.domain.change import add
from kam_tui.domain.dates.moment import Moment
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.part_bar import PartBar

LATE = promise("send the drawings", "p-1", account_id="a-acme", contact_ids=("c-liisa",),
               created=TODAY - timedelta(days=9), due=Moment(TODAY - timedelta(days=1)))  # fmt: skip
FRAME = contract("Frame agreement", "k-1", account_id="a-acme", end=TODAY + timedelta(days=200),
                 value="12000 EUR")  # fmt: skip


def book() -> Book:
    return small_book().after([add(LATE), add(FRAME)])


def row_of(desk: Desktop, words: str) -> int:
    return next(y for y, line in enumerate(desk.lines) if words in line)


async def test_an_overdue_promise_leads_what_is_late() -> None:
    async with running(book()) as desk:
        assert row_of(desk, "send the drawings") < row_of(desk, "Send the offer")
        assert "Promised to Liisa Korhonen on Mon 9 Nov 2026" in desk.text


async def test_the_page_of_an_account_shows_what_was_promised_and_agreed() -> None:
    async with running(book(), size=(140, 40)) as desk:
        await desk.press("2", "enter")
        assert "Promises and contracts 2" in desk.text
        for words in ("1 day late", "send the drawings", "Frame agreement", "12000 EUR"):
            assert words in desk.text


async def test_where_there_is_nothing_of_it_the_page_has_no_such_part() -> None:
    for size in ((80, 24), (140, 40)):
        async with running(size=size) as desk:
            await desk.press("2", "enter")
            assert "Promises and contracts" not in desk.text
            await desk.press("tab", "tab", "tab", "tab")
            assert "Talked about the spring order" in desk.text


async def test_done_keeps_a_promise_and_undo_opens_it_again() -> None:
    async with running(book()) as desk:
        await desk.press("g", "d")
        await desk.type("by courier")
        await desk.press("enter")
        assert (desk.book.promises["p-1"].state, desk.book.promises["p-1"].note) == ("kept", "by courier")
        assert "Kept late: send the drawings; by courier" in [a.text for a in desk.book.activities.values()]
        await desk.press("u")
        assert desk.book.promises["p-1"].is_open


async def test_a_promise_is_not_skipped_but_asked_why_it_is_not_kept() -> None:
    async with running(book()) as desk:
        await desk.press("g", "x", "enter")
        assert desk.place == "Reason"
        await desk.type("the plant is shut")
        await desk.press("enter")
        assert (desk.book.promises["p-1"].state, desk.book.promises["p-1"].note) == (
            "broken",
            "the plant is shut",
        )


async def test_a_promise_is_edited_and_removed_from_its_line() -> None:
    async with running(book()) as desk:
        await desk.press("g", "e")
        assert "Edit promise" in desk.text
        await desk.press("end")
        await desk.type(" today")
        await desk.press("ctrl+s")
        assert desk.book.promises["p-1"].text == "send the drawings today"
        await desk.press("delete")
        assert not desk.book.promises


async def test_a_promise_and_a_contract_are_added_by_a_letter() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "p")
        await desk.type("mail the prices")
        await desk.press("tab")
        await desk.type("friday")
        await desk.press("ctrl+s")
        (made,) = desk.book.promises.values()
        assert (made.text, str(made.due), made.account_id) == ("mail the prices", "2026-11-20", "a-acme")
        await desk.press("tab", "tab", "tab", "tab", "a", "c")
        await desk.type("Service agreement")
        await desk.press("ctrl+s")
        (agreed,) = desk.book.contracts.values()
        assert (agreed.name, agreed.account_id) == ("Service agreement", "a-acme")
        assert "Promises and contracts 2" in desk.text


async def test_a_contract_is_opened_in_its_form_and_archived() -> None:
    async with running(book(), size=(140, 40)) as desk:
        await desk.press("2", "enter", "tab", "tab", "tab", "down", "enter")
        assert "Edit contract" in desk.text
        await desk.press("escape", "delete")
        assert desk.book.contracts["k-1"].archived
        assert "Promises and contracts 1" in desk.text


async def test_a_line_tells_of_a_promise_while_it_is_typed() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@acme liked it promise: fri mail the offer")
        assert "Promise Fri 20 Nov 2026: mail the offer" in desk.text
        await desk.press("enter")
        assert [each.text for each in desk.book.promises.values()] == ["mail the offer"]


async def test_a_promise_is_found_and_leads_to_its_account() -> None:
    async with running(book()) as desk:
        await desk.press("slash")
        await desk.type("drawings")
        assert "Promise" in desk.text
        await desk.press("enter")
        assert desk.place == "AccountPage"


ENDS = contract("Support", "k-2", account_id="a-acme", start=TODAY - timedelta(days=363),
                end=TODAY + timedelta(days=2), term="P12M", renews=True)  # fmt: skip


async def _at_its_end(desk: Desktop) -> None:
    agenda = desk.app.screen.query_one(AgendaList)
    assert agenda.highlight("contract.renewal:k-2:2026-11-20")
    await desk.press("d")
    assert desk.place == "Renewal"


async def test_done_at_the_end_of_a_contract_asks_until_when_and_offers_its_term() -> None:
    async with running(book().after([add(ENDS)])) as desk:
        await _at_its_end(desk)
        assert "until Sat 20 Nov 2027" in desk.text
        await desk.press("enter")
        assert desk.book.contracts["k-2"].end == date(2027, 11, 20)
        await desk.press("u")
        assert desk.book.contracts["k-2"] == ENDS


async def test_another_end_may_be_typed_and_an_empty_line_lets_it_end() -> None:
    async with running(book().after([add(ENDS)])) as desk:
        await _at_its_end(desk)
        await desk.type("whenever\n")
        assert "is not a day that can be read" in desk.text
        await desk.press("ctrl+u")
        await desk.type("31.12.2028\n")
        assert desk.book.contracts["k-2"].end == date(2028, 12, 31)
        await desk.press("u")
        await _at_its_end(desk)
        await desk.press("ctrl+u")
        assert "It ends, and is not renewed." in desk.text
        await desk.press("enter")
        assert desk.book.contracts["k-2"] == ENDS
        assert "contract.renewal:k-2:2026-11-20" in desk.book.occurrences


@pytest.mark.parametrize("width", [60, 70, 80])
async def test_the_name_of_every_part_of_a_page_is_seen_and_clicked_however_narrow_it_is(width: int) -> None:
    async with running(book(), size=(width, 24)) as desk:
        await desk.press("2", "enter")
        for _part in range(5):
            await desk.press("tab")
            names = desk.lines[row_of(desk, "Timeline")]
            assert names.rstrip().endswith("Facts")
            assert desk.app.screen.query_one(PartBar).render().cell_length <= width
        row = row_of(desk, "Timeline")
        await desk.pilot.click(offset=(desk.lines[row].index("Facts") + 2, row))
        await desk.settle()
        assert desk.line("Relationship") or desk.line("Tier  ")
