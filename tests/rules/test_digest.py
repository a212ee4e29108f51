"""The digest: each thing once, with what was last said."""

from __future__ import annotations

from datetime import date, timedelta

from builders import account, activity, contact, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.moment import Moment
from kam_tui.domain.partial_date import PartialDate
from kam_tui.rules.digest import Digest, digest
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
ACME = account("Acme Oy", tier="key")
LIISA = contact("Liisa Korhonen", account_id=ACME.id, birthday=PartialDate(1976, 11, 24))


def test_nothing_to_say_is_an_empty_digest() -> None:
    assert digest(Book.of(), Settings(), TODAY) == Digest(TODAY)
    assert digest(Book.of(), Settings(), TODAY).empty


def test_each_line_is_in_one_section_and_who_goes_quiet_in_one_of_its_own() -> None:
    talked = activity("Talked", account_id=ACME.id, when=Moment(TODAY - timedelta(days=20)))
    late = reminder("Send the offer", due=Moment(TODAY - timedelta(days=2)), account_id=ACME.id)
    ahead = reminder("Lunch", due=Moment(TODAY + timedelta(days=3)), account_id=ACME.id)
    found = digest(Book.of(ACME, LIISA, talked, late, ahead), Settings(), TODAY)
    assert [line.item.what for line in found.overdue] == ["Send the offer"]
    assert [line.item.what for line in found.today] == ["Birthday, turns 50"]
    assert [line.item.what for line in found.soon] == ["Lunch"]
    assert [line.item.rule for line in found.quiet] == ["cadence"]
    assert not found.empty


def test_a_line_knows_what_was_last_said_to_the_person_else_to_the_account() -> None:
    by_account = activity(
        "Met the board", "t-1", account_id=ACME.id, kind="meeting", when=Moment(date(2026, 11, 20))
    )
    by_person = activity(
        "Talked about the boat. " * 9, "t-2", contact_ids=(LIISA.id,), when=Moment(date(2026, 11, 2))
    )
    paper = activity("Invoice", "t-3", account_id=ACME.id, kind="invoice", when=Moment(date(2026, 11, 23)))
    wordless = activity("", "t-4", account_id=ACME.id, kind="visit", when=Moment(date(2026, 11, 21)))
    (line,) = digest(Book.of(ACME, LIISA, by_account, by_person, paper), Settings(), TODAY).today
    assert line.last.startswith("Mon 2 Nov 2026, call: Talked about the boat. Talked")
    assert line.last.endswith("…")
    (line,) = digest(Book.of(ACME, LIISA, by_account, paper), Settings(), TODAY).today
    assert line.last == "Fri 20 Nov 2026, meeting: Met the board"
    (line,) = digest(Book.of(ACME, LIISA, wordless), Settings(), TODAY).today
    assert line.last == "Sat 21 Nov 2026, visit"
    (line,) = digest(Book.of(LIISA), Settings(), TODAY).today
    assert line.last == ""
