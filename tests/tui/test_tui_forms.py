from __future__ import annotations

import pytest
from builders import NOW
from desktop import running

from kam_tui.usecases import accounts


async def test_an_account_is_added_and_opened() -> None:
    async with running() as desk:
        await desk.press("2", "a")
        await desk.type("Umbrella Oy\n")
        (umbrella,) = [a for a in desk.book.accounts.values() if a.name == "Umbrella Oy"]
        assert umbrella.tier == "standard"
        assert desk.place == "AccountPage"
        assert "Umbrella Oy" in desk.lines[2]


async def test_a_form_without_its_name_says_so_and_stays() -> None:
    async with running() as desk:
        await desk.press("2", "a", "enter")
        assert desk.place == "Form"
        assert "Name must not be empty." in desk.text
        assert not desk.keeper.entries


async def test_a_name_that_is_in_use_is_refused_and_what_was_typed_stays() -> None:
    async with running() as desk:
        await desk.press("2", "a")
        await desk.type("acme oy\n")
        assert desk.place == "Form"
        assert "There is an account Acme Oy already." in desk.text
        assert "acme oy" in desk.text


async def test_a_field_that_is_left_wrong_says_what_is_wrong() -> None:
    async with running() as desk:
        await desk.press("3", "a")
        await desk.type("Bo Ek")
        await desk.press(*["tab"] * 11)
        assert "12.4.1980" in desk.text
        await desk.type("31.2.1980")
        await desk.press("tab")
        assert "Birthday:" in desk.text
        await desk.press("shift+tab", "ctrl+u")
        await desk.type("3.2.1980")
        assert "Birthday:" not in desk.text
        await desk.press("enter")
        (bo,) = [c for c in desk.book.contacts.values() if c.name == "Bo Ek"]
        assert str(bo.birthday) == "1980-02-03"


async def test_an_edit_changes_only_what_was_changed() -> None:
    async with running() as desk:
        before = desk.book.accounts["a-acme"]
        await desk.press("2", "e", "end")
        await desk.type(" Ab\n")
        after = desk.book.accounts["a-acme"]
        assert after.name == "Acme Oy Ab"
        assert (after.phones, after.customer_since, after.tags) == (
            before.phones, before.customer_since, before.tags,
        )  # fmt: skip


async def test_an_edit_does_not_take_back_what_another_changed_meanwhile() -> None:
    async with running() as desk:
        await desk.press("2", "e", "end")
        await desk.type(" Ab")
        desk.keeper.update(
            lambda book: accounts.edit(book, NOW, "a-acme", {"city": "Oulu"}), NOW, "other@cli"
        )
        await desk.press("enter")
        after = desk.book.accounts["a-acme"]
        assert (after.name, after.city) == ("Acme Oy Ab", "Oulu")


async def test_an_edit_without_a_change_writes_nothing() -> None:
    async with running() as desk:
        await desk.press("2", "e", "enter")
        assert desk.place == "Accounts"
        assert not desk.keeper.entries


async def test_a_choice_is_made_with_the_keys() -> None:
    async with running() as desk:
        await desk.press("2", "down", "down", "e", "tab", "enter", "up", "enter", "ctrl+s")
        assert desk.place == "Accounts"
        assert desk.book.accounts["a-globex"].tier == "key"


async def test_leaving_a_form_asks_again_where_something_was_typed() -> None:
    async with running() as desk:
        await desk.press("2", "a")
        await desk.type("Umbrella")
        await desk.press("escape")
        assert desk.place == "Form"
        assert "This is not saved" in desk.text
        await desk.press("escape")
        assert desk.place == "Accounts"
        assert not desk.keeper.entries


async def test_a_form_nothing_was_typed_in_is_left_at_once() -> None:
    async with running() as desk:
        await desk.press("2", "a", "escape")
        assert desk.place == "Accounts"


async def test_names_complete_while_they_are_typed() -> None:
    async with running() as desk:
        await desk.press("3", "down", "down", "a")
        await desk.type("Bo Ek")
        await desk.press("tab", "tab", "ctrl+u")
        await desk.type("glob")
        await desk.press("right", "enter")
        (bo,) = [c for c in desk.book.contacts.values() if c.name == "Bo Ek"]
        assert bo.account_id == "a-globex"


async def test_an_unknown_name_is_refused_with_near_ones() -> None:
    async with running() as desk:
        await desk.press("1", "a", "h")
        assert "What happened" in desk.text
        await desk.press("tab", "tab", "ctrl+u")
        await desk.type("glubex")
        await desk.press("ctrl+s")
        assert desk.place == "Form"
        inside = " ".join(" ".join(line.split("│")[1] for line in desk.lines if line.count("│") > 1).split())
        assert "No account is called glubex. Did you mean Globex GmbH?" in inside


@pytest.mark.parametrize(
    ("letter", "title"),
    [("a", "New account"), ("p", "New person"), ("h", "What happened"), ("r", "New reminder")],
)
async def test_add_offers_what_can_be_added(letter: str, title: str) -> None:
    async with running() as desk:
        await desk.press("a")
        assert "Something that happened" in desk.text
        await desk.press(letter)
        assert title in desk.text


async def test_a_reminder_set_by_hand_is_edited_from_its_line() -> None:
    async with running() as desk:
        await desk.press("g", "e")
        assert "Edit reminder" in desk.text
        await desk.press("end")
        await desk.type(" today\n")
        assert desk.book.reminders["r-offer"].text == "Send the offer to Liisa today"


async def test_a_text_of_several_lines_keeps_them() -> None:
    async with running(size=(140, 60)) as desk:
        await desk.press("2", "e")
        form = desk.app.screen
        form.query_one("#field-about").focus()
        await desk.press("ctrl+end", "enter")
        await desk.type("Third line")
        await desk.press("ctrl+s")
        assert "Builds harvesters.\nOwned by the family." in desk.book.accounts["a-acme"].about
        assert "Third line" in desk.book.accounts["a-acme"].about


async def test_a_name_that_is_refused_is_pointed_out_in_its_own_field() -> None:
    async with running() as desk:
        await desk.press("3", "a")
        await desk.type("Bo Ek")
        await desk.press("tab", "tab", "ctrl+u")
        await desk.type("Nosuch")
        await desk.press("tab", "tab", "ctrl+s")
        at = next(index for index, line in enumerate(desk.lines) if "▌Account" in line)
        assert "No account is called Nosuch." in desk.lines[at + 1]
        assert desk.text.count("No account is called Nosuch.") == 1
        assert desk.app.focused
        assert desk.app.focused.id == "field-account_id"
