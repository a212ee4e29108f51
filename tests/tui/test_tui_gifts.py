"""Gifts on the screen: what they cost, what is left of the budget, and the same gift twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import TODAY, activity
from desktop import Desktop, running
from small_book import account, contact
from textual.content import Content
from textual.widgets import Static

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.settings import Settings

CHEESE = activity(
    "a book on cheese", "t-1", kind="gift", amount="45 EUR", when=Moment(date(2025, 12, 12)),
    account_id="a-acme", contact_ids=("c-liisa",),
)  # fmt: skip


def book(**fields: Any) -> Book:
    """A gift for Liisa is due."""
    return Book.of(
        account("Acme Oy", "a-acme", tier="key", gift_budget="100 EUR"),
        contact(
            "Liisa Korhonen", "c-liisa", account_id="a-acme", gift_ideas="a sailing knife",
            birthday=PartialDate(1976, 11, 25), leads="gift 10",
        ),
        CHEESE,
        activity("Lamp", "t-2", kind="gift", when=Moment(TODAY), account_id="a-acme", **fields),
    )  # fmt: skip


def newest(desk: Desktop) -> Activity:
    return list(desk.book.activities.values())[-1]


def told(desk: Desktop, selector: str) -> str:
    """All that a part of the screen says, however it is broken into lines."""
    content = desk.app.screen.query_one(selector, Static).content
    return content.plain if isinstance(content, Content) else str(content)


async def as_a_gift(desk: Desktop) -> None:
    """Begin a line, and make it a gift."""
    await desk.press("n")
    for _each in range(12):
        if "♦ Gift" in told(desk, ".kind"):
            return
        await desk.press("tab")
    raise AssertionError(desk.text)


async def test_the_amount_is_read_back_while_it_is_typed_and_kept_with_the_whole_text() -> None:
    async with running(book()) as desk:
        await as_a_gift(desk)
        await desk.type("@acme wine and 12,50 € of cheese")
        assert "Amount  12.50 EUR " in desk.text
        await desk.press("enter")
        assert (newest(desk).amount, newest(desk).text) == ("12.50 EUR", "wine and 12,50 € of cheese")


async def test_of_a_note_no_amount_is_read() -> None:
    async with running(book()) as desk:
        await desk.press("n")
        await desk.type("@acme they have 45 € left")
        assert not desk.line("Amount")
        await desk.press("enter")
        assert newest(desk).amount == ""


async def test_that_it_was_given_before_is_told_while_it_is_typed_and_when_it_is_kept() -> None:
    async with running(book(), size=(120, 30)) as desk:
        await as_a_gift(desk)
        await desk.type("@acme Liisa the book on cheese")
        said = "This was given before: a book on cheese (45 EUR), Fri 12 Dec 2025."
        assert said in told(desk, ".reading")
        await desk.press("enter")
        assert newest(desk).contact_ids == ("c-liisa",)
        assert said in desk.notices
        assert any(notice.startswith("Gift with Liisa Korhonen") for notice in [*desk.notices, desk.text])


async def test_what_is_not_certain_is_told_while_it_is_typed() -> None:
    async with running(book(), size=(120, 30)) as desk:
        await as_a_gift(desk)
        await desk.type("@acme wine 20€, cheese 25€")
        said = "Several amounts are named, 20€, 25€, so none is taken."
        assert said in told(desk, ".reading")


async def test_beside_the_gift_that_is_due_stands_all_that_is_good_to_know() -> None:
    async with running(book(amount="60 EUR"), size=(130, 34)) as desk:
        assert (
            "Gift budget 40 EUR of 100 EUR left in 2026\n"
            "Given before a book on cheese (45 EUR), Fri 12 Dec 2025\n"
            "Gift ideas a sailing knife\n"
        ) in told(desk, "#brief")


async def test_a_small_screen_tells_the_budget_and_the_last_gift() -> None:
    async with running(book(amount="60 EUR")) as desk:
        assert "Gift budget: 40 EUR of 100 EUR left in 2026 · Given before: a book on" in desk.text


async def test_the_page_of_an_account_tells_what_is_left_and_a_person_has_ideas() -> None:
    async with running(book(), size=(140, 40)) as desk:
        await desk.press("2", "enter")
        for words in ("100 EUR of 100 EUR left in 2026", "1 gift without an amount", "on cheese (45 EUR)"):
            assert words in desk.text
        await desk.press("3", "enter")
        assert "a sailing knife" in desk.text


async def test_without_a_budget_of_its_own_that_of_the_tier_is_told() -> None:
    settings = Settings(gift_budget_key="70 EUR")
    some = Book.of(account("Acme Oy", "a-acme", tier="key"))
    async with running(some, size=(140, 40), settings=settings) as desk:
        await desk.press("2", "enter")
        assert "70 EUR of 70 EUR left in 2026" in desk.text


async def test_an_entry_has_its_amount_in_the_form() -> None:
    async with running(book(), size=(100, 40)) as desk:
        await desk.press("2", "enter", "e")
        assert desk.place == "Form"
        field = desk.app.screen.query_one("#field-amount")
        field.focus()
        await desk.settle()
        await desk.type("9,90 €")
        await desk.press("ctrl+s")
        assert desk.book.activities["t-2"].amount == "9.90 EUR"
