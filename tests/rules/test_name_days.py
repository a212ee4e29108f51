"""Name days by a calendar: a quiet line on the day, for people one knows; more only where it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import account, activity, contact

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.lead import LEADS, Lead
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import Occurrence
from kam_tui.name_calendar import name_calendar
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.rules.digest import digest
from kam_tui.rules.finding import find_item
from kam_tui.rules.name_days import days_of
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
"""A Tuesday."""
KEY = account("Acme Oy", tier="key")
OTHER = account("Koe Oy")
LEMPI = contact("Lempi Korhonen", account_id=KEY.id)
NAMES = "11-24,Lempi\n11-28,Heimo\n12-09,Anna\n07-26,Liisa\n02-29,Karkaus\n03-01,Anna-Maria\n12-01,Anna"


def on(days: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=days)


@pytest.fixture
def calm(tmp_path: Path) -> Settings:
    """Settings with a calendar, and with no cadence."""
    file = tmp_path / "names.csv"
    file.write_text(NAMES, "utf-8")
    return Settings(cadence_key=0, cadence_growth=0, cadence_standard=0, name_day_calendar=str(file))


def plan(settings: Settings, *records: Record, today: date = TODAY, days: int = 7) -> Agenda:
    return agenda(Book.of(KEY, OTHER, *records), settings, today, days)


def test_it_is_a_quiet_line_on_the_day_alone(calm: Settings) -> None:
    (item,) = plan(calm, LEMPI).listed
    assert (item.key, item.what) == (f"nameday:{LEMPI.id}:2026-11-24", "Name day")
    assert item.who == "Lempi Korhonen, Acme Oy"
    assert item.why == "24 Nov is a name day of Lempi Korhonen in the calendar of name days."
    assert item.rests_on == ((LEMPI.id, "name"),)
    assert plan(calm, LEMPI) == Agenda(listed=(item,))
    for days in (-1, 1, 30):
        assert plan(calm, LEMPI, today=on(days)) == Agenda()


def test_on_a_day_off_it_is_told_from_the_working_day_before(calm: Settings) -> None:
    heimo = replace(LEMPI, name="Heimo Salo")  # a Saturday
    shown = [day for day in range(8) if plan(calm, heimo, today=on(day)).listed]
    assert shown == [3, 4]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("Lempi", ["--11-24"]),
        ("LEMPI KORHONEN", ["--11-24"]),
        ("Korhonen, Lempi", ["--11-24"]),
        ("Korhonen Lempi", []),
        ("L. Korhonen", []),
        ("Anna Salo", ["--12-09", "--12-01"]),
        ("Anna-Maria Salo", ["--03-01"]),
        ("Anna-Liisa Salo", ["--12-09", "--12-01", "--07-26"]),
        ("Salo-Lempi", ["--11-24"]),
        ("山田 花子", []),
    ],
)
def test_given_names_are_compared_without_case_and_accents_double_ones_by_their_parts(
    calm: Settings, name: str, days: list[str]
) -> None:
    known = name_calendar(calm.name_day_calendar).days
    assert [str(day) for day in days_of(contact(name), known)] == days


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"name_day": "Liisa"}, ["--07-26"]),
        ({"name_day": "LIISA, Heimo"}, ["--07-26", "--11-28"]),
        ({"name_day": "Anna-Liisa"}, ["--12-09", "--12-01", "--07-26"]),
        ({"name_day": "Nobody"}, []),
        ({"name_day": "none"}, []),
        ({"nickname": "Liisa"}, ["--11-24"]),
        ({"name": "Elisabeth Salo", "nickname": "Liisa"}, ["--07-26"]),
        ({"name": "Elisabeth Salo", "nickname": "Liisa", "name_day": "none"}, []),
    ],
)
def test_who_is_called_otherwise_keeps_the_day_of_that_name_and_who_keeps_none_has_none(
    calm: Settings, fields: dict[str, Any], days: list[str]
) -> None:
    known = name_calendar(calm.name_day_calendar).days
    assert [str(day) for day in days_of(replace(LEMPI, **fields), known)] == days


def test_it_is_told_by_which_name_they_keep_it(calm: Settings) -> None:
    person = replace(LEMPI, name="Elisabeth Korhonen", name_day="Lempi")
    (item,) = plan(calm, person).listed
    said = "24 Nov is a name day of Lempi in the calendar of name days, "
    assert item.why == f"{said}by which Elisabeth Korhonen keeps theirs."
    assert item.rests_on == ((LEMPI.id, "name_day"),)
    asked = replace(calm, lead=(Lead("nameday", 0, "call"),))
    (item,) = plan(asked, person).today
    assert item.rests_on == ((LEMPI.id, "name_day"),)
    assert plan(asked, replace(person, name_day="none")) == Agenda()


@pytest.mark.parametrize(
    ("fields", "touched", "known"),
    [
        ({}, None, True),
        ({"account_id": OTHER.id}, None, False),
        ({"account_id": OTHER.id}, -365, True),
        ({"account_id": OTHER.id}, -366, False),
        ({"account_id": OTHER.id, "cadence_days": 400}, None, True),
        ({"account_id": None}, -3, True),
        ({"standing": "deceased"}, -3, False),
        ({"standing": "left"}, -3, False),
        ({"standing": "do-not-contact"}, -3, False),
        ({"archived": True}, -3, False),
        ({"leads": "none"}, -3, False),
        ({"leads": "birthday call"}, -3, False),
        ({"leads": "gift 14, call"}, -3, True),
        ({"leads": "no leads at all"}, -3, True),
        ({"occasions": (Occasion("nameday", PartialDate(None, 5, 1)),)}, -3, False),
    ],
)
def test_it_is_told_of_people_one_knows_and_not_of_those_it_is_silent_about(
    calm: Settings, fields: dict[str, Any], touched: int | None, known: bool
) -> None:
    person = replace(LEMPI, **fields)
    records: list[Record] = [person]
    if touched is not None:
        records.append(activity("Talked", contact_ids=(person.id,), when=Moment(on(touched))))
    assert bool(plan(calm, *records).listed) is known


def test_their_own_day_wins_and_an_archived_account_or_the_setting_keeps_it_away(calm: Settings) -> None:
    own = replace(LEMPI, occasions=(Occasion("nameday", PartialDate(None, 11, 26)),))
    found = plan(calm, own)
    assert [item.due.day for item in found.upcoming] == [on(2)]
    assert found.listed == ()
    assert plan(replace(calm, name_days=False), LEMPI) == Agenda()
    silent = agenda(Book.of(replace(KEY, archived=True), LEMPI), calm, TODAY)
    assert silent == Agenda()
    nobody = agenda(Book.of(replace(KEY, leads="none"), LEMPI), calm, TODAY)
    assert nobody == Agenda()


def test_a_row_of_the_leads_makes_it_an_occasion_like_any_other(calm: Settings) -> None:
    rows = (*LEADS, Lead("nameday", 5, "card", "tier:key"), Lead("nameday", 0, "call", "tier:key"))
    asked = replace(calm, lead=rows)
    other = replace(LEMPI, id="c-other", account_id=OTHER.id, cadence_days=400)
    found = plan(asked, LEMPI, other, today=on(-5))
    assert [item.what for item in found.today] == ["Card: Name day on Tue 24 Nov"]
    assert [item.what for item in found.upcoming] == ["Name day"]
    on_the_day = plan(asked, LEMPI, other)
    assert [(item.rule, item.ambient) for item in on_the_day.today] == [("nameday", False)]
    assert [item.contact_ids for item in on_the_day.listed] == [(other.id,)]
    assert on_the_day.today[0].facts[-1] == "The day is from the calendar of name days."
    late = plan(asked, LEMPI, today=on(3))
    assert [item.days_late(on(3)) for item in late.overdue if item.rule == "nameday"] == [3]


def test_leads_of_ones_own_that_say_nameday_ask_for_it(calm: Settings) -> None:
    found = plan(calm, replace(LEMPI, leads="nameday gift 3, birthday call"), today=on(-4))
    assert [item.what for item in found.today] == ["Gift: Name day on Tue 24 Nov"]


def test_done_skipped_or_put_off_it_is_so_like_anything_else(calm: Settings) -> None:
    (item,) = plan(calm, LEMPI).listed
    for state in ("done", "skipped"):
        assert plan(calm, LEMPI, Occurrence(item.key, TODAY, state)) == Agenda()
    asleep = plan(calm, LEMPI, Occurrence(item.key, TODAY, "snoozed", Moment(on(2))))
    assert [each.key for each in asleep.snoozed] == [item.key]
    put_off = Occurrence(item.key, TODAY, "snoozed", Moment(on(2)))
    assert [each.key for each in plan(calm, LEMPI, put_off, today=on(2)).listed] == [item.key]
    assert plan(calm, LEMPI, put_off, today=on(3)) == Agenda()


def test_words_mean_what_asks_for_something_first(calm: Settings) -> None:
    talked = activity("Where is it?", kind="received", contact_ids=(LEMPI.id,), when=Moment(on(-1)))
    book = Book.of(KEY, LEMPI, talked)
    assert find_item(book, calm, TODAY, "lempi").rule == "answer"
    assert find_item(book, calm, TODAY, "name day").rule == "nameday"


def test_29_february_is_kept_as_the_settings_say(calm: Settings) -> None:
    person = replace(LEMPI, name="Karkaus Salo")
    shown = {
        (policy, year): [
            str(day)
            for day in (date(year, 2, 28) + timedelta(days=n) for n in range(3))
            if any(
                item.due.day == day for item in plan(replace(calm, leap_day=policy), person, today=day).listed
            )
        ]
        for policy in ("feb28", "mar1")
        for year in (2027, 2028)
    }
    assert shown == {
        ("feb28", 2027): ["2027-02-28"],
        ("mar1", 2027): ["2027-03-01"],
        ("feb28", 2028): ["2028-02-29"],
        ("mar1", 2028): ["2028-02-29"],
    }


def test_the_digest_tells_it_on_the_day_and_counts_it_as_nothing_that_needs_you(calm: Settings) -> None:
    found = digest(Book.of(KEY, LEMPI), calm, TODAY)
    (line,) = found.sections["today"]
    assert line.words == "Happy name day, Lempi!"
    assert found.needs == ()


def test_a_calendar_that_cannot_be_read_takes_nothing_else_away() -> None:
    gone = Settings(name_day_calendar="/nowhere/names.csv")
    born: Contact = replace(LEMPI, birthday=PartialDate(1976, 11, 24), leads="call")
    found = agenda(Book.of(born), gone, TODAY)
    assert [item.rule for item in found.today] == ["birthday"]
