from __future__ import annotations

from builders import account
from desktop import running

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book


def newest(activities: list[Activity]) -> Activity:
    return activities[-1]


async def test_a_note_is_read_back_while_it_is_typed_and_kept_by_enter() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@acme Liisa liked the samples +demo remind: fri send the offer")
        assert "Liisa Korhonen, Acme Oy" in desk.line("Who")
        assert "+demo" in desk.line("Tags")
        assert "Fri 20 Nov 2026: send the offer" in desk.line("Remind")
        await desk.press("enter")
        note = newest(list(desk.book.activities.values()))
        assert (note.text, note.account_id, note.tags) == ("Liisa liked the samples", "a-acme", ("demo",))
        assert desk.notices[-1].startswith("Note with")


async def test_an_unknown_name_offers_near_ones_and_keeps_the_line() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@glubex called\n")
        assert desk.place == "Capture"
        assert "Did you mean Globex GmbH?" in " ".join(desk.text.split())
        assert "@glubex called" in desk.text
        assert not desk.keeper.entries


async def test_on_a_page_the_note_is_about_that_account() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "n")
        assert '@"Acme Oy"' in desk.text
        await desk.type("Met at the fair\n")
        assert newest(list(desk.book.activities.values())).account_id == "a-acme"


async def test_on_a_page_a_note_that_names_nobody_is_about_that_account_too() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "n", "ctrl+u")
        await desk.type("Just a thought\n")
        note = newest(list(desk.book.activities.values()))
        assert (note.text, note.account_id) == ("Just a thought", "a-acme")


async def test_on_a_page_a_note_that_names_another_is_about_the_other() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "n", "ctrl+u")
        await desk.type("@globex asked for a price\n")
        assert newest(list(desk.book.activities.values())).account_id == "a-globex"


async def test_on_the_page_of_a_person_the_note_is_about_them() -> None:
    async with running() as desk:
        await desk.press("3", "enter")
        assert desk.place == "ContactPage"
        await desk.press("n")
        await desk.type("thanked me\n")
        assert newest(list(desk.book.activities.values())).contact_ids == ("c-liisa",)


async def test_tab_makes_it_a_call() -> None:
    async with running() as desk:
        await desk.press("n", "tab")
        assert "☏ Call" in desk.text
        await desk.type("@acme talked\n")
        assert newest(list(desk.book.activities.values())).kind == "call"


async def test_the_kind_may_be_said_in_front_and_is_shown_while_it_is_typed() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "n")
        await desk.type("sale: ten licences 450 €")
        assert "€ Sale" in desk.line("│ €")
        assert "€ Sale" in desk.line("Kind")
        assert "450 EUR" in desk.line("Amount")
        await desk.type("\n")
        sale = newest(list(desk.book.activities.values()))
        assert (sale.kind, sale.text, sale.amount, sale.account_id) == (
            "sale", "ten licences 450 €", "450 EUR", "a-acme",
        )  # fmt: skip


async def test_a_kind_that_is_chosen_comes_before_the_word_in_front() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("@acme sale: ten")
        await desk.press("tab")
        assert "☏ Call" in desk.text
        assert "€ Sale" not in desk.text
        await desk.type("\n")
        assert newest(list(desk.book.activities.values())).text == "sale: ten"


async def test_a_mail_address_in_the_text_names_nobody() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "n", "ctrl+u")
        await desk.type("heard from bo@globex.example\n")
        assert newest(list(desk.book.activities.values())).account_id == "a-acme"


async def test_an_empty_line_is_not_kept_and_escape_leaves() -> None:
    async with running() as desk:
        await desk.press("n", "enter")
        assert desk.place == "Capture"
        await desk.press("escape")
        assert desk.place == "Today"
        assert not desk.keeper.entries


async def test_a_backdated_note_says_its_day() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("yesterday: @acme lunch with Liisa")
        assert "Tue 17 Nov 2026" in desk.line("When")


async def test_a_name_that_is_not_known_is_not_said_to_be_nobody() -> None:
    async with running() as desk:
        await desk.press("n")
        await desk.type("called")
        assert "nobody: it is kept on its own" in desk.line("Who")
        await desk.type(" @glubex")
        assert "is called glubex" in desk.text
        assert "nobody" not in desk.text


async def test_nothing_is_called_wrong_before_anything_is_typed() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "n")
        assert "Acme Oy" in desk.line("Who")
        assert "nothing to note down" not in desk.text
        await desk.press("enter")
        assert desk.place == "Capture"
        assert not desk.keeper.entries


async def test_a_time_is_read_back_on_their_clock_too() -> None:
    async with running(Book.of(account("Mori", timezone="Asia/Tokyo")), size=(100, 24)) as desk:
        await desk.press("n")
        await desk.type("@mori remind: fri 14:00 call")
        assert "Fri 20 Nov 2026 14:00 (21:00 in Tokyo): call" in desk.text
        await desk.press("ctrl+u")
        await desk.type("@mori remind: fri 9:00 their time call")
        assert "Fri 20 Nov 2026 02:00 (09:00 in Tokyo): call" in desk.text
