from __future__ import annotations

import re
from functools import partial
from importlib import import_module

import pytest
from desktop import Desktop, running
from textual.command import CommandList

from kam_tui.settings import Settings, Words
from kam_tui.tui.app import KamApp
from kam_tui.tui.command import Command
from kam_tui.tui.commands import COMMANDS, SCOPES, TYPING, bindings, commands_of
from kam_tui.tui.screens.agenda import WholeAgenda
from kam_tui.tui.screens.bring_in import BringIn
from kam_tui.tui.screens.dialogs.bulk import ForAll
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.screens.history import History
from kam_tui.tui.screens.page import Page
from kam_tui.tui.screens.places import PLACES, screen_for
from kam_tui.tui.screens.search import Search, SearchLine
from kam_tui.tui.screens.settings import SettingsDesk
from kam_tui.tui.screens.tables import TableDesk
from kam_tui.tui.screens.today import Today
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.capture_line import CaptureLine
from kam_tui.tui.widgets.fields import NameField, TextField
from kam_tui.tui.widgets.marked_rows import MarkedRows
from kam_tui.tui.widgets.month import Month
from kam_tui.tui.widgets.query_line import QueryLine
from kam_tui.tui.widgets.rows import Rows

ANSWERED_BY = {
    "app": KamApp, "everywhere": Today, "list": Rows, "agenda": AgendaList, "table": TableDesk,
    "calendar": WholeAgenda, "month": Month, "page": Page, "history": History,
    "settings": SettingsDesk, "import": BringIn,
    "dialog": Dialog, "capture": CaptureLine, "finder": Search, "filter": QueryLine, "marks": MarkedRows,
    "kinds": ForAll, "search": SearchLine, "fields": TextField, "names": NameField,
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_explained_and_does_something(command: Command) -> None:
    assert command.title
    assert re.fullmatch(r"[A-Z].*\.", command.help), command.help
    assert command.scope in SCOPES
    action = command.action.partition("(")[0].removeprefix("app.")
    owner = KamApp if command.action.startswith("app.") else ANSWERED_BY[command.scope]
    assert callable(getattr(owner, f"action_{action}"))


def test_every_command_has_an_id_of_its_own() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize(
    "together",
    [
        ("app", "everywhere", "list", "agenda", "calendar"),
        ("app", "everywhere", "month", "calendar"),
        ("app", "everywhere", "list", "table"),
        ("app", "everywhere", "list", "agenda", "page"),
        ("app", "dialog", "capture"),
    ],
)
def test_no_two_commands_want_the_same_key_in_one_place(together: tuple[str, ...]) -> None:
    keys = [key for command in commands_of(together) for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_every_key_can_be_sent_by_every_terminal() -> None:
    unsendable = re.compile(r"(shift|ctrl|alt)\+enter|alt\+\d|ctrl\+[imh]$")
    assert not [c.id for c in COMMANDS for key in c.keys.split(",") if unsendable.search(key)]


def test_every_binding_can_be_moved_by_a_keymap() -> None:
    assert all(binding.id for scope in SCOPES for binding in bindings(scope))


def test_every_place_has_a_screen() -> None:
    for place in PLACES:
        assert screen_for(place).__module__ == import_module(screen_for(place).__module__).__name__


async def test_help_shows_every_command() -> None:
    async with running(size=(120, 130)) as desk:
        await desk.press("question_mark")
        assert desk.place == "Help"
        for command in COMMANDS:
            assert command.help[:40] in desk.text, command.id


async def test_the_key_line_shows_as_many_keys_as_fit_the_most_useful_first() -> None:
    async with running(size=(80, 24)) as desk:
        assert desk.lines[-1].startswith(" d Done  s Snooze  x Skip")
        assert len(desk.lines[-1]) <= 80
        await desk.pilot.resize_terminal(140, 40)
        await desk.settle()
        assert "Ctrl+P Commands" in desk.lines[-1]


async def test_the_key_line_offers_no_letters_while_one_types() -> None:
    async with running(size=(140, 40)) as desk:
        await desk.press("2", "f")
        assert "n Note" not in desk.lines[-1]
        assert "F1 Keys" in desk.lines[-1]


async def test_the_keys_on_the_line_can_be_clicked() -> None:
    async with running() as desk:
        await desk.pilot.click(offset=(desk.lines[-1].index("n Note"), 23))
        await desk.settle()
        assert desk.place == "Capture"


async def test_the_places_can_be_clicked() -> None:
    async with running() as desk:
        await desk.pilot.click(offset=(desk.lines[0].index("People"), 0))
        await desk.settle()
        assert desk.place == "People"


async def test_the_palette_lists_the_commands_at_hand() -> None:
    async with running(size=(100, 60)) as desk:
        await desk.press("ctrl+p")
        await desk.until_seen("Let it rest until another day or time.")
        offered = desk.app.screen.query_one(CommandList)
        all_of_them = offered.option_count
        await desk.type("snooze")
        await desk.until(lambda: 0 < offered.option_count < all_of_them and "Let it rest" in desk.text)
        await desk.press("enter")
        await desk.until(lambda: desk.place == "Snooze")


async def test_enter_on_a_line_of_help_does_it_where_one_came_from() -> None:
    async with running(settings=Settings(keys=Words({"table.sort": ""}))) as desk:
        for place, command, seen in (("1", "agenda.snooze", "Snooze"), ("2", "everywhere.note", "Capture")):
            await desk.press(place, "question_mark")
            desk.app.screen.query_one(Rows).highlight(command)
            await desk.press("enter")
            assert desk.place == seen
            await desk.press("escape")
        await desk.press("question_mark")
        desk.app.screen.query_one(Rows).highlight("table.sort")
        await desk.press("enter")
        assert desk.place == "Accounts"
        assert "Account ▼" in desk.text


async def test_help_says_where_a_command_works_that_does_not_where_one_came_from() -> None:
    async with running() as desk:
        await desk.press("question_mark")
        desk.app.screen.query_one(Rows).highlight("month.next")
        await desk.press("enter")
        assert desk.place == "Help"
        assert desk.notices == ["This works elsewhere: In the month."]


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if each.scope not in ("list", *TYPING)], ids=lambda each: each.id
)
def test_a_command_is_found_by_other_words_than_its_own(command: Command) -> None:
    own = f"{command.title} {command.help}".casefold()
    assert [word for word in command.words.split() if word not in own]


