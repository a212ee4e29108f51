"""Where a person was is found again: in the same kam, and after it has been closed in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from desktop import Desktop, running
from small_book import records, small_book

from kam_tui.delivery import written
from kam_tui.delivery.outbox import Outbox
from kam_tui.domain.book import Book
from kam_tui.settings import Settings
from kam_tui.tui import whereabouts
from kam_tui.tui.memory import Memory
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.history import History
from kam_tui.tui.screens.tables import TableDesk
from kam_tui.tui.whereabouts import Stop, Whereabouts


@pytest.fixture
def posting(tmp_path: Path) -> Callable[[], Outbox]:
    """What this computer knows of a book."""
    return lambda: Outbox(str(tmp_path / "state"), str(tmp_path / "book"))


def highlighted(desk: Desktop) -> str:
    screen = desk.app.screen
    assert isinstance(screen, TableDesk)
    line = screen.rows.highlighted
    return line.record.id if line else ""


async def test_filter_order_and_highlight_outlive_kam(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "f")
        await desk.type("e")
        await desk.press("escape", "f")
        await desk.type("o")
        await desk.pilot.pause()
        screen = desk.app.screen
        assert isinstance(screen, TableDesk)
        screen.rows.focus()
        await desk.press("o", "O", "down", "down")
        kept = highlighted(desk)
        await desk.press("q")
        assert desk.has_left
    async with running(posting=posting) as desk:
        assert desk.place == "Today"
        await desk.press("2")
        assert "Filter o" in desk.text
        assert "Account ▲" in desk.text
        assert highlighted(desk) == kept != ""


async def test_who_wants_it_begins_where_they_left(posting: Callable[[], Outbox]) -> None:
    settings = Settings(reopen=True)
    async with running(posting=posting, settings=settings) as desk:
        await desk.press("2", "enter", "tab", "tab")
        part = desk.app.screen.current  # type: ignore[attr-defined]
        assert part != "timeline"
        await desk.press("q")
    async with running(posting=posting, settings=settings) as desk:
        assert desk.place == "AccountPage"
        assert "Acme Oy" in desk.lines[2]
        assert desk.app.screen.current == part  # type: ignore[attr-defined]
        await desk.press("escape")
        assert desk.place == "Accounts"
        await desk.press("escape")
        assert desk.place == "Today"


async def test_what_is_gone_meanwhile_is_skipped(posting: Callable[[], Outbox]) -> None:
    settings = Settings(reopen=True)
    async with running(posting=posting, settings=settings) as desk:
        await desk.press("2", "down", "down", "enter")
        assert desk.place == "AccountPage"
        gone = desk.app.screen.record_id  # type: ignore[attr-defined]
        await desk.press("q")
    book = Book.of(
        *(record for record in records() if gone not in (record.id, getattr(record, "account_id", "")))
    )
    async with running(book, posting=posting, settings=settings) as desk:
        assert desk.place == "Accounts"
        assert highlighted(desk) != ""


async def test_a_book_that_does_not_last_leaves_no_trace(tmp_path: Path) -> None:
    async with running() as desk:
        await desk.press("2", "o", "q")
        assert desk.has_left
    assert not list(tmp_path.iterdir())


async def test_the_words_of_the_last_search_are_there_and_typing_replaces_them() -> None:
    async with running() as desk:
        await desk.press("slash")
        await desk.type("acme")
        await desk.press("escape", "slash")
        assert "Acme Oy" in desk.text
        await desk.type("globex")
        assert "Globex GmbH" in desk.text
        assert "acmeglobex" not in desk.text


async def test_the_highlight_of_today_is_kept_for_the_day(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting) as desk:
        await desk.press("down", "down")
        kept = next(line for line in desk.lines if line.startswith("▌"))
        await desk.press("q")
    async with running(posting=posting) as desk:
        assert kept in desk.lines


async def test_it_is_kept_now_and_then_and_not_only_on_leaving(posting: Callable[[], Outbox]) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "O")
        await desk.app.memory.keep(desk.app.screen_stack)
        assert whereabouts.read(posting().folder).places["accounts"]["reverse"] == "yes"


async def test_what_has_changed_is_kept_soon_and_what_has_not_is_not_written_again(
    posting: Callable[[], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kam_tui.tui.app.KEEPING", 0.01)
    written_times: list[Whereabouts] = []
    real = whereabouts.keep

    def keep(folder: str, now: Whereabouts) -> None:
        real(folder, now)
        written_times.append(now)

    monkeypatch.setattr(whereabouts, "keep", keep)
    async with running(posting=posting) as desk:
        await desk.press("2", "f")
        await desk.type("glob")
        await desk.until(
            lambda: written_times and written_times[-1].places.get("accounts", {}).get("filter") == "glob"
        )
        assert whereabouts.read(posting().folder).places["accounts"]["filter"] == "glob"
        count = len(written_times)
        for _tick in range(5):
            desk.app._keep()
            await desk.settle()
        assert len(written_times) == count


async def test_what_was_left_is_not_lost_where_one_leaves_before_it_was_read(
    posting: Callable[[], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(posting=posting) as desk:
        await desk.press("2", "O", "q")
    before = whereabouts.read(posting().folder)
    assert before.places["accounts"]["reverse"] == "yes"

    async def never(_self: Memory) -> None:
        """The disk has not answered yet."""

    monkeypatch.setattr(Memory, "read", never)
    async with running(posting=posting) as desk:
        await desk.press("3")
        desk.app._keep()
        await desk.press("ctrl+q")
    assert whereabouts.read(posting().folder) == before


@pytest.mark.parametrize("record", ["", "a-acme"], ids=["all", "of one"])
async def test_the_history_is_found_again_be_it_of_all_or_of_one(
    posting: Callable[[], Outbox], record: str
) -> None:
    way = (Stop("today"), Stop("settings", "nonsense"), Stop("history", record))
    whereabouts.keep(posting().folder, Whereabouts(way=way))
    async with running(posting=posting, settings=Settings(reopen=True)) as desk:
        screen = desk.app.screen
        assert isinstance(screen, History)
        assert screen.here == ("history", record)
        await desk.press("escape")
        assert desk.place == "Today"


NONSENSE = (
    b'{"version": 1, "places": {"accounts": {"order": "nonsense", "filter": "\x1b[2J", "highlight": 7}},'
    b' "way": [["today", "", {}], ["nowhere", "", {}], ["account", "a-none", {}], ["help", "x", {}]]}'
)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"version": 2, "places": {}, "way": []}',
        b'{"version": 1}', b'{"version": 1, "places": [], "way": []}',
        b'{"version": 1, "places": {}, "way": [1]}',
        b'{"version": 1, "places": {"accounts": 3}, "way": []}', b"[" * 100_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_a_file_that_cannot_be_read_tells_nothing(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "screen.json").write_bytes(text)
    assert whereabouts.read(str(tmp_path)) == Whereabouts()


@pytest.mark.parametrize("text", [b"{", NONSENSE], ids=["broken", "nonsense"])
async def test_a_file_that_cannot_be_read_is_as_if_it_were_not_there(
    posting: Callable[[], Outbox], text: bytes
) -> None:
    folder = Path(posting().folder)
    folder.mkdir(parents=True)
    (folder / "screen.json").write_bytes(text)
    async with running(posting=posting, settings=Settings(reopen=True)) as desk:
        assert desk.place == "Today"
        await desk.press("2")
        assert "Tier ▼" in desk.text
        await desk.press("q")
    assert json.loads((folder / "screen.json").read_text("utf-8"))["version"] == whereabouts.VERSION


def test_a_disk_that_refuses_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    whereabouts.keep(str(tmp_path / "file"), Whereabouts())
    assert whereabouts.read(str(tmp_path / "file")) == Whereabouts()


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    there = Whereabouts(
        {"accounts": {"filter": "Łódź 東京"}}, (Stop("today"), Stop("account", "a-1", {"part": "facts"}))
    )
    whereabouts.keep(str(tmp_path / "new"), there)
    assert whereabouts.read(str(tmp_path / "new")) == there
    written = (tmp_path / "new" / "screen.json").stat().st_mtime_ns
    whereabouts.keep(str(tmp_path / "new"), there)
    assert (tmp_path / "new" / "screen.json").stat().st_mtime_ns == written


async def test_one_can_begin_at_a_place_or_a_page() -> None:
    async with running(opens=Open("accounts")) as desk:
        assert desk.place == "Accounts"
        await desk.press("escape")
        assert desk.place == "Today"
    async with running(opens=Open("contact", "c-liisa")) as desk:
        assert desk.place == "ContactPage"
        assert "Liisa Korhonen" in desk.lines[2]


async def test_the_place_that_is_asked_for_comes_before_where_one_left(posting: Callable[[], Outbox]) -> None:
    async with running(small_book(), posting=posting) as desk:
        await desk.press("3", "q")
    async with running(posting=posting, settings=Settings(reopen=True), opens=Open("accounts")) as desk:
        assert desk.place == "Accounts"


def test_the_words_that_somebody_was_searched_by_go_when_they_are_erased(tmp_path: Path) -> None:
    folder = str(tmp_path)
    whereabouts.keep(folder, Whereabouts({"search": {"words": "Näätänen \udc80"}}))
    written.forget(folder, lambda text: "Liisa" in text)
    assert whereabouts.read(folder).places["search"]["words"] == "Näätänen ?"
    written.forget(folder, lambda text: "Näätänen" in text)
    assert whereabouts.read(folder) == Whereabouts()


async def test_every_book_has_its_own(tmp_path: Path) -> None:
    for name, typed in (("one", "a"), ("two", "o")):
        own = partial(Outbox, str(tmp_path / "state"), str(tmp_path / name))
        async with running(posting=own) as desk:
            await desk.press("2", "f")
            await desk.type(typed)
            await desk.press("ctrl+q")
    for name, typed in (("one", "a"), ("two", "o")):
        own = partial(Outbox, str(tmp_path / "state"), str(tmp_path / name))
        async with running(posting=own) as desk:
            await desk.press("2")
            assert f"Filter {typed} " in desk.text


async def test_of_two_kams_on_a_book_the_last_to_leave_is_found_again_whole(
    posting: Callable[[], Outbox],
) -> None:
    async with running(posting=posting) as first:
        await first.press("2", "f")
        await first.type("a")
        async with running(posting=posting) as second:
            await second.press("4", "c", "3", "f")
            await second.type("o")
            await second.press("ctrl+q")
        await first.press("ctrl+q")
    kept = whereabouts.read(posting().folder)
    assert kept.places["accounts"]["filter"] == "a"
    assert [stop.place for stop in kept.way] == ["today", "accounts"]


def test_a_write_that_is_cut_short_leaves_what_was_kept_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by `kill -9` between the bytes of the new file and its taking the place of the old one."""
    before, after = Whereabouts({"accounts": {"filter": "a"}}), Whereabouts({"accounts": {"filter": "o"}})
    whereabouts.keep(str(tmp_path), before)

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("os.replace", die)
    with pytest.raises(Killed):
        whereabouts.keep(str(tmp_path), after)
    assert whereabouts.read(str(tmp_path)) == before
