"""Reminders: set, done, skipped, snoozed; by hand or from facts, all alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from builders import NOW, TODAY, account, contact, reminder

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import AgendaItem, agenda
from kam_tui.settings import Settings
from kam_tui.usecases import reminders
from kam_tui.usecases.moving import moved

ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id, birthday=PartialDate(1976, 11, 18))
CALL = reminder("Call back", account_id=ACME.id, contact_ids=(LIISA.id,), due=Moment(TODAY))
QUIET = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
BOOK = Book.of(ACME, LIISA, CALL)


def items(book: Book, today: date = TODAY) -> list[AgendaItem]:
    plan = agenda(book, QUIET, today)
    return [*plan.overdue, *plan.today]


def key(book: Book, rule: str) -> str:
    return next(item.key for item in items(book) if item.rule == rule)


def test_a_reminder_is_set_in_words() -> None:
    change = reminders.add(
        BOOK,
        NOW,
        {"text": "Send the offer", "due": "tue 14:00", "account_id": "acme", "rule": "every 2 weeks"},
    )
    made: Any = change.edits[0].after
    assert str(made.due) == "2026-11-24T14:00[Europe/Helsinki]"
    assert made.rule == "FREQ=WEEKLY;INTERVAL=2"
    assert "Tue 24 Nov 2026 14:00" in change.summary


def test_a_reminder_may_be_counted_from_when_it_was_done_but_not_on_fixed_days() -> None:
    said = {"text": "Send the list", "due": "tue", "account_id": "acme", "from_done": "yes"}
    made: Any = reminders.add(BOOK, NOW, said | {"rule": "every 2 weeks"}).edits[0].after
    assert made.from_done
    for rule in ("", "every friday", "FREQ=DAILY;COUNT=3"):
        with pytest.raises(Invalid, match="on no fixed days"):
            reminders.add(BOOK, NOW, said | {"rule": rule})
        with pytest.raises(Invalid, match="on no fixed days"):
            reminders.edit(Book.of(ACME, made), NOW, made.id, {"rule": rule})
    (edit,) = reminders.edit(Book.of(ACME, made), NOW, made.id, {"from_done": "no", "rule": ""}).edits
    assert edit.after.from_done is False  # type: ignore[union-attr]


def test_a_reminder_needs_words_and_a_day_to_come() -> None:
    with pytest.raises(Invalid) as caught:
        reminders.add(BOOK, NOW, {"account_id": "acme"})
    assert set(caught.value.problems) == {"text", "due"}
    with pytest.raises(Invalid, match="has passed"):
        reminders.add(BOOK, NOW, {"text": "x", "due": "2026-11-17"})


@pytest.mark.parametrize("rule", ["reminder", "birthday"])
def test_done_goes_on_the_timeline_and_comes_up_no_more(rule: str) -> None:
    change = reminders.complete(BOOK, NOW, QUIET, key(BOOK, rule), "She was glad")
    after = BOOK.after(change.edits)
    assert rule not in {item.rule for item in items(after)}
    assert rule not in {item.rule for item in items(after, TODAY + timedelta(days=40))}
    logged = next(e.after for e in change.edits if isinstance(e.after, Activity))
    assert logged.text == "She was glad"
    assert logged.account_id == ACME.id
    assert logged.contact_ids == (LIISA.id,)
    assert after.timeline(ACME.id)[0] is logged


@pytest.mark.parametrize("rule", ["reminder", "birthday"])
def test_how_it_went_is_kept_even_where_somebody_else_was_faster(rule: str) -> None:
    line = key(BOOK, rule)
    book = BOOK.after(reminders.skip(BOOK, NOW, QUIET, line).edits)
    change = reminders.complete(book, NOW, QUIET, line, "She was glad")
    (edit,) = change.edits
    note: Any = edit.after
    assert (note.kind, note.text, note.contact_ids) == ("note", "She was glad", (LIISA.id,))
    assert change.summary.startswith("It was dealt with already.")
    with pytest.raises(NotFound):
        reminders.complete(book, NOW, QUIET, line)
    with pytest.raises(NotFound):
        reminders.complete(book, NOW, QUIET, "zzz", "She was glad")


def test_skipped_comes_up_no_more_and_leaves_no_trace_on_the_timeline() -> None:
    after = BOOK.after(reminders.skip(BOOK, NOW, QUIET, key(BOOK, "birthday")).edits)
    assert {item.rule for item in items(after)} == {"reminder"}
    assert after.timeline(LIISA.id) == ()


def test_snoozed_is_hidden_and_comes_back_with_the_day_it_was_due() -> None:
    friday = Moment(date(2026, 11, 20))
    after = BOOK.after(reminders.snooze(BOOK, NOW, QUIET, key(BOOK, "reminder"), friday).edits)
    assert {item.rule for item in items(after)} == {"birthday"}
    back = next(item for item in items(after, friday.day) if item.rule == "reminder")
    assert back.due.day == TODAY
    assert back.days_late(friday.day) == 2
    again = reminders.snooze(after, NOW, QUIET, back.key, Moment(date(2026, 11, 25)))
    (edit,) = again.edits
    assert isinstance(edit.before, Occurrence)


def test_nothing_is_put_off_into_the_past() -> None:
    with pytest.raises(Invalid, match="has passed"):
        reminders.snooze(BOOK, NOW, QUIET, key(BOOK, "reminder"), Moment(date(2026, 11, 17)))


def test_a_reminder_is_found_by_its_short_word_too() -> None:
    item = next(item for item in items(BOOK) if item.rule == "reminder")
    assert reminders.skip(BOOK, NOW, QUIET, item.handle).edits
    assert reminders.skip(BOOK, NOW, QUIET, "call back").edits
    with pytest.raises(NotFound):
        reminders.skip(BOOK, NOW, QUIET, "zzzz")


def test_a_reminder_is_changed_and_taken_off() -> None:
    changed: Any = reminders.edit(BOOK, NOW, CALL.id, {"due": "friday"}).edits[0].after
    assert changed.due == Moment(date(2026, 11, 20))
    after = BOOK.after(reminders.remove(BOOK, NOW, CALL.id).edits)
    assert {item.rule for item in items(after)} == {"birthday"}


def test_a_reminder_is_not_moved_into_the_past() -> None:
    late = reminder("Send the offer", "r-late", due=Moment(TODAY - timedelta(days=3)))
    book = Book.of(late)
    with pytest.raises(Invalid, match="has passed"):
        reminders.edit(book, NOW, late.id, {"due": "yesterday"})
    assert reminders.edit(book, NOW, late.id, {"text": "Send the other offer"}).edits


@pytest.mark.parametrize("days", [-3, 3])
@pytest.mark.parametrize("end", ["done", "skipped", "snoozed"])
def test_what_comes_once_and_is_given_another_day_is_open_on_it(days: int, end: str) -> None:
    day = TODAY + timedelta(days=7)
    once = reminder("Ask", "r-ask", due=Moment(day))
    until = Moment(day + timedelta(days=30)) if end == "snoozed" else None
    book = Book.of(once, Occurrence(f"reminder:{once.id}:{day}", TODAY, end, until))
    other = day + timedelta(days=days)
    change = reminders.edit(book, NOW, once.id, {"due": other.isoformat()})
    (item,) = agenda(book.after(change.edits), QUIET, TODAY, 30).upcoming
    assert item.due.day == other
    text = reminders.edit(book, NOW, once.id, {"text": "Ask again"})
    assert not agenda(book.after(text.edits), QUIET, TODAY, 30).upcoming


def test_where_nobody_is_named_a_summary_has_no_empty_brackets() -> None:
    book = Book.of(reminder("Send the drawings", "r-1", due=Moment(TODAY)))
    item = items(book)[0]
    until = Moment(TODAY + timedelta(days=1))
    assert [
        reminders.completed(book, NOW, item).summary,
        reminders.skipped(book, NOW, item).summary,
        reminders.snoozed(book, NOW, item, until).summary,
        moved(book, NOW, item, until).summary,
    ] == [
        "Done: Send the drawings",
        "Skipped: Send the drawings",
        "Snoozed until Thu 19 Nov 2026: Send the drawings",
        "Moved from Wed 18 Nov 2026 to Thu 19 Nov 2026: Send the drawings",
    ]
    named = items(BOOK)[1]
    assert reminders.completed(BOOK, NOW, named).summary == (
        "Done: Call back (Call with Liisa Korhonen, Acme Oy)"
    )
    assert reminders.skipped(BOOK, NOW, named).summary == "Skipped: Call back (Liisa Korhonen, Acme Oy)"


def test_it_may_rest_until_later_today_but_not_until_this_very_moment() -> None:
    later = Moment(TODAY, time(10, 31), "Europe/Helsinki")
    change = reminders.snooze(BOOK, NOW, QUIET, key(BOOK, "reminder"), later)
    (put_off,) = [each.after for each in change.edits]
    assert isinstance(put_off, Occurrence)
    assert put_off.until == later
    with pytest.raises(Invalid, match="has passed"):
        reminders.snooze(BOOK, NOW, QUIET, key(BOOK, "reminder"), replace(later, clock=time(10, 30)))
