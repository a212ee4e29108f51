"""Words to days and times: said in two languages, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from builders import NOW, ZONE
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates import words as date_words
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.when import read_leading, read_when, show_day, show_moment, show_partial
from kam_tui.domain.errors import Invalid

TUESDAY = datetime(2026, 11, 24, 10, 15, 40, tzinfo=ZONE)
"""24 November 2026, in ISO week 48."""


def said(text: str, now: datetime = TUESDAY, *, past: bool = False, order: str = "") -> str:
    moment = read_when(text, Reading(order, now=now, past=past))
    return str(moment).removesuffix("[Europe/Helsinki]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24 14:00", "2026-11-24T14:00"),
        ("2026-11-24T14:00", "2026-11-24T14:00"),
        ("2026-11-24T14:00:30", "2026-11-24T14:00:30"),
        ("2026-12-24t9:05", "2026-12-24T09:05"),
        ("2026-11-24T14:00Z", "2026-11-24T16:00"),
        ("2026-11-24T23:30-05:00", "2026-11-25T06:30"),
        ("2026-11-24T14:00[Asia/Tokyo]", "2026-11-24T14:00[Asia/Tokyo]"),
        ("24.11.", "2026-11-24"),
        ("24.11", "2026-11-24"),
        ("3.4.", "2027-04-03"),
        ("24.11.2026", "2026-11-24"),
        ("24. 11. 2027", "2027-11-24"),
        ("24.11.27", "2027-11-24"),
        ("1.12. klo 8", "2026-12-01T08:00"),
        ("1.12.2026 14:00", "2026-12-01T14:00"),
    ],
)
def test_iso_and_dotted_dates_are_always_read_the_same_way(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wed", "2026-11-25"),
        ("Friday", "2026-11-27"),
        ("mon", "2026-11-30"),
        ("tue", "2026-12-01"),
        ("tuesday", "2026-12-01"),
        ("on Thursday", "2026-11-26"),
        ("ti", "2026-12-01"),
        ("maanantai", "2026-11-30"),
        ("maanantaina", "2026-11-30"),
        ("perjantaiksi", "2026-11-27"),
        ("keskiviikkona", "2026-11-25"),
        ("la", "2026-11-28"),
        ("su", "2026-11-29"),
        ("to", "2026-11-26"),
        ("next friday", "2026-12-04"),
        ("next monday", "2026-11-30"),
        ("ensi perjantaina", "2026-12-04"),
        ("this friday", "2026-11-27"),
        ("this monday", "2026-11-23"),
        ("last friday", "2026-11-20"),
        ("last monday", "2026-11-23"),
        ("viime tiistaina", "2026-11-17"),
        ("tuesday next week", "2026-12-01"),
        ("next week on friday", "2026-12-04"),
        ("ensi viikon perjantaina", "2026-12-04"),
        ("perjantaina ensi viikolla", "2026-12-04"),
        ("friday last week", "2026-11-20"),
        ("friday 27.11.", "2026-11-27"),
        ("Fri, 27 Nov 2026", "2026-11-27"),
        ("pe 27.11. klo 14", "2026-11-27T14:00"),
    ],
)
def test_a_weekday_is_the_next_strictly_after_today_unless_it_says_which(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("yesterday", "2026-11-23"),
        ("day after tomorrow", "2026-11-26"),
        ("the day after tomorrow", "2026-11-26"),
        ("the day before yesterday", "2026-11-22"),
        ("tänään", "2026-11-24"),
        ("tanaan", "2026-11-24"),
        ("HUOMENNA", "2026-11-25"),
        ("eilen", "2026-11-23"),
        ("ylihuomenna", "2026-11-26"),
        ("toissapäivänä", "2026-11-22"),
        ("toissapaivana", "2026-11-22"),
        ("ta\u0308na\u0308a\u0308n", "2026-11-24"),
        ("in 3 days", "2026-11-27"),
        ("in three days", "2026-11-27"),
        ("3 days", "2026-11-27"),
        ("3d", "2026-11-27"),
        ("+2w", "2026-12-08"),
        ("+ 2 weeks", "2026-12-08"),
        ("2 weeks from now", "2026-12-08"),
        ("two weeks from today", "2026-12-08"),
        ("two weeks from friday", "2026-12-11"),
        ("2 weeks later", "2026-12-08"),
        ("3 days before 24.12.", "2026-12-21"),
        ("a week", "2026-12-01"),
        ("in a couple of weeks", "2026-12-08"),
        ("3 days ago", "2026-11-21"),
        ("-3d", "2026-11-21"),
        ("in 1 month", "2026-12-24"),
        ("6mo", "2027-05-24"),
        ("in 2 years", "2028-11-24"),
        ("2 viikon päästä", "2026-12-08"),
        ("kahden viikon kuluttua", "2026-12-08"),
        ("viikon kuluttua", "2026-12-01"),
        ("parin päivän päästä", "2026-11-26"),
        ("3 päivää sitten", "2026-11-21"),
        ("1 kk päästä", "2026-12-24"),
        ("vuoden päästä", "2027-11-24"),
        ("in 5 working days", "2026-12-01"),
        ("next working day", "2026-11-25"),
        ("3 arkipäivän päästä", "2026-11-27"),
    ],
)
def test_days_are_counted_from_today(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 nov", "2026-11-24"),
        ("23 nov", "2027-11-23"),
        ("nov 24", "2026-11-24"),
        ("24nov", "2026-11-24"),
        ("November 24th, 2027", "2027-11-24"),
        ("24th of november", "2026-11-24"),
        ("first of december", "2026-12-01"),
        ("24. marraskuuta", "2026-11-24"),
        ("6. joulukuuta 2027", "2027-12-06"),
        ("12 may", "2027-05-12"),
        ("the 31st", "2026-12-31"),
        ("the 15th", "2026-12-15"),
        ("24th", "2026-11-24"),
        ("15. päivä", "2026-12-15"),
        ("feb 29", "2028-02-29"),
        ("29.2.", "2028-02-29"),
        ("week 49", "2026-11-30"),
        ("vko 50", "2026-12-07"),
        ("ke vko 49", "2026-12-02"),
        ("viikolla 2", "2027-01-11"),
        ("week 53", "2026-12-28"),
        ("next week", "2026-11-30"),
        ("ensi viikolla", "2026-11-30"),
        ("last week", "2026-11-16"),
        ("next month", "2026-12-01"),
        ("next year", "2027-01-01"),
        ("ensi vuonna", "2027-01-01"),
        ("end of month", "2026-11-30"),
        ("the end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of february", "2027-02-28"),
        ("end of year", "2026-12-31"),
        ("end of week", "2026-11-27"),
        ("early next week", "2026-11-30"),
        ("mid next week", "2026-12-02"),
        ("early january", "2027-01-05"),
        ("early in january", "2027-01-05"),
        ("early in the new year", "2027-01-05"),
        ("mid-january", "2027-01-15"),
        ("late january 2028", "2028-01-25"),
        ("beginning of december", "2026-12-01"),
        ("kuun lopussa", "2026-11-30"),
        ("ensi kuun alussa", "2026-12-05"),
        ("tammikuun puolivälissä", "2027-01-15"),
        ("vuoden lopussa", "2026-12-31"),
        ("first monday of april", "2027-04-05"),
        ("last friday of the month", "2026-11-27"),
        ("first monday of next month", "2026-12-07"),
    ],
)
def test_a_day_of_the_calendar_is_the_next_such_day_today_included(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:00", "2026-11-24T14:00"),
        ("10:15", "2026-11-25T10:15"),
        ("9:00", "2026-11-25T09:00"),
        ("klo 14", "2026-11-24T14:00"),
        ("klo14", "2026-11-24T14:00"),
        ("klo 14.00", "2026-11-24T14:00"),
        ("kello 9.30", "2026-11-25T09:30"),
        ("at 14", "2026-11-24T14:00"),
        ("9am", "2026-11-25T09:00"),
        ("9 a.m.", "2026-11-25T09:00"),
        ("2:30pm", "2026-11-24T14:30"),
        ("2.30 PM", "2026-11-24T14:30"),
        ("1pm", "2026-11-24T13:00"),
        ("1am", "2026-11-25T01:00"),
        ("12am", "2026-11-25T00:00"),
        ("12pm", "2026-11-24T12:00"),
        ("noon", "2026-11-24T12:00"),
        ("at midday", "2026-11-24T12:00"),
        ("tomorrow at noon", "2026-11-25T12:00"),
        ("tue 14:00", "2026-12-01T14:00"),
        ("tue at 9am", "2026-12-01T09:00"),
        ("ti klo 14", "2026-12-01T14:00"),
        ("klo 14 tiistaina", "2026-12-01T14:00"),
        ("14:00 on friday", "2026-11-27T14:00"),
        ("huomenna klo 9.30", "2026-11-25T09:30"),
        ("3 päivän päästä klo 14", "2026-11-27T14:00"),
        ("november 24th 2027 2pm", "2027-11-24T14:00"),
        ("in 2 hours", "2026-11-24T12:15"),
        ("in an hour", "2026-11-24T11:15"),
        ("+30min", "2026-11-24T10:45"),
        ("tunnin päästä", "2026-11-24T11:15"),
        ("2 hours ago", "2026-11-24T08:15"),
    ],
)
def test_a_time_is_said_in_the_zone_of_now(text: str, expected: str) -> None:
    assert said(text) == expected
    assert read_when(text, Reading(now=TUESDAY)).zone == "Europe/Helsinki"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("friday", "2026-11-20"),
        ("tue", "2026-11-17"),
        ("mon", "2026-11-23"),
        ("last friday", "2026-11-20"),
        ("24 nov", "2026-11-24"),
        ("25 nov", "2025-11-25"),
        ("24.12.", "2025-12-24"),
        ("feb 29", "2024-02-29"),
        ("3 days", "2026-11-21"),
        ("in 3 days", "2026-11-27"),
        ("3d ago", "2026-11-21"),
        ("the 31st", "2026-10-31"),
        ("week 48", "2026-11-23"),
        ("end of month", "2026-10-31"),
        ("14:00", "2026-11-23T14:00"),
        ("9:00", "2026-11-24T09:00"),
        ("2 hours", "2026-11-24T08:15"),
        ("friday 14:00", "2026-11-20T14:00"),
        ("tomorrow", "2026-11-25"),
    ],
)
def test_what_happened_is_looked_for_in_the_past(text: str, expected: str) -> None:
    assert said(text, past=True) == expected


def test_a_slash_is_read_only_in_the_order_that_is_set() -> None:
    assert said("3/4", order="dmy") == "2027-04-03"
    assert said("3/4", order="mdy") == "2027-03-04"
    assert said("3/4/2026 9:00", order="dmy") == "2026-04-03T09:00"
    with pytest.raises(Invalid, match=r"3/4 can be read in two ways: set date_order"):
        read_when("3/4", Reading(now=TUESDAY))
    with pytest.raises(Invalid, match="no month 24"):
        read_when("11/24", Reading("dmy", now=TUESDAY))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "may",
        "mark",
        "november",
        "sprint",
        "next sprint",
        "5",
        "14",
        "week",
        "in days",
        "day",
        "friday the",
        "tomorrow morning",
        "tuesday tuesday",
        "call Anna",
        "friday or monday",
        "13.00",
        "in 3 days ago",
        "3 days tomorrow",
        "half an hour",
        "2026-11",
        "the",
        "of",
        "at",
        "klo",
        "-",
        "+",
        "....",
        "99999999 days",
        "WD1",
        "MO11 24",
        "wd1",
        "TOMORROWS",
        "14:0",
        "second",
        "in 2 second",
    ],
)
def test_what_is_not_wholly_understood_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_when(text, Reading(now=TUESDAY))
    assert str(caught.value).endswith(".")


def test_the_refusal_shows_examples_that_can_be_read() -> None:
    with pytest.raises(Invalid) as caught:
        read_when("next sprint", Reading(now=TUESDAY))
    sentence = str(caught.value)
    assert sentence.startswith("next sprint is not")
    examples = ["tomorrow", "tue 14:00", "in 2 weeks", "24.11.", "24 nov", "2026-11-24"]
    assert all(example in sentence for example in examples)
    assert [read_when(example, Reading(now=TUESDAY)) for example in examples]


@pytest.mark.parametrize("word", ["man", "tin", "ken", "ton", "pen", "lan", "sun pen"])
def test_a_word_that_only_begins_like_a_day_is_none(word: str) -> None:
    with pytest.raises(Invalid):
        read_when(word, Reading(now=TUESDAY))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("30 feb", "There is no 30 Feb."),
        ("2026-02-30", "There is no 30 Feb 2026."),
        ("29.2.2027", "There is no 29 Feb 2027."),
        ("31.4.", "There is no 31 Apr."),
        ("9.30", "There is no month 30; a time is written 14:30 or klo 14.30."),
        ("2026-13-01", "There is no month 13."),
        ("25:00", "There is no such time of day"),
        ("13pm", "There is no such time of day"),
        ("0pm", "There is no such time of day"),
        ("tomorrow 12:60", "There is no such time of day"),
        ("week 54", "There is no week 54."),
        ("the 32nd", "There is no day 32 in any month."),
        ("fri 2026-11-24", "2026-11-24 is a Tuesday."),
        ("in 9999 years", "in 9999 years is in no calendar."),
        ("0000-01-01", "in no calendar"),
    ],
)
def test_a_wrong_date_is_told_what_is_wrong_with_it(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_when(text, Reading(now=TUESDAY))
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_a_month_from_a_month_end_is_the_month_end(start: str, expected: str) -> None:
    now = datetime.fromisoformat(f"{start}T10:00").replace(tzinfo=ZONE)
    assert said("in a month", now) == expected


def test_hours_are_counted_on_the_real_clock_when_the_wall_clock_jumps() -> None:
    evening = datetime(2026, 3, 29, 2, 30, tzinfo=ZONE)  # clocks go from 3 to 4
    assert said("in 2 hours", evening) == "2026-03-29T05:30"


def test_an_offset_is_the_zone_where_there_is_no_name() -> None:
    now = TUESDAY.astimezone(timezone(timedelta(hours=2)))
    assert read_when("14:00", Reading(now=now)) == Moment(date(2026, 11, 24), time(14), "+02:00")
    assert read_when("14:00", Reading(now=TUESDAY.astimezone(UTC))).zone in ("UTC", "+00:00")


@settings(max_examples=80, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
    st.times(),
    st.sampled_from(["", "Europe/Helsinki", "+05:30"]),
)
def test_what_a_book_keeps_is_read_back_as_it_is(day: date, clock: time, zone: str) -> None:
    for moment in (Moment(day), Moment(day, clock.replace(microsecond=0), zone or "Europe/Helsinki")):
        assert read_when(str(moment), Reading(now=NOW)) == moment


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.dates(date(2020, 1, 1), date(2045, 1, 1)))
def test_what_is_shown_is_read_back_as_the_same_day(day: date, today: date) -> None:
    now = datetime.combine(today, time(12), ZONE)
    assert read_when(show_day(day), Reading(now=now)).day == day
    assert read_when(f"{day.day}.{day.month}.{day.year}", Reading(now=now)).day == day


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_a_week_on_either_side_and_never_today(today: date, weekday: int) -> None:
    now = datetime.combine(today, time(12), ZONE)
    name = date_words.WEEKDAYS[weekday]
    ahead, behind = read_when(name, Reading(now=now)).day, read_when(name, Reading(now=now, past=True)).day
    assert 1 <= (ahead - today).days <= 7
    assert 1 <= (today - behind).days <= 7
    assert ahead.weekday() == behind.weekday() == weekday
    coming = read_when(f"next {name}", Reading(now=now)).day
    assert coming.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_sentence(text: str) -> None:
    try:
        assert isinstance(read_when(text, Reading(now=TUESDAY)), Moment)
    except Invalid as problem:
        assert str(problem)  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    [
        ("tue 14:00 call Anna", "2026-12-01T14:00", 2),
        ("tomorrow call Anna", "2026-11-25", 1),
        ("in 2 weeks ask about the offer", "2026-12-08", 3),
        ("friday, ask about the offer", "2026-11-27", 1),
        ("friday the contract ends", "2026-11-27", 1),
        ("early in the new year lunch", "2027-01-05", 5),
        ("24 nov call", "2026-11-24", 2),
        ("24.11. klo 9 soita", "2026-11-24T09:00", 3),
        ("may 12 lunch", "2027-05-12", 2),
        ("sat", "2026-11-28", 1),
        ("to klo 9 palaveri", "2026-11-26T09:00", 3),
        ("to", "2026-11-26", 1),
        ("tomorrow morning call", "2026-11-25", 1),
        ("day after tomorrow at noon lunch with Anna", "2026-11-26T12:00", 5),
        ("next week 3 offers", "2026-11-30", 2),
    ],
)
def test_the_longest_run_of_leading_words_is_taken(text: str, expected: str, count: int) -> None:
    found = read_leading(text.split(), Reading(now=TUESDAY))
    assert found is not None
    assert (str(found[0]).removesuffix("[Europe/Helsinki]"), found[1]) == (expected, count)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "may I call you",
        "mark my words",
        "to call Anna",
        "call Anna tomorrow",
        "march on",
        "the deal",
        "in March",
        "a word",
        "at the office",
        "on it",
        "second thoughts",
        "040 123 4567",
        "3 people",
        "one more thing",
        "end user training",
        "mid market plan",
        "next steps",
    ],
)
def test_prose_is_not_taken_for_a_date(text: str) -> None:
    assert read_leading(text.split(), Reading(now=TUESDAY)) is None


def test_a_wrong_date_in_front_is_told_rather_than_cut_short() -> None:
    with pytest.raises(Invalid, match="no 30 Feb"):
        read_leading("30 feb call Anna".split(), Reading(now=TUESDAY))
    with pytest.raises(Invalid, match="two ways"):
        read_leading("3/4 call Anna".split(), Reading(now=TUESDAY))


def test_a_time_in_the_text_after_the_date_is_left_alone() -> None:
    found = read_leading("tomorrow the score was 99:99".split(), Reading(now=TUESDAY))
    assert found == (Moment(date(2026, 11, 25)), 1)


def test_days_are_shown_in_words_that_do_not_depend_on_the_locale() -> None:
    day = date(2026, 11, 24)
    assert show_day(day) == "Tue 24 Nov 2026"
    assert show_day(day, date(2026, 1, 1)) == "Tue 24 Nov"
    assert show_day(day, date(2025, 12, 31)) == "Tue 24 Nov 2026"
    assert show_moment(Moment(day)) == "Tue 24 Nov 2026"
    assert show_moment(Moment(day, time(9, 5), "Europe/Helsinki")) == "Tue 24 Nov 2026 09:05"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (PartialDate(1980, 4, 12), "12 Apr 1980"),
        (PartialDate(None, 4, 12), "12 Apr"),
        (PartialDate(1980, 4), "Apr 1980"),
        (PartialDate(None, 4), "Apr"),
        (PartialDate(1980), "1980"),
        (PartialDate(None, 2, 29), "29 Feb"),
    ],
)
def test_a_partial_date_is_shown_as_far_as_it_is_known(known: PartialDate, expected: str) -> None:
    assert show_partial(known) == expected


DECEMBER = datetime(2026, 12, 4, 10, 0, tzinfo=ZONE)
"""The Friday before Finland's Independence Day, which is a Sunday; Christmas Eve is a Thursday."""


