"""Several lines at once: marked, told, and acted on as one change."""

from __future__ import annotations

from typing import Any

import pytest
from desktop import Desktop, running
from textual.widgets import Select

from kam_tui.tui.screens.dialogs.bulk import LINES
from kam_tui.tui.screens.tables import TableDesk
from kam_tui.tui.widgets.marked_rows import MarkedRows


def rows(desk: Desktop) -> MarkedRows[Any]:
    return desk.app.screen.query_one(MarkedRows)


def marked(desk: Desktop) -> set[str]:
    return set(rows(desk).marked)


async def test_space_marks_and_goes_down_and_the_marks_are_seen_and_counted() -> None:
    async with running(size=(100, 24)) as desk:
        await desk.press("2", "space", "space", "up")
        assert marked(desk) == {"a-acme", "a-sakura"}
        assert desk.line("Acme Oy").startswith(" *")
        assert desk.line("さくら").startswith("▌*")
        assert "2 marked, then b" in desk.lines[0]
        await desk.press("space")
        assert marked(desk) == {"a-acme"}
        await desk.press("escape")
        assert not marked(desk)
        assert desk.place == "Accounts"
        assert "marked" not in desk.lines[0]
        await desk.press("escape")
        assert desk.place == "Today"


async def test_on_a_narrow_screen_the_count_comes_before_the_places() -> None:
    async with running(size=(60, 20)) as desk:
        await desk.press("2", "space")
        assert desk.lines[0].endswith("1 marked, then b")


async def test_a_star_marks_all_that_are_shown_or_none() -> None:
    async with running() as desk:
        await desk.press("2", "space", "f")
        await desk.type("tier:key")
        await desk.press("tab", "asterisk")
        assert marked(desk) == {"a-acme", "a-sakura"}
        await desk.press("asterisk")
        assert not marked(desk)


async def test_marks_stay_on_whom_they_are_through_filter_order_and_changes() -> None:
    async with running() as desk:
        await desk.press("2", "space", "f")
        await desk.type("globex")
        await desk.press("down", "space")
        assert marked(desk) == {"a-acme", "a-globex"}
        await desk.press("f", "escape", "o", "O")
        assert marked(desk) == {"a-acme", "a-globex"}
        assert desk.line("Globex")[1] == "*"
        await desk.press("end", "up", "up", "delete")
        gone = {name for name, each in desk.book.accounts.items() if each.archived}
        assert len(gone) == 1
        assert marked(desk) == {"a-acme", "a-globex"} - gone


async def test_a_click_in_the_margin_or_with_ctrl_marks_a_line() -> None:
    async with running() as desk:
        await desk.press("2")
        lines = desk.lines
        await desk.pilot.click(offset=(0, next(y for y, line in enumerate(lines) if "Globex" in line)))
        await desk.pilot.click(
            offset=(20, next(y for y, line in enumerate(lines) if "IT dep" in line)), control=True
        )
        await desk.settle()
        assert marked(desk) == {"a-globex", "a-it"}
        await desk.pilot.click(offset=(20, next(y for y, line in enumerate(lines) if "Globex" in line)))
        await desk.settle()
        assert marked(desk) == {"a-globex", "a-it"}
        highlighted = rows(desk).highlighted
        assert highlighted is not None
        assert highlighted.record.id == "a-globex"


async def test_tags_are_put_on_and_taken_off_all_at_once_and_one_undo_takes_it_back() -> None:
    async with running() as desk:
        await desk.press("2", "space", "space", "b", "t")
        assert "vip (1)" in desk.text
        await desk.type("+gold -vip")
        assert "on: gold   off: vip" in desk.text
        await desk.press("enter")
        assert desk.book.accounts["a-acme"].tags == ("machines", "gold")
        assert desk.book.accounts["a-sakura"].tags == ("gold",)
        assert "Tagged 2 accounts: +gold -vip" in desk.notices[0]
        assert not marked(desk)
        await desk.press("u")
        assert desk.book.accounts["a-acme"].tags == ("vip", "machines")
        assert not desk.book.accounts["a-sakura"].tags


