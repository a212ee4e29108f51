"""Ringing: once, across restarts, suspend, clocks put right, quiet hours, and others who ring as well."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import account, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.cli.commands.watch import NAP, PAUSE, watch
from kam_tui.delivery.outbox import Outbox
from kam_tui.delivery.ringing import Here, Ringer, is_quiet
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Damaged, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.session import Session
from kam_tui.settings import Settings

QUIET = Settings(quiet_from="22:00", quiet_until="07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZoneInfo("Europe/Helsinki"))


def call(text: str, record_id: str = "r-1") -> Any:
    return reminder("Call", record_id, due=Moment.parse(f"2026-11-{text}"), account_id="a-acmeoy")


BOOK = Book.of(account(), call("18T14:00"))


class Bell:
    """A channel that keeps what it is sent, or refuses it."""

    def __init__(self, folder: Path) -> None:
        self.outbox = Outbox(str(folder), str(folder / "book"))
        self.letters: list[Letter] = []
        self.refuses = False

    def ringer(self, wishes: Settings | None = None) -> Ringer:
        return Ringer(self.outbox, "desktop", wishes or Settings(), self.send)

    def send(self, letter: Letter, key: str) -> None:
        if self.refuses:
            raise NotSent("Nobody is at the desktop.")
        assert key
        self.letters.append(letter)

    @property
    def titles(self) -> list[str]:
        return [letter.subject for letter in self.letters]


@pytest.fixture
def bell(tmp_path: Path) -> Bell:
    return Bell(tmp_path)


def test_it_rings_at_its_minute_once_also_after_a_restart(bell: Bell) -> None:
    ringer = bell.ringer()
    assert [
        ringer.look(BOOK, at(when)) for when in ("18T13:59", "18T14:00:01", "18T14:00:03", "18T14:01")
    ] == [
        0,
        1,
        0,
        0,
    ]
    assert bell.titles == ["14:00 Acme Oy: Call"]
    assert "Late" not in bell.letters[0].text
    assert bell.ringer().look(BOOK, at("18T14:02")) == 0


def test_a_call_to_another_zone_tells_what_time_it_is_there(bell: Bell) -> None:
    book = Book.of(account(timezone="Asia/Tokyo"), call("18T14:00[Europe/Helsinki]"))
    bell.ringer().look(book, at("18T13:00"))
    bell.ringer().look(book, at("18T14:00"))
    assert bell.titles == ["14:00 (21:00 in Tokyo) Acme Oy: Call"]


def test_what_came_due_while_nobody_watched_rings_late(bell: Bell) -> None:
    bell.ringer().look(BOOK, at("17T09:00"))
    assert bell.ringer().look(BOOK, at("19T09:00")) == 1
    assert bell.letters[0].text.startswith("Late: it was due on Wed 18 Nov 2026 14:00.\nReminder set on ")


def test_the_first_watch_ever_begins_with_the_day(bell: Bell) -> None:
    book = Book.of(account(), call("18T08:00"), call("17T08:00", "r-2"))
    assert bell.ringer().look(book, at("18T12:00")) == 1


def test_what_was_refused_is_not_lost(bell: Bell) -> None:
    ringer = bell.ringer()
    bell.refuses = True
    for _again in range(2):
        with pytest.raises(NotSent):
            ringer.look(BOOK, at("18T14:00"))
    bell.refuses = False
    assert ringer.look(BOOK, at("18T14:00:30")) == 1


def test_of_two_who_watch_one_rings(bell: Bell) -> None:
    one, two = bell.ringer(), bell.ringer()
    for ringer in (one, two):
        ringer.look(BOOK, at("18T13:00"))
    assert (one.look(BOOK, at("18T14:00")), two.look(BOOK, at("18T14:00"))) == (1, 0)


def test_while_another_one_sends_it_waits_for_the_next_look(bell: Bell) -> None:
    ringer = bell.ringer()
    ringer.look(BOOK, at("18T13:00"))
    with bell.outbox.turn():
        assert ringer.look(BOOK, at("18T14:00")) == 0
    assert ringer.look(BOOK, at("18T14:00:02")) == 1


def test_an_open_screen_rings_what_comes_due_from_now_on_whoever_else_rings_it(bell: Bell) -> None:
    book = Book.of(account(), call("18T09:30"), call("18T10:15", "r-2"))
    bell.ringer().look(book, at("18T09:00"))
    screens = [Ringer(Here(at("18T10:00")), "screen", Settings(), bell.send) for _screen in range(2)]
    for when in ("18T10:00", "18T10:15", "18T10:16"):
        for screen in screens:
            screen.look(book, at(when))
    assert bell.titles == ["10:15 Acme Oy: Call"] * 2
    assert bell.ringer().look(book, at("18T11:00")) == 2


def test_a_screen_whose_clock_is_put_back_does_not_ring_again(bell: Bell) -> None:
    screen = Ringer(Here(at("18T13:00")), "screen", Settings(), bell.send)
    rung = [screen.look(BOOK, at(when)) for when in ("18T13:00", "18T14:05", "18T13:30", "18T14:10")]
    assert rung == [0, 1, 0, 0]


def test_a_clock_that_is_put_back_or_forward_neither_repeats_nor_loses(bell: Bell) -> None:
    book = Book.of(account(), call("18T14:00"), call("18T13:30", "r-2"))
    ringer = bell.ringer()
    for when in ("18T13:10", "18T14:05", "18T13:15", "18T13:45", "18T14:10"):
        ringer.look(book, at(when))
    assert bell.titles == ["13:30 Acme Oy: Call", "14:00 Acme Oy: Call"]


def test_a_reminder_that_is_set_meanwhile_rings(bell: Bell) -> None:
    ringer = bell.ringer()
    ringer.look(Book.of(account()), at("18T13:59:58"))
    assert ringer.look(BOOK, at("18T14:00")) == 1


def test_many_at_once_are_one_list(bell: Bell) -> None:
    book = Book.of(account(), *(call(f"18T0{hour}:00", f"r-{hour}") for hour in range(5)))
    assert bell.ringer().look(book, at("18T12:00")) == 4
    assert bell.titles == ["4 reminders came due"]
    assert bell.letters[0].text.splitlines()[0] == "Wed 18 Nov 2026 01:00 Acme Oy: Call"
    assert bell.ringer().look(book, at("18T12:30")) == 0


def test_in_quiet_hours_it_is_held_back_and_rings_at_their_end(bell: Bell) -> None:
    book = Book.of(account(), call("18T23:00"), call("19T06:30", "r-2"))
    ringer = bell.ringer(QUIET)
    looks = ("18T21:59", "18T23:00", "19T06:30", "19T06:59")
    assert [ringer.look(book, at(when)) for when in looks] == [0, 0, 0, 0]
    assert ringer.look(book, at("19T07:00")) == 2
    assert ["Late" in letter.text for letter in bell.letters] == [True, True]


def test_a_watch_that_begins_in_quiet_hours_loses_nothing(bell: Bell) -> None:
    book = Book.of(account(), call("18T23:00"))
    ringer = bell.ringer(QUIET)
    ringer.look(book, at("18T22:30"))
    assert ringer.look(book, at("19T07:00")) == 1


@settings(max_examples=10)
@given(
    st.lists(st.tuples(st.integers(1, 60 * 30), st.booleans(), st.booleans()), min_size=1, max_size=12),
    st.lists(st.integers(0, 60 * 24 * 5), min_size=1, max_size=4, unique=True),
)
def test_over_restarts_and_refusals_everything_rings_once(
    looks: list[tuple[int, bool, bool]], minutes: list[int]
) -> None:
    begin = at("18T12:01")
    dues = [Moment.of(begin + timedelta(minutes=each)) for each in minutes]
    book = Book.of(*(reminder(f"Call {i}", f"r-{i}", due=due) for i, due in enumerate(dues)))
    with TemporaryDirectory() as folder:
        bell = Bell(Path(folder))
        now, ringer = begin - timedelta(minutes=1), bell.ringer(QUIET)
        ringer.look(book, now)
        for nap, starts_anew, refuses in [*looks, (60 * 24 * 8, True, False)]:
            now += timedelta(minutes=nap)
            bell.refuses = refuses
            ringer = bell.ringer(QUIET) if starts_anew else ringer
            with suppress(NotSent):
                ringer.look(book, now)
        ringer.look(book, now.replace(hour=12) + timedelta(days=1))
        said = " ".join(letter.subject for letter in bell.letters if "came due" not in letter.subject)
        said += " ".join(letter.text for letter in bell.letters if "came due" in letter.subject)
        assert [said.count(f"Call {i}") for i in range(len(dues))] == [1] * len(dues)


@pytest.mark.parametrize(
    ("begin", "end", "quiet"),
    [
        ("22:00", "07:00", {"22:00", "00:00", "06:59"}),
        ("12:00", "13:00", {"12:00"}),
        ("", "", set[str]()),
        ("08:00", "08:00", set[str]()),
    ],
)
def test_quiet_hours_may_go_over_midnight(begin: str, end: str, quiet: set[str]) -> None:
    wishes = Settings(quiet_from=begin, quiet_until=end)
    times = ("21:59", "22:00", "00:00", "06:59", "07:00", "11:59", "12:00", "13:00", "08:00")
    assert {each for each in times if is_quiet(wishes, at(f"18T{each}").time())} == quiet


class Shelf:
    """A store of which each look finds the next book, or an error."""

    def __init__(self, *found: Book | Exception) -> None:
        self.found = list(found)

    def read(self) -> Book:
        return self.refresh(Book())

    def refresh(self, book: Book) -> Book:
        found = self.found.pop(0) if self.found else book
        if isinstance(found, Exception):
            raise found
        return found


def test_the_watch_looks_again_and_again_and_says_once_what_is_wrong(
    bell: Bell, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = [at("18T13:59:57")]
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        clock[0] += timedelta(seconds=seconds)
        bell.refuses = len(naps) in (3, 4)
        if len(naps) == 7:
            raise KeyboardInterrupt

    broken = Damaged("The book is damaged.")
    store: Any = Shelf(broken, Book.of(account()), BOOK)
    session = Session(store, Settings(), lambda: clock[0])
    clock[0] -= timedelta(seconds=PAUSE)
    with pytest.raises(KeyboardInterrupt):
        watch(session, [bell.ringer()], sleep)
    assert capsys.readouterr().err.splitlines() == ["The book is damaged.", "Nobody is at the desktop."]
    assert naps == [PAUSE, NAP, NAP, PAUSE, PAUSE, NAP, NAP]
    assert bell.titles == ["14:00 Acme Oy: Call"]