@pytest.mark.parametrize(
    ("text", "anywhere", "in_finland"),
    [
        ("next working day", "2026-12-07", "2026-12-07"),
        ("in 14 working days", "2026-12-24", "2026-12-28"),
        ("15 working days from now", "2026-12-25", "2026-12-29"),
        ("2 working days after 23.12.", "2026-12-25", "2026-12-29"),
        ("3 working days before 28.12.", "2026-12-23", "2026-12-21"),
        ("3 working days ago", "2026-12-01", "2026-12-01"),
        ("last working day", "2026-12-03", "2026-12-03"),
        ("the last working day of the month", "2026-12-31", "2026-12-31"),
        ("last working day of june", "2027-06-30", "2027-06-30"),
        ("the first working day of january", "2027-01-01", "2027-01-04"),
        ("1st working day of next month", "2027-01-01", "2027-01-04"),
        ("last working day of april 2027", "2027-04-30", "2027-04-30"),
        ("the first working day of may 2028", "2028-05-01", "2028-05-02"),
        ("seuraava arkipäivä", "2026-12-07", "2026-12-07"),
        ("seuraavana työpäivänä", "2026-12-07", "2026-12-07"),
        ("kuukauden viimeinen arkipäivä", "2026-12-31", "2026-12-31"),
        ("ensi kuun viimeisenä arkipäivänä", "2027-01-29", "2027-01-29"),
        ("kesäkuun viimeinen työpäivä", "2027-06-30", "2027-06-30"),
    ],
)
def test_working_days_heed_the_public_holidays_of_the_country(
    text: str, anywhere: str, in_finland: str
) -> None:
    assert said(text, DECEMBER) == anywhere
    assert str(read_when(text, Reading(country="FI", now=DECEMBER))) == in_finland


def test_the_last_working_day_of_a_month_is_not_a_holiday() -> None:
    now = datetime(2027, 5, 1, 9, tzinfo=ZONE)
    assert said("last working day of the month", now) == "2027-05-31"
    assert str(read_when("last working day of this month", Reading(country="US", now=now))) == "2027-05-28"


def test_the_twenty_third_working_day_waits_for_a_month_that_has_one() -> None:
    assert said("the 23rd working day of the month", DECEMBER) == "2026-12-31"
    assert str(read_when("23rd working day of the month", Reading(country="FI", now=DECEMBER))) > "2027"


def test_a_phrase_without_a_working_day_asks_for_no_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "kam_tui.domain.dates.workdays._in_year", lambda *_asked: pytest.fail("holidays were looked up")
    )
    assert str(read_when("in 2 weeks", Reading(country="FI", now=DECEMBER))) == "2026-12-18"
