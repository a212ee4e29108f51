"""Occasions over the years: random books on random days, and a decade day by day."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from builders import account, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import STANDINGS, Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
START = date(2026, 1, 1)
TIERS = [account(tier, tier=tier) for tier in ("key", "growth", "standard")]


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
