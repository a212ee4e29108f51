"""The playbook: what has happened asks for something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from builders import account, activity, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.workdays import next_workday
from kam_tui.domain.play import PLAYBOOK, Play
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
NOBODY = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
USUAL = {play.name: play for play in PLAYBOOK}
CALM = replace(NOBODY, playbook=(USUAL["thank-you"],))
ACME = account("Acme Oy")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
MATTI = contact("Matti Virtanen", account_id=ACME.id)


def happened(kind: str, day: date, text: str = "", **fields: Any) -> Activity:
    known: dict[str, Any] = {"kind": kind, "when": Moment(day), "created": Moment(day), "account_id": ACME.id}
    return activity(text, **{"record_id": f"t-{kind}{day:%m%d}"} | known | fields)


def plan(*records: Record, today: date = TODAY, wanted: Settings = CALM) -> Agenda:
    return agenda(Book.of(ACME, LIISA, MATTI, *records), wanted, today)


SALE = happened("sale", date(2026, 11, 23), "40 pallets of birch panels.", contact_ids=(LIISA.id,))


def test_a_sale_asks_for_a_call_on_the_next_working_day_and_says_which_sale() -> None:
    (item,) = plan(SALE).today
    assert item.key == "thank-you:t-sale1123:2026-11-24"
    assert (item.who, item.what) == (
        "Liisa Korhonen, Acme Oy",
        "Call to thank, and ask if they are satisfied",
    )
    assert item.why == "Sale on Mon 23 Nov 2026: 40 pallets of birch panels."
    assert (item.action, item.contact_ids) == ("thank-you", (LIISA.id,))


@pytest.mark.parametrize(
    ("sold", "due"),
    [
        ("2026-11-19", "2026-11-20"),
        ("2026-11-20", "2026-11-23"),
        ("2026-11-21", "2026-11-23"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_the_weekend_is_left_out(sold: str, due: str) -> None:
    day = date.fromisoformat(sold)
    found = plan(happened("sale", day), today=day)
    assert [str(item.due.day) for item in found.upcoming] == [due]


def test_it_stays_until_the_call_is_made() -> None:
    for days in (1, 30, 60):
        today = TODAY + timedelta(days=days)
        assert plan(SALE, today=today).overdue[0].days_late(today) == days
        assert plan(SALE, happened("thank-you", TODAY), today=today) == Agenda()


@pytest.mark.parametrize(
    "thanks",
    [
        happened("thank-you", date(2026, 11, 23)),
        happened("thank-you", TODAY, contact_ids=(MATTI.id,)),
        happened("thank-you", TODAY, account_id=None, contact_ids=(MATTI.id,)),
        happened("mail", TODAY, because="thank-you:t-sale1123:2026-11-24"),
        happened("mail", TODAY, because="thank-you:t-sale1123:2026-11-20"),
        Occurrence("thank-you:t-sale1123:2026-11-24", TODAY, "done"),
        Occurrence("thank-you:t-sale1123:2026-11-20", TODAY, "skipped"),
    ],
)
def test_it_is_satisfied_by_thanks_in_any_form(thanks: Record) -> None:
    assert plan(SALE, thanks) == Agenda()


@pytest.mark.parametrize(
    "other",
    [
        happened("thank-you", date(2026, 11, 22)),
        happened("call", TODAY),
        happened("thank-you", TODAY, account_id="a-other"),
        happened("thank-you", TODAY + timedelta(days=3)),
        happened("mail", TODAY, because="thank-you:t-sale9999:2026-11-24"),
        Occurrence("thank-you:t-sale9999:2026-11-24", TODAY, "done"),
    ],
)
def test_it_is_not_satisfied_by_anything_else(other: Record) -> None:
    assert len(plan(SALE, other).today) == 1


def test_thanks_that_are_deleted_were_not_said() -> None:
    thanks = happened("thank-you", TODAY)
    assert plan(SALE, thanks) == Agenda()
    assert plan(SALE).today


def test_snoozed_it_comes_back() -> None:
    put_off = Occurrence("thank-you:t-sale1123:2026-11-24", TODAY, "snoozed", Moment(date(2026, 11, 26)))
    assert plan(SALE, put_off).snoozed
    (item,) = plan(SALE, put_off, today=date(2026, 11, 27)).overdue
    assert (item.days_late(date(2026, 11, 27)), item.snoozed_until) == (3, None)


def test_old_sales_that_are_only_now_written_down_ask_for_nothing() -> None:
    assert plan(replace(SALE, created=Moment(date(2026, 12, 24))), today=date(2026, 12, 24)) == Agenda()
    assert plan(replace(SALE, created=Moment(date(2026, 12, 23))), today=date(2026, 12, 23)).overdue


def test_a_sale_to_nobody_to_an_archived_account_or_in_the_future_asks_for_nothing() -> None:
    assert plan(replace(SALE, account_id=None, contact_ids=())) == Agenda()
    archived = replace(ACME, archived=True)
    assert agenda(Book.of(archived, LIISA, SALE), CALM, TODAY) == Agenda()
    assert plan(replace(SALE, when=Moment(TODAY + timedelta(days=1)))) == Agenda()


def test_a_sale_with_a_person_alone_is_about_their_account() -> None:
    (item,) = plan(replace(SALE, account_id=None)).today
    assert (item.who, item.account_id) == ("Liisa Korhonen, Acme Oy", ACME.id)
    loner = contact("Pekka Laine")
    alone = happened("sale", date(2026, 11, 23), account_id=None, contact_ids=(loner.id,))
    assert [item.who for item in plan(loner, alone).today] == ["Pekka Laine"]


def test_people_who_left_are_not_to_be_called_but_the_account_is() -> None:
    gone = replace(LIISA, standing="left")
    (item,) = agenda(Book.of(ACME, gone, SALE), CALM, TODAY).today
    assert (item.who, item.contact_ids) == ("Acme Oy", ())


def test_it_can_be_switched_off() -> None:
    assert plan(SALE, wanted=replace(CALM, thank_after_sale=False)) == Agenda()
    assert plan(replace(SALE, text="")).today[0].why == "Sale on Mon 23 Nov 2026."


@pytest.mark.parametrize(
    ("text", "end"),
    [("Panels", ": Panels."), ("Panels!", ": Panels!"), ("word " * 30, "word word…"), ("A\nB", ": A.")],
)
def test_the_sale_is_quoted_as_one_sentence(text: str, end: str) -> None:
    assert plan(replace(SALE, text=text)).today[0].why.endswith(end)


def of(play: Play | str, *records: Record, today: date, days: int = 7, **account_fields: Any) -> Agenda:
    row = USUAL[play] if isinstance(play, str) else play
    book = Book.of(replace(ACME, **account_fields), LIISA, MATTI, *records)
    return agenda(book, replace(NOBODY, playbook=(row,)), today, days)


MON = date(2026, 11, 2)


def after(days: int) -> date:
    return MON + timedelta(days=days)


@pytest.mark.parametrize(
    ("name", "kind", "due", "what", "action"),
    [
        ("check-in-week", "sale", after(7), "Check in: how is it, a week after the sale?", "call"),
        ("check-in-month", "sale", after(30), "Check in: how is it, a month after the sale?", "call"),
        ("complaint-check", "complaint", after(7), "Ask if it still holds", "call"),
        ("summary", "meeting", after(1), "Send the summary", "mail"),
        ("answer", "received", after(1), "Answer the message", "mail"),
        ("hear-back", "hand-off", after(7), "Hear back: what has come of it?", "note"),
    ],
)
def test_each_row_asks_for_what_it_says_on_its_day(
    name: str, kind: str, due: date, what: str, action: str
) -> None:
    trigger = happened(kind, MON, "The motor", contact_ids=(LIISA.id,))
    (item,) = of(name, trigger, today=due, tier="key").today
    assert (item.key, item.what, item.action) == (f"{name}:{trigger.id}:{due}", what, action)
    assert item.who == "Liisa Korhonen, Acme Oy"
    assert item.why.endswith("on Mon 2 Nov 2026: The motor.")
    assert item.facts[0] == item.why
    assert f"Row {name} of the playbook ({item.why.partition(' on ')[0].lower()}, " in item.facts[-1]
    before = of(name, trigger, today=due - timedelta(days=1), days=0, tier="key")
    assert replace(before, at_risk=()) == Agenda()
    assert of(name, trigger, today=due - timedelta(days=1), tier="key").upcoming


@pytest.mark.parametrize(
    ("name", "kind", "answer", "day", "satisfied"),
    [
        ("check-in-week", "sale", "call", 2, False),
        ("check-in-week", "sale", "call", 3, True),
        ("check-in-week", "sale", "thank-you", 3, False),
        ("check-in-month", "sale", "visit", 14, False),
        ("check-in-month", "sale", "visit", 15, True),
        ("complaint-check", "complaint", "call", 1, False),
        ("complaint-check", "complaint", "meeting", 5, True),
        ("summary", "meeting", "share", 0, True),
        ("summary", "meeting", "call", 1, False),
        ("answer", "received", "call", 0, True),
        ("answer", "received", "note", 1, False),
        ("hear-back", "hand-off", "received", 2, False),
        ("answer", "received", "meeting", 1, False),
    ],
)
def test_what_satisfies_a_row_and_from_when_on(
    name: str, kind: str, answer: str, day: int, satisfied: bool
) -> None:
    """A call on the day after the sale is no check-in of a month later."""
    trigger = happened(kind, MON, contact_ids=(LIISA.id,))
    answered = happened(answer, after(day), contact_ids=(LIISA.id,))
    assert (of(name, trigger, answered, today=after(35), tier="key").open == ()) is (
        satisfied or name == "summary"
    )
    if name == "summary":
        assert (of(name, trigger, answered, today=after(3), tier="key").open == ()) is satisfied


def test_a_summary_is_asked_for_after_meetings_with_key_accounts_only() -> None:
    met = happened("meeting", MON)
    assert of("summary", met, today=after(1), tier="key").today
    assert of("summary", met, today=after(1), tier="growth") == Agenda()


def test_a_row_for_some_asks_a_person_without_an_account_in_their_own_right() -> None:
    play = Play("loners", "meeting", "1 day", where="tag:vip")
    loner = contact("Pekka Laine", tags=("vip",))
    met = happened("meeting", MON, account_id=None, contact_ids=(loner.id,))
    assert [item.who for item in of(play, loner, met, today=after(1)).today] == ["Pekka Laine"]
    assert of(play, replace(loner, tags=()), met, today=after(1)) == Agenda()


def test_a_message_of_one_person_is_not_answered_by_a_mail_to_another() -> None:
    message = happened("received", MON, contact_ids=(LIISA.id,))
    to_matti = happened("mail", after(1), contact_ids=(MATTI.id,))
    assert of("answer", message, to_matti, today=after(1)).today
    assert of("answer", message, replace(to_matti, contact_ids=(LIISA.id,)), today=after(1)) == Agenda()
    assert of("answer", replace(message, contact_ids=()), to_matti, today=after(1)) == Agenda()


def test_what_was_done_for_one_row_does_not_satisfy_another() -> None:
    """A mail that answered a message is no summary of the meeting; thanks for one sale are for two."""
    both = replace(NOBODY, playbook=(USUAL["summary"], USUAL["answer"], USUAL["thank-you"]))
    key = replace(ACME, tier="key")
    met, message = happened("meeting", MON), happened("received", MON)
    mail = happened("mail", after(1))
    answered = replace(mail, because=f"answer:{message.id}:{after(1)}")
    for sent, waiting in ((mail, []), (answered, ["summary"])):
        found = agenda(Book.of(key, met, message, sent), both, after(1))
        assert [item.rule for item in found.open] == waiting
    sales = [happened("sale", MON), happened("sale", MON, record_id="t-second")]
    thanked = happened("thank-you", after(1), because=f"thank-you:t-second:{after(1)}")
    assert agenda(Book.of(ACME, *sales, thanked), both, after(1)) == Agenda()


def test_by_the_clock_a_mail_before_the_message_is_no_answer_to_it() -> None:
    message = happened("received", MON, when=Moment(MON, time(10)))
    for hour, waits in ((9, True), (10, False), (11, False)):
        mail = happened("mail", MON, when=Moment(MON, time(hour)))
        assert bool(of("answer", message, mail, today=after(1)).today) is waits
    assert of("answer", message, happened("mail", MON), today=after(1)) == Agenda(), "the time is untold"


def test_what_asks_does_not_satisfy_itself_but_the_next_of_its_kind_may() -> None:
    play = Play("again", "call", "7 days")
    first, second = happened("call", MON), happened("call", after(2))
    assert [item.key for item in of(play, first, today=after(7)).today] == [f"again:{first.id}:{after(7)}"]
    assert [item.key.split(":")[1] for item in of(play, first, second, today=after(9)).open] == [second.id]


def test_a_row_that_nothing_satisfies_waits_to_be_done() -> None:
    play = Play("wait", "meeting", "1 day", "call", unless="none")
    met, call = happened("meeting", MON), happened("call", after(1))
    (item,) = of(play, met, call, today=after(1)).today
    assert not any("satisfy" in fact for fact in item.facts)
    assert of(play, met, Occurrence(item.key, after(1), "done"), today=after(1)) == Agenda()


def test_the_days_off_are_left_out_and_what_is_due_on_one_waits_for_the_next_working_day() -> None:
    friday = happened("complaint", date(2026, 11, 6))
    saturday = happened("complaint", date(2026, 11, 7))
    assert [str(i.due.day) for i in of("complaint-check", friday, today=MON, days=0).open] == []
    for trigger, due in ((friday, "2026-11-13"), (saturday, "2026-11-16")):
        (item,) = of("complaint-check", trigger, today=date(2026, 11, 9)).upcoming
        assert str(item.due.day) == due


def test_what_is_never_done_is_told_as_missed_for_a_while_and_then_let_go() -> None:
    met = happened("meeting", MON)
    shown = [of("summary", met, today=after(1 + days), tier="key") for days in (14, 15, 28, 29)]
    assert [len(each.overdue) for each in shown] == [1, 0, 0, 0]
    assert [len(each.missed) for each in shown] == [0, 1, 1, 0]
    assert shown[0].overdue[0].closes == after(15)


def test_what_was_put_off_for_half_a_year_comes_back_and_stays_as_long_as_any() -> None:
    until = TODAY + timedelta(days=180)
    put_off = Occurrence("thank-you:t-sale1123:2026-11-24", TODAY, "snoozed", Moment(until))
    for days in (0, 100, 179):
        assert plan(SALE, put_off, today=TODAY + timedelta(days=days)).snoozed
    for days in (0, 60):
        (item,) = plan(SALE, put_off, today=until + timedelta(days=days)).overdue
        assert item.key == "thank-you:t-sale1123:2026-11-24"
    assert plan(SALE, put_off, happened("thank-you", TODAY), today=until) == Agenda()


def test_nobody_who_may_be_spoken_to_is_nobody_to_follow_up_with() -> None:
    gone = contact("Pekka Laine", standing="do-not-contact")
    sold = happened("sale", date(2026, 11, 23), account_id=None, contact_ids=(gone.id,))
    assert plan(gone, sold) == Agenda()


def test_without_rows_nothing_is_asked_and_thanks_alone_can_be_left_out() -> None:
    assert plan(SALE, wanted=replace(NOBODY, playbook=())) == Agenda()
    rest = plan(SALE, wanted=replace(NOBODY, thank_after_sale=False), today=date(2026, 11, 30))
    assert [item.rule for item in rest.open] == ["check-in-week"]


PLACES = {"acme": ACME.id, "other": "a-other"}


@st.composite
def histories(draw: st.DrawFn) -> list[Activity]:
    kinds = st.sampled_from(["sale", "complaint", "received", "hand-off", "call", "thank-you", "mail"])
    days = draw(st.lists(st.tuples(st.integers(0, 120), kinds, st.sampled_from(sorted(PLACES))), max_size=9))
    return [
        happened(kind, after(day), account_id=PLACES[place], record_id=f"t-{n}")
        for n, (day, kind, place) in enumerate(days)
    ]


def _waits(play: Play, trigger: Activity, known: list[Activity], today: date) -> bool:
    """By hand, from the words of the usual rows alone."""
    wait, day_of_answer = {
        "thank-you": (0, 0), "check-in-week": (7, 3), "check-in-month": (30, 15), "complaint-check": (7, 3),
        "summary": (0, 0), "answer": (0, 0), "hear-back": (0, 0),
    }[play.name]  # fmt: skip
    due = trigger.when.day + timedelta(days=wait)
    for _each in range({"hear-back": 5}.get(play.name, 0 if wait else 1)):
        due = next_workday(due)
    if due.weekday() > 4:
        due += timedelta(days=7 - due.weekday())
    first = trigger.when.day + timedelta(days=day_of_answer)
    return due <= today <= due + timedelta(days=60) and not any(
        other.kind in play.unless.split(", ") + ([] if play.unless else [play.action])
        and other.account_id == trigger.account_id
        and first <= other.when.day <= today
        for other in known
    )


@settings(max_examples=40, deadline=None)
@given(histories(), st.lists(st.integers(0, 30), min_size=3, max_size=12))
def test_each_asks_exactly_once_until_it_is_satisfied_handled_or_out_of_its_time(
    known: list[Activity], gaps: list[int]
) -> None:
    handled = dict[str, Occurrence]()
    today = MON
    for number, gap in enumerate(gaps):
        today += timedelta(days=gap)
        book = Book.of(ACME, account("Other Oy", "a-other"), *known, *handled.values())
        found = agenda(book, NOBODY, today)
        expected = {
            f"{play.name}:{trigger.id}"
            for play in PLAYBOOK
            for trigger in known
            if trigger.kind == play.on and _waits(play, trigger, known, today)
        } - {key.rpartition(":")[0] for key in handled}
        assert sorted(item.key.rpartition(":")[0] for item in found.open) == sorted(expected)
        shown = [item.key for item in (*found.open, *found.upcoming, *found.missed)]
        assert len(set(shown)) == len(shown)
        for item in found.open[: number % 2]:
            handled[item.key] = Occurrence(item.key, today, "done" if number % 3 else "skipped")
