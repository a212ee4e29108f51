"""Who has travelled is told by the clock of where they are, and no line is lost at midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import account, promise, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.formats.demo import demo_book
from kam_tui.formats.digest import FORMATS, write
from kam_tui.rules.agenda import agenda
from kam_tui.rules.digest import digest
from kam_tui.rules.finding import find_item
from kam_tui.settings import Settings
from kam_tui.usecases.moving import move

TODAY = date(2026, 11, 24)
"""A Tuesday."""
TOMORROW = TODAY + timedelta(days=1)
HOME, AWAY, EAST = "Europe/Helsinki", "America/New_York", "Asia/Tokyo"
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")


def at_home(day: date, hour: int, minute: int = 0) -> Moment:
    return Moment(day, time(hour, minute), HOME)


def call(due: Moment, **fields: str) -> Reminder:
    return reminder("Call back", "r-call", due=due, account_id=ACME.id, **fields)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_the_digest_tells_the_clock_of_where_one_is(form: str) -> None:
    book = Book.of(ACME, call(at_home(TODAY, 14)))
    at_seven = write(form, digest(book, CALM, TODAY, here=AWAY))
    assert "07:00" in at_seven
    assert "14:00 in Helsinki" in at_seven
    assert "14:00" in write(form, digest(book, CALM, TODAY, here=HOME))
    assert "Helsinki" not in write("text", digest(book, CALM, TODAY, here=HOME))


def test_what_is_told_beside_a_line_is_told_by_that_clock_too() -> None:
    ahead = reminder(
        "Send the list", "r-list", due=at_home(TODAY + timedelta(days=20), 1), account_id=ACME.id
    )
    asleep = reminder("Ask", "r-ask", due=Moment(TODAY), account_id=ACME.id)
    until = at_home(TODAY + timedelta(days=2), 14)
    put_off = Occurrence(f"reminder:r-ask:{TODAY}", TODAY, "snoozed", until)
    found = digest(Book.of(ACME, call(Moment(TODAY)), ahead, asleep, put_off), CALM, TODAY, here=AWAY)
    (line,) = found
    assert [str(each.due) for each in line.also] == ["2026-11-24", "2026-12-13T18:00[America/New_York]"]
    assert str(line.also[0].snoozed_until) == "2026-11-26T07:00[America/New_York]"


@pytest.mark.parametrize("rule", ["", "FREQ=WEEKLY"])
def test_what_is_tomorrow_at_home_and_today_here_is_there_without_a_look_ahead(rule: str) -> None:
    book = Book.of(ACME, call(at_home(TOMORROW, 2), rule=rule))
    assert not digest(book, CALM, TODAY, days=0, here=HOME).sections
    (line,) = digest(book, CALM, TODAY, days=0, here=AWAY).sections["today"]
    assert str(line.item.due) == "2026-11-24T19:00[America/New_York]"
    now = datetime.combine(TODAY, time(8), ZoneInfo(AWAY))
    assert [item.due for item in agenda(book, CALM, TODAY, 0, clock=now.timetz()).today] == [line.item.due]


def test_what_is_today_at_home_and_tomorrow_here_waits_for_tomorrow() -> None:
    book = Book.of(ACME, call(at_home(TODAY, 23, 30)))
    assert digest(book, CALM, TODAY, days=0, here=HOME).sections
    assert digest(book, CALM, TODAY, days=0, here=EAST).empty
    (line,) = digest(book, CALM, TODAY, days=1, here=EAST).sections["week"]
    assert str(line.item.due) == "2026-11-25T06:30[Asia/Tokyo]"


@pytest.mark.parametrize("days", [0, 1, 7, 60])
def test_at_home_nothing_is_told_that_would_not_be_told_anyway(days: int) -> None:
    book = Book.of(*demo_book(TODAY, HOME))
    for day in (TODAY, TODAY + timedelta(days=11)):
        assert agenda(book, Settings(), day, days, here=HOME) == agenda(book, Settings(), day, days)


def test_the_sentences_of_a_line_tell_that_clock_too() -> None:
    moved = Occurrence(
        f"reminder:r-call:{TODAY}", TODAY, "snoozed", at_home(TOMORROW, 16), moved=at_home(TOMORROW, 16)
    )
    owed = promise(due=at_home(TOMORROW, 9), account_id=ACME.id)
    book = Book.of(ACME, call(at_home(TODAY, 14), rule="FREQ=WEEKLY"), moved, owed)
    item = find_item(book, CALM, TODAY, "call back", AWAY)
    assert "Moved from Tue 24 Nov 2026 07:00 to Wed 25 Nov 2026 09:00." in item.why
    assert str(item.moved_from) == "2026-11-24T07:00[America/New_York]"
    assert item.word == find_item(book, CALM, TODAY, "call back", HOME).word
    assert "by Wed 25 Nov 2026 02:00" in find_item(book, CALM, TODAY, "drawings", AWAY).why


def test_a_line_is_moved_by_days_of_where_one_is() -> None:
    owed = promise(due=at_home(TOMORROW, 2), account_id=ACME.id)
    book, now = Book.of(ACME, owed), datetime.combine(TODAY, time(8), ZoneInfo(AWAY))
    change = move(book, now, CALM, "drawings", Moment(TOMORROW))
    assert change.summary.startswith(
        "Moved from Tue 24 Nov 2026 19:00 (Wed 02:00 in Helsinki) to Wed 25 Nov 2026 19:00 (Thu"
    )
    (edit,) = change.edits
    assert isinstance(edit.after, Promise)
    assert edit.after.due == Moment(TOMORROW, time(19), AWAY)
    assert move(book, now, CALM, "drawings", Moment(TODAY)).summary == "Nothing changed."
    far = Book.of(ACME, call(at_home(TODAY + timedelta(days=500), 2), zone=EAST))
    same_time = move(far, now, CALM, "call back", Moment(TOMORROW))
    assert isinstance(kept := same_time.edits[0].after, Reminder)
    assert (kept.zone, kept.due) == (EAST, Moment(TOMORROW, time(19), AWAY))
