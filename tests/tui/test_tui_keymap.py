"""Keys of one's own: taken where they can be, told where they cannot."""

from __future__ import annotations

from itertools import combinations

import pytest
from desktop import running

from kam_tui.domain.book import Book
from kam_tui.settings import Settings, Words
from kam_tui.tui.commands import BY_ID, COMMANDS, SCOPES, TOGETHER
from kam_tui.tui.key_names import show_key
from kam_tui.tui.keymap import Keymap, key_named, keymap_of


def told(**wishes: str) -> Keymap:
    """The keymap of some wishes, with `__` for the point in a command's name."""
    return keymap_of(Words({name.replace("__", "."): keys for name, keys in wishes.items()}))


def test_without_wishes_all_is_as_usual() -> None:
    usual = keymap_of(Words())
    assert usual.moved == {}
    assert usual.problems == ()
    assert usual.first("everywhere.note") == "n"


def test_a_wish_is_taken() -> None:
    keymap = told(everywhere__note="Q, f9")
    assert keymap.moved == {"everywhere.note": "Q,f9"}
    assert keymap.shown("everywhere.note") == ["Q", "F9"]
    assert keymap.problems == ()


def test_a_command_may_be_left_without_a_key() -> None:
    keymap = told(everywhere__remove="")
    assert keymap.moved == {"everywhere.remove": "no_key_everywhere.remove"}
    assert keymap.first("everywhere.remove") == ""
    assert keymap.problems == ()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("n", "n"), ("N", "N"), ("shift+n", "N"), ("?", "question_mark"), ("question_mark", "question_mark"),
        ("/", "slash"), ("slash", "slash"), ("comma", "comma"), ("esc", "escape"), ("PgDn", "pagedown"),
        ("F5", "f5"), ("Ctrl+E", "ctrl+e"), ("alt+x", "alt+x"), ("shift+tab", "shift+tab"), ("↑", "up"),
        ("page down", "pagedown"), ("ö", "ö"), ("hyper+x", None), ("nonsense", None), ("ctrl+nonsense", None),
        ("f99", None),
    ],
)  # fmt: skip
def test_a_key_is_known_by_what_people_call_it(written: str, key: str | None) -> None:
    assert key_named(written) == key


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_what_kam_shows_of_a_key_can_be_written_in_the_settings(command: object) -> None:
    for key in BY_ID[command.id].keys.split(","):  # type: ignore[attr-defined]
        assert key_named(show_key(key)) == key


@pytest.mark.parametrize(
    ("command", "keys", "said"),
    [
        (
            "everywhere.nite",
            "m",
            "[keys]: there is no command everywhere.nite. Did you mean everywhere.note?",
        ),
        ("note", "m", "Did you mean everywhere.note?"),
        ("everywhere.note", "hyper+x", "everywhere.note cannot have hyper+x: there is no key of that name."),
        ("everywhere.note", "ctrl+enter", "many terminals cannot send it"),
        ("everywhere.note", "ctrl+i", "many terminals cannot send it"),
        ("dialog.save", "z", "there, it is a letter of what is typed"),
        ("\x1b[2Jx", "z", "there is no command x."),
    ],
)
def test_what_cannot_be_is_told_and_all_stays_as_usual(command: str, keys: str, said: str) -> None:
    keymap = keymap_of(Words({command: keys}))
    assert keymap.moved == {}
    assert len(keymap.problems) == 1
    assert said in keymap.problems[0]


def test_a_wish_comes_before_what_is_usual_and_who_has_no_key_left_is_told() -> None:
    keymap = told(everywhere__note="x")
    assert keymap.first("everywhere.note") == "x"
    assert keymap.keys["agenda.skip"] == ()
    assert keymap.problems == (
        "[keys]: everywhere.note has taken x, the only key of agenda.skip: give that one another.",
    )


def test_who_has_another_key_loses_one_in_silence() -> None:
    keymap = told(everywhere__note="g")
    assert keymap.keys["list.first"] == ("home",)
    assert keymap.problems == ()


def test_two_can_change_places() -> None:
    keymap = told(agenda__done="x", agenda__skip="d")
    assert keymap.moved == {"agenda.done": "x", "agenda.skip": "d"}
    assert keymap.problems == ()


def test_two_wishes_for_one_key_are_told_and_neither_is_taken() -> None:
    keymap = told(agenda__done="z", everywhere__note="z", agenda__skip="Z")
    assert keymap.moved == {"agenda.skip": "Z"}
    assert len(keymap.problems) == 1
    assert "both want z" in keymap.problems[0]


