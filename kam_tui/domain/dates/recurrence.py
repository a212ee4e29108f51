"""How often: RFC 5545 recurrence rules, read from words, said in words, and turned into days.

A rule is kept as its text alone (`FREQ=WEEKLY;INTERVAL=2;BYDAY=FR`), and days are counted from the day a
reminder first falls due, which is always one of them. A time of day never is: that is the reminder's own.

A monthly rule that names no day keeps the day it began on, and a shorter month takes its last day: 31 Jan,
28 Feb, 31 Mar. What began on 29 February comes on the 28th in common years. A rule from elsewhere that
says `BYMONTHDAY=31` means just that, and skips the other months, as RFC 5545 §3.3.10 asks.

The one home of dateutil, which is imported only for days that are not simply so many days, weeks, months or
years apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.recurrence_phrases import CODES, WORKING, on_or_last, rule_in
from kam_tui.domain.dates.turns import is_plain, turns
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.dates.words import MONTHS, WEEKDAYS
from kam_tui.domain.dates.workdays import NO_HOLIDAYS, is_workday, nth_workday
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_DAYS, _NTH_DAYS = (rf"{sign}(?:{'|'.join(CODES)})" for sign in ("", r"(?:[+-]?[1-5])?"))
_FORMS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,4}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "WKST": _DAYS,
    "BYDAY": rf"{_NTH_DAYS}(?:,{_NTH_DAYS})*",
    "BYMONTH": r"(?:1[0-2]|[1-9])(?:,(?:1[0-2]|[1-9]))*",
    "BYMONTHDAY": r"-?(?:3[01]|[12]\d|[1-9])(?:,-?(?:3[01]|[12]\d|[1-9]))*",
    "BYYEARDAY": r"-?[1-9]\d{0,2}(?:,-?[1-9]\d{0,2})*",
    "BYWEEKNO": r"-?[1-9]\d?(?:,-?[1-9]\d?)*",
    "BYSETPOS": r"-?[1-9]\d{0,2}(?:,-?[1-9]\d{0,2})*",
}
# What a frequency may be narrowed by. Daily ones less than RFC 5545 allows: all the rest can be said weekly,
# monthly or yearly, where a rule that can never come true is found at once.
_NARROWED = {
    "DAILY": {"BYDAY", "BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
}


@lru_cache(maxsize=1024)
def validate(rule: str) -> str:
    """`rule` in its plain form: upper case, no `RRULE:`, no spaces, UNTIL as a day.

    Raises Invalid for anything that is not an RFC 5545 rule in days, weeks, months or years, and for
    one that no day can fulfil.
    """
    text = rule.strip().upper().removeprefix("RRULE:").rstrip(";")
    if is_plain(text):
        return text
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, _mark, value = part.partition("=")
        if name in parts or not re.fullmatch(_FORMS.get(name, r"(?!)"), value):
            raise _refused(rule, clean(part))
        parts[name] = value[:8] if name == "UNTIL" else value
    freq = parts.get("FREQ", "")
    narrowed = {name for name in parts if name.startswith("BY")}
    if not freq or {"COUNT", "UNTIL"} <= parts.keys() or narrowed - _NARROWED[freq]:
        raise _refused(rule)
    ordinal = re.search(r"\d", parts.get("BYDAY", ""))
    if (ordinal and freq in ("DAILY", "WEEKLY")) or narrowed == {"BYSETPOS"}:
        raise _refused(rule)
    if freq == "DAILY" and narrowed and parts.get("INTERVAL", "1") != "1":
        raise _refused(rule)
    bare = _join({name: v for name, v in parts.items() if name not in ("INTERVAL", "COUNT", "UNTIL")})
    try:
        never = narrowed and next(iter(_rrule(bare, date(2000, 1, 1))), None) is None
        if "UNTIL" in parts:
            date.fromisoformat(parts["UNTIL"])
    except ValueError:
        raise _refused(rule) from None
    if never:
        raise Invalid(_("No day can fulfil the rule {rule}.").format(rule=shorten(clean(rule), 80)))
    return _join(parts)


def read_rule(text: str) -> str:
    """The rule that words say (`every 2 weeks`, `second friday`, `joka kuukausi`), or an RFC 5545 rule.

    `every second friday` counts Fridays: every other one; `second friday` is the month's second.
    Raises Invalid, with examples.
    """
    if "=" in text:
        return validate(clean(text).replace(" ", ""))
    if rule := rule_in(text):
        return validate(rule)
    raise Invalid(
        _(
            "{text} does not say how often: write it like every week, every 2 months, every friday, "
            "second friday of the month, every 31st, every weekday or FREQ=WEEKLY;BYDAY=FR."
        ).format(text=shorten(clean(text), 60) or '""')
    )


def describe(rule: str) -> str:
    """A valid rule in words: `every 2 weeks on Friday`. Empty for no rule."""
    if not rule:
        return ""
    parts = _parts(rule)
    said = _said(parts)
    if "COUNT" in parts:
        count = int(parts["COUNT"])
        said = ngettext("{rule}, {count} time", "{rule}, {count} times", count).format(rule=said, count=count)
    if "UNTIL" in parts:
        said = _("{rule}, until {day}").format(rule=said, day=show_day(date.fromisoformat(parts["UNTIL"])))
    return said


def occurrences(
    rule: str, first: Moment, after: date | None, until: date, holidays: Container[date] = NO_HOLIDAYS
) -> Iterator[date]:
    """The days of a rule that began on `first`: those after `after` (all for None), up to `until`.

    A rule that counts the working days of a month, or names all of them, passes over `holidays`. Without a
    rule, `first` alone. Raises Invalid for a text that is no rule.
    """
    start = first.day
    told = start <= until and (after is None or after < start)
    if told:
        yield start
    if not rule:
        return
    low = max(after or start, start)
    if (days := turns(rule, start, low)) is not None:
        yield from takewhile(until.__ge__, days)
        return
    kept = _kept(rule, holidays)
    slack = _MONTH if kept else timedelta(0)
    begin, end = low - slack, until + min(slack, date.max - until)
    bases = _rrule(validate(rule), _nearer(rule, start, begin))
    for base in map(datetime.date, bases.xafter(datetime.combine(begin, time.max))):
        if base > end:
            return
        day = kept(base) if kept else base
        if day and low < day <= until and not (told and base == start):
            yield day


_MONTH = timedelta(days=31)
"""How far a holiday can take a day of a rule from where the rule alone has it."""


def _kept(rule: str, holidays: Container[date]) -> Callable[[date], date | None] | None:
    """What becomes of a day of a rule of working days among holidays; None for a rule that knows none."""
    parts = _parts(rule)
    if holidays is NO_HOLIDAYS or parts.get("BYDAY") != WORKING:
        return None
    place = parts.get("BYSETPOS", "")
    is_of_a_month = parts["FREQ"] == "MONTHLY" or parts.get("BYMONTH", "").isdecimal()
    if is_of_a_month and re.fullmatch(r"-?\d+", place):
        return lambda day: nth_workday(day, int(place), holidays)
    return None if place else lambda day: day if is_workday(day, holidays) else None


def _nearer(rule: str, start: date, low: date) -> date:
    """A day up to `low` from which on a rule that began on `start` goes on alike: whole turns of it need not
    be counted through, however many years there are of them. The day stays one that every month has."""
    parts = _parts(rule)
    freq, every = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if "COUNT" in parts:
        return start
    if freq in ("DAILY", "WEEKLY"):
        turn = every * (7 if freq == "WEEKLY" else 1)
        return start + timedelta(days=turn * max(0, (low - start).days // turn - 1))
    if start.day > 28:
        return start
    turn = every * (12 if freq == "YEARLY" else 1)
    past = 12 * (low.year - start.year) + low.month - start.month
    months = start.month - 1 + turn * max(0, past // turn - 1)
    return start.replace(year=start.year + months // 12, month=months % 12 + 1)


def first_day(rule: str, day: date) -> date:
    """The first day on or after `day` that a rule itself names: where a reminder of it may begin."""
    found = next(iter(_rrule(validate(rule), day)), None) if rule else None
    return found.date() if found else day


def _refused(rule: str, part: str = "") -> Invalid:
    shown = shorten(clean(rule), 80)
    if part:
        return Invalid(
            _("{rule} is not a rule kam can keep: it does not know {part}.").format(
                rule=shown, part=shorten(part, 40)
            ),
            _("Write it like FREQ=MONTHLY;BYDAY=2FR, in days, weeks, months or years."),
        )
    return Invalid(
        _("{rule} is not a rule kam can keep: its parts do not fit together.").format(rule=shown),
        _("Write it like FREQ=MONTHLY;BYDAY=2FR, in days, weeks, months or years."),
    )


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in validate(rule).split(";"))


def _join(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _rrule(rule: str, start: date) -> rrule:
    from dateutil.rrule import rrulestr

    if "BY" not in rule.replace("BYMONTH=", ""):
        if "FREQ=MONTHLY" in rule and start.day > 28:
            rule += ";" + on_or_last(start.day)
        elif "FREQ=YEARLY" in rule and (start.month, start.day) == (2, 29) and "BYMONTH=" not in rule:
            rule += ";BYMONTH=2;" + on_or_last(29)
    return rrulestr(rule, dtstart=datetime.combine(start, time.min))  # type: ignore[return-value]


_NTH = {1: N_("first"), 2: N_("second"), 3: N_("third"), 4: N_("fourth"), 5: N_("fifth"), -1: N_("last")}


def _said(parts: dict[str, str]) -> str:
    freq, count = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    often = {
        "DAILY": lambda: ngettext("every day", "every {count} days", count),
        "WEEKLY": lambda: ngettext("every week", "every {count} weeks", count),
        "MONTHLY": lambda: ngettext("every month", "every {count} months", count),
        "YEARLY": lambda: ngettext("every year", "every {count} years", count),
    }[freq]().format(count=count)
    narrowed = {name: value for name, value in parts.items() if name.startswith("BY")}
    if not narrowed:
        return often
    if freq == "WEEKLY" and count == 1 and narrowed == {"BYDAY": WORKING}:
        return _("every working day")
    month = narrowed.pop("BYMONTH", "") if freq == "YEARLY" else ""
    if (freq == "MONTHLY" or month.isdecimal()) and (which := _which_day(narrowed)):
        if month:
            often = _("{often} in {month}").format(often=often, month=_(MONTHS[int(month) - 1]))
        return _("{often} on {day}").format(often=often, day=which)
    if freq == "WEEKLY" and narrowed.keys() == {"BYDAY"}:
        names = ", ".join(_(WEEKDAYS[CODES.index(code)]) for code in parts["BYDAY"].split(","))
        return _("{often} on {day}").format(often=often, day=names)
    return _("by the rule {rule}").format(rule=_join(parts))


def _which_day(narrowed: dict[str, str]) -> str:
    """Which day of the month a monthly rule means; empty where it takes more than a few words."""
    text = _join(narrowed)
    if found := re.fullmatch(r"BYMONTHDAY=(\d+)", text):
        return _("day {day}").format(day=found[1])
    if text == "BYMONTHDAY=-1":
        return _("its last day")
    if found := re.fullmatch(r"BYMONTHDAY=28(?:,29)?(?:,30)?(?:,31)?,?;BYSETPOS=-1", text):
        return _("day {day}, or the last day of a shorter month").format(day=text[-14:-12])
    if found := re.fullmatch(r"BYDAY=\+?(-?\d)(\w\w)", text):
        return (
            _("its {nth} {weekday}").format(
                nth=_(_NTH[int(found[1])]), weekday=_(WEEKDAYS[CODES.index(found[2])])
            )
            if int(found[1]) in _NTH
            else ""
        )
    working = {f"BYDAY={WORKING};BYSETPOS={n}": n for n in (1, -1)}.get(text)
    return _("its {nth} working day").format(nth=_(_NTH[working])) if working else ""
