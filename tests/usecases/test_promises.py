"""Promises: given, changed, kept, broken, taken back; done on the agenda is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import NOW, TODAY, account, contact, promise

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.promise import Promise
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings
from kam_tui.usecases import promises, reminders
from kam_tui.usecases.undo import undo

ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
DRAWINGS = promise(
    "send the drawings",
    "p-1",
    created=TODAY - timedelta(days=9),
    due=Moment(TODAY - timedelta(days=2)),
    contact_ids=(LIISA.id,),
)
QUIET = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
BOOK = Book.of(ACME, LIISA, DRAWINGS)
KEY = f"promise:p-1:{DRAWINGS.due}"


def settled(change: Change) -> tuple[Promise, Activity]:
    after = BOOK.after(change.edits)
    (activity,) = (each for each in after.activities.values())
    return after.promises["p-1"], activity


def test_a_promise_is_given_in_words() -> None:
    change = promises.make(BOOK, NOW, {"text": "Price list", "due": "fri 14:00", "account_id": "acme"})
    made: Any = change.edits[0].after
    assert (made.created, made.account_id, made.state) == (TODAY, ACME.id, "open")
    assert str(made.due) == "2026-11-20T14:00[Europe/Helsinki]"
    assert change.summary == "Promised by Fri 20 Nov 2026 14:00: Price list"


def test_a_promise_needs_words_and_a_day_to_come() -> None:
    with pytest.raises(Invalid) as caught:
        promises.make(BOOK, NOW, {"account_id": "acme"})
    assert set(caught.value.problems) == {"text", "due"}
    with pytest.raises(Invalid, match="has passed, so nothing can be promised by then"):
        promises.make(BOOK, NOW, {"text": "x", "due": "2026-11-17"})
    with pytest.raises(Invalid, match="There is no field state"):
        promises.make(BOOK, NOW, {"text": "x", "due": "friday", "state": "kept"})


def test_kept_goes_on_the_timeline_and_says_that_it_is_late() -> None:
    kept, activity = settled(promises.keep(BOOK, NOW, "p-1", "by courier"))
    assert (kept.state, kept.settled, kept.note, kept.kept_late) == ("kept", TODAY, "by courier", True)
    assert (activity.kind, activity.because) == ("delivery", KEY)
    assert (activity.account_id, activity.contact_ids) == (ACME.id, (LIISA.id,))
    assert activity.text == "Kept late: send the drawings; by courier"


def test_kept_on_an_earlier_day_is_kept_in_time() -> None:
    kept, activity = settled(promises.keep(BOOK, NOW, "p-1", on=DRAWINGS.due.day))
    assert (kept.kept_late, kept.settled) == (False, DRAWINGS.due.day)
    assert (activity.text, activity.when) == ("Kept: send the drawings", DRAWINGS.due)


@pytest.mark.parametrize("days", [1, -10])
def test_a_promise_is_not_settled_before_it_was_given_nor_in_days_to_come(days: int) -> None:
    with pytest.raises(Invalid, match=r"A promise of Mon 9 Nov 2026 cannot have been kept or broken"):
        promises.keep(BOOK, NOW, "p-1", on=TODAY + timedelta(days=days))


def test_broken_needs_a_reason_which_goes_on_the_timeline() -> None:
    with pytest.raises(Invalid, match="Why was it not kept"):
        promises.break_(BOOK, NOW, "p-1", " ")
    broken, activity = settled(promises.break_(BOOK, NOW, "p-1", "the plant is shut"))
    assert (broken.state, broken.note) == ("broken", "the plant is shut")
    assert (activity.kind, activity.text) == ("note", "Not kept: send the drawings; the plant is shut")
    assert not activity.is_touch


def test_what_is_settled_is_not_settled_again() -> None:
    book = BOOK.after(promises.keep(BOOK, NOW, "p-1").edits)
    with pytest.raises(Invalid, match="was kept on Wed 18 Nov 2026"):
        promises.break_(book, NOW, "p-1", "no")
    book = BOOK.after(promises.break_(BOOK, NOW, "p-1", "no").edits)
    with pytest.raises(Invalid, match="was broken on Wed 18 Nov 2026"):
        promises.keep(book, NOW, "p-1")


def test_undo_opens_it_again_and_clears_the_timeline() -> None:
    change = promises.keep(BOOK, NOW, "p-1")
    after = BOOK.after(change.edits)
    back = after.after(undo(after, NOW, Entry(1, NOW, "anna@cli", change)).edits)
    assert dict(back.promises) == dict(BOOK.promises)
    assert not back.activities


def test_done_on_the_agenda_is_kept() -> None:
    change = reminders.complete(BOOK, NOW, QUIET, KEY, "by mail")
    kept, activity = settled(change)
    assert (kept.state, kept.note, activity.because) == ("kept", "by mail", KEY)
    after = BOOK.after(change.edits)
    assert not after.occurrences
    assert not agenda(after, QUIET, TODAY).open


def test_how_it_went_is_kept_where_somebody_else_was_faster() -> None:
    after = BOOK.after(promises.keep(BOOK, NOW, "p-1").edits)
    change = reminders.complete(after, NOW, QUIET, KEY, "by mail")
    (edit,) = change.edits
    note: Any = edit.after
    assert (note.text, note.contact_ids) == ("by mail", (LIISA.id,))


def test_a_promise_is_put_off_but_not_skipped() -> None:
    later = Moment(TODAY + timedelta(days=1))
    after = BOOK.after(reminders.snooze(BOOK, NOW, QUIET, KEY, later).edits)
    assert [item.key for item in agenda(after, QUIET, TODAY).snoozed] == [KEY]
    with pytest.raises(Invalid, match="A promise cannot be skipped"):
        reminders.skip(BOOK, NOW, QUIET, KEY)


def test_another_day_is_agreed_on() -> None:
    change = promises.edit(BOOK, NOW, "p-1", {"due": "friday", "note": "She agreed"})
    after: Any = change.edits[0].after
    assert after == replace(DRAWINGS, due=Moment(TODAY + timedelta(days=2)), note="She agreed")
    with pytest.raises(Invalid, match="has passed"):
        promises.edit(BOOK, NOW, "p-1", {"due": "2026-11-10"})
    assert promises.edit(BOOK, NOW, "p-1", {"text": "send the drawings"}).edits == ()


def test_removed_it_was_never_given() -> None:
    change = promises.remove(BOOK, NOW, "p-1")
    assert not BOOK.after(change.edits).promises
    with pytest.raises(NotFound, match="no longer in the book"):
        promises.keep(BOOK.after(change.edits), NOW, "p-1")
