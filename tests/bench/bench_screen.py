"""The screen: how soon it is there and how soon it answers, in a real terminal beside a minimal Textual app.

    python tests/bench/bench_screen.py [BOOK]

measures the screen alone, on a big book that is made once and kept in the folder of temporary files. Nothing
inside the program is touched: keys go in through a pty, what is drawn comes out of it, and each piece is kept
with the time at which it came; the emulator looks at it only afterwards.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from figures import Bar, Cell, print_table
from generate import FIRST_ACCOUNT, FIRST_PERSON, records, write_book
from terminal import Terminal

from kam_tui.domain.account import TIERS, Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.reminder import Reminder
from kam_tui.formats.demo import demo_book
from kam_tui.store.migrations import SCHEMA

BIG = (1_000, 10_000, 100_000, 5_000)
"""Accounts, contacts, activities and reminders."""
TIMELINE = 2_000
"""Activities of its first account, and of the first person there."""
NOW = datetime(2026, 7, 1, 10, tzinfo=UTC)
"""The time at which the screens are looked at: just after the last activity of the big book. With its offset:
like a clock that goes, it needs no tables of zones."""
SIZE = (120, 40)
STARTS, PRESSES, OPENINGS = 7, 24, 5

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    turn = 0
    def compose(self):
        yield Static("Ready")
    def on_key(self, event):
        self.turn += 1
        self.query_one(Static).update(f"{event.key} {self.turn}")
Minimal().run()
"""
"""About the least that a Textual app can be: one text, which changes with each key."""

COMMAND = "import sys; from kam_tui.cli.main import script; sys.exit(script())"
"""What the command `kam` is, as pip installs it."""

UP, DOWN, ENTER, ESCAPE, BACKSPACE, QUIT = "\x1b[A", "\x1b[B", "\r", "\x1b", "\x7f", "\x11"
QUIET = 0.1
"""Seconds after which nothing more is drawn on account of a key."""
CALM = 0.4
"""The same, where it goes to another screen; a cursor in a line blinks a little more slowly."""
LOADED = 0.9
"""The same, where it starts and loads."""
NOTHING = 0.4
"""Seconds after which a key is taken to have drawn nothing."""

LINE = "▌ "
"""What the highlighted line of a list begins with."""
WORDS = "tehdään sailing"
SCREENS: dict[str, tuple[str, ...]] = {
    "Today": ("1",),
    "Accounts": ("2",),
    "People": ("3",),
    "Agenda": ("4",),
    "account with a long timeline": ("/", FIRST_ACCOUNT, ENTER),
    "person with a long timeline": ("/", FIRST_PERSON, ENTER),
    "Search": ("/", WORDS),
}
"""Screens with a list, and the keys that lead there from anywhere."""


class Press(NamedTuple):
    """What came of a key, in milliseconds and bytes; not a number where nothing came."""

    echo: float
    """To the first that was drawn."""
    hit: float
    """To the first highlighted line."""
    end: float
    """To the last letter that changed: a blinking cursor changes none."""
    size: int
    """Everything that was drawn."""


class Watched(Terminal):
    """A program in a terminal, each piece of whose output is kept with the time at which it came."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.begun = time.perf_counter()
        self.pieces: list[tuple[float, bytes]] = []
        self._drawn = 0
        super().__init__(argv, SIZE, **env)

    def __enter__(self) -> Watched:
        return self

    def _read(self, seconds: float) -> bool:
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.pieces.append((time.perf_counter(), data))
        return bool(data)

    def frames(self) -> Iterator[tuple[float, str]]:
        """The screen after each piece that has come since, and the time at which it came."""
        while self._drawn < len(self.pieces):
            at, data = self.pieces[self._drawn]
            self._drawn += 1
            self.stream.feed(data)
            yield at, "\n".join(self.screen.display)

    @property
    def text(self) -> str:
        for _frame in self.frames():
            pass
        return "\n".join(self.screen.display)

    def until_quiet(self, quiet: float = CALM, patience: float = 20) -> None:
        """Read until nothing has come for so many seconds."""
        deadline = time.perf_counter() + patience
        before = -1
        while len(self.pieces) > before and time.perf_counter() < deadline:
            before = len(self.pieces)
            self._read(quiet)

    def go(self, *keys: str) -> None:
        """Press keys, each when the one before has had its effect."""
        for each in keys:
            self.type(each)
            self.until_quiet()

    def press(self, keys: str, quiet: float = QUIET) -> Press:
        """Press keys at once, and see what comes of it."""
        shown, first = self.text, len(self.pieces)
        begun = time.perf_counter()
        self.type(keys)
        self._read(NOTHING)
        self.until_quiet(quiet, 6)
        echo = hit = end = float("nan")
        for at, now in self.frames():
            took = (at - begun) * 1000
            echo = took if echo != echo else echo
            hit = took if hit != hit and LINE in now else hit
            end, shown = (took, now) if now != shown else (end, shown)
        return Press(echo, hit, end, sum(len(data) for _at, data in self.pieces[first:]))

    def longest_wait(self, seconds: float) -> float:
        """The longest that any of many keys waited for something to be drawn, in milliseconds."""
        waits: list[float] = []
        deadline = time.perf_counter() + seconds
        while (begun := time.perf_counter()) < deadline:
            self.type((DOWN, UP)[len(waits) % 2])
            before = len(self.pieces)
            self._read(NOTHING)
            if len(self.pieces) > before:
                waits.append((self.pieces[before][0] - begun) * 1000)
            self.until_quiet(0.02, 0.02)
        return max(waits)

    @property
    def megabytes(self) -> float:
        """The memory that the program holds."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) / 1000 if found else float("nan")


