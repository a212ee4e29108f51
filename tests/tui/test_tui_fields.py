"""The fields of a form: which one is in use is seen, the arrows lead through them, and names are offered."""

from __future__ import annotations

from builders import account, contact
from desktop import Desktop, running
from textual import events
from textual.widgets import Input

from kam_tui.domain.book import Book
from kam_tui.tui.themes import OWN


def in_use(desk: Desktop) -> str:
    """The field that has the focus."""
    return (desk.app.focused.id if desk.app.focused else "") or ""


def inside(desk: Desktop) -> str:
    """What stands in the box, as one line."""
    rows = [line.split("│")[1] for line in desk.lines if line.count("│") > 1]
    return " ".join(" ".join(rows).split())


SMALL = (60, 20)
"""Where few of the fields have room at once."""


async def test_the_arrows_go_from_field_to_field() -> None:
    async with running(size=SMALL) as desk:
        await desk.press("2", "a", "down")
        assert in_use(desk) == "field-tier"
        await desk.press("up")
        assert in_use(desk) == "field-name"
        await desk.type("Umbrella")
        assert "▌Name                    Umbrella" in desk.text
        await desk.press("enter")
        assert any(each.name == "Umbrella" for each in desk.book.accounts.values())


async def test_the_field_in_use_is_always_seen() -> None:
    async with running(size=SMALL) as desk:
        await desk.press("3", "a")
        seen = set()
        for _field in range(30):
            await desk.until_seen("│ ▌")
            seen.add(in_use(desk))
            await desk.press("down")
        assert {"field-name", "field-birthday", "field-about"} <= seen


async def test_the_arrows_go_through_a_text_of_several_lines_and_beyond() -> None:
    async with running(size=(100, 50)) as desk:
        await desk.press("2", "e")
        desk.app.screen.query_one("#field-about").focus()
        await desk.press("ctrl+home", "down")
        assert in_use(desk) == "field-about"
        await desk.press("down")
        assert in_use(desk) != "field-about"
        await desk.press("up", "up")
        assert in_use(desk) == "field-about"
        await desk.press("up")
        assert in_use(desk) != "field-about"


async def test_what_is_wrong_is_seen_with_its_field() -> None:
    async with running(size=SMALL) as desk:
        await desk.press("2", "a", *["down"] * 14)
        assert "▌Name" not in desk.text
        await desk.press("ctrl+s")
        await desk.settle()
        assert desk.line("▌Name")
        assert "Name must not be empty." in desk.text
        await desk.press("enter")
        await desk.settle()
        assert desk.line("▌Name")
        assert "Name must not be empty." in desk.text


async def test_a_field_that_was_scrolled_away_is_seen_again_when_one_types() -> None:
    async with running(size=(60, 20)) as desk:
        await desk.press("2", "a")
        await desk.settle()
        desk.app.screen.query_one("VerticalScroll").scroll_end(animate=False, immediate=True)
        await desk.settle()
        assert "▌Name" not in desk.text
        await desk.type("U")
        await desk.settle()
        assert desk.line("▌Name").strip("│ ").endswith("U")


async def test_a_drop_down_in_use_is_told_apart_in_every_theme() -> None:
    async with running() as desk:
        await desk.press("2", "e")
        tier = desk.app.screen.query_one("#field-tier")
        for theme in OWN:
            desk.app.theme = theme.name
            await desk.settle()
            before = tier.children[0].rich_style.bgcolor
            await desk.press("tab")
            assert "▌Tier" in desk.text
            assert "│  Name" in desk.text
            assert theme.name == "kam-ansi" or tier.children[0].rich_style.bgcolor != before
            label = tier.parent.children[0] if tier.parent else tier
            assert label.rich_style.bold
            await desk.press("shift+tab")
            assert "▌Name" in desk.text