def offers_few_and_among_them(desk: Desktop, found: str) -> bool:
    offered = desk.app.screen.query_one(CommandList)
    prompts = [str(offered.get_option_at_index(number).prompt) for number in range(offered.option_count)]
    return len(prompts) < 10 and any(prompt.startswith(found) for prompt in prompts)


async def test_the_palette_finds_a_command_by_what_a_person_may_call_it() -> None:
    async with running(size=(100, 40)) as desk:
        for typed, found in {
            "contract": "Add: Contract", "customer": "Add: Account", "todo": "Add: Reminder",
            "restore": "Remove", "postpone": "Snooze", "preferences": "Settings", "csv": "Import",
        }.items():  # fmt: skip
            await desk.press("ctrl+p")
            await desk.type(typed)
            await desk.until(partial(offers_few_and_among_them, desk, found))
            await desk.press("escape")


@pytest.mark.parametrize("key", ["pageup", "pagedown"])
async def test_a_key_in_a_palette_whose_list_is_not_drawn_yet_does_nothing(key: str) -> None:
    async with running(size=(60, 20)) as desk:
        await desk.press("ctrl+p")
        await desk.type("no")
        offered = desk.app.screen.query_one(CommandList)
        await desk.until(lambda: offered.option_count)
        offered.display = False
        await desk.settle()
        offered._clear_caches()
        await desk.press(key)
        assert desk.app.is_running


async def test_the_palette_adds_what_it_names() -> None:
    async with running() as desk:
        await desk.press("ctrl+p")
        await desk.type("new contract\n")
        assert "New contract" in desk.text