class Program(NamedTuple):
    """What is started, and its environment."""

    argv: list[str]
    env: dict[str, str]
    ready: str
    """What is on the screen when there is something to see."""


def kam(book: Path) -> Program:
    """The real program on a book, without settings, and knowing nothing of the last time."""
    nowhere = book.with_name("nowhere")
    shutil.rmtree(nowhere, ignore_errors=True)
    homes = {f"XDG_{home}_HOME": str(nowhere / home.lower()) for home in ("CONFIG", "STATE", "CACHE")}
    env = {"KAM_BOOK": str(book), "KAM_NOW": NOW.isoformat(), **homes}
    return Program([sys.executable, "-c", COMMAND], env, "1 Today")


def measure(book: Path) -> None:
    """Print what the screen takes, of this big book and of the demo book."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    minimal = Program([sys.executable, "-c", MINIMAL], {}, "Ready")
    measure_starts({"minimal": minimal, "demo": kam(demo_beside(book)), "big": kam(book)})
    with Watched(minimal.argv, minimal.env) as terminal:
        terminal.until_quiet()
        floor = [terminal.press("jk"[n % 2]) for n in range(PRESSES)]
    measure_keys(book, floor)
    measure_waits(book)


def measure_starts(programs: dict[str, Program]) -> None:
    """How soon there is something to see, the first line of Today, and all of it."""
    found: dict[tuple[str, str], list[float]] = {}
    waits: list[float] = []
    for number in range(STARTS + 1):
        for name, program in programs.items():
            with Watched(program.argv, program.env) as terminal:
                terminal.until_quiet(LOADED)
                seen: dict[str, float] = {}
                for at, now in terminal.frames():
                    for what, words in (("first paint", program.ready), ("first line", LINE)):
                        if words in now:
                            seen.setdefault(what, (at - terminal.begun) * 1000)
                    seen["all"] = (at - terminal.begun) * 1000
            for what, took in seen.items() if number else ():  # the first one only warms the files up
                found.setdefault((name, what), []).append(took)
        with Watched(programs["big"].argv, programs["big"].env) as terminal:
            terminal.wait_for(LINE)
            waits += [terminal.longest_wait(2)] if number else []
    least = median(found["minimal", "first paint"])
    bars = {
        ("demo", "first paint"): Bar(1.5),
        ("demo", "first line"): Bar(1.5),
        ("big", "first paint"): Bar(2),
    }
    rows = {
        f"{name} {'app' if name == 'minimal' else 'book'}, {what}": [
            Cell(median(took), places=0),
            Cell(median(took) / least, bars.get((name, what))),
        ]
        for (name, what), took in found.items()
        if (name, what) != ("minimal", "all")
    }
    print_table("start", ["ms", "x minimal"], rows)
    stall = [Cell(median(waits), Bar(50), 0), Cell(max(waits), places=0)]
    print_table("longest wait of a key while the big book loads", ["ms, usually", "at worst"], {"": stall})


@contextmanager
def opened(book: Path) -> Iterator[Watched]:
    """The program on a book, when all of it is there."""
    program = kam(book)
    with Watched(program.argv, program.env) as terminal:
        terminal.wait_for(LINE)
        terminal.until_quiet(LOADED)
        yield terminal


def measure_keys(book: Path, floor: list[Press]) -> None:
    """Each screen of the big book: from a cursor key to what it draws, over the minimal app; and how much."""
    found = {"minimal app": floor}
    with opened(book) as terminal:
        for screen, keys in SCREENS.items():
            terminal.go(*keys)
            found[screen] = [terminal.press((DOWN, DOWN, UP)[n % 3]) for n in range(PRESSES)]
            terminal.go(ESCAPE, ESCAPE)
    least = median(press.echo for press in floor)
    rows = {}
    for screen, presses in found.items():
        echoes = [press.echo - least for press in presses if press.echo == press.echo]
        ends = [press.end - least for press in presses if press.end == press.end]
        sizes = [press.size / 1000 for press in presses]
        rows[screen] = [
            Cell(part(echoes, 50), Bar(15), 1), Cell(part(echoes, 95), Bar(40), 1),
            Cell(part(ends, 95), places=1), Cell(median(sizes), Bar(6), 1), Cell(max(sizes), places=1),
        ]  # fmt: skip
    print_table("ms from key to echo, over minimal", ["p50", "p95", "all, p95", "KB", "KB at most"], rows)


def measure_waits(book: Path) -> None:
    """Filtering, opening, searching and leaving, on the big book."""
    with opened(book) as terminal:
        terminal.go("3", "f")
        typed = [terminal.press(key, 0.2) for _round in range(3) for key in (*"kaleim", *[BACKSPACE] * 6)]
        pages = []
        for _time in range(OPENINGS):
            terminal.go(ESCAPE, ESCAPE, "2", "f", FIRST_ACCOUNT, ENTER)
            pages.append(terminal.press(ENTER, 0.3))
        searches = []
        for _time in range(OPENINGS):
            terminal.go(ESCAPE, "1", "/", BACKSPACE)
            searches.append(terminal.press(WORDS, CALM))
        memory = terminal.megabytes
        terminal.type(QUIT)
        leaving = terminal.wait_for_end() * 1000
    ends = [press.end for press in typed if press.end == press.end]
    rows = {
        "a letter of a filter over 10,000 people": [
            Cell(median(ends), Bar(50), 0),
            Cell(part(ends, 95), Bar(30), 0),
        ],
        "opening the account with 2,000 activities": spread([press.end for press in pages], Bar(100)),
        "searching all text, first hits": spread([press.hit for press in searches], Bar(150)),
        "leaving": [Cell(leaving, Bar(100), 0), Cell()],
    }
    print_table("big book, ms", ["usually", "p95"], rows)
    print_table("memory, big book", ["MB"], {"after all that": [Cell(memory, Bar(300), 0)]})


def spread(some: list[float], bar: Bar) -> list[Cell]:
    """The median and the 95th percentile."""
    return [Cell(median(some), bar, 0), Cell(part(some, 95), places=0)]


def part(some: Sequence[float], percent: int) -> float:
    """A percentile; not a number of nothing."""
    ordered = sorted(some)
    return ordered[round(percent / 100 * (len(ordered) - 1))] if ordered else float("nan")


def lively(made: list[Record]) -> list[Record]:
    """The generated records with what a screen has to show: tiers, some birthdays, reminders around the time,
    and one account and one person with a long timeline."""
    return [_lively(record, number) for number, record in enumerate(made)]


def _lively(record: Record, number: int) -> Record:
    if isinstance(record, Account):
        return replace(record, tier=list(TIERS)[number % len(TIERS)])
    if isinstance(record, Contact) and number % 10 == 0:
        return replace(record, birthday=PartialDate.of(date(1950, 1, 1) + timedelta(number * 37 % 18000)))
    if isinstance(record, Activity) and int(record.id[2:]) < TIMELINE:
        return replace(record, account_id=f"a-{0:010}", contact_ids=(f"c-{0:010}",))
    if isinstance(record, Reminder):
        return replace(record, due=Moment(NOW.date() + timedelta(number % 700 - 10)))
    return record


def big_book() -> Path:
    """A big book in the folder of temporary files; made where it is not there yet."""
    book = Path(tempfile.gettempdir()) / f"kam-bench-screen-{SCHEMA}" / "book"
    if not book.exists():
        half = book.with_name("half")
        shutil.rmtree(half, ignore_errors=True)
        write_book(half, lively(records(*BIG)))
        half.rename(book)
    return book


def demo_beside(book: Path) -> Path:
    """The demo book of that day."""
    demo = book.with_name("demo")
    if not demo.exists():
        write_book(demo, demo_book(NOW.date()))
    return demo


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    measure(Path(sys.argv[1]) if len(sys.argv) > 1 else big_book())
