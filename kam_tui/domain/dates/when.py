"""Words to a day or a time, given `now`; and days as a person reads them.

It never guesses: the whole phrase is understood, or it is refused with examples. A grammar of our own,
since one that also reads Finnish, refuses `3/4` and leaves a day without a time as it is, is this small.

What is a matter of convention, and so is said back as a date before anything is kept:

* `friday` is the next one strictly after today; `next friday` the one in the coming ISO week; `last friday`
  the last one strictly before today; `this friday` the one in this ISO week.
* `24 nov`, `24.11.`, `the 15th`, `week 48` (its Monday): the next such day, today included; 29 February
  waits for a leap year.
* `next week`, `next month`, `next year` begin on Monday, on the 1st, on 1 January.
* `early`, `mid`, `late` in a month are its 5th, 15th and 25th, `end` its last day; in a week Monday,
  Wednesday, Friday and Friday; `early next year` is 5 January.
* `14:00` alone is today while it is still ahead, else tomorrow.
* In a month's time from the 31st is the month's last day.
* `tomorrow 9:00 Tokyo time` and `tomorrow 9:00 Asia/Tokyo` are said on the clock there, as is
  `9:00 their time` where their zone is known; which day is tomorrow is said on the calendar here.
* `next working day`, `in 3 working days`, `the last working day of june` heed the public holidays of the
  country that is set.

Looking back, all of these without a direction of their own look back in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from kam_tui.domain.dates.moment import Moment, tzinfo_of, zone_name
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.words import SHORT_MONTHS, SHORT_WEEKDAYS, symbols
from kam_tui.domain.dates.zone import show_over_there, zone_of
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

_THEIR = ("their", "heidän", "hänen")

LONGEST = 8
"""Words of the longest phrase."""

_TIME = (
    r"(?P<at>AT )?(?P<hour>\d\d?)"
    r"(?:(?P<mark>[:.])(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?: (?P<half>am|pm))?"
)


def read_when(text: str, how: Reading) -> Moment:
    """The day or time that `text` says, at the `now` of `how`, in its zone.

    Raises Invalid, with examples, for anything it does not fully understand.
    """
    found = _read(text, how)
    if found is None:
        raise Invalid(
            _(
                "{text} is not a day that can be read: write it like tomorrow, tue 14:00, in 2 weeks, "
                "24.11., 24 nov or 2026-11-24."
            ).format(text=shorten(clean(text), 60) or '""')
        )
    return found


def read_leading(words: Sequence[str], how: Reading) -> tuple[Moment, int] | None:
    """The longest run of leading words that says a day or time, and how many words it has.

    None where there is none. To be asked only where a date is expected: `sat` is Saturday here.
    Raises Invalid for a run that is a date and a wrong one (`30 feb`), rather than read less of it.
    """
    for count in range(min(len(words), LONGEST), 0, -1):
        if count == 1 < len(words) and words[0].casefold() == "to":
            return None  # "to call Anna": the Finnish Thursday needs more beside it, or nothing at all
        found = _read(" ".join(words[:count]), how)
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


def show_moment(moment: Moment, zone: str = "") -> str:
    """A moment as `Tue 24 Nov 2026 14:00`, or its day alone where it has no time; with the time in `zone`
    behind it, `(21:00 in Tokyo)`, where that is another."""
    day = show_day(moment.day)
    if moment.clock is None:
        return day
    there = show_over_there(moment, zone) if zone else ""
    return f"{day} {moment.clock:%H:%M}" + (f" ({there})" if there else "")


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


def _read(text: str, how: Reading) -> Moment | None:
    from kam_tui.domain.dates.phrases import day_in

    zone = zone_name(how.moment)
    if stored := _stored(text.strip(), how.moment, zone):
        return stored
    if elsewhere := _elsewhere(text, how):
        return _read_there(*elsewhere, how)
    phrase = symbols(text)
    try:
        if moment := _in_hours(phrase, how, zone):
            return moment
        if day := day_in(phrase, how):
            return Moment(day)
        for rest, found in _timed(phrase):
            if not rest:
                clock = _clock(found)
                return Moment(_nearest_day(clock, how), clock, zone)
            if day := day_in(rest, how):
                return Moment(day, _clock(found), zone)
    except (ValueError, OverflowError):
        raise Invalid(_("{text} is in no calendar.").format(text=shorten(clean(text), 60))) from None
    return None


def _stored(text: str, now: datetime, zone: str) -> Moment | None:
    """What `str(moment)` wrote, and ISO 8601 with an offset, which is turned into the time of `zone`."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d)?([Zz]|[+-]\d\d:\d\d)", text):
        try:
            return Moment.of(datetime.fromisoformat(text.upper()).astimezone(now.tzinfo), zone)
        except (ValueError, OverflowError):
            return None
    try:
        moment = Moment.parse(text)
    except ValueError:
        return None
    return moment if moment.clock is None or moment.zone else Moment(moment.day, moment.clock, zone)


