"""Words to a day or a time, given `now`; and days as a person reads them.

It never guesses: the whole phrase is understood, or it is refused with examples. A grammar of our own,
since one that also reads Finnish, refuses `3/4` and leaves a day without a time as it is, is this small.

What is a matter of convention, and so is said back as a date before anything is kept:

* `friday` is the next one strictly after today; `next friday` the one in the coming ISO week; `last friday`
  the last one strictly before today; `this friday` the one in this ISO week.
* `24 nov`, `24.11.`, `the 15th`, `week 48`: the next such day, today included; 29 February waits for a leap year.
* `next week`, `next month`, `next year` begin on Monday, on the 1st, on 1 January.
* `early`, `mid`, `late` in a month are its 5th, 15th and 25th, `end` its last day; in a week Monday,
  Wednesday, Friday and Friday; `early next year` is 5 January.
* `14:00` alone is today while it is still ahead, else tomorrow.
* In a month's time from the 31st is the month's last day.

With `past`, all of these without a direction of their own look back in the same way.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from kam_tui.domain.date_words import SHORT_MONTHS, SHORT_WEEKDAYS, symbols
from kam_tui.domain.errors import Invalid
from kam_tui.domain.moment import Moment, zone_name
from kam_tui.domain.partial_date import PartialDate
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

LONGEST = 8
"""Words of the longest phrase."""

_EARLY = {"START": 1, "EARLY": 5, "MID": 15, "LATE": 25}
_IN_WEEK = {"START": 0, "EARLY": 0, "MID": 2, "LATE": 4, "END": 4}
_RELATIVE = {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1, "OVERMORROW": 2, "EREYESTERDAY": -2}
_TIME = (
    r"(?P<at>AT )?(?P<hour>\d\d?)(?:(?P<mark>[:.])(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?: (?P<half>am|pm))?"
)


def read_when(text: str, now: datetime, *, order: str = "", past: bool = False) -> Moment:
    """The day or time that `text` says, at the aware `now`, in its zone.

    `order` (`dmy`, `mdy`) says how `3/4` is read. `past` looks back: for what happened, not for
    what is to be done. Raises Invalid, with examples, for anything it does not fully understand.
    """
    found = _read(text, _Asked(now, order, past))
    if found is None:
        raise Invalid(
            _(
                "{text} is not a day that can be read: write it like tomorrow, tue 14:00, in 2 weeks, "
                "24.11., 24 nov or 2026-11-24."
            ).format(text=shorten(clean(text), 60) or '""')
        )
    return found


def read_leading(
    words: Sequence[str], now: datetime, *, order: str = "", past: bool = False
) -> tuple[Moment, int] | None:
    """The longest run of leading words that says a day or time, and how many words it has.

    None where there is none. To be asked only where a date is expected: `sat` is Saturday here.
    Raises Invalid for a run that is a date and a wrong one (`30 feb`), rather than read less of it.
    """
    asked = _Asked(now, order, past)
    for count in range(min(len(words), LONGEST), 0, -1):
        if count == 1 < len(words) and words[0].casefold() == "to":
            return None  # "to call Anna": the Finnish Thursday needs more beside it, or nothing at all
        found = _read(" ".join(words[:count]), asked)
        if found is not None:
            return found, count
    return None


def show_day(day: date, today: date | None = None) -> str:
    """A day as `Tue 24 Nov 2026`; without its year where that is the year of `today`."""
    if today is not None and day.year == today.year:
        pattern = _("{weekday} {day} {month}")
    else:
        pattern = _("{weekday} {day} {month} {year}")
    return _written(pattern, day.day, day.month, day.year, day.weekday())


def show_moment(moment: Moment) -> str:
    """A moment as `Tue 24 Nov 2026 14:00`, or its day alone where it has no time."""
    day = show_day(moment.day)
    return day if moment.clock is None else f"{day} {moment.clock:%H:%M}"


def show_partial(known: PartialDate) -> str:
    """As much of a date as is known: `12 Apr 1980`, `12 Apr`, `Apr 1980`, `1980`."""
    if known.month is None:
        return str(known.year)
    if known.day is None:
        pattern = _("{month}") if known.year is None else _("{month} {year}")
    else:
        pattern = _("{day} {month}") if known.year is None else _("{day} {month} {year}")
    return _written(pattern, known.day or 1, known.month, known.year or 1, 0)


def _written(pattern: str, day: int, month: int, year: int, weekday: int) -> str:
    # Never strftime: its %a and %b follow the C locale, not the language of the program.
    return pattern.format(
        weekday=_(SHORT_WEEKDAYS[weekday]), day=day, month=_(SHORT_MONTHS[month - 1]), number=month, year=year
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a phrase is read against."""

    now: datetime
    order: str
    past: bool

    @property
    def today(self) -> date:
        return self.now.date()

    def nearest(self, choose: Callable[[int], date | None]) -> date | None:
        """The nearest of a day's yearly forms, today included, in the direction asked for."""
        step = -1 if self.past else 1
        for year in range(self.today.year, self.today.year + 9 * step, step):
            day = choose(year)
            if day and (day - self.today).days * step >= 0:
                return day
        return None


def _read(text: str, asked: _Asked) -> Moment | None:
    try:
        exact = Moment.parse(text.strip())
    except ValueError:
        pass
    else:
        return exact if exact.clock is None or exact.zone else Moment.of_day(exact, asked)
    phrase = symbols(text)
    try:
        return _in_hours(phrase, asked) or _in_days(phrase, asked)
    except (ValueError, OverflowError):
        raise Invalid(_("{text} is in no calendar.").format(text=shorten(clean(text), 60))) from None
