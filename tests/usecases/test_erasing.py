"""Erasing: what goes, what stays and is to be looked at, and who does not come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import NOW, TODAY, account, activity, contact, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Record, add
from kam_tui.domain.draft import Draft
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.identity import stamped
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.reminder import Occurrence
from kam_tui.usecases.erasing import Erasing, again, erase, sifted, versions
from kam_tui.usecases.import_plan import Plan
from kam_tui.usecases.marking import erased
from kam_tui.usecases.merging import merge, plan
from kam_tui.usecases.redacting import LEAST, Reach

ACME = account("Acme Oy", "a-1", aliases=("Akme",))
LIISA = contact(
    "Liisa Korhonen", "c-1", account_id="a-1", sources=("hubspot:11",),
    emails=(Labeled("liisa@acme.example"),), phones=(Labeled("+358 40 123 4567"),),
)  # fmt: skip
PEKKA = contact("Pekka Koe", "c-2", account_id="a-1", reports_to="c-1", about="Reports to Liisa Korhonen")
ALONE = activity("Lunch, just us", "t-alone", contact_ids=("c-1",))
AT_ACME = activity("Liisa told of her move", "t-acme", contact_ids=("c-1",), account_id="a-1")
BOTH = activity("Liisa Korhonen and Pekka", "t-both", contact_ids=("c-1", "c-2"))
CALL = reminder("Call Liisa Korhonen", "r-1", contact_ids=("c-1",), account_id="a-1")
DAYS = (
    Occurrence("birthday:c-1:2026-11-24", TODAY, "done"),
    Occurrence("thank-you:t-alone:2026-11-24", TODAY, "done"),
    Occurrence("reminder:r-1:2026-11-24", TODAY, "done"),
)
RECORDS: tuple[Record, ...] = (ACME, LIISA, PEKKA, ALONE, AT_ACME, BOTH, CALL, *DAYS)
BOOK = Book.of(*RECORDS)


def gone(book: Book = BOOK, reach: Reach = LEAST) -> tuple[Book, Erasing]:
    """The book without Liisa."""
    erasing = erase(book, NOW, [LIISA], reach)
    return book.after(erasing.change.edits), erasing


def draft(name: str = "", company: str = "", **fields: Any) -> Draft:
    return Draft("row 1", {"name": name or "Somebody Else", **fields}, {"name": company} if company else {})


def plan_of(book: Book, *drafts: Draft) -> Plan:
    return plan(book, NOW, drafts)


def test_every_record_becomes_what_it_should() -> None:
    after, erasing = gone()
    assert erasing.removed[0] == LIISA
    assert {record.id for record in erasing.removed} == {"c-1", "t-alone", DAYS[0].id, DAYS[1].id}
    assert after.contacts["c-2"] == replace(PEKKA, reports_to=None, about="Reports to (erased)")
    assert after.activities["t-acme"] == replace(AT_ACME, contact_ids=())
    assert after.activities["t-both"] == replace(BOTH, contact_ids=("c-2",), text="(erased) and Pekka")
    assert after.reminders["r-1"] == replace(CALL, contact_ids=(), text="Call (erased)")
    assert set(after.occurrences) == {DAYS[2].id}
    assert after.accounts["a-1"] == ACME


def test_what_somebody_has_to_look_at_is_told() -> None:
    namesake = contact("liisa  KORHONEN", "c-7")
    after, erasing = gone(BOOK.after([add(namesake), add(activity("Liisa?", "t-far"))]))
    assert [record.id for record in erasing.look] == ["t-acme", "t-far"]
    assert [record.id for record in erasing.read] == ["t-acme", "r-1"]
    assert erasing.namesakes == (namesake,)
    assert after.contacts["c-7"] == namesake


def test_more_goes_where_that_is_said() -> None:
    after, erasing = gone(reach=Reach(entries=True, names=True))
    assert set(after.activities) == {"t-both"}
    assert not after.reminders
    assert not after.occurrences
    assert not erasing.look
    assert not erasing.read


def test_the_summary_does_not_tell_who_it_was() -> None:
    _after, erasing = gone()
    assert erasing.change.summary == "Erased a person, and 7 other records went or were changed with them"
    assert erase(Book.of(LIISA), NOW, [LIISA]).change.summary == "Erased a person"


def test_nothing_in_an_erasure_tells_who_it_was() -> None:
    _after, erasing = gone()
    kept = erasing.erasure
    assert kept.created == TODAY
    assert all(len(mark) == 16 for mark in kept.marks)
    assert not any(word in repr(kept).casefold() for word in ("liisa", "korhonen", "4567", "c-1", "hubspot"))
    assert gone()[1].erasure.marks != kept.marks


def test_a_second_erasure_has_the_salt_of_the_first() -> None:
    after, first = gone()
    second = erase(after, NOW, [PEKKA])
    assert second.erasure.salt == first.erasure.salt
    assert second.erasure.id != first.erasure.id


def test_the_versions_of_a_contact_come_from_the_book_and_the_history() -> None:
    then = replace(LIISA, name="Liisa Virta")
    first = replace(then, title="Boss", extra={"x": [1]})
    edits = [Edit(then, LIISA), Edit(PEKKA, None), Edit(first, then), add(first)]
    assert versions("c-1", BOOK, edits) == [LIISA, then, first]
    assert versions("c-9", BOOK, edits) == []


def test_in_a_backup_they_are_known_by_what_it_and_the_book_know() -> None:
    old = replace(LIISA, name="Liisa Virta", emails=())
    text = activity("Liisa Virta, Liisa Korhonen", "t-1", account_id="a-1")
    backup = Book.of(ACME, old, text)
    first = erase(BOOK, NOW, [LIISA])
    then = again(first, NOW)(backup, lambda _id: [])
    assert backup.after(then.change.edits).activities["t-1"].text == "(erased), (erased)"
    assert then.person.versions == (LIISA, old)
    same = again(first, NOW)(BOOK, lambda _id: [])
    assert same.erasure == first.erasure


@pytest.mark.parametrize(
    "who",
    [
        draft(sources=("hubspot:11",)),
        draft(sources=("kam:c-1",)),
        draft(emails=(Labeled("LIISA@acme.example"),)),
        draft(phones=(Labeled("+358-40-1234567"),)),
        draft("LIISA korhonen", "Acme Oy"),
        draft("Liisa Korhonen", "ACME"),
        draft("Liisa Korhonen", "akme"),
    ],
)
def test_an_import_does_not_bring_them_back(who: Draft) -> None:
    after, _erasing = gone()
    planned = plan_of(after, who)
    assert [(line.outcome, line.name) for line in planned.lines] == [("rejected", who.name)]
    assert planned.lines[0].details == (f"{who.name} was erased on Wed 18 Nov 2026 and is not brought back.",)
    assert planned.edits == merge(after, NOW, [who]).edits == ()
    assert plan_of(BOOK, who).lines[0].outcome != "rejected"


@pytest.mark.parametrize(
    "who",
    [
        draft("Liisa Korhonen"),
        draft("Liisa Korhonen", "Globex"),
        draft("Bo Ek", "Acme Oy", emails=(Labeled("bo@acme.example"),)),
        draft(sources=("salesforce:11",)),
    ],
)
def test_others_may_come_in(who: Draft) -> None:
    after, _erasing = gone()
    assert plan_of(after, who).lines[0].outcome == "new"


def test_the_same_row_of_the_same_file_does_not_come_in_again() -> None:
    (row,) = stamped([Draft("row 1", {"name": "Maija Testi"})], "csv")
    book = Book.of().after(merge(Book.of(), NOW, [row]).edits)
    (maija,) = book.contacts.values()
    after = book.after(erase(book, NOW, [maija]).change.edits)
    assert plan_of(after, row).lines[0].outcome == "rejected"


def test_who_is_in_the_book_again_is_found_there() -> None:
    after, _erasing = gone()
    back = after.after([add(contact("Liisa K", "c-new", emails=LIISA.emails))])
    line = plan_of(back, draft("Liisa K", emails=LIISA.emails, title="Boss")).lines[0]
    assert (line.outcome, line.details) == ("updated", ("Title: Boss",))


def test_what_others_share_with_them_keeps_nobody_out() -> None:
    shared = contact("Bo Ek", "c-5", emails=LIISA.emails, phones=LIISA.phones)
    after, _erasing = gone(BOOK.after([add(shared)]))
    assert plan_of(after, draft("Anna Ek", emails=LIISA.emails)).lines[0].outcome == "new"


def test_nobody_waits_for_somebody_who_was_erased() -> None:
    after, _erasing = gone()
    who = Draft("row 1", {"name": "Bo Ek"}, {}, {"reports_to": "hubspot:11"})
    planned = plan_of(after, who)
    assert planned.lines[0].details == ()
    assert "hubspot" not in repr(planned.edits)


def test_a_book_from_before_comes_in_without_them() -> None:
    after, _erasing = gone()
    new = activity("Liisa Korhonen was there", "t-new", contact_ids=("c-1",), account_id="a-1")
    planned = plan(after, NOW, (), (), [*RECORDS, new])
    outcomes = {line.where: line.outcome for line in planned.lines}
    assert outcomes["contacts c-1"] == outcomes["activities t-alone"] == "rejected"
    assert outcomes[f"occurrences {DAYS[0].id}"] == outcomes[f"occurrences {DAYS[1].id}"] == "rejected"
    assert {where for where, outcome in outcomes.items() if outcome == "same"} == {
        "accounts a-1", "contacts c-2", "activities t-acme", "activities t-both", "reminders r-1",
        f"occurrences {DAYS[2].id}",
    }  # fmt: skip
    assert planned.edits == (add(replace(new, contact_ids=(), text="(erased) was there")),)
    told = {line.details for line in planned.lines if line.outcome == "rejected"}
    assert told == {
        ("Liisa Korhonen was erased on Wed 18 Nov 2026 and is not brought back.",),
        ("It is about somebody who was erased on Wed 18 Nov 2026, and is not brought back.",),
    }


def test_what_was_erased_with_them_does_not_come_back_either() -> None:
    after, _erasing = gone(reach=Reach(entries=True, names=True))
    left, refused = sifted(after, RECORDS)
    assert {record.id for record, _why in refused} == {
        "c-1",
        "t-alone",
        "t-acme",
        "r-1",
        *(d.id for d in DAYS),
    }
    assert {record.id for record in left} == {"a-1", "c-2", "t-both"}


def test_an_account_that_comes_in_with_them_tells_as_well() -> None:
    after, _erasing = gone(Book.of(ACME, replace(LIISA, sources=(), emails=(), phones=())))
    stranger = replace(LIISA, id="c-77", account_id="a-77", sources=(), emails=(), phones=())
    _left, refused = sifted(after, [replace(ACME, id="a-77"), stranger])
    assert [record.id for record, _why in refused] == ["c-77"]
    assert sifted(after, [account("Globex", "a-77"), stranger])[1] == []


def test_who_is_in_the_book_is_not_sifted_out() -> None:
    after, _erasing = gone()
    back = after.after([add(LIISA)])
    assert sifted(back, RECORDS) == (list(RECORDS), [])
    assert sifted(BOOK, RECORDS) == (list(RECORDS), [])


def test_an_erasure_whose_key_or_marks_are_odd_harms_nobody() -> None:
    odd = Book.of(Erasure("x-1", TODAY, "ä" * 100, ("zz",)), Erasure("x-2", TODAY))
    assert erased(odd)(LIISA) is None