def test_commands_that_never_meet_may_have_the_same_key() -> None:
    keymap = told(agenda__done="z", table__sort="z")
    assert keymap.moved == {"agenda.done": "z", "table.sort": "z"}
    assert keymap.problems == ()


def test_undo_moves_in_the_history_as_well() -> None:
    assert told(everywhere__undo="z").moved == {"everywhere.undo": "z", "history.undo": "z"}


def test_every_scope_is_at_hand_somewhere() -> None:
    assert set(SCOPES) == {scope for scopes in TOGETHER for scope in scopes}


@pytest.mark.parametrize("scopes", TOGETHER, ids="-".join)
def test_usually_no_two_commands_of_a_screen_want_the_same_key(scopes: tuple[str, ...]) -> None:
    here = [command for command in COMMANDS if command.scope in scopes]
    meant = {"history.undo", "history.redo", "import.bring_in"}
    twice = [
        (first.id, second.id)
        for first, second in combinations(here, 2)
        if set(first.keys.split(",")) & set(second.keys.split(",")) and not meant & {first.id, second.id}
    ]
    assert twice == []


async def test_keys_of_ones_own_work_and_are_shown_everywhere() -> None:
    keys = Words({"agenda.done": "z", "everywhere.people": "7", "everywhere.undo": ""})
    async with running(size=(140, 60), settings=Settings(keys=keys)) as desk:
        assert desk.lines[-1].startswith(" z Done  s Snooze")
        assert "u Undo" not in desk.lines[-1]
        assert "7 People" in desk.lines[0]
        await desk.press("d")
        assert desk.place == "Today"
        await desk.press("z")
        assert desk.place == "Outcome"
        await desk.press("escape", "7")
        assert desk.place == "People"
        await desk.press("question_mark")
        assert "z " in desk.line("It is done; you may say how it went.")
        await desk.press("escape", "1", "ctrl+p")
        await desk.type("done")
        await desk.until_seen("Done  z")


async def test_what_is_wrong_with_the_keys_is_told_at_the_start() -> None:
    async with running(settings=Settings(keys=Words({"everywhere.nite": "m"}))) as desk:
        assert any("there is no command everywhere.nite" in notice for notice in desk.notices)


async def test_a_moved_key_works_while_one_types_where_it_is_no_letter() -> None:
    keys = Words({"everywhere.note": "f4", "everywhere.help": "H,f1", "app.quit": "ctrl+x"})
    async with running(settings=Settings(keys=keys)) as desk:
        await desk.press("2", "f")
        await desk.type("H")
        assert "Filter H" in desk.text
        await desk.press("f4")
        assert desk.place == "Capture"
        await desk.press("escape", "ctrl+q")
        assert not desk.has_left
        await desk.press("ctrl+x")
        assert desk.has_left


async def test_undo_that_is_moved_works_in_the_history_too() -> None:
    async with running(settings=Settings(keys=Words({"history.undo": "z"}))) as desk:
        await desk.press("2", "delete", "5", "z")
        assert not desk.book.accounts["a-acme"].archived
        await desk.press("U")
        assert desk.book.accounts["a-acme"].archived


def test_a_hint_has_the_keys_as_they_are_and_none_for_a_command_without() -> None:
    keymap = told(everywhere__note="F6", everywhere__add="")
    assert keymap.told("{everywhere.note:4}  write it down") == "F6    write it down"
    assert keymap.told("Enter  save      {everywhere.add}  more   {dialog.cancel}  cancel") == (
        "Enter  save         Esc  cancel"
    )
    assert keymap.told("There is no {brace.here} in {a file}.") == "There is no {brace.here} in {a file}."


async def test_empty_lists_dialogs_and_lines_name_the_keys_that_have_been_moved() -> None:
    keys = {
        "everywhere.reminder": "F7",
        "everywhere.back": "F8",
        "table.filter": "F",
        "dialog.cancel": "F9",
        "dialog.save": "ctrl+o",
        "capture.template": "F3",
    }
    settings = Settings(keys=Words(keys), templates=Words({"visit": "visited @"}))
    async with running(Book.of(), settings=settings) as desk:
        await desk.press("4")
        assert "F7    set a reminder" in desk.text
        await desk.press("a")
        assert "Enter or Ctrl+O  save   Tab  next field   F9  cancel" in desk.text
        await desk.press("f9", "n")
        assert "Enter save  Tab take  ↑ earlier  F9 leave  F3 template" in desk.text
    async with running(settings=settings) as desk:
        await desk.press("2")
        assert "F, then type" in desk.lines[2]
        await desk.press("F")
        await desk.type("xyzxyz")
        assert "F8 shows everything again" in desk.text
