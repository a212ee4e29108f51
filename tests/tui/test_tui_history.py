"""The history on the screen: undo and redo, one change with its fields, and the changes about one record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import NOW
from desktop import Desktop, running
from small_book import NASTY

from kam_tui.domain.change import Change, Edit


def texts(desk: Desktop) -> list[str]:
    return [activity.text for activity in desk.book.activities.values()]


def move_acme(desk: Desktop, city: str, **fields: object) -> None:
    """Somebody elsewhere changes Acme."""
    acme = desk.book.accounts["a-acme"]
    change = Change(f"Moved to {city}", (Edit(acme, replace(acme, city=city, **fields)),))  # type: ignore[arg-type]
    desk.keeper.update(lambda _book: change, NOW, "other@cli")


async def test_redo_does_again_what_undo_took_back_and_says_what() -> None:
    async with running() as desk:
        await desk.type("n@acme first\n")
        await desk.type("n@acme second\n")
        await desk.press("u", "u")
        assert not {"first", "second"} & set(texts(desk))
        assert desk.notices[-1] == "Undid: Note with Acme Oy: first\nU redoes it"
        await desk.press("U")
        assert desk.notices[-1] == "Redid: Note with Acme Oy: first\nu undoes it"
        await desk.press("U")
        assert {"first", "second"} <= set(texts(desk))
        await desk.press("u", "U")
        assert desk.notices[-1] == "Redid: Note with Acme Oy: second\nu undoes it"


async def test_redo_with_nothing_to_redo_says_so() -> None:
    async with running() as desk:
        await desk.press("U")
        assert desk.notices == ["There is nothing to redo."]


async def test_redo_where_others_have_changed_the_record_is_refused_with_the_reason() -> None:
    async with running() as desk:
        await desk.press("2", "delete", "u")
        move_acme(desk, "Oulu")
        await desk.press("U")
        assert desk.notices[-1].startswith("Acme Oy has been changed since, so this cannot be redone: Arch")
        assert not desk.book.accounts["a-acme"].archived


async def test_a_letter_in_a_field_is_no_redo() -> None:
    async with running() as desk:
        await desk.type("n@acme first\n")
        await desk.press("u", "2", "f")
        await desk.type("U")
        assert "first" not in texts(desk)


async def test_a_change_that_was_taken_back_is_marked_explained_and_done_again() -> None:
    async with running() as desk:
        await desk.type("n@acme first\n")
        await desk.press("5", "u")
        assert desk.line("Note with Acme Oy: first ").endswith("undone")
        await desk.press("down", "u")
        assert desk.notices[-1].startswith("Change 1 is taken back already.\nTo do it again")
        await desk.press("U")
        assert "first" in texts(desk)
        assert desk.line("Undid: ").endswith("redone")
        assert "undone" not in desk.text


async def test_what_stands_is_not_redone() -> None:
    async with running() as desk:
        await desk.type("n@acme first\n")
        await desk.press("5", "U")
        assert desk.notices[-1] == "Change 1 is not taken back, so it cannot be redone."


async def test_a_change_opens_with_its_fields_before_and_after() -> None:
    async with running() as desk:
        move_acme(desk, "Oulu", about="Builds harvesters.\nOwned by nobody.")
        await desk.press("5", "enter")
        assert desk.place == "ChangePage"
        assert desk.lines[2].strip() == "Moved to Oulu"
        assert desk.line("Change 1").split("·")[2].strip() == "other@cli"
        assert desk.line("account · changed").startswith("Acme Oy")
        assert desk.line("City").split() == ["▌", "City", "Tampere", "Oulu"]
        await desk.press("down")
        whole = [line.strip() for line in desk.lines[-7:-2]]
        assert whole == [
            "─" * 80, "Before            Builds harvesters.", "Owned by the family.",
            "After             Builds harvesters.", "Owned by nobody.",
        ]  # fmt: skip
        await desk.press("escape")
        assert desk.place == "History"


async def test_the_whole_of_a_long_value_is_scrolled_by_the_keys() -> None:
    async with running() as desk:
        move_acme(desk, "Oulu", about="\n".join(f"Line {number}" for number in range(40)))
        await desk.press("5", "enter", "down")
        assert "Line 39" not in desk.text
        await desk.press("tab", "end")
        await desk.until_seen("Line 39")
        await desk.press("u")
        assert desk.book.accounts["a-acme"].city == "Tampere"


async def test_a_change_is_taken_back_and_done_again_from_its_own_page() -> None:
    async with running() as desk:
        move_acme(desk, "Oulu")
        move_acme(desk, "Oulu", industry="Timber")
        await desk.press("5", "enter", "u")
        assert desk.book.accounts["a-acme"].industry == "Machinery"
        assert "Change 3 took it back." in desk.text
        await desk.press("U")
        assert desk.book.accounts["a-acme"].industry == "Timber"
        assert "took it back" not in desk.text


async def test_enter_on_a_field_opens_whom_it_is_about() -> None:
    async with running() as desk:
        await desk.type("n@globex second\n")
        await desk.press("5", "enter", "enter")
        assert desk.place == "AccountPage"
        assert "Globex GmbH" in desk.lines[2]


async def test_of_a_removed_entry_what_it_held_is_shown() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "delete", "5", "enter")
        assert "entry · removed" in desk.text
        assert desk.line("Kind").split() == ["▌", "Kind", "call"]
        assert not desk.line("After  ").strip().startswith("After")
        assert desk.line("Before  ").strip().startswith("Field")


async def test_what_people_wrote_stays_text_on_the_page_of_a_change() -> None:
    async with running() as desk:
        await desk.press("2", "enter", "down", "delete", "5", "enter")
        await desk.press("down", "down", "down")
        assert "[/bold] [red]sale[/red] 100%" in desk.text
        assert "\x1b" not in desk.text
        assert NASTY not in desk.text


async def test_a_change_that_is_gone_from_the_history_is_told() -> None:
    async with running() as desk:
        move_acme(desk, "Oulu")
        await desk.press("5")
        entries = list(desk.keeper.entries)
        desk.keeper.entries.clear()
        await desk.press("enter")
        assert "That change is no longer in the history." in desk.text
        desk.keeper.entries.extend(entries)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_page_of_an_account_leads_to_the_changes_about_it(size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        await desk.type("n@liisa from Liisa\n")
        await desk.type("n@globex elsewhere\n")
        move_acme(desk, "Oulu")
        await desk.press("2", "enter", "h")
        await desk.read_all()
        assert desk.place == "History"
        assert "What was changed about Acme Oy, newest first." in desk.text
        assert desk.line("Note with Liisa Korhonen, Acme Oy: from")
        assert "Moved to Oulu" in desk.text
        assert "elsewhere" not in desk.text
        await desk.press("escape")
        assert desk.place == "AccountPage"


async def test_the_changes_about_a_person_are_their_own() -> None:
    async with running() as desk:
        await desk.type("n@liisa from Liisa\n")
        move_acme(desk, "Oulu")
        await desk.press("3", "enter", "h", "u")
        assert "What was changed about Liisa Korhonen" in desk.text
        assert "Moved to Oulu" not in desk.text
        assert "from Liisa" not in texts(desk)
        assert desk.line("Note with Liisa Korhonen, Acme Oy: from").count("undone") <= 1
        assert "undone" in desk.text


async def test_the_palette_leads_from_a_page_to_its_changes() -> None:
    async with running(size=(100, 50)) as desk:
        await desk.press("2", "enter", "ctrl+p")
        await desk.type("changes")
        await desk.until_seen("See who changed what here, and when.")
        await desk.press("enter")
        await desk.until(lambda: desk.place == "History")


async def test_the_whole_history_and_that_of_a_record_are_two_places() -> None:
    async with running() as desk:
        await desk.type("n@globex elsewhere\n")
        move_acme(desk, "Oulu")
        await desk.press("2", "enter", "h", "5")
        assert "elsewhere" in desk.text
        assert "Every change" in desk.text