def _read_there(text: str, zone: str, how: Reading) -> Moment | None:
    """A time of day that is said on the clock in another zone."""
    where, phrase = tzinfo_of(zone), symbols(text)
    if where is None or re.search(r"\d([Zz]|[+-]\d\d:\d\d)$|\]$", text) or _in_hours(phrase, how, zone):
        return None
    if re.fullmatch(_TIME, phrase):  # without a day: while it is still ahead there
        how = how.at(how.moment.astimezone(where), past=how.past)
    found = _read(text, how)
    return Moment(found.day, found.clock, zone) if found and found.clock else None


def _elsewhere(text: str, how: Reading) -> tuple[str, str] | None:
    """A phrase without the zone that it ends with, and that zone: `9:00 Tokyo time`, `9:00 their time`,
    `9:00 Asia/Tokyo`. Raises Invalid where it is theirs, and nobody knows which that is."""
    words = text.strip(" ,;:!?").split()
    if re.fullmatch(r"[A-Za-z_]+/[A-Za-z_/-]+|UTC", words[-1] if len(words) > 1 else ""):
        zone = zone_of(words[-1])
        return (" ".join(words[:-1]), zone) if zone else None
    if len(words) < 3 or words[-1].casefold() not in ("time", "aikaa"):
        return None
    for count in (1, 2, 3):
        rest, name = " ".join(words[: -1 - count]), " ".join(words[-1 - count : -1])
        if name.casefold() in _THEIR:
            if not how.there and any(letter.isdigit() for letter in rest):
                raise Invalid(
                    _("Nobody knows what time it is there: no time zone is known of who this is about."),
                    _("Write the zone down with them, or say the city: tue 9:00 Tokyo time."),
                )
            return rest, how.there
        if rest and (zone := zone_of(name)):
            return rest, zone
    return None


def _in_hours(phrase: str, how: Reading, zone: str) -> Moment | None:
    found = re.fullmatch(r"(?:(IN|-) ?)?(?:(\d{1,4}) )?(HOUR|MINUTE)(?: (AGO|HENCE))?", phrase)
    if not found:
        return None
    prefix, count, unit, suffix = found.groups()
    if (count is None and (prefix or not suffix)) or (prefix and suffix == "AGO"):
        return None
    back = prefix == "-" or suffix == "AGO" or (how.past and not prefix and not suffix)
    span = timedelta(minutes=int(count or 1) * (60 if unit == "HOUR" else 1) * (-1 if back else 1))
    # Through UTC: two hours are two hours, whatever the clocks on the wall do in between.
    then = (how.moment.astimezone(UTC) + span).astimezone(how.moment.tzinfo)
    return Moment.of(then.replace(second=0), zone)


def _timed(phrase: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The ways to take a phrase apart into a day (possibly empty) and a time."""
    for pattern in (rf"(?:(?P<day>.+?) )??{_TIME}", rf"{_TIME} (?P<day>.+)"):
        found = re.fullmatch(pattern, phrase)
        if found and (found["at"] or found["half"] or found["mark"] == ":"):
            yield found["day"] or "", found


def _clock(found: re.Match[str]) -> time:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "pm" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59 or second > 59:
        raise Invalid(_("There is no such time of day: write it like 14:30 or 2:30pm."))
    return time(hour, minute, second)


def _nearest_day(clock: time, how: Reading) -> date:
    ahead = clock > how.moment.time()
    off = (-1 if ahead else 0) if how.past else (0 if ahead else 1)
    return how.today + timedelta(days=off)
