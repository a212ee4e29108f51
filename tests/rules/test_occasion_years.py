"""Occasions over the years: hard dates in a table, random books on random days, and a decade day by day."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import account, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import STANDINGS, Contact
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.partial_date import PartialDate
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
START = date(2026, 1, 1)
TIERS = [account(tier, tier=tier) for tier in ("key", "growth", "standard")]


def days_of(known: str, policy: str, *years: int) -> list[str]:
    """The days on which a birthday is due today, in these years."""
    person = contact(birthday=PartialDate.parse(known))
    book, told = Book.of(person), replace(CALM, leap_day=policy)
    days = [date(year, 1, 1) + timedelta(days=n) for year in years for n in range(365 + isleap(year))]
    return [str(day) for day in days if agenda(book, told, day, 0).today]


@pytest.mark.parametrize(
    ("known", "policy", "days"),
    [
        ("1980-02-29", "feb28", ["2027-02-28", "2028-02-29", "2029-02-28"]),
        ("1980-02-29", "mar1", ["2027-03-01", "2028-02-29", "2029-03-01"]),
        ("--02-29", "feb28", ["2027-02-28", "2028-02-29", "2029-02-28"]),
        ("--02-29", "mar1", ["2027-03-01", "2028-02-29", "2029-03-01"]),
        ("1980-02-28", "mar1", ["2027-02-28", "2028-02-28", "2029-02-28"]),
        ("1980-03-01", "feb28", ["2027-03-01", "2028-03-01", "2029-03-01"]),
        ("1980-01-31", "feb28", ["2027-01-31", "2028-01-31", "2029-01-31"]),
        ("1980-12-31", "feb28", ["2027-12-31", "2028-12-31", "2029-12-31"]),
        ("1980-01-01", "feb28", ["2027-01-01", "2028-01-01", "2029-01-01"]),
        ("2028-06-30", "feb28", ["2029-06-30"]),
        ("--06", "feb28", ["2027-06-30", "2028-06-30", "2029-06-30"]),
        ("1980", "feb28", []),
    ],
)
def test_hard_dates(known: str, policy: str, days: list[str]) -> None:
    assert days_of(known, policy, 2027, 2028, 2029) == days


def test_29_february_in_2100_which_is_no_leap_year() -> None:
    assert days_of("--02-29", "feb28", 2096, 2100) == ["2096-02-29", "2100-02-28"]


def test_a_gift_for_new_years_day_is_due_in_the_old_year() -> None:
    person = contact(birthday=PartialDate(1980, 1, 1), account_id=TIERS[0].id)
    (gift,) = agenda(Book.of(TIERS[0], person), CALM, date(2027, 12, 22), 0).today
    assert (gift.what, gift.key[-10:]) == ("Gift: turns 48 on Sat 1 Jan 2028", "2028-01-01")


def falls_on(known: PartialDate, year: int) -> date:
    """Told without any of the code under test."""
    assert known.month is not None
    if known.day == 29 and known.month == 2 and not isleap(year):
        return date(year, 2, 28)
    return date(year, known.month, known.day or 1)


dates = st.dates(date(1930, 1, 1), date(2025, 12, 31))
births = st.builds(
    lambda day, parts: PartialDate(*(day.year if "y" in parts else None, day.month, day.day)),
    dates | st.just(date(1984, 2, 29)),
    st.sampled_from(["ymd", "md"]),
)
people = st.lists(
    st.tuples(births, st.sampled_from([*STANDINGS, "active", "active"]), st.sampled_from([*TIERS, None])),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40)
@given(people, st.lists(st.integers(1, 40), min_size=10, max_size=40), st.data())
def test_every_occasion_shows_on_its_day_or_at_the_first_look_after_it_until_it_is_handled(
    known: list[tuple[PartialDate, str, Record | None]], gaps: list[int], data: st.DataObject
) -> None:
    who = [
        contact(f"P {n}", birthday=on, standing=standing, account_id=at.id if at else None)
        for n, (on, standing, at) in enumerate(known)
    ]
    handled: dict[str, Occurrence] = {}
    today, before = START, START
    for gap in gaps:
        today, before = today + timedelta(days=gap), today
        found = agenda(Book.of(*TIERS, *who, *handled.values()), CALM, today)
        every = (*found.open, *found.upcoming, *found.snoozed)
        series = Counter(item.key.rpartition(":")[0] for item in every)
        assert not series or max(series.values()) == 1
        reached = {person.id for person in who if person.standing == "active"}
        assert {item.contact_ids[0] for item in (*every, *found.missed)} <= reached
        shown = {item.key for item in found.open}
        for person in who:
            expected = _expected(person, before, today)
            if person.id in reached and expected not in handled:
                assert expected is None or expected in shown
        assert {item.key for item in found.missed}.isdisjoint(shown | handled.keys())
        for item in found.open:
            if data.draw(st.booleans()):
                handled[item.key] = Occurrence(item.key, today, "done")


def _expected(person: Contact, before: date, today: date) -> str | None:
    """The key of a birthday since the last look that is still in its grace."""
    assert person.birthday is not None
    for year in (today.year - 1, today.year):
        day = falls_on(person.birthday, year)
        if before < day <= today <= day + timedelta(days=CALM.grace_days):
            return f"birthday:{person.id}:{day}"
    return None


def test_in_a_decade_every_day_of_every_year_is_told_once() -> None:
    liisa = contact("Liisa", birthday=PartialDate(1984, 2, 29), account_id=TIERS[0].id, created=START)
    pekka = contact("Pekka", birthday=PartialDate(None, 12, 31), account_id=TIERS[1].id, created=START)
    wedding = Occasion("wedding", PartialDate(2010, 1, 1))
    anna = contact("Anna", birthday=PartialDate(1990, 7, 15), occasions=(wedding,), created=START)
    since = replace(TIERS[2], created=START, customer_since=PartialDate(2016, 3, 31))
    gone = contact("Gone", birthday=PartialDate(1950, 5, 5), standing="deceased")
    base: list[Record] = [*TIERS[:2], since, liisa, pekka, anna, gone]
    strict = replace(CALM, belated_days=0)
    told = Counter[str]()
    handled: dict[str, Occurrence] = {}
    for number in range(3652):
        today = START + timedelta(days=number)
        recent = [each for each in handled.values() if (today - each.day).days < 500]
        found = agenda(Book.of(*base, *recent), strict, today, 0)
        assert found.overdue == found.missed == ()
        for item in found.today:
            told[item.key] += 1
            handled[item.key] = Occurrence(item.key, today, "done" if number % 2 else "skipped")
    assert set(told.values()) == {1}
    expected = Counter(
        {"birthday": 30, "birthday.gift": 10, "birthday.card": 20, "wedding": 10, "customer": 10}
    )
    assert Counter(key.partition(":")[0] for key in told) == expected
