"""At risk: the customers who may be lost, each once, with every sign told, and none without a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import account, activity, contact, contract, promise

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import NotFound
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.digest import digest
from kam_tui.rules.finding import find_item
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
"""A Tuesday."""
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
"""No cadence, so that nobody goes cold."""


def on(days: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=days)


ACME = account("Acme Oy", created=on(-900))
LIISA = contact("Liisa Korhonen", account_id=ACME.id, created=on(-900))


def happened(kind: str, days: int, text: str = "The motor", **fields: Any) -> Activity:
    when = Moment(on(days))
    values = {"account_id": ACME.id, "when": when, "created": when, "kind": kind}
    return activity(text, f"t-{kind}{-days}", **values | fields)


def plan(*records: Record, settings: Settings = CALM, today: date = TODAY) -> Agenda:
    """The agenda of a book with these records, besides Acme and Liisa unless given."""
    book = Book.of(ACME, LIISA, *records)
    return agenda(book, settings, today, 0)


def risk(*records: Record, settings: Settings = CALM, today: date = TODAY) -> AgendaItem | None:
    found = plan(*records, settings=settings, today=today).at_risk
    assert len(found) <= 1
    return found[0] if found else None


def told(item: AgendaItem | None) -> str:
    """The signs of a line."""
    return item.what.partition(": ")[2] if item else ""


COMPLAINT = happened("complaint", -5)
BROKEN = promise(account_id=ACME.id, created=on(-30), due=Moment(on(-9)), state="broken", settled=on(-8))
LATE = promise("Send the offer", account_id=ACME.id, created=on(-30), due=Moment(on(-2)))
SOLD = happened("sale", -40)
TALKED = happened("call", -3)


def test_a_customer_without_any_sign_is_not_at_risk() -> None:
    assert risk(TALKED) is None


def test_who_has_gone_past_the_longest_time_is_at_risk_and_quiet_alone_is_not() -> None:
    usual = Settings()
    last = happened("call", -135)
    item = risk(last, settings=usual)
    assert item is not None
    assert told(item) == "gone cold"
    assert item.due.day == TODAY
    assert not item.ambient
    assert item.why.startswith("Last real contact ")
    assert ("t-call135", "when") in item.rests_on
    assert risk(happened("call", -134), settings=usual) is None


@pytest.mark.parametrize("fields", [{"cadence_style": "ambient"}, {"cadence_style": "triggered"}])
def test_who_is_not_to_be_chased_is_at_no_risk_by_being_silent(fields: dict[str, Any]) -> None:
    book = Book.of(replace(ACME, **fields))
    assert agenda(book, Settings(), TODAY).at_risk == ()


def test_a_person_who_has_gone_cold_is_no_account_at_risk() -> None:
    liisa = replace(LIISA, cadence_days=10)
    found = agenda(Book.of(ACME, liisa, happened("visit", -1)), Settings(), TODAY)
    assert [item.state for item in found.quiet] == ["cold"]
    assert found.at_risk == ()
    assert found.fading == found.quiet


def test_a_complaint_is_a_sign_until_a_row_of_the_playbook_says_that_it_is_answered() -> None:
    item = risk(COMPLAINT)
    assert item is not None
    assert told(item) == "complaint open"
    assert item.why == "The complaint of Thu 19 Nov 2026 is still open: The motor."
    assert (item.due.day, item.ambient) == (on(-5), True)
    assert risk(COMPLAINT, happened("call", -4)) is not None, "too soon to know that it holds"
    assert risk(COMPLAINT, happened("call", -2)) is None
    assert risk(COMPLAINT, Occurrence(f"complaint-check:{COMPLAINT.id}:{on(2)}", TODAY, "skipped")) is None
    assert risk(happened("complaint", -180)) is not None
    assert risk(happened("complaint", -181)) is None


def test_without_a_row_for_complaints_any_talk_on_the_day_or_later_answers_one() -> None:
    bare = replace(CALM, playbook=())
    assert told(risk(COMPLAINT, settings=bare)) == "complaint open"
    assert risk(COMPLAINT, happened("mail", -4), settings=bare) is not None
    assert risk(COMPLAINT, happened("call", -5), settings=bare) is None


def test_a_complaint_of_a_person_is_one_of_their_account() -> None:
    by_liisa = happened("complaint", -5, account_id=None, contact_ids=(LIISA.id,))
    assert told(risk(by_liisa)) == "complaint open"


def test_a_broken_promise_is_a_sign_for_ninety_days() -> None:
    item = risk(BROKEN, TALKED)
    assert item is not None
    assert told(item) == "promise broken"
    assert item.why == "A promise was broken on Mon 16 Nov 2026: Send the drawings."
    assert item.rests_on == ((BROKEN.id, "state"),)
    assert risk(BROKEN, TALKED, today=on(82)) is not None
    assert risk(BROKEN, TALKED, today=on(83)) is None
    assert risk(replace(BROKEN, state="kept")) is None


def test_a_late_promise_or_silence_since_a_sale_is_a_sign_only_beside_another() -> None:
    assert risk(LATE) is None
    assert risk(SOLD) is None
    item = risk(LATE, SOLD)
    assert item is not None
    assert item.signs == 2
    assert told(item) == "unheard since the sale, promise late"
    assert item.facts == (
        "No real contact since the last sale, on Thu 15 Oct 2026.",
        "A promise is 2 days late: Send the offer.",
    )
    assert told(risk(LATE, COMPLAINT)) == "complaint open, promise late"


@pytest.mark.parametrize(
    ("sale", "touch", "counts"),
    [(-29, None, False), (-30, None, True), (-365, None, True), (-366, None, False), (-40, -39, False),
     (-40, -41, True), (-40, 3, True)],
)  # fmt: skip
def test_a_sale_counts_after_a_month_where_nobody_was_in_touch_since(
    sale: int, touch: int | None, counts: bool
) -> None:
    records = [happened("sale", sale)] + ([happened("call", touch)] if touch is not None else [])
    found = risk(BROKEN, *records)
    assert ("unheard since the sale" in told(found)) is counts


def test_a_newer_sale_takes_the_place_of_an_older_one() -> None:
    assert "unheard" not in told(risk(BROKEN, SOLD, happened("sale", -3)))


@pytest.mark.parametrize(
    ("fields", "silent_since", "at_risk"),
    [
        ({"end": on(40), "renews": True, "notice": on(10)}, -30, True),
        ({"end": on(40), "renews": True, "notice": on(10)}, -29, False),
        ({"end": on(70), "renews": True, "notice": on(40)}, -60, False),  # not near yet
        ({"end": on(40), "renews": True, "notice": on(-1)}, -60, False),  # it renews now
        ({"end": on(10)}, -60, True),
        ({"end": on(-10)}, -60, True),
        ({"end": on(10), "archived": True}, -60, False),
        ({"end": on(20), "renews": True}, -60, False),  # no day of notice is known
    ],
)
def test_a_contract_that_may_end_is_a_sign_where_nobody_talks(
    fields: dict[str, Any], silent_since: int, at_risk: bool
) -> None:
    found = risk(contract(account_id=ACME.id, **fields), happened("call", silent_since))
    assert told(found) == ("contract in the balance" if at_risk else "")


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        (
            {"end": on(40), "renews": True, "notice": on(10)},
            "Frame can be given notice until Fri 4 Dec 2026, ",
        ),
        ({"end": on(10)}, "Frame ends on Fri 4 Dec 2026"),
    ],
    ids=["renews", "ends"],
)
@pytest.mark.parametrize(("days", "heard", "since"), [(-63, "22 Sep", on(-20)), (-31, "24 Oct", on(-1))])
def test_what_is_in_the_balance_is_told_with_its_days(
    fields: dict[str, Any], fact: str, days: int, heard: str, since: date
) -> None:
    found = risk(contract("Frame", account_id=ACME.id, **fields), happened("call", days))
    assert found
    (said,) = found.facts
    assert said.startswith(fact)
    assert "no real contact since" in said
    assert heard in said
    assert found.due.day == since


def test_what_was_decided_about_a_contract_is_no_sign_any_more() -> None:
    ends = contract(account_id=ACME.id, end=on(10))
    done = Occurrence(f"contract.renewal:{ends.id}:{on(10)}", TODAY, "done")
    assert risk(ends, happened("call", -60)) is not None
    assert risk(ends, happened("call", -60), done) is None


def test_prospects_former_customers_and_archived_accounts_cannot_be_lost() -> None:
    for fields in ({"status": "prospect"}, {"status": "former"}, {"archived": True}):
        book = Book.of(replace(ACME, **fields), COMPLAINT, BROKEN)
        assert agenda(book, Settings(), TODAY).at_risk == ()


def test_those_with_most_signs_come_first_then_key_accounts() -> None:
    names = ["One", "Two", "Key"]
    accounts = [account(name, tier="key" if name == "Key" else "standard") for name in names]
    records = [replace(COMPLAINT, id=f"t-{each.id}", account_id=each.id) for each in accounts]
    more = replace(BROKEN, account_id=accounts[1].id)
    found = agenda(Book.of(*accounts, *records, more), CALM, TODAY).at_risk
    assert [(item.who, item.signs) for item in found] == [("Two", 2), ("Key", 1), ("One", 1)]


def test_done_or_skipped_all_signs_are_settled_and_a_newer_one_brings_the_account_back() -> None:
    item = risk(COMPLAINT)
    assert item is not None
    for state in ("done", "skipped"):
        handled = Occurrence(item.key, on(-1), state)
        assert risk(COMPLAINT, handled) is None
        again = risk(COMPLAINT, replace(BROKEN, settled=TODAY), handled)
        assert told(again) == "promise broken"


def test_put_off_it_sleeps_until_its_day_also_where_another_sign_comes_up() -> None:
    item = risk(BROKEN)
    assert item is not None
    asleep = Occurrence(item.key, TODAY, "snoozed", Moment(on(3)))
    older = replace(COMPLAINT, when=Moment(on(-20)), created=Moment(on(-20)))
    for records in ((BROKEN, asleep), (BROKEN, older, asleep)):
        found = plan(*records)
        assert found.at_risk == ()
        assert [each.rule for each in found.snoozed] == ["at-risk"]
        assert [each.rule for each in plan(*records, today=on(4)).at_risk] == ["at-risk"]


def test_words_mean_what_is_to_be_done_before_how_things_stand() -> None:
    book = Book.of(ACME, COMPLAINT, replace(LATE, text="Acme drawings"))
    assert find_item(book, CALM, TODAY, "acme").rule == "promise"
    alone = Book.of(ACME, COMPLAINT)
    assert find_item(alone, CALM, on(-1), "acme complaint").rule == "at-risk"
    with pytest.raises(NotFound):
        find_item(Book.of(ACME), CALM, TODAY, "acme")


def test_the_digest_names_an_account_once_in_its_own_section() -> None:
    book = Book.of(ACME, happened("call", -200), COMPLAINT)
    found = digest(book, Settings(), TODAY)
    assert list(found.sections) == ["week", "at_risk"]
    (line,) = found.sections["at_risk"]
    assert line.item.what == "Be in touch: complaint open"
    silent = digest(Book.of(ACME, happened("visit", -200)), Settings(), TODAY)
    assert [line.item.rule for line in silent] == ["at-risk"]
    assert len(silent.needs) == 1, "a cadence that has run out still asks"


def test_every_line_about_an_account_names_its_open_complaint_but_the_one_that_asks_about_it() -> None:
    told_on = {
        line.item.rule: line.complaint for line in digest(Book.of(ACME, LIISA, COMPLAINT, LATE), CALM, TODAY)
    }
    assert told_on == {"promise": COMPLAINT, "complaint-check": None, "at-risk": None}
