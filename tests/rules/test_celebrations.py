"""Celebrations: whose day it is in any month, whether the agenda asks for anything or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import TODAY, account, contact

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.occasion import Occasion
from kam_tui.rules.agenda import agenda
from kam_tui.rules.celebrations import Almanac, word_of
from kam_tui.settings import Settings

NO_LEADS = Settings(lead=())
KEY = account("Acme Oy", tier="key", customer_since=PartialDate(2016, 3, 9))
ANNA = contact("Anna Koe", account_id=KEY.id, birthday=PartialDate(1977, 3, 12))


def told(day: date, *records: Record, settings: Settings = NO_LEADS) -> list[str]:
    """The lines of a day."""
    return [each.line(TODAY) for each in Almanac(Book.of(*records), settings, TODAY).on(day)]


def test_everything_of_a_month_is_there_years_ahead_and_back_and_with_no_lead_at_all() -> None:
    for year, said in ((2019, "turned 42"), (2026, "turned 49"), (2027, "turns 50"), (2041, "turns 64")):
        assert told(date(year, 3, 12), KEY, ANNA) == [f"Anna Koe, Acme Oy: Birthday, {said}"]
    assert told(date(2027, 3, 9), KEY, ANNA) == ["Acme Oy: Customer anniversary, 11 years"]
    assert told(date(2027, 3, 10), KEY, ANNA) == []


def test_the_first_day_of_all_is_no_celebration() -> None:
    assert told(date(1977, 3, 12), ANNA) == []
    assert told(date(1978, 3, 12), ANNA) == ["Anna Koe: Birthday, turned 1"]
    assert told(date(9998, 3, 12), ANNA)


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("feb28", 2027, date(2027, 2, 28)),
        ("mar1", 2027, date(2027, 3, 1)),
        ("mar1", 2028, date(2028, 2, 29)),
        ("feb28", 2028, date(2028, 2, 29)),
    ],
)
def test_the_29th_of_february_is_once_in_each_year_where_the_setting_says(
    rule: str, year: int, day: date
) -> None:
    leap = replace(ANNA, birthday=PartialDate(1980, 2, 29))
    almanac = Almanac(Book.of(leap), replace(NO_LEADS, leap_day=rule), TODAY)
    days = (date(year, 2, 20) + timedelta(days=each) for each in range(20))
    assert [each for each in days if almanac.on(each)] == [day]


def test_where_only_the_month_is_known_it_stands_on_its_last_day() -> None:
    some_time = replace(ANNA, birthday=PartialDate(None, 2))
    assert told(date(2028, 2, 29), some_time) == ["Anna Koe: Birthday, some time in Feb"]
    assert told(date(2027, 2, 28), some_time) == ["Anna Koe: Birthday, some time in Feb"]
    assert told(date(2028, 2, 28), some_time) == []
    assert told(date(2027, 3, 12), replace(ANNA, birthday=PartialDate(1977))) == []


@pytest.mark.parametrize(
    "silent",
    [
        replace(ANNA, archived=True),
        replace(ANNA, standing="left"),
        replace(KEY, archived=True),
        replace(KEY, status="former"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_who_does_not_come_up_on_the_agenda_does_not_here(silent: Contact | Account) -> None:
    day = date(2027, 3, 12) if isinstance(silent, Contact) else date(2027, 3, 9)
    assert told(day, silent) == []


def test_key_accounts_come_first_then_names() -> None:
    other = account("Beta Oy")
    people = (
        contact("Ulla", account_id=KEY.id, birthday=PartialDate(None, 3, 12)),
        contact("Aino", account_id=other.id, birthday=PartialDate(None, 3, 12)),
        contact("Åke", birthday=PartialDate(None, 3, 12)),
    )
    lines = told(date(2027, 3, 12), KEY, other, ANNA, *people)
    assert [line.partition(":")[0] for line in lines] == [
        "Anna Koe, Acme Oy", "Ulla, Acme Oy", "Aino, Beta Oy", "Åke",
    ]  # fmt: skip


def test_name_days_are_there_of_those_who_are_told_of_on_the_day(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("03-15,Anna\n", encoding="utf-8")
    settings = replace(NO_LEADS, name_day_calendar=str(names))
    day, stranger = date(2027, 3, 15), contact("Anna Outo")
    assert told(day, KEY, ANNA, stranger, settings=settings) == ["Anna Koe, Acme Oy: Name day"]
    assert told(day, KEY, replace(ANNA, leads="none"), settings=settings) == []
    own = replace(ANNA, occasions=(Occasion("nameday", PartialDate(None, 12, 9)),))
    assert told(day, KEY, own, settings=settings) == []
    assert told(date(2027, 12, 9), KEY, own, settings=settings) == ["Anna Koe, Acme Oy: Name day"]
    assert told(day, KEY, ANNA, settings=replace(settings, name_days=False)) == []


def test_a_line_of_the_agenda_answers_to_the_celebration_it_follows_from() -> None:
    near = replace(ANNA, birthday=PartialDate(1976, TODAY.month, TODAY.day + 3))
    book, settings = Book.of(KEY, near), Settings()
    (celebration,) = Almanac(book, settings, TODAY).on(TODAY + timedelta(days=3))
    found = agenda(book, settings, TODAY)
    lines = [item for item in (*found.today, *found.upcoming) if item.rule.startswith("birthday")]
    assert lines
    assert {word_of(item) for item in lines} == {celebration.word}
    assert celebration.is_milestone


def test_it_says_whether_it_still_holds() -> None:
    book = Book.of(ANNA)
    almanac = Almanac(book, NO_LEADS, TODAY)
    assert almanac.answers(book, NO_LEADS, TODAY)
    assert not almanac.answers(Book.of(ANNA), NO_LEADS, TODAY)
    assert not almanac.answers(book, Settings(), TODAY)
    assert not almanac.answers(book, NO_LEADS, TODAY + timedelta(days=1))
