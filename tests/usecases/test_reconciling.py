"""Reconciling: another copy of the book comes in, and nothing is lost. A second time it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import NOW, account, activity, contact, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.activity import NOTE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Record, table_of
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.kinds import Labeled
from kam_tui.usecases.erasing import erase
from kam_tui.usecases.reconciling import Plan, plan, reconcile
from kam_tui.usecases.versions import Former, Other, Version

ACME = account("Acme Oy", "a-acme")
LIISA = contact("Liisa", "c-liisa", account_id="a-acme", title="Buyer")
CALL = activity("Called", "t-call", account_id="a-acme", contact_ids=("c-liisa",))


def other(*versions: Version, formers: Mapping[tuple[str, str], Former] | None = None) -> Other:
    return Other("copy", versions, formers or {})


def former(record: Record, *, is_undone: bool = False) -> dict[tuple[str, str], Former]:
    return {(table_of(record), record.id): Former(record, is_undone)}


def records(book: Book) -> dict[str, Record]:
    return {record.id: record for table in SCHEMAS for record in book.table(table).values()}


def merged(book: Book, copy: Other) -> dict[str, Record]:
    """The records afterwards; and that doing it again changes nothing."""
    after = book.after(reconcile(book, NOW, copy).edits)
    assert reconcile(after, NOW, copy).edits == ()
    return records(after)


def outcomes(found: Plan) -> dict[str, str]:
    return {line.where.partition(" ")[2]: line.outcome for line in found.lines}


def test_what_is_new_there_comes_in() -> None:
    book, call = Book.of(ACME), replace(CALL, contact_ids=())
    assert merged(book, other(Version(call, None))) == records(Book.of(ACME, call))
    found = plan(book, NOW, other(Version(call, None)))
    assert outcomes(found) == {"t-call": "new"}
    assert found.summary == "Merged copy: 1 new"


def test_what_is_here_already_is_nothing_to_do() -> None:
    found = plan(Book.of(ACME), NOW, other(Version(ACME, None)))
    assert (found.lines, found.edits) == ((), ())
    assert found.summary == "copy: the book has all of it"


def test_what_was_changed_there_alone_is_taken_over() -> None:
    theirs = replace(LIISA, title="CEO")
    found = plan(Book.of(ACME, LIISA), NOW, other(Version(theirs, LIISA)))
    assert [edit.after for edit in found.edits] == [theirs]
    assert outcomes(found) == {"c-liisa": "updated"}
    assert found.lines[0].details == ("Title: CEO",)


def test_what_was_changed_here_alone_stays() -> None:
    ours = replace(LIISA, title="CEO")
    assert merged(Book.of(ACME, ours), other(Version(LIISA, LIISA)))["c-liisa"] == ours


def test_of_what_both_changed_the_other_version_is_noted_on_the_timeline() -> None:
    ours, theirs = replace(LIISA, title="CEO"), replace(LIISA, title="CTO", department="Sales")
    copy = other(Version(theirs, LIISA))
    after = merged(Book.of(ACME, ours), copy)
    assert after["c-liisa"] == replace(ours, department="Sales")
    (note,) = (each for each in after.values() if isinstance(each, Activity))
    assert (note.kind, note.contact_ids, note.when.day) == (NOTE, ("c-liisa",), NOW.date())
    assert note.text == "Other version of Liisa:\nTitle: CTO"
    assert not note.is_touch
    found = plan(Book.of(ACME, ours), NOW, copy)
    assert outcomes(found) == {"c-liisa": "conflict"}
    assert found.lines[0].details == (
        "Department: Sales",
        "Both have changed it. The book's stays; the other version is noted: Title: CTO",
    )


def test_the_note_is_about_whom_the_record_is_about() -> None:
    other_account = account("Beta", "a-beta")
    base, ours, theirs = (replace(CALL, text=text) for text in ("Called", "Called back", "No answer"))
    after = merged(Book.of(ACME, LIISA, ours, other_account), other(Version(theirs, base)))
    (note,) = (each for each in after.values() if isinstance(each, Activity) and each.id != "t-call")
    assert (note.account_id, note.contact_ids) == ("a-acme", ("c-liisa",))
    assert note.text == "Other version of Called back:\nText: No answer"
    after = merged(
        Book.of(replace(other_account, city="Oulu")),
        other(Version(replace(other_account, city="Turku"), other_account)),
    )
    (note,) = (each for each in after.values() if isinstance(each, Activity))
    assert (note.account_id, note.text) == ("a-beta", "Other version of Beta:\nCity: Turku")


def test_a_note_that_was_removed_here_since_does_not_come_again() -> None:
    ours, theirs = replace(LIISA, title="CEO"), replace(LIISA, title="CTO")
    book, copy = Book.of(ACME, ours), other(Version(theirs, LIISA))
    (edit,) = reconcile(book, NOW, copy).edits
    assert edit.after
    again = other(Version(theirs, LIISA), formers=former(edit.after))
    assert reconcile(book, NOW, again).edits == ()


def test_what_was_removed_there_and_not_touched_here_goes() -> None:
    found = plan(Book.of(ACME, LIISA, CALL), NOW, other(Version(None, CALL)))
    assert outcomes(found) == {"t-call": "removed"}
    assert merged(Book.of(ACME, LIISA, CALL), other(Version(None, CALL))) == records(Book.of(ACME, LIISA))


def test_what_was_removed_there_and_changed_here_stays() -> None:
    ours = replace(CALL, text="Called twice")
    found = plan(Book.of(ACME, LIISA, ours), NOW, other(Version(None, CALL)))
    assert (found.edits, outcomes(found)) == ((), {"t-call": "conflict"})


def test_whom_others_here_name_does_not_go() -> None:
    book = Book.of(ACME, LIISA, CALL)
    copy = other(Version(None, ACME), Version(None, LIISA))
    found = plan(book, NOW, copy)
    assert (found.edits, outcomes(found)) == ((), {"a-acme": "conflict", "c-liisa": "conflict"})
    copy = other(Version(None, ACME), Version(None, LIISA), Version(None, CALL))
    assert merged(book, copy) == {}


def test_what_was_removed_here_and_changed_there_comes_back() -> None:
    theirs = replace(CALL, text="Called twice")
    copy = other(Version(theirs, CALL), formers=former(CALL))
    found = plan(Book.of(ACME, LIISA), NOW, copy)
    assert outcomes(found) == {"t-call": "conflict"}
    assert merged(Book.of(ACME, LIISA), copy)["t-call"] == theirs


@pytest.mark.parametrize(("is_undone", "comes_in"), [(False, False), (True, True)])
def test_what_is_not_in_the_base_and_was_removed_here_stays_so_unless_that_was_an_undo(
    is_undone: bool, comes_in: bool
) -> None:
    copy = other(Version(ACME, None), formers=former(ACME, is_undone=is_undone))
    assert ("a-acme" in merged(Book.of(), copy)) == comes_in


def test_whom_something_new_names_is_there_again() -> None:
    copy = other(Version(CALL, None), formers=former(LIISA) | former(ACME))
    after = merged(Book.of(), copy)
    assert after == records(Book.of(ACME, LIISA, CALL))


def test_two_of_one_key_are_one() -> None:
    ours, theirs = (reminder("Call", "r-1"), reminder("Ring", "r-1", rule="FREQ=WEEKLY"))
    after = merged(Book.of(ours), other(Version(theirs, None)))
    assert after["r-1"] == replace(ours, rule="FREQ=WEEKLY")
    (note,) = (each for each in after.values() if isinstance(each, Activity))
    assert note.text == "Other version of Call:\nWhat to do: Ring"


def test_somebody_who_was_erased_here_does_not_come_back() -> None:
    mail = (Labeled("liisa@acme.example"),)
    liisa = replace(LIISA, emails=mail)
    book = Book.of(ACME, liisa)
    book = book.after(erase(book, NOW, [liisa]).change.edits)
    theirs = replace(liisa, title="CEO")
    alone = activity("Liisa is happy", "t-alone", contact_ids=("c-liisa",))
    both = activity("Prices", "t-both", account_id="a-acme", contact_ids=("c-liisa",))
    copy = other(Version(theirs, liisa), Version(alone, None), Version(both, None))
    after = merged(book, copy)
    assert "c-liisa" not in after
    assert "t-alone" not in after
    told = {line.where: line.details for line in plan(book, NOW, copy).lines}
    assert told["activities t-both"] == ("It comes in without somebody who was erased.",)
    kept = after["t-both"]
    assert isinstance(kept, Activity)
    assert kept.contact_ids == ()
    copy = other(Version(both, None))
    assert merged(book, copy)["t-both"] == kept


def test_that_somebody_was_erased_there_is_known_here() -> None:
    erasure = Erasure("x-1", date(2026, 11, 1), "00", ("11",))
    assert merged(Book.of(ACME), other(Version(erasure, None))) == records(Book.of(ACME, erasure))


TEXTS = st.text("abcdef ", min_size=1, max_size=8).map(str.strip).filter(bool)
FIELDS = ("title", "department", "about", "language", "tags", "phones")


def value(name: str, text: str) -> Any:
    return (text,) if name == "tags" else (Labeled(text),) if name == "phones" else text


@st.composite
def divergences(
    draw: st.DrawFn,
) -> tuple[list[Record], dict[str, Record], dict[str, Record], dict[str, Record]]:
    """A common book; what each of two has made of it, never of the same field; and both together."""
    people = [contact(f"P{n}", f"c-{n}", title="x", tags=("a",)) for n in range(draw(st.integers(1, 4)))]
    calls = [activity(f"T{n}", f"t-{n}") for n in range(draw(st.integers(0, 3)))]
    common: list[Record] = [*people, *calls]
    ours, theirs, both = ({each.id: each for each in common} for _ in range(3))
    for person in people:
        for name in draw(st.lists(st.sampled_from(FIELDS), unique=True)):
            changed = {name: value(name, draw(TEXTS))}
            side = draw(st.sampled_from([ours, theirs]))
            for book in (side, both):
                book[person.id] = replace(book[person.id], **changed)
    for call in calls:
        side = draw(st.sampled_from([ours, theirs, None]))
        if side is not None:
            del side[call.id], both[call.id]
    for number in range(draw(st.integers(0, 3))):
        side = draw(st.sampled_from([ours, theirs]))
        new = activity(draw(TEXTS), f"t-new-{number}", when=Moment(NOW.date()))
        side[new.id] = both[new.id] = new
    return common, ours, theirs, both


@settings(max_examples=60, deadline=None)
@given(divergences())
def test_bringing_in_what_another_did_is_doing_both(
    found: tuple[list[Record], dict[str, Record], dict[str, Record], dict[str, Record]],
) -> None:
    common, ours, theirs, both = found
    base = {each.id: each for each in common}
    ids = [each for each in base | theirs if base.get(each) != theirs.get(each)]
    copy = other(*(Version(theirs.get(each), base.get(each)) for each in ids))
    assert merged(Book.of(*ours.values()), copy) == both
