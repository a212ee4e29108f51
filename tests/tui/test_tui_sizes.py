"""Every screen at the sizes that matter: nothing over the edge, nothing missing that must be there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desktop import running
from rich.cells import cell_len

from kam_tui.tui.app import KamApp

SCREENS: dict[str, tuple[list[str], list[str]]] = {
    "today": ([], ["Late", "Today", "Send the offer", "Done", "Wed 18 Nov 2026"]),
    "accounts": (["2"], ["Tier", "Account", "Last touch", "Next due", "Filter"]),
    "people": (["3"], ["Name", "Account", "Last touch", "Filter"]),
    "agenda": (["4"], ["Late", "Sat 21 Nov", "in 3 days", "Ask about the trade fair"]),
    "month": (["4", "c"], ["Nov 2026", "Mon", "Sun", "Late"]),
    "settings": (["comma"], ["cadence_key", "Default: empty.", "Settings file"]),
    "import": (["i"], ["File", "Choose a vCard, CSV or JSON file."]),
    "history": (["5"], ["Nothing has been changed yet."]),
    "portfolio": (["6"], ["6 customers and prospects", "Going quiet", "Touches", "By tier"]),
    "change": (
        ["n", *"@acme x", "enter", "5", "enter"],
        ["Note with Acme Oy: x", "entry · added", "Field", "Before", "After", "Change 1"],
    ),
    "account": (["2", "enter"], ["Acme Oy", "Timeline 4", "Talked about the spring order", "Edit"]),
    "contact": (["3", "enter"], ["Liisa Korhonen", "Purchasing director", "Timeline 1"]),
    "search": (["slash", "a", "c", "m", "e"], ["Search", "Acme Oy"]),
    "help": (["question_mark"], ["On every screen", "Ctrl+Q"]),
    "note": (["n"], ["Enter save", "Note"]),
    "add": (["a"], ["Something that happened", "Reminder"]),
    "form": (["2", "a"], ["New account", "Name", "Status", "Enter or Ctrl+S"]),
    "snooze": (["g", "s"], ["Tomorrow", "In a month", "Esc  cancel"]),
    "done": (["g", "d"], ["How did it go?", "Esc  cancel"]),
}


@pytest.mark.parametrize("name", list(SCREENS))
async def test_a_screen_fits(name: str) -> None:
    keys, words = SCREENS[name]
    async with running(size=(80, 24)) as desk:
        await desk.press(*keys)
        for width, height in (80, 24), (140, 40):
            await desk.pilot.resize_terminal(width, height)
            await desk.settle()
            assert len(desk.lines) == height
            assert max(cell_len(line) for line in desk.lines) <= width
            assert not [word for word in words if word not in desk.text], desk.text


async def test_a_screen_follows_the_terminal_when_it_changes() -> None:
    async with running(size=(140, 40)) as desk:
        await desk.press("2", "enter")
        assert "Machinery" in desk.text
        await desk.pilot.resize_terminal(80, 24)
        await desk.settle()
        assert "Machinery" not in desk.text
        assert max(cell_len(line) for line in desk.lines) <= 80
        await desk.pilot.resize_terminal(60, 15)
        await desk.settle()
        assert "Acme Oy" in desk.text
        assert max(cell_len(line) for line in desk.lines) <= 60


@pytest.mark.parametrize(
    ("name", "size", "keys"),
    [("today", (80, 24), []), ("account", (140, 40), ["2", "enter"])],
    ids=["today", "account"],
)
async def test_a_screen_looks_as_it_should(
    name: str, size: tuple[int, int], keys: list[str], golden: Callable[[KamApp, str], None]
) -> None:
    async with running(size=size) as desk:
        await desk.press(*keys)
        golden(desk.app, name)


async def test_the_keys_of_a_form_fit_a_narrow_screen() -> None:
    async with running(size=(60, 20)) as desk:
        await desk.press("2", "a")
        assert "Esc  cancel" in desk.line("Enter or Ctrl+S")


async def test_help_tells_the_whole_sentence_of_the_highlighted_key() -> None:
    whole = "Archive or remove what is highlighted, or the page you are on; u brings it back."
    async with running() as desk:
        await desk.press("question_mark")
        for _line in range(20):
            await desk.press("down")
            if whole in " ".join(desk.text.split()):
                break
        assert whole in " ".join(desk.text.split())
        await desk.pilot.resize_terminal(140, 40)
        await desk.settle()
        assert desk.text.count(whole) == 1


async def test_all_places_are_seen_however_narrow_it_is() -> None:
    async with running(size=(60, 20)) as desk:
        for name in ("1 Today", "2 Accounts", "3 People", "4 Agenda", "5 History", "6"):
            assert name in desk.lines[0]
        await desk.pilot.resize_terminal(40, 20)
        await desk.settle()
        assert desk.lines[0].split() == ["kam", "1", "Today", "2", "Accounts", "3", "People", *"456"]
        await desk.press("5")
        assert desk.lines[0].split() == ["kam", "1", "Today", "2", "Accounts", "3", "4", "5", "History", "6"]


@pytest.mark.parametrize("width", [60, 80, 100])
async def test_the_last_line_of_what_is_said_is_seen_however_it_wraps(width: int) -> None:
    async with running(size=(width, 24)) as desk:
        for length in range(34, 62):
            desk.app.voice.say(f"{'word ' * 6}{'x' * (length - 30)}\nu undoes it")
            await desk.settle()
            assert "u undoes it" in desk.text, length
            assert "q Quit" in desk.text or width < 80


async def test_a_broad_list_has_beside_it_what_one_needs_to_know() -> None:
    async with running(size=(200, 60)) as desk:
        await desk.press("2")
        panel = desk.app.screen.query_one("#brief").region

        def beside() -> str:
            return "\n".join(line[panel.x :] for line in desk.lines)

        assert panel.width > 50
        assert "Key account · Customer" in beside()
        for words in (
            "Liisa Korhonen",
            "Purchasing director",
            "liisa@acme.example",
            "Talked about the spring",
        ):
            assert words in beside()
        await desk.press("down")
        assert "Liisa Korhonen" not in beside()
        await desk.press("3")
        assert "Acme Oy" in beside()
        assert "liisa@acme.example" in beside()
        await desk.pilot.resize_terminal(140, 40)
        await desk.settle()
        assert not desk.app.screen.query_one("#brief").region
        assert "Liisa Korhonen" in desk.text


@pytest.mark.parametrize("keys", [("g", "d"), ("2", "e"), ("4", "s")])
async def test_a_screen_beneath_a_dialog_has_grown_with_the_terminal(keys: tuple[str, ...]) -> None:
    async with running(size=(80, 24)) as desk:
        await desk.press(*keys)
        await desk.pilot.resize_terminal(200, 60)
        await desk.settle()
        await desk.press("escape")
        assert "Purchasing director" in desk.text
