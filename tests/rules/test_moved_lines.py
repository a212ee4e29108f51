"""A line that was moved is due on its other day: there once, until it is handled, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from builders import ZONE, account, activity, contact, contract, promise, reminder
from hypothesis import given, settings
from hypothesis import strategies as st
from test_agenda_properties import CALM, START, Known, _waits, books

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.errors import NotFound
from kam_tui.rules.agenda import AgendaItem, agenda
from kam_tui.rules.due import due_between
from kam_tui.rules.finding import find_item
from kam_tui.usecases import reminders
from kam_tui.usecases.moving import move, moved

TODAY = date(2026, 11, 18)
"""A Wednesday."""
ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
TIMED = Moment(date(2026, 11, 20), time(14), "Europe/Helsinki")

LINES: dict[str, Record] = {
    "birthday": contact("Anna", "c-anna", account_id=ACME.id, birthday=PartialDate(1980, 11, 20)),
    "reminder": reminder("Call back", "r-1", due=TIMED, rule="FREQ=WEEKLY"),
    "thank-you": activity(
        "Ten licences", "t-1", kind="sale", account_id=ACME.id, contact_ids=(LIISA.id,), when=Moment(TODAY)
    ),
    "contract.renewal": contract(account_id=ACME.id, end=date(2026, 11, 20)),
    "cadence": contact("Bo", "c-bo", cadence_days=21, created=TODAY - timedelta(days=20)),
}
"""Rule to a record that a line of it follows from, due within two days."""


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)


def lines(book: Book, day: date, days: int = 7) -> Iterator[AgendaItem]:
    found = agenda(book, CALM, day, days, clock=time(12))
    return iter((*found.overdue, *found.today, *found.upcoming, *found.snoozed))


def only(book: Book, rule: str, day: date, days: int = 7) -> AgendaItem:
    (item,) = (item for item in lines(book, day, days) if item.rule == rule)
    return item


def moved_to(book: Book, rule: str, day: date, today: date = TODAY) -> Book:
    item = only(book, rule, today)
    return book.after(move(book, noon(today), CALM, item.key, Moment(day)).edits)


@pytest.mark.parametrize("rule", LINES)
@pytest.mark.parametrize("by", [-1, 3, 9])
def test_it_is_due_on_its_other_day_and_late_only_after_that(rule: str, by: int) -> None:
    book = Book.of(ACME, LIISA, LINES[rule])
    before = only(book, rule, TODAY)
    day = before.due.day + timedelta(days=by)
    book = moved_to(book, rule, day)
    for today in (day, day + timedelta(days=2)):
        item = only(book, rule, today, 0)
        assert (item.due.day, item.moved_from, _series(item)) == (day, before.due, _series(before))
        assert item.days_late(today) == (today - day).days
        assert item.due.clock == before.due.clock
        assert item.handle == before.handle
        assert f"Moved from {show_moment(before.due)} to" in item.facts[-1]
    for today in (TODAY + timedelta(days=n) for n in range((day - TODAY).days)):
        assert all(item.due.day > today for item in lines(book, today) if item.rule == rule)


@pytest.mark.parametrize("rule", LINES)
def test_done_on_its_other_day_it_comes_no_more_and_what_repeats_comes_next_time(rule: str) -> None:
    day = TODAY + timedelta(days=4)
    book = moved_to(Book.of(ACME, LIISA, LINES[rule]), rule, day)
    key = only(book, rule, day).key
    book = book.after(reminders.complete(book, noon(day), CALM, key).edits)
    assert all(item.key != key for item in lines(book, day, 60))
    if rule == "reminder":
        assert str(only(book, rule, day).due) == "2026-11-27T14:00[Europe/Helsinki]"
    if rule == "birthday":
        assert only(book, rule, date(2027, 11, 18)).due == Moment(date(2027, 11, 20))


@pytest.mark.parametrize("rule", LINES)
def test_moved_back_to_its_own_day_it_is_as_if_it_never_was_moved(rule: str) -> None:
    book = Book.of(ACME, LIISA, LINES[rule])
    before = only(book, rule, TODAY)
    there = moved_to(book, rule, TODAY + timedelta(days=5))
    back = move(there, noon(TODAY), CALM, before.key, Moment(before.due.day))
    assert only(there.after(back.edits), rule, TODAY) == before
    assert move(book, noon(TODAY), CALM, before.key, before.due).edits == ()


def test_a_birthday_that_was_moved_tells_its_own_day_on_its_line() -> None:
    book = moved_to(Book.of(ACME, LIISA, LINES["birthday"]), "birthday", date(2026, 11, 23))
    assert only(book, "birthday", TODAY).what == "Birthday, turns 46 on Fri 20 Nov"
    back = moved_to(book, "birthday", date(2026, 11, 20))
    assert only(back, "birthday", TODAY).what == "Birthday, turns 46"


def test_put_off_after_it_was_moved_it_keeps_its_other_day() -> None:
    book = moved_to(Book.of(ACME, LIISA, LINES["birthday"]), "birthday", date(2026, 11, 23))
    key = only(book, "birthday", TODAY).key
    until = Moment(date(2026, 11, 25))
    book = book.after(reminders.snooze(book, noon(TODAY), CALM, key, until).edits)
    (asleep,) = agenda(book, CALM, date(2026, 11, 24)).snoozed
    assert (asleep.due.day, asleep.snoozed_until) == (date(2026, 11, 23), until)
    assert only(book, "birthday", until.day).days_late(until.day) == 2
    again = moved_to(book, "birthday", date(2026, 11, 26))
    assert only(again, "birthday", TODAY, 10).snoozed_until is None


@pytest.mark.parametrize("rule", ["birthday", "thank-you", "contract.renewal"])
def test_put_off_or_moved_to_a_time_of_day_both_clocks_are_told(rule: str) -> None:
    book = Book.of(account("Acme Oy", ACME.id, timezone="Asia/Tokyo"), LIISA, LINES[rule])
    at, key = TIMED.on(date(2026, 11, 24)), only(book, rule, TODAY).key
    change = move(book, noon(TODAY), CALM, key, at)
    for each in (change, reminders.snooze(book, noon(TODAY), CALM, key, at)):
        assert "Tue 24 Nov 2026 14:00 (21:00 in Tokyo)" in each.summary
    assert only(book.after(change.edits), rule, TODAY).there == "21:00 in Tokyo"


def test_what_was_missed_asks_again_on_the_day_it_is_moved_to() -> None:
    book, late = Book.of(LINES["birthday"]), date(2026, 12, 20)
    (missed,) = agenda(book, CALM, late).missed
    book = book.after(moved(book, noon(late), missed, Moment(date(2026, 12, 22))).edits)
    assert only(book, "birthday", date(2026, 12, 22)).due.day == date(2026, 12, 22)
    assert find_item(book, CALM, late, missed.handle).key == missed.key


def test_a_real_touch_ends_a_cadence_that_was_moved() -> None:
    book = moved_to(Book.of(ACME, LINES["cadence"]), "cadence", date(2026, 11, 25))
    call = activity("Talked", contact_ids=("c-bo",), when=Moment(TODAY))
    met = Book.of(ACME, LINES["cadence"], call, *book.occurrences.values())
    assert only(met, "cadence", TODAY, 30).due == Moment(TODAY + timedelta(days=21))


def test_it_rings_on_its_other_day_and_not_on_its_own() -> None:
    book = moved_to(Book.of(LINES["reminder"]), "reminder", date(2026, 11, 23))

    def rings(day: date) -> list[str]:
        begin = datetime.combine(day, time(13, 59), ZONE)
        return [due.key for due in due_between(book, CALM, begin, begin + timedelta(minutes=1))]

    assert rings(date(2026, 11, 20)) == []
    assert len(rings(date(2026, 11, 23))) == 1
    assert len(rings(date(2026, 11, 27))) == 1  # the next one, while this one is still open


def test_a_promise_and_a_reminder_for_once_have_the_other_day_from_now_on() -> None:
    sent = promise(account_id=ACME.id, due=Moment(date(2026, 11, 19)))
    once = reminder("Ask", "r-once", due=TIMED)
    book = Book.of(ACME, sent, once)
    for rule in ("promise", "reminder"):
        before = only(book, rule, TODAY)
        key = before.key
        book = book.after(reminders.snooze(book, noon(TODAY), CALM, key, Moment(date(2026, 11, 30))).edits)
        book = moved_to(book, rule, date(2026, 11, 24))
        item = only(book, rule, TODAY)
        assert (item.due.day, item.moved_from, item.snoozed_until) == (date(2026, 11, 24), None, None)
        assert item.word == before.word
        assert item.key.endswith("2026-11-24")
        for said in (before.handle, key, item.key):
            assert find_item(book, CALM, TODAY, said) == item
    assert book.promises[sent.id].due == Moment(date(2026, 11, 24))
    assert book.reminders[once.id].due == TIMED.on(date(2026, 11, 24))
    assert not book.occurrences


def test_a_day_of_what_comes_again_is_named_by_its_own_key_alone() -> None:
    book = Book.of(LINES["reminder"])
    with pytest.raises(NotFound, match="no longer open"):
        find_item(book, CALM, TODAY, "reminder:r-1:2026-11-13")
    done = Book.of(reminder("Ask", "r-once", due=TIMED))
    key = only(done, "reminder", TODAY).key
    done = done.after(reminders.complete(done, noon(TODAY), CALM, key).edits)
    with pytest.raises(NotFound, match="no longer open"):
        find_item(done, CALM, TODAY, key)


@settings(max_examples=30, deadline=None)
@given(
    books(),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40), st.booleans()), min_size=5, max_size=20),
)
def test_every_line_is_there_on_its_own_or_its_other_day_until_it_is_handled_and_never_twice(
    known: list[Known], steps: list[tuple[int, int, bool]]
) -> None:
    today, book = START, Book.of(account("Acme Oy"), *(k.record for k in known))
    settled = dict.fromkeys((k.series for k in known), START - timedelta(days=1))
    other: dict[str, tuple[date, date]] = {}
    """Series to the day that was moved, and where to."""
    for gap, ahead, does_move in steps:
        today += timedelta(days=gap)
        found = agenda(book, CALM, today, 0)
        shown = sorted(_series(item) for item in found.open)
        assert shown == sorted(k.series for k in known if _is_open(k, settled, other, today))
        candidates = [*found.open, *agenda(book, CALM, today, 40).upcoming]
        assert len({item.key for item in candidates}) == len(candidates)
        if not candidates:
            continue
        item = candidates[ahead % len(candidates)]
        series, day = _series(item), date.fromisoformat(item.key.rpartition(":")[2])
        if does_move:
            to = today + timedelta(days=ahead)
            book = book.after(moved(book, noon(today), item, Moment(to)).edits)
            other[series] = (day, to)
        elif item in found.open:
            book = book.after(reminders.complete(book, noon(today), CALM, item.key).edits)
            settled[series] = date(2100, 1, 1) if "r-once" in series else max(today, day)
            other.pop(series, None)


def _series(item: AgendaItem) -> str:
    return item.key.rpartition(":")[0]


def _is_open(
    known: Known, settled: dict[str, date], other: dict[str, tuple[date, date]], today: date
) -> bool:
    if known.series not in other:
        return _waits(known, settled[known.series], today)
    day, to = other[known.series]
    return to <= today <= max(day, to) + timedelta(days=known.grace)


def test_moved_for_years_it_can_still_be_named_and_comes_on_that_day() -> None:
    book = Book.of(ACME, LINES["cadence"])
    key = only(book, "cadence", TODAY).key
    far = date(2029, 5, 2)
    book = moved_to(book, "cadence", far)
    assert not list(lines(book, TODAY, 60))
    assert find_item(book, CALM, TODAY, key).due == Moment(far)
    assert [item.key for item in agenda(book, CALM, far).today] == [key]
