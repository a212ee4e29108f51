"""The digest: each thing once, in the section where it belongs, with what one needs to act on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from builders import account, activity, contact, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import agenda
from kam_tui.rules.digest import SECTIONS, Digest, digest
from kam_tui.rules.digest_line import DigestLine
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
"""A Tuesday."""
ACME = account("Acme Oy", tier="key", created=TODAY)
LIISA = contact("Liisa Korhonen", account_id=ACME.id, birthday=PartialDate(1976, 11, 24), created=TODAY)


def on(days: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=days)


def made(*records: Record, **asked: object) -> Digest:
    return digest(Book.of(*records), Settings(), TODAY, **asked)  # type: ignore[arg-type]


def told(found: Digest) -> dict[str, list[str]]:
    """Section to what is asked for there."""
    return {name: [line.item.what for line in lines] for name, lines in found.sections.items()}


def the_line(*records: Record, rule: str = "birthday") -> DigestLine:
    (line,) = (line for line in made(*records) if line.item.rule == rule)
    return line


def test_nothing_to_say_is_an_empty_digest() -> None:
    assert made() == Digest(TODAY)
    assert made().empty


def test_every_line_is_in_the_section_where_it_belongs() -> None:
    bought = activity("Ten licences", kind="sale", account_id=ACME.id, when=Moment(on(-3)))
    wrote = activity("Where is it?", kind="received", account_id=ACME.id, when=Moment(on(-1)))
    cold = account("Koe Oy", tier="key", created=on(-60))
    found = made(
        ACME,
        cold,
        replace(LIISA, created=on(-400)),
        contact("Pekka Koe", account_id=ACME.id, birthday=PartialDate(1980, 12, 9), created=on(-400)),
        bought,
        wrote,
        reminder("Send the offer", due=Moment(on(-2)), account_id=ACME.id),
        reminder("Lunch", due=Moment(on(3)), account_id=ACME.id),
        Promise("p-1", on(-9), "the drawings", Moment(on(1)), ACME.id),
        Promise("p-2", on(-9), "the offer", Moment(on(-1)), ACME.id),
        account("Tuore Oy", tier="key", created=on(-15)),
        activity("To the lab", kind="hand-off", account_id=ACME.id, when=Moment(on(-7))),
    )
    whats = told(found)
    assert set(whats["overdue"]) == {"Send the offer", "Call to thank, and ask if they are satisfied"} | {
        what for what in whats["overdue"] if what.startswith(("Gift: ", "Card: "))
    }
    assert whats["today"] == ["Birthday, turns 50"]
    assert whats["prepare"] == ["Gift: turns 46 on Wed 9 Dec"]
    assert whats["week"][:2] == ["the drawings", "Lunch"]
    assert whats["quiet"] == ["Be in touch"]
    assert whats["at_risk"] == ["Be in touch: gone cold"]
    assert whats["waiting"] == ["Answer the message", "Hear back: what has come of it?"]
    assert whats["promises"] == ["the offer"]
    assert list(whats) == [name for name in SECTIONS if name in whats]


def test_a_day_that_passed_since_the_last_look_was_missed_and_an_older_one_is_overdue() -> None:
    old = reminder("Old", due=Moment(on(-9)), account_id=ACME.id)
    passed = reminder("Passed", due=Moment(on(-2)), account_id=ACME.id)
    last = reminder("On the day of the last look", due=Moment(on(-4)), account_id=ACME.id)
    found = made(ACME, old, passed, last, since=on(-4))
    assert told(found) == {"missed": ["Passed"], "overdue": ["Old", "On the day of the last look"]}
    assert not any(line.closed for line in found)
    assert told(made(ACME, old, passed, last, since=on(-1))) == {
        "overdue": ["Old", "On the day of the last look", "Passed"]
    }


def test_overdue_promises_lead_the_agenda_and_the_digest_whenever_the_last_look_was() -> None:
    older = reminder("Older", due=Moment(on(-30)), account_id=ACME.id)
    late = Promise("p-1", on(-9), "the drawings", Moment(on(-1)), ACME.id)
    today = Promise("p-2", on(-9), "the price", Moment(TODAY), ACME.id)
    book = Book.of(ACME, LIISA, older, late, today)
    assert [item.what for item in agenda(book, Settings(), TODAY).overdue][:2] == ["the drawings", "Older"]
    for since in (None, on(-1), on(-2)):
        found = digest(book, Settings(), TODAY, since=since)
        assert next(iter(found.sections)) == "promises"
        assert told(found)["promises"] == ["the drawings"]
        assert "the price" in told(found)["today"]
        assert [line.item.what for line in found.needs][:2] == ["the drawings", "Birthday, turns 50"]


def test_what_has_closed_since_the_last_look_is_told_once_and_asks_for_nothing() -> None:
    grace = Settings().grace_days
    born = on(-grace - 3)
    paula = contact("Paula Salo", birthday=PartialDate(1970, born.month, born.day), created=on(-900))
    shown = []
    looks = [on(days) for days in (-9, -3, -2, 0, 1, 4)]
    for before, day in pairwise(looks):
        found = digest(Book.of(paula), Settings(), day, since=before)
        shown.append([line.closed for line in found.sections.get("missed", ())])
        if shown[-1]:
            assert not found.needs
            assert [line.words for line in found] == [""]
    assert shown == [[], [True], [], [], []]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 28), min_size=1, max_size=8, unique=True),
    st.lists(st.integers(0, 30) | st.integers(31, 150), min_size=6, max_size=12),
)
def test_what_closes_is_told_once_at_the_first_look_after_it(born: list[int], gaps: list[int]) -> None:
    """However many days lie between two looks, and whether or not one looks twice on a day."""
    people = [
        contact(f"Person {number}", birthday=PartialDate(1980, on(days).month, on(days).day), created=on(-40))
        for number, days in enumerate(born)
    ]
    day, told_of = TODAY, dict[str, date]()
    for gap in gaps:
        before, day = day, day + timedelta(days=gap)
        found = digest(Book.of(*people), Settings(), day, since=before)
        for line in found:
            if line.closed:
                assert line.item.key not in told_of
                assert line.item.closes
                assert before <= line.item.closes < day
                told_of[line.item.key] = day
    last = digest(Book.of(*people), Settings(), day, since=day - timedelta(days=365))
    ever = {line.item.key for line in last if line.closed and line.item.closes and line.item.closes >= TODAY}
    assert ever <= told_of.keys()


def test_after_three_months_away_all_that_closed_is_told_once_the_oldest_in_a_line_alone() -> None:
    people = [
        contact(f"Person {ago}", birthday=PartialDate(1980, on(-ago).month, on(-ago).day), created=on(-900))
        for ago in (10, 50, 80, 89, 120)
    ]
    sold = activity("Ten", kind="sale", account_id=ACME.id, when=Moment(on(-80)), created=Moment(on(-80)))
    known = Book.of(replace(ACME, created=on(-900), tier="standard"), *people, sold)
    found = digest(known, Settings(), TODAY, since=on(-90))
    lines = [(line.item.who, line.gone) for line in found.sections["missed"] if line.closed]
    assert [line for line in lines if line[0] != "Acme Oy"] == [
        ("Person 50", False), ("Person 80", True), ("Person 89", True),
    ]  # fmt: skip
    assert ("Acme Oy", True) in lines, "nor did anybody thank them for the order"
    gone = [line for line in found if line.gone]
    assert {line.years for line in gone} == {None, 46}
    assert not any(line.asks or line.words or line.reach or line.last for line in gone)
    assert not [line for line in digest(known, Settings(), on(1), since=TODAY) if line.closed]


def test_what_was_done_meanwhile_is_not_told_as_missed_however_long_one_was_away() -> None:
    day = on(-80)
    person = contact("Paula Salo", birthday=PartialDate(1980, day.month, day.day), created=on(-900))
    done = Occurrence(f"birthday:{person.id}:{day}", day, "done")
    assert digest(Book.of(person), Settings(), TODAY, since=on(-90)).sections.keys() == {"missed"}
    found = digest(Book.of(person, done), Settings(), TODAY, since=on(-90))
    assert not [line for line in found if line.closed]


def test_without_a_last_look_what_closed_yesterday_is_told() -> None:
    grace = Settings().grace_days
    for back, closed in ((0, 0), (1, 1), (2, 0)):
        born = on(-grace - back)
        paula = contact("Paula Salo", birthday=PartialDate(1970, born.month, born.day), created=on(-900))
        assert len([line for line in made(paula) if line.closed]) == closed


def test_only_what_is_about_somebody_where_that_is_asked_for() -> None:
    koe = account("Koe Oy", created=TODAY)
    book = (
        ACME,
        koe,
        LIISA,
        reminder("For Acme", account_id=ACME.id, due=Moment(TODAY)),
        reminder("For Koe", account_id=koe.id, due=Moment(TODAY)),
        reminder("For Liisa", contact_ids=(LIISA.id,), due=Moment(TODAY)),
        reminder("For nobody", due=Moment(TODAY)),
    )
    liisas_day = told(made(ACME, LIISA))["today"]
    assert told(made(*book, about={koe.id})) == {"today": ["For Koe"]}
    assert told(made(*book, about={LIISA.id})) == {"today": [*liisas_day, "For Liisa"]}
    assert told(made(*book, about={ACME.id})) == {"today": ["For Acme", *liisas_day, "For Liisa"]}


def test_a_line_knows_the_last_contact_with_the_person_else_with_the_account() -> None:
    by_account = activity("Met the board", "t-1", account_id=ACME.id, kind="meeting", when=Moment(on(-4)))
    by_person = activity("Talked", "t-2", contact_ids=(LIISA.id,), when=Moment(on(-22)))
    paper = activity("Invoice", "t-3", account_id=ACME.id, kind="invoice", when=Moment(on(-1)))
    ahead = activity("To come", "t-4", account_id=ACME.id, when=Moment(on(1)))
    assert the_line(ACME, LIISA, by_account, by_person, paper, ahead).last == by_person
    assert the_line(ACME, LIISA, by_account, paper).last == by_account
    assert the_line(LIISA).last is None


def test_an_occasion_knows_its_years_and_the_last_gift_to_that_person() -> None:
    wine = activity("Wine", "t-1", kind="gift", contact_ids=(LIISA.id,), when=Moment(on(-365)))
    book_ = activity("A book", "t-2", kind="gift", contact_ids=(LIISA.id,), when=Moment(on(-730)))
    other = activity("Chocolate", "t-3", kind="gift", account_id=ACME.id, when=Moment(on(-30)))
    line = the_line(ACME, LIISA, wine, book_, other)
    assert (line.years, line.gift) == (50, wine)
    asked = reminder("Call Liisa", contact_ids=(LIISA.id,), due=Moment(TODAY))
    assert the_line(ACME, LIISA, wine, asked, rule="reminder").gift is None


def test_a_card_that_is_due_before_a_birthday_of_next_year_knows_the_age_of_that_day() -> None:
    paula = contact(
        "Paula Salo", account_id=ACME.id, birthday=PartialDate(1977, 1, 2), created=on(-400), channel="post"
    )
    found = digest(Book.of(ACME, paula), Settings(), date(2026, 12, 28))
    assert {line.years for line in found if line.item.rule.startswith("birthday")} == {50}
    assert {line.words for line in found if line.item.rule.startswith("birthday")} == {
        "Happy 50th birthday, Paula!"
    }


def test_what_else_is_open_for_the_same_people_stands_beside_one_line_and_only_one() -> None:
    ahead = reminder("Ask about the boat", due=Moment(on(30)), contact_ids=(LIISA.id,))
    today = reminder("Call Liisa", due=Moment(TODAY), contact_ids=(LIISA.id,))
    asleep = reminder("Put off", due=Moment(on(-1)), contact_ids=(LIISA.id,))
    put_off = Occurrence(f"reminder:{asleep.id}:{on(-1)}", on(-1), "snoozed", Moment(on(20)))
    far = reminder("Next summer", due=Moment(on(200)), contact_ids=(LIISA.id,))
    promise = Promise("p-1", on(-9), "the drawings", Moment(on(60)), contact_ids=(LIISA.id,))
    found = made(ACME, LIISA, ahead, today, asleep, put_off, far, promise)
    beside = [item.what for line in found for item in line.also]
    assert beside == ["Put off", "Ask about the boat", "the drawings"]


def test_a_line_says_how_to_reach_them_the_way_they_like_best() -> None:
    full = replace(
        LIISA,
        phones=(Labeled("+358 40 1", "mobile"), Labeled("+358 9 2", "work")),
        emails=(Labeled("liisa@acme.example", "work"),),
        address="Katu 1\nTampere",
    )
    ways = {
        "": ("phone", "+358 40 1", "mobile"),
        "phone": ("phone", "+358 40 1", "mobile"),
        "message": ("message", "+358 40 1", "mobile"),
        "mail": ("mail", "liisa@acme.example", "work"),
        "meeting": ("phone", "+358 40 1", "mobile"),
        "post": ("post", "Katu 1\nTampere", ""),
    }
    for channel, way in ways.items():
        reach = the_line(ACME, replace(full, channel=channel)).reach
        assert reach, channel
        assert (reach.channel, reach.value, reach.label) == way, channel
    bare = replace(full, phones=(), address="", channel="phone")
    reach = the_line(ACME, bare).reach
    assert reach
    assert reach.value == "liisa@acme.example"
    assert the_line(replace(ACME, phones=(Labeled("+358 9 8", "switchboard"),)), LIISA).reach
    assert the_line(ACME, LIISA).reach is None


def test_a_company_that_went_quiet_is_reached_by_who_was_there_the_last_time() -> None:
    cold = account("Koe Oy", tier="key", created=on(-60))
    left = contact("Olli", account_id=cold.id, standing="left", phones=(Labeled("+358 40 9"),))
    pekka = contact("Pekka Koe", account_id=cold.id, phones=(Labeled("+358 40 7"),))
    met = activity("Met", account_id=cold.id, contact_ids=(left.id, pekka.id), when=Moment(on(-40)))
    line = the_line(cold, left, pekka, met, rule="at-risk")
    assert line.reach
    assert (line.reach.name, line.reach.value) == ("Pekka Koe", "+358 40 7")
    assert line.words == "How are things at Koe Oy, and what could we do better for you?"
    quiet = the_line(replace(cold, tier="growth"), left, pekka, met, rule="cadence")
    assert quiet.reach == line.reach
    assert quiet.words == "It has been a while. How are things at Koe Oy?"


def test_who_is_only_listed_as_quiet_needs_nobody() -> None:
    cold = account("Koe Oy", tier="key", created=on(-60))
    assert [line.item.rule for line in made(cold).needs] == ["at-risk"]
    found = made(replace(cold, cadence_style="ambient"))
    assert [line.item.state for line in found] == ["cold"]
    assert not found.needs


def test_the_first_things_that_need_somebody_are_those_of_today_that_stand_out() -> None:
    late = reminder("Late", due=Moment(on(-1)), account_id=ACME.id)
    clocked = reminder("At nine", due=Moment.parse(f"{TODAY}T09:00"), account_id=ACME.id)
    ahead = reminder("Ahead", due=Moment(on(1)), account_id=ACME.id)
    needs = made(ACME, LIISA, late, clocked, ahead).needs
    rules = [line.item.rule for line in needs]
    assert rules == ["birthday", "birthday.card", "birthday.gift", "reminder", "reminder"]
    assert [line.item.what for line in needs[3:]] == ["At nine", "Late"]


@st.composite
def books(draw: st.DrawFn) -> Sequence[Record]:
    """People with birthdays and reminders all around today, some of them handled."""
    status = draw(st.sampled_from(["customer", "prospect"]))
    records: list[Record] = [replace(ACME, created=on(-60), status=status)]
    for number in range(draw(st.integers(0, 5))):
        born = on(draw(st.integers(-90, 30)))
        person = contact(
            f"Person {number}",
            account_id=draw(st.sampled_from([ACME.id, None])),
            birthday=PartialDate(1980, born.month, born.day),
            created=on(-400),
        )
        due = on(draw(st.integers(-20, 40)))
        asked = reminder(f"Do {number}", due=Moment(due), contact_ids=(person.id,), created=on(-60))
        records += [person, asked]
        if draw(st.booleans()):
            records.append(Occurrence(f"reminder:{asked.id}:{due}", TODAY, "snoozed", Moment(on(3))))
        wrote = draw(st.integers(0, 9))
        records.append(
            activity(
                "Hello", f"t-{number}", kind="received", contact_ids=(person.id,), when=Moment(on(-wrote))
            )
        )
    return records


@settings(max_examples=40, deadline=None)
@given(books(), st.integers(0, 30), st.none() | st.integers(0, 30))
def test_all_that_is_on_the_agenda_is_in_the_digest_once(
    records: Sequence[Record], days: int, ago: int | None
) -> None:
    book = Book.of(*records)
    due = agenda(book, Settings(), TODAY, days)
    found = digest(book, Settings(), TODAY, days, None if ago is None else on(-ago))
    open_keys = {item.key for item in (*due.overdue, *due.today, *due.upcoming, *due.quiet)}
    told_once = {item.key for item in due.quiet} - {item.key for item in due.fading}
    assert len(told_once) == sum(item.signs for item in due.at_risk)
    assert not told_once or book.accounts[ACME.id].status == "customer"
    open_keys = open_keys - told_once | {item.key for item in due.at_risk}
    shown = [line.item.key for line in found]
    beside = [item.key for line in found for item in line.also]
    assert {line.item.key for line in found if not line.closed} == open_keys
    assert {line.item.key for line in found if line.closed} <= {item.key for item in due.missed}
    assert len({*shown, *beside}) == len(shown) + len(beside)