async def test_the_keys_told_are_those_of_the_field() -> None:
    async with running(size=(100, 50)) as desk:
        await desk.press("2", "e")
        assert "Enter or Ctrl+S  save" in desk.text
        await desk.press("down")
        assert "Enter  pick   Ctrl+S  save" in desk.text
        await desk.press("enter")
        assert "Enter  take it   Esc  leave it as it is" in desk.text
        await desk.press("escape")
        assert "Enter  pick   Ctrl+S  save" in desk.text
        desk.app.screen.query_one("#field-about").focus()
        await desk.settle()
        assert "Enter" not in desk.line("Ctrl+S  save")


async def test_typing_in_a_filled_field_begins_anew() -> None:
    async with running() as desk:
        await desk.press("2", "e")
        await desk.type("Acme Group\n")
        assert desk.book.accounts["a-acme"].name == "Acme Group"


async def test_names_are_offered_beneath_their_field_and_tab_takes_one_and_goes_on() -> None:
    async with running() as desk:
        await desk.press("3", "a")
        await desk.type("Bo Ek")
        await desk.press("tab", "tab")
        await desk.type("glo")
        assert desk.line("▌ Globex GmbH")
        await desk.press("tab")
        assert in_use(desk) == "field-title"
        assert "Globex GmbH" in desk.line("│  Account")
        assert not desk.line("▌ Globex GmbH")
        await desk.press("enter")
        (bo,) = [each for each in desk.book.contacts.values() if each.name == "Bo Ek"]
        assert bo.account_id == "a-globex"


async def test_the_arrows_choose_among_offered_names_and_enter_takes_the_chosen_one() -> None:
    async with running(size=(100, 40)) as desk:
        await desk.press("1", "a", "h")
        field = desk.app.screen.query_one("#field-contact_ids", Input)
        field.focus()
        await desk.settle()
        await desk.press("ctrl+u")
        await desk.type("m")
        await desk.press("down", "enter")
        assert desk.place == "Form"
        assert field.value in ("Matti Näätänen", "Zoë 👩‍🔬 Müller")
        first = field.value
        await desk.type("; lii")
        await desk.press("right")
        assert field.value == f"{first}; Liisa Korhonen"


async def test_people_of_the_account_in_the_form_are_offered_first() -> None:
    async with running(size=(100, 40)) as desk:
        await desk.press("2", "enter", "r")
        desk.app.screen.query_one("#field-contact_ids", Input).focus()
        await desk.type("m")
        assert desk.line("▌ Matti Näätänen")


async def test_escape_puts_away_what_is_offered_and_loses_nothing() -> None:
    async with running() as desk:
        await desk.press("3", "a")
        await desk.type("Bo Ek")
        await desk.press("tab", "tab")
        await desk.type("glo")
        await desk.press("escape")
        assert desk.place == "Form"
        assert not desk.line("▌ Globex GmbH")
        assert "This is not saved" not in desk.text
        assert "glo" in desk.line("▌Account")


async def test_namesakes_at_one_account_are_told_apart_and_the_taken_one_is_meant() -> None:
    book = Book.of(
        account("Acme Oy", "a-acme"),
        contact("Anna Berg", "c-1", account_id="a-acme", title="Buyer"),
        contact("Anna Berg", "c-2", account_id="a-acme", title="Engineer"),
    )
    async with running(book, size=(100, 40)) as desk:
        await desk.press("2", "enter", "r")
        await desk.type("call")
        field = desk.app.screen.query_one("#field-contact_ids", Input)
        field.focus()
        await desk.type("anna")
        assert "Acme Oy, Buyer" in desk.text
        assert "Acme Oy, Engineer" in desk.text
        await desk.press("down", "enter")
        assert field.value in ("c-1", "c-2")


async def test_several_lines_pasted_in_a_field_of_one_line_are_all_kept() -> None:
    async with running() as desk:
        await desk.press("2", "a")
        desk.app.post_message(events.Paste("Umbrella\nCorporation\n"))
        await desk.settle()
        assert "Umbrella Corporation" in inside(desk)