async def test_without_a_mark_it_is_the_highlighted_line_that_is_meant() -> None:
    async with running() as desk:
        await desk.press("2", "b")
        assert "With Acme Oy" in desk.text
        await desk.press("x")
        assert desk.book.accounts["a-acme"].archived


async def test_one_line_is_kept_for_each_account_with_its_people() -> None:
    async with running() as desk:
        await desk.press("3", "asterisk", "b", "n")
        await desk.type("sent the catalogue +mailing")
        await desk.press("tab")
        assert "4 people" in desk.text
        await desk.press("enter")
        new = [each for each in desk.book.activities.values() if each.text == "sent the catalogue"]
        assert {each.kind for each in new} == {"call"}
        assert {each.account_id: set(each.contact_ids) for each in new} == {
            "a-acme": {"c-liisa", "c-matti"}, "a-sakura": {"c-hanako"}, "a-globex": {"c-zoe"},
        }  # fmt: skip
        await desk.press("u")
        assert not [each for each in desk.book.activities.values() if each.text == "sent the catalogue"]


async def test_the_kind_goes_back_too_and_a_name_in_the_line_is_refused() -> None:
    async with running() as desk:
        await desk.press("2", "space", "b", "n", "tab", "shift+tab", "shift+tab")
        assert "Event" in desk.text
        await desk.type("fair @globex")
        assert "Leave out the names" in " ".join(desk.text.split())
        await desk.press("enter")
        assert desk.place == "ForAll"


async def test_a_reminder_is_set_for_each() -> None:
    async with running() as desk:
        await desk.press("2", "space", "space", "b", "r")
        await desk.type("fri tell them of the new prices\n")
        new = [each for each in desk.book.reminders.values() if "new prices" in each.text]
        assert {each.account_id for each in new} == {"a-acme", "a-sakura"}
        assert "A reminder for each, 2 accounts" in desk.notices[0]


async def test_fields_take_the_same_value_for_all_and_a_dash_clears() -> None:
    async with running(size=(100, 40)) as desk:
        await desk.press("2", "space", "space", "b", "f")
        assert "Fields of 2 accounts" in desk.text
        for name, text in (("city", "-"), ("industry", "Timber"), ("cadence_days", "21")):
            desk.app.screen.query_one(f"#field-{name}").focus()
            await desk.type(text)
        stage = desk.app.screen.query_one("#field-stage", Select)
        stage.value = "-"
        await desk.press("ctrl+s")
        for each in ("a-acme", "a-sakura"):
            account = desk.book.accounts[each]
            assert (account.city, account.industry, account.cadence_days) == ("", "Timber", 21)
            assert account.stage == ""
        assert desk.book.accounts["a-acme"].name == "Acme Oy"


async def test_lines_of_the_agenda_are_put_off_done_and_let_pass_together() -> None:
    async with running() as desk:
        await desk.press("g", "space", "space", "b")
        assert "With 2 lines" in desk.text
        await desk.press("s", "enter")
        assert len(desk.book.occurrences) == 2
        assert "Snoozed 2 lines until" in desk.notices[0]
        await desk.press("u", "g", "space", "space", "x")
        assert {each.state for each in desk.book.occurrences.values()} == {"skipped"}
        await desk.press("u", "g", "space", "space", "d")
        await desk.type("all well\n")
        assert [each.text for each in desk.book.activities.values()].count("all well") == 2
        await desk.press("u")
        assert not desk.book.occurrences


@pytest.mark.parametrize("letter", [letter for letter, _said, _act in LINES])
async def test_each_act_on_several_lines_begins(letter: str) -> None:
    async with running() as desk:
        await desk.press("g", "space", "space", "b", letter)
        assert "With 2 lines" not in desk.text
        assert len(desk.app.screen_stack) == 2 or desk.keeper.entries


async def test_escape_in_the_filter_leaves_the_marks_alone() -> None:
    async with running() as desk:
        await desk.press("2", "space", "f")
        await desk.type("acme")
        await desk.press("escape")
        assert marked(desk) == {"a-acme"}
        screen = desk.app.screen
        assert isinstance(screen, TableDesk)
        assert screen.field.value == ""
