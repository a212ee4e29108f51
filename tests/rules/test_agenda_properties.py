"""Nothing is missed and nothing comes twice: random books against a count by hand, day by day."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from builders import account, contact, reminder
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.reminder import Occurrence
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings

START = date(2026, 1, 1)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)


@dataclass(frozen=True)
class Known:
    """A record, and a way to tell its days without any of the code under test."""

    record: Record
    series: str
    falls_on: Callable[[date], bool]
    grace: int = 10000


def birthday(number: int, known: PartialDate) -> Known:
    def falls_on(day: date) -> bool:
        last_of_february = (known.month, known.day) == (2, 29) and not isleap(day.year)
        month_day = (2, 28) if last_of_february else (known.month, known.day)
        return (day.month, day.day) == month_day and day.year > (known.year or 0)

    person = contact(f"Person {number}", birthday=known, created=START + timedelta(days=7))
    return Known(person, f"birthday:{person.id}", falls_on, CALM.grace_days)


def repeated(number: int, first: date, every: int) -> Known:
    made = reminder(f"Do {number}", due=Moment(first), rule=f"FREQ=DAILY;INTERVAL={every}", created=START)
    return Known(made, f"reminder:{made.id}", lambda day: day >= first and (day - first).days % every == 0)


def once(number: int, first: date) -> Known:
    made = reminder(f"Once {number}", due=Moment(first), created=START)
    return Known(made, f"reminder:{made.id}", lambda day: day == first)


@st.composite
def books(draw: st.DrawFn) -> list[Known]:
    days = st.dates(START, START + timedelta(days=800))
    found: list[Known] = []
    for number in range(draw(st.integers(1, 6))):
        day = draw(days | st.just(date(2028, 2, 29)))
        sort = draw(st.integers(0, 2))
        year = draw(st.none() | st.integers(1920, 2027))
        if sort == 0 and not (day.month == 2 and day.day == 29 and year and not isleap(year)):
            found.append(birthday(number, PartialDate(year, day.month, day.day)))
        elif sort == 1:
            found.append(repeated(number, day, draw(st.integers(1, 40))))
        else:
            found.append(once(number, day))
    return found


@settings(max_examples=25, deadline=None)
@given(
    books(),
    st.lists(st.integers(0, 60), min_size=5, max_size=25),
)
def test_every_day_shows_from_its_day_until_it_is_handled_and_never_twice(
    known: list[Known], gaps: list[int]
) -> None:
    """However many days lie between two looks at the agenda."""
    today, handled = START, list[Occurrence]()
    settled = dict.fromkeys((k.series for k in known), START - timedelta(days=1))
    base: list[Record] = [account("Acme Oy"), *(k.record for k in known)]
    for number, gap in enumerate(gaps):
        today += timedelta(days=gap)
        found = agenda(Book.of(*base, *handled), CALM, today)
        shown = [item.key.rpartition(":")[0] for item in found.open]
        expected = {k.series for k in known if _waits(k, settled[k.series], today)}
        assert sorted(shown) == sorted(expected)
        everything = [item.key for item in (*found.open, *found.upcoming, *found.snoozed)]
        assert len(set(everything)) == len(everything)
        for item in found.open[: number % 3]:
            handled.append(Occurrence(item.key, today, "done" if number % 2 else "skipped"))
            settled[item.key.rpartition(":")[0]] = today


def _waits(known: Known, settled: date, today: date) -> bool:
    """Whether any of its days since the last that was settled has come, and is not given up yet."""
    day = max(settled + timedelta(days=1), today - timedelta(days=known.grace))
    while day <= today:
        if known.falls_on(day):
            return True
        day += timedelta(days=1)
    return False


@settings(max_examples=25, deadline=None)
@given(books(), st.dates(START, START + timedelta(days=800)), st.integers(1, 30))
def test_what_is_put_off_hides_and_comes_back_as_late_as_it_is(
    known: list[Known], today: date, days: int
) -> None:
    records = [k.record for k in known]
    for item in agenda(Book.of(*records), CALM, today).open:
        until = today + timedelta(days=days)
        book = Book.of(*records, Occurrence(item.key, today, "snoozed", Moment(until)))
        series = item.key.rpartition(":")[0]
        for later in (today, until - timedelta(days=1)):
            assert item.rule == "birthday" or series not in {
                i.key.rpartition(":")[0] for i in agenda(book, CALM, later).open
            }
        back = [i for i in agenda(book, CALM, until).open if i.key.rpartition(":")[0] == series]
        assert len(back) == 1
        assert item.rule == "birthday" or back[0].due == item.due
