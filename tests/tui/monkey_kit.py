"""A monkey at the keyboard: any key, any click, any size, on the demo book; and what must be so then."""

from __future__ import annotations

import random
from datetime import date
from itertools import count

from builders import TODAY
from desktop import Desktop, running
from rich.cells import cell_len

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Record, add
from kam_tui.domain.errors import KamError
from kam_tui.formats.demo import demo_book
from kam_tui.tui.commands import COMMANDS

LEAVING = {"app.quit", "everywhere.quit"}
"""Commands that end the game."""

KEYS = sorted({key for command in COMMANDS if command.id not in LEAVING for key in command.keys.split(",")})
LETTERS = "abcdefghijklmnoprstuvwxyzåäö0123456789 @+-:<>\"'[]%=.,"
DEEDS = (
    ("1", "j", "d", *"glad", "enter"),
    ("1", "j", "s", "enter"),
    ("1", "j", "j", "x"),
    ("n", *"@koivu samples sent", "enter"),
    ("n", *"@nordhamn a word +vip remind: fri ring", "enter"),
    ("2", "j", "enter", "delete"),
    ("3", "j", "delete"),
    ("2", "j", "e", *"Oy", "ctrl+s"),
    ("r", *"look", "tab", *"fri", "ctrl+s"),
    ("u",), ("u", "u"), ("U",),
)  # fmt: skip
"""What a person does, so that things change; it is begun wherever the monkey happens to be."""
SIZES = ((80, 24), (140, 40), (60, 20), (200, 60), (30, 8), (100, 30))


def demo(today: date = TODAY) -> Book:
    """The demo book in memory."""
    records = demo_book(today, "Europe/Helsinki")
    return Book().after(Change("the demo book", tuple(map(add, records))).edits)


def all_of(book: Book) -> dict[str, Record]:
    """Every record of a book by its id."""
    return {record.id: record for table in SCHEMAS for record in book.table(table).values()}


async def play(keys: int, seed: int) -> str:
    """Let the monkey press so many keys; raise AssertionError for what must not be. Returns what it did."""
    dice = random.Random(seed)
    begun, pressed, changes = demo(), 0, 0
    while pressed < keys:
        async with running(begun) as desk:
            asked = _told_to_quit(desk)
            while pressed < keys and not desk.has_left:
                before = desk.place
                did = await _turn(desk, dice)
                pressed += len(did)
                where = f"seed {seed}, key {pressed}, {did}, from {before} on {desk.place}"
                if desk.has_left:  # by a click, in Help or in the palette: another game begins
                    assert asked, where
                    break
                width, height = desk.app.size
                assert len(desk.lines) == height, where
                assert max(map(cell_len, desk.lines)) <= width, where
        changes += len(desk.keeper.entries)
        _nothing_is_lost(desk, begun)
    return f"{pressed} keys, {changes} changes, all taken back"


def _told_to_quit(desk: Desktop) -> list[str]:
    """Where the person was each time they asked to leave, by whatever way that offers it."""
    asked: list[str] = []
    quits = desk.app.action_quit

    async def action_quit() -> None:
        asked.append(desk.place)
        await quits()

    desk.app.action_quit = action_quit  # type: ignore[method-assign]
    return asked


async def _turn(desk: Desktop, dice: random.Random) -> list[str]:
    """What the monkey does next: the keys, else one word for it."""
    what = dice.random()
    if what < 0.05:
        size = dice.choice(SIZES)
        await desk.pilot.resize_terminal(*size)
        await desk.settle()
        return [f"resized to {size}"]
    if what < 0.15:
        at = dice.randrange(desk.app.size.width), dice.randrange(desk.app.size.height)
        before, after = desk.lines[at[1]][: at[0]], desk.lines[at[1]][at[0] :]
        what_is_there = before.rpartition("  ")[2] + after.partition("  ")[0]
        await desk.pilot.click(offset=at, times=dice.choice((1, 1, 2)))
        await desk.settle()
        return [f"clicked at {at}, {what_is_there}"]
    if what < 0.3:
        typed = dice.choices(LETTERS, k=dice.randint(1, 8))
        await desk.type("".join(typed))
        return typed
    keys = dice.choices(KEYS, k=dice.choice((1, 1, 1, 2, 5)))
    if what < 0.5:
        keys = ["escape", "escape", "escape", *dice.choice(DEEDS)]
    await desk.press(*keys)
    return keys


def _nothing_is_lost(desk: Desktop, begun: Book) -> None:
    """What was done follows from the history alone, and all of it can be taken back."""
    replayed = begun
    for entry in desk.keeper.entries:
        known = all_of(replayed)
        for edit in entry.change.edits:
            assert known.get(edit.record.id) == edit.before, entry.change.summary
        replayed = replayed.after(entry.change.edits)
    assert all_of(replayed) == all_of(desk.book)
    for _each in count():
        try:
            desk.session.undo()
        except KamError:
            break
    assert all_of(desk.book) == all_of(begun)
