"""What is said stands in lines of its own, lies over nothing, and waits until it can have been read."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest
from builders import NOW
from desktop import Desktop, running
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.containers import VerticalScroll

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.errors import Invalid
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean
from kam_tui.tui import voice
from kam_tui.tui.messages import Do
from kam_tui.tui.widgets.notice_line import ERROR, MARKS, MOST, SAID, Notice, NoticeLine, lines_of
from kam_tui.tui.widgets.rows import Rows

RING = Letter("10:45 Acme Oy: Call back", "about the spring order")
LONG = "word " * 60


@pytest.fixture
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who has read everything by the time of the next key."""
    monkeypatch.setattr(voice, "UNREAD", -1.0)


def refuse(book: Book, now: datetime) -> Change:
    raise Invalid("The name is taken.", "Take another.")


def lies_over_nothing(desk: Desktop) -> bool:
    """Whether no widget that is seen shares a cell with the notices, but those that hold them."""
    screen = desk.app.screen
    line = screen.query_children(NoticeLine).first()
    others = [
        each for each in screen.query("*") if not each.is_container and each.region and each is not line
    ]
    return bool(others) and not [each for each in others if each.region.overlaps(line.region)]


@pytest.mark.parametrize("keys", [[], ["2"], ["2", "enter"], ["4", "c"], ["comma"]])
async def test_a_notice_has_lines_of_its_own_above_the_keys(keys: list[str]) -> None:
    async with running() as desk:
        await desk.press(*keys)
        for size in [(60, 20), (80, 24), (140, 40), (200, 60)]:
            await desk.resize(size)
            before = desk.lines
            desk.app.voice.warn(LONG)
            await desk.settle()
            height = desk.app.screen.query_exactly_one(NoticeLine).size.height
            assert height == (2 if size[0] > 160 else min(MOST, size[1] // 8))
            assert desk.lines[-1 - height].startswith(" ! word word")
            assert desk.lines[-1] == before[-1]
            assert lies_over_nothing(desk)
            await desk.read_all()
            assert desk.lines == before


async def test_a_short_notice_takes_one_line_with_what_to_press() -> None:
    async with running() as desk:
        await desk.type("n@acme a word\n")
        assert desk.lines[-2] == " ✓ Note with Acme Oy: a word  ·  u undoes it"


@pytest.mark.parametrize("where", ["0", "-1"])
async def test_the_highlighted_line_stays_the_same_and_in_view(where: str) -> None:
    async with running() as desk:
        await desk.press("comma", "G" if where == "-1" else "g")
        rows = desk.app.screen.query_one(Rows)
        kept = rows.highlighted
        for text in ("one", LONG):
            desk.app.voice.warn(text)
            await desk.settle()
            assert rows.highlighted == kept
            assert any(line.startswith("▌") for line in desk.lines)
        await desk.read_all()
        assert rows.highlighted == kept


async def test_what_was_done_leaves_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "READING_TIME", 0.0)
    monkeypatch.setattr(voice, "LETTERS", 1e6)
    async with running() as desk:
        desk.app.voice.say("one")
        desk.app.voice.warn("two")
        await desk.until(lambda: desk.notices == ["two"])


async def test_what_is_longer_stays_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    monkeypatch.setattr(voice, "READING_TIME", 5.0)
    async with running() as desk:
        monkeypatch.setattr(desk.app, "set_timer", lambda seconds, _act: asked.append(seconds))
        desk.app.voice.say("one")
        desk.app.voice.say(LONG)
        desk.app.voice.warn(LONG)
        assert asked == [pytest.approx(5.15), pytest.approx(5 + len(LONG.strip()) / 20)]


async def test_the_newest_of_what_leaves_by_itself_takes_the_place_of_the_others() -> None:
    async with running() as desk:
        for number in range(3):
            desk.app.voice.say(f"word {number}")
            await desk.press("2" if number % 2 else "1")
            assert desk.notices == [f"word {number}"]
            assert f"word {number}" in desk.lines[-2]


async def test_a_refusal_stays_until_a_key_after_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as desk:
        desk.app.post_message(Do(refuse))
        await desk.press("down", "2")
        assert desk.notices == ["The name is taken.\nTake another."]
        assert desk.lines[-2] == " ✗ The name is taken.  ·  Take another."
        monkeypatch.setattr(voice, "UNREAD", -1.0)
        await desk.press("down")
        assert desk.notices == []
        assert desk.line("Globex GmbH").startswith("▌") or desk.line("▌"), "the key has done its work too"


async def test_escape_takes_a_notice_away_and_does_nothing_else(read_at_once: None) -> None:
    async with running() as desk:
        await desk.press("2", "enter")
        desk.app.voice.warn("Look at this.")
        await desk.press("escape")
        assert desk.place == "AccountPage"
        assert desk.notices == []
        await desk.press("escape")
        assert desk.place == "Accounts"


async def test_escape_goes_back_at_once_where_only_what_was_done_is_told(read_at_once: None) -> None:
    async with running() as desk:
        await desk.press("2", "enter")
        desk.app.voice.done("Saved.")
        await desk.press("escape")
        assert desk.place == "Accounts"


async def test_what_has_come_due_stays_until_it_is_acknowledged(read_at_once: None) -> None:
    async with running() as desk:
        desk.app.voice.ring(RING, aloud=False)
        desk.app.voice.say("one")
        desk.app.voice.say("two")
        await desk.press("2", "down", "enter", "1")
        assert desk.notices == ["10:45 Acme Oy: Call back\nabout the spring order", "two"]
        assert desk.lines[-3] == " ♪ 10:45 Acme Oy: Call back  ·  about the spring order"
        assert desk.lines[-2] == " · two"
        await desk.press("escape")
        assert desk.notices == ["two"]


async def test_several_wait_in_turn(read_at_once: None) -> None:
    async with running() as desk:
        for number in range(5):
            desk.app.voice.ring(Letter(f"ring {number}", ""), aloud=False)
        await desk.settle()
        assert [line.split() for line in desk.lines[-4:-1]] == [
            ["♪", "ring", "2", "+2"],
            ["♪", "ring", "3"],
            ["♪", "ring", "4"],
        ]
        await desk.press("escape")
        assert desk.notices == ["ring 0", "ring 1"]
        await desk.press("escape")
        assert desk.notices == []


async def test_the_same_is_not_told_twice() -> None:
    async with running() as desk:
        for _each in range(3):
            desk.app.voice.warn("The disk is full.")
        assert desk.notices == ["The disk is full."]


@pytest.mark.parametrize(
    ("keys", "last"),
    [
        (["2", "a"], "Enter or Ctrl+S"),
        (["T"], "as before"),
        (["g", "s"], "Esc  cancel"),
        (["n"], "Enter save"),
        (["comma", "enter"], "Enter  save"),
    ],
    ids=["form", "theme", "snooze", "note", "setting"],
)
async def test_a_dialog_makes_room_for_what_is_said_meanwhile(keys: list[str], last: str) -> None:
    async with running() as desk:
        await desk.press(*keys)
        dialog = desk.app.screen
        for size, text in product([(60, 20), (80, 24), (140, 40)], (LONG, LONG + "again")):
            await desk.resize(size)
            desk.app.voice.ring(Letter("10:45 Ring Liisa", text), aloud=False)
            await desk.settle()
            line = dialog.query_exactly_one(NoticeLine)
            box = dialog.query_one(".box").region
            assert box.bottom <= line.region.y
            assert line.region.bottom == size[1] - 1
            assert last in desk.text, desk.text
            assert "♪ 10:45 Ring Liisa" in desk.text
        assert desk.app.screen is dialog
        beneath = desk.app.screen_stack[-2].query_exactly_one(NoticeLine)
        assert beneath.region == line.region


async def test_a_form_has_its_room_back_afterwards() -> None:
    async with running() as desk:
        await desk.press("2", "a")
        scroll = desk.app.screen.query_one(VerticalScroll)
        before = scroll.size.height
        desk.app.voice.warn(LONG)
        await desk.settle()
        assert scroll.size.height < before
        await desk.read_all()
        assert scroll.size.height == before


async def test_what_textual_says_stands_there_too_and_no_screen_has_toasts() -> None:
    async with running() as desk:
        await desk.press("ctrl+c")
        assert desk.notices == ["Do you want to quit?\nPress q to quit the app"]
        desk.app.notify("[b]bold[/b]")
        desk.app.screen.notify("[b]as it is[/b]", severity="error", markup=False)
        await desk.press("2", "n")
        assert desk.notices == ["bold", "[b]as it is[/b]"]
        assert not [each for screen in desk.app.screen_stack for each in screen.query("ToastRack")]


async def test_it_is_seen_on_the_screen_one_goes_to_and_comes_back_to() -> None:
    async with running() as desk:
        desk.app.voice.warn("Look at this.")
        for keys in (["2"], ["enter"], ["escape"], ["1"], ["n"]):
            await desk.press(*keys)
            assert "! Look at this." in desk.text
        await desk.read_all()
        for keys in (["escape"], ["2"], ["1"]):
            await desk.press(*keys)
            assert "Look at this." not in desk.text


async def test_what_was_said_can_be_read_again_and_copied() -> None:
    async with running(size=(100, 40)) as desk:
        await desk.press("exclamation_mark")
        assert "Nothing has been said yet." in desk.text
        await desk.press("escape")
        for number in range(60):
            desk.app.voice.warn(f"warning {number}\nwhat to do")
        desk.app.voice.ring(RING, aloud=False)
        await desk.read_all()
        await desk.press("exclamation_mark")
        shown = [notice.text.split("\n")[0] for notice in desk.app.screen.query_one(Rows).lines]
        assert shown == ["10:45 Acme Oy: Call back", *(f"warning {n}" for n in range(59, 10, -1))]
        assert f"▌ {NOW:%H:%M}  ♪  10:45 Acme Oy: Call back · about the spring order" in desk.text
        await desk.press("down")
        assert f"▌ {NOW:%H:%M}  !  warning 59 · what to do" in desk.text
        await desk.press("enter")
        assert desk.app.clipboard == "warning 59\nwhat to do"
        assert desk.place == "Today"


async def test_the_signs_tell_it_without_colours() -> None:
    assert len(set(MARKS.values())) == len(MARKS)
    async with running(environment={"NO_COLOR": "1"}) as desk:
        desk.app.voice.warn("Look at this.")
        desk.app.post_message(Do(refuse))
        await desk.settle()
        assert " ! Look at this." in desk.lines
        assert " ✗ The name is taken.  ·  Take another." in desk.lines


TEXTS = st.text(st.sampled_from("ab cd\n株👨‍👩‍👧é"), min_size=1, max_size=300).map(
    lambda text: clean(text, multiline=True)
)


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(bool), st.integers(20, 120), st.integers(1, MOST))
def test_a_notice_never_takes_more_than_its_room_and_says_what_it_ends_with(
    text: str, width: int, room: int
) -> None:
    lines = [line.plain for line in lines_of(Notice(1, text, ERROR, NOW), width, room)]
    assert 1 <= len(lines) <= room
    assert max(map(cell_len, lines)) <= width
    assert lines[0].startswith(f" {MARKS[ERROR]} ")


def test_what_to_press_is_seen_however_long_the_rest_is() -> None:
    lines = [line.plain for line in lines_of(Notice(1, f"{LONG}\nu undoes it", SAID, NOW), 60, 3)]
    assert len(lines) == 3
    assert lines[1].endswith(" …")
    assert lines[2] == "   u undoes it"
