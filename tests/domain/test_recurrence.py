"""How often: words and RFC 5545 rules, and the days they give."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.recurrence import describe, first_day, occurrences, read_rule, validate
from kam_tui.domain.errors import Invalid

ENDLESS = date(2100, 1, 1)


def days(rule: str, first: date, count: int, after: date | None = None) -> list[str]:
    return [str(day) for day in islice(occurrences(rule, Moment(first), after, ENDLESS), count)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every day", "FREQ=DAILY"),
        ("daily", "FREQ=DAILY"),
        ("every week", "FREQ=WEEKLY"),
        ("week", "FREQ=WEEKLY"),
        ("Weekly", "FREQ=WEEKLY"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("every two weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2"),
        ("every second week", "FREQ=WEEKLY;INTERVAL=2"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
        ("monthly", "FREQ=MONTHLY"),
        ("every 3 months", "FREQ=MONTHLY;INTERVAL=3"),
        ("every third month", "FREQ=MONTHLY;INTERVAL=3"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("every quarter", "FREQ=MONTHLY;INTERVAL=3"),
        ("yearly", "FREQ=YEARLY"),
        ("every year", "FREQ=YEARLY"),
        ("every friday", "FREQ=WEEKLY;BYDAY=FR"),
        ("Fridays", "FREQ=WEEKLY;BYDAY=FR"),
        ("every mon and thu", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("tuesday, thursday", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every second friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("second friday", "FREQ=MONTHLY;BYDAY=2FR"),
        ("2nd friday", "FREQ=MONTHLY;BYDAY=2FR"),
        ("every second friday of the month", "FREQ=MONTHLY;BYDAY=2FR"),
        ("first monday of every month", "FREQ=MONTHLY;BYDAY=1MO"),
        ("last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("working days", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("last working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("joka kuukauden viimeinen arkipäivä", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("first working day of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("31st", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("end of month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("joka päivä", "FREQ=DAILY"),
        ("joka viikko", "FREQ=WEEKLY"),
        ("joka toinen viikko", "FREQ=WEEKLY;INTERVAL=2"),
        ("joka toinen perjantai", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("perjantaisin", "FREQ=WEEKLY;BYDAY=FR"),
        ("joka kuukausi", "FREQ=MONTHLY"),
        ("joka kuukauden 15. päivä", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("kuukausittain", "FREQ=MONTHLY"),
        ("joka vuosi", "FREQ=YEARLY"),
        ("first monday of january", "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO"),
        ("every first Monday in January", "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO"),
        ("every year on the first monday of january", "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO"),
        ("every second friday of may", "FREQ=YEARLY;BYMONTH=5;BYDAY=2FR"),
        ("last friday of march", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR"),
        ("last day of february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("last working day of june", "FREQ=YEARLY;BYMONTH=6;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("every 24th of december", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),
        ("every march 31", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
        ("29 february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("tammikuun ensimmäinen maanantai", "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO"),
        ("joka tammikuun toinen maanantai", "FREQ=YEARLY;BYMONTH=1;BYDAY=2MO"),
        ("joka vuosi maaliskuun viimeinen perjantai", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR"),
        ("kesäkuun viimeinen arkipäivä", "FREQ=YEARLY;BYMONTH=6;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("joulukuun 24. päivä", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2"),
        ("freq=monthly;byday=-1fr;", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=WEEKLY;UNTIL=20261231T225959Z", "FREQ=WEEKLY;UNTIL=20261231"),
    ],
)
def test_words_and_rules_are_read(text: str, rule: str) -> None:
    assert read_rule(text) == rule
    assert validate(rule) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every",
        "sometimes",
        "every 2 hours",
        "every 0 days",
        "every 32nd",
        "every 1000 days",
        "0th",
        "friday the",
        "every january",
        "first monday of january of march",
        "every 2 weeks of january",
        "every friday in january",
        "every 30th of february",
        "every 31 june",
        "0th of may",
        "first monday of january last",
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;FREQ=DAILY",
        "INTERVAL=2",
        "FREQ=",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        "FREQ=WEEKLY;UNTIL=20261399",
        "FREQ=WEEKLY;BYDAY=2FR",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "X-FREQ=DAILY",
        "FREQ=WEEKLY;=",
        "DTSTART=20260101",
        "FREQ=WEEKLY\nX=1",
    ],
)
def test_what_is_no_rule_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_rule(text)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=6",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2",
    ],
)
def test_a_rule_that_no_day_fulfils_is_refused_when_it_is_set(rule: str) -> None:
    with pytest.raises(Invalid, match="No day can fulfil"):
        validate(rule)


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("", "2026-11-24", ["2026-11-24"]),
        ("FREQ=DAILY;INTERVAL=3", "2026-12-30", ["2026-12-30", "2027-01-02", "2027-01-05"]),
        ("FREQ=WEEKLY", "2026-03-25", ["2026-03-25", "2026-04-01", "2026-04-08"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-27", ["2026-11-27", "2026-12-11", "2026-12-25"]),
        (
            "FREQ=MONTHLY",
            "2027-01-31",
            ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"],
        ),
        ("FREQ=MONTHLY", "2027-12-30", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30"]),
        ("FREQ=MONTHLY;INTERVAL=2", "2026-12-31", ["2026-12-31", "2027-02-28", "2027-04-30", "2027-06-30"]),
        ("FREQ=MONTHLY;COUNT=2", "2027-01-31", ["2027-01-31", "2027-02-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2027-01-31", ["2027-01-31", "2027-03-31", "2027-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("FREQ=MONTHLY;BYDAY=2FR", "2026-12-11", ["2026-12-11", "2027-01-08", "2027-02-12"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-10-30",
            ["2026-10-30", "2026-11-30", "2026-12-31", "2027-01-29"],
        ),
        ("FREQ=YEARLY", "2024-02-29", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("FREQ=YEARLY;INTERVAL=4", "2024-02-29", ["2024-02-29", "2028-02-29"]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26", ["2026-11-26", "2027-11-25"]),
        ("FREQ=WEEKLY;UNTIL=20261208", "2026-11-24", ["2026-11-24", "2026-12-01", "2026-12-08"]),
    ],
)
def test_the_days_of_a_rule(rule: str, first: str, expected: list[str]) -> None:
    assert days(rule, date.fromisoformat(first), 5)[: len(expected)] == expected


def test_the_31st_said_in_words_falls_on_the_last_day_of_shorter_months() -> None:
    rule = read_rule("every 31st")
    assert days(rule, date(2027, 1, 31), 5) == [
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
        "2027-05-31",
    ]


def test_rules_end_where_they_say_and_where_they_are_asked_to() -> None:
    first = Moment(date(2026, 11, 24))
    assert len(list(occurrences("FREQ=WEEKLY;COUNT=3", first, None, ENDLESS))) == 3
    assert list(occurrences("FREQ=WEEKLY;UNTIL=20261124", first, first.day, ENDLESS)) == []
    assert list(occurrences("FREQ=WEEKLY", first, None, date(2026, 12, 1))) == [first.day, date(2026, 12, 1)]
    assert list(occurrences("", first, first.day, ENDLESS)) == []
    assert list(occurrences("", first, None, date(2026, 11, 23))) == []


def test_the_day_a_reminder_began_is_always_one_of_its_days() -> None:
    assert days("FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 24), 3) == ["2026-11-24", "2026-11-27", "2026-12-04"]
    assert days("FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 24), 1, after=date(2026, 11, 24)) == ["2026-11-27"]


def test_a_reminder_may_begin_on_the_first_day_its_rule_names() -> None:
    assert first_day("FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 24)) == date(2026, 11, 27)
    assert first_day("FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 27)) == date(2026, 11, 27)
    assert first_day("", date(2026, 11, 27)) == date(2026, 11, 27)


def test_what_is_no_rule_gives_no_days_in_silence() -> None:
    with pytest.raises(Invalid):
        list(occurrences("every so often", Moment(date(2026, 11, 24)), None, ENDLESS))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", ""),
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every 2 weeks on Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every week on Monday, Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every working day"),
        ("FREQ=MONTHLY;BYDAY=2FR", "every month on its second Friday"),
        ("FREQ=MONTHLY;BYDAY=+2FR", "every month on its second Friday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on its last Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on its last day"),
        (read_rule("every 31st"), "every month on day 31, or the last day of a shorter month"),
        (read_rule("every 30th"), "every month on day 30, or the last day of a shorter month"),
        (read_rule("every 29th"), "every month on day 29, or the last day of a shorter month"),
        (read_rule("last working day"), "every month on its last working day"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year in November on its fourth Thursday"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=-1FR", "every 2 years in March on its last Friday"),
        (read_rule("last working day of june"), "every year in June on its last working day"),
        (read_rule("every 24th of december"), "every year in December on day 24"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO", "by the rule FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO"),
        ("FREQ=YEARLY;BYMONTH=3", "by the rule FREQ=YEARLY;BYMONTH=3"),
        ("FREQ=MONTHLY;BYDAY=-2FR", "by the rule FREQ=MONTHLY;BYDAY=-2FR"),
        ("FREQ=DAILY;COUNT=3", "every day, 3 times"),
        ("FREQ=DAILY;COUNT=1", "every day, 1 time"),
        ("FREQ=WEEKLY;UNTIL=20261231", "every week, until Thu 31 Dec 2026"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, said: str) -> None:
    assert describe(rule) == said


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2032, 1, 1)),
    st.sampled_from(["FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=3"]),
)
def test_a_month_or_year_is_never_left_out_and_the_day_never_drifts(first: date, rule: str) -> None:
    step = {"FREQ=MONTHLY": 1, "FREQ=YEARLY": 12}.get(rule, 3)
    found = list(islice(occurrences(rule, Moment(first, time(9), "Europe/Helsinki"), None, ENDLESS), 30))
    months = [day.year * 12 + day.month for day in found]
    assert [b - a for a, b in pairwise(months)] == [step] * 29
    for day in found:
        clamped = (day + timedelta(days=1)).day == 1 and day.day < first.day
        assert day.day == first.day or clamped


NARROWED = [
    "DAILY", "DAILY;BYDAY=MO,FR", "WEEKLY", "WEEKLY;BYDAY=MO,WE,SU", "WEEKLY;WKST=SU;BYDAY=SU,MO",
    "WEEKLY;BYMONTH=2",
    "MONTHLY", "MONTHLY;BYDAY=-1FR", "MONTHLY;BYMONTHDAY=31", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "YEARLY", "YEARLY;BYMONTH=3,9;BYMONTHDAY=15", "YEARLY;BYDAY=-2MO", "YEARLY;BYWEEKNO=1;BYDAY=MO",
    "YEARLY;BYYEARDAY=-1",
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(NARROWED),
    st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3", ";INTERVAL=5"]),
    st.sampled_from(["", ";COUNT=9", ";UNTIL=20281231"]),
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.integers(0, 4000),
)
def test_the_days_after_a_day_are_those_that_are_counted_through_from_the_first(
    narrowed: str, every: str, end: str, first: date, days_on: int
) -> None:
    every = "" if narrowed == "DAILY;BYDAY=MO,FR" else every  # which no rule may say
    rule, after = f"FREQ={narrowed}{every}{end}", first + timedelta(days=days_on)
    until = after + timedelta(days=1500)
    counted = [day for day in occurrences(rule, Moment(first), None, until) if day > after]
    assert list(occurrences(rule, Moment(first), after, until)) == counted


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_rule_or_a_sentence(text: str) -> None:
    try:
        assert validate(read_rule(text))
    except Invalid as problem:
        assert str(problem)  # noqa: PT017 - either is right


OFF = {date(2026, 1, 1), date(2026, 1, 6), date(2026, 12, 31), date(2027, 1, 1)}
"""Days off between Monday and Friday."""


@pytest.mark.parametrize(
    ("words", "first", "found"),
    [
        ("last working day", date(2026, 11, 30), ["2026-11-30", "2026-12-30", "2027-01-29"]),
        ("first working day", date(2026, 12, 1), ["2026-12-01", "2027-01-04", "2027-02-01"]),
        ("every working day", date(2026, 12, 30), ["2026-12-30", "2027-01-04", "2027-01-05"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3", date(2025, 12, 3), ["2025-12-03", "2026-01-07"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", date(2026, 12, 29), ["2026-12-29", "2027-01-28"]),
        ("first working day of january", date(2026, 1, 2), ["2026-01-02", "2027-01-04", "2028-01-03"]),
        ("every friday", date(2026, 12, 25), ["2026-12-25", "2027-01-01", "2027-01-08"]),
        ("every month", date(2026, 12, 31), ["2026-12-31", "2027-01-31"]),
    ],
)
def test_a_rule_of_working_days_passes_over_holidays(words: str, first: date, found: list[str]) -> None:
    rule = read_rule(words)
    told = list(map(str, islice(occurrences(rule, Moment(first), None, ENDLESS, OFF), 40)))
    assert told[: len(found)] == found
    for n, day in enumerate(told[:20]):  # from wherever one looks, and how near
        here = date.fromisoformat(day)
        assert str(next(occurrences(rule, Moment(first), here, ENDLESS, OFF))) == told[n + 1]
        assert list(map(str, occurrences(rule, Moment(first), None, here, OFF))) == told[: n + 1]


def test_a_reminder_that_began_on_what_is_a_holiday_by_now_comes_on_its_first_day_once() -> None:
    rule, first = read_rule("first working day"), Moment(date(2026, 1, 1))
    told = list(islice(occurrences(rule, first, None, ENDLESS, OFF), 2))
    assert told == [date(2026, 1, 1), date(2026, 2, 2)]


def test_a_weekday_of_one_month_comes_once_a_year() -> None:
    assert days("FREQ=YEARLY;BYMONTH=1;BYDAY=1MO", date(2027, 1, 4), 4) == [
        "2027-01-04", "2028-01-03", "2029-01-01", "2030-01-07",
    ]  # fmt: skip
    leap = read_rule("every 29 february")
    assert days(leap, date(2027, 2, 28), 3) == ["2027-02-28", "2028-02-29", "2029-02-28"]
