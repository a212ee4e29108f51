"""The phrases that say how often, over the symbols of `words`, each with the rule that it means."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from kam_tui.domain.dates.words import plain, symbols

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""RFC 5545 weekdays, Monday first."""

WORKING = "MO,TU,WE,TH,FR"
"""The days people are at work."""

Found = re.Match[str]
_UNITS = {"DAY": "DAILY", "WEEK": "WEEKLY", "MONTH": "MONTHLY", "YEAR": "YEARLY"}
_ADVERBS = {
    "daily": "every day",
    "weekly": "every week",
    "fortnightly": "every 2 weeks",
    "monthly": "every month",
    "quarterly": "every 3 months",
    "quarter": "3 months",
    "yearly": "every year",
    "annually": "every year",
    "paivittain": "every day",
    "viikoittain": "every week",
    "kuukausittain": "every month",
    "vuosittain": "every year",
    "and": "",
    "ja": "",
    "&": "",
}


def rule_in(text: str) -> str:
    """The rule that words mean, not yet validated; empty where they say none."""
    words = re.sub(r"\b(\w+day)s\b|\b(\w+tai)sin\b", r"\1\2", plain(text))
    phrase = symbols(" ".join(_ADVERBS.get(word, word) for word in re.split(r"[\s,/]+", words)))
    if (named := re.fullmatch(_NAMED_MONTH, phrase)) and bool(named["before"]) != bool(named["after"]):
        return _yearly(int(named["month"]), named["before"] or named["after"])
    return _meant(phrase)


def _meant(phrase: str) -> str:
    for pattern, make in _PHRASES:
        if found := re.fullmatch(pattern, phrase):
            return make(found)
    return ""


def on_or_last(day: int) -> str:
    """The RFC 5545 way to say "that day, or the last of a shorter month"."""
    return f"BYMONTHDAY={','.join(str(d) for d in range(28, day + 1))};BYSETPOS=-1"


def _every(unit: str, count: str | None, other: str | None) -> str:
    return f"FREQ={_UNITS[unit]}" + (f";INTERVAL={2 if other else count}" if other or count else "")


def _weekly(found: Found) -> str:
    days = ",".join(dict.fromkeys(CODES[int(digit)] for digit in re.findall(r"WD(\d)", found["days"])))
    return f"{_every('WEEK', found['count'], found['other'])};BYDAY={days}"


def _nth(found: Found) -> str:
    return f"FREQ=MONTHLY;BYDAY={found['nth']}{CODES[int(found['wd'])]}"


def _monthly(found: Found) -> str:
    day = int(found["day"])
    return "FREQ=MONTHLY;" + (on_or_last(day) if 28 < day < 32 else f"BYMONTHDAY={day}")


def _yearly(month: int, which: str) -> str:
    """The rule of one day of one month: `1 TH WD0` of January. It is a monthly one in that month alone."""
    freq = f"FREQ=YEARLY;BYMONTH={month}"
    if dated := re.fullmatch(rf"(\d\d?)(?:{_TH}|\.)?(?: DAY)?", which):
        day, most = int(dated[1]), monthrange(LEAP, month)[1]
        leap = (month, day) == (2, 29)
        return f"{freq};{on_or_last(day) if leap else f'BYMONTHDAY={day}'}" if 0 < day <= most else ""
    rule = _meant(re.sub("^OTHER", "2 TH", which) + " MONTH")
    return rule.replace("FREQ=MONTHLY", freq) if rule.startswith("FREQ=MONTHLY;BY") else ""


def _always(rule: str) -> Callable[[Found], str]:
    return lambda _found: rule


LEAP = 2000
"""A year with a 29 February."""

_NAMED_MONTH = (
    r"(?:EVERY )?(?:YEAR )?(?:(?P<before>.+?) (?:IN )?(?:EVERY )?)?MO(?P<month>\d+)(?: (?P<after>.+))?"
)
_TH = r" ?(?:st|nd|rd|th|TH)"
_OFTEN = rf"(?:(?P<count>\d{{1,3}})(?:{_TH})? |(?P<other>OTHER) )?"
_MONTHLY = r"(?: (?:EVERY )?MONTH)"
_PHRASES: tuple[tuple[str, Callable[[Found], str]], ...] = (
    (
        rf"(?:EVERY )?{_OFTEN}(?P<unit>DAY|WEEK|MONTH|YEAR)",
        lambda found: _every(found["unit"], found["count"], found["other"]),
    ),
    (rf"(?:EVERY )?(?P<nth>[1-5]){_TH} WD(?P<wd>\d){_MONTHLY}", _nth),
    (rf"(?P<nth>[1-5]){_TH} WD(?P<wd>\d)", _nth),
    (
        rf"(?:EVERY )?LAST WD(?P<wd>\d){_MONTHLY}?",
        lambda found: f"FREQ=MONTHLY;BYDAY=-1{CODES[int(found['wd'])]}",
    ),
    (
        rf"(?:EVERY )?LAST WORKDAY{_MONTHLY}?|EVERY MONTH LAST WORKDAY",
        _always(f"FREQ=MONTHLY;BYDAY={WORKING};BYSETPOS=-1"),
    ),
    (rf"(?:EVERY )?1{_TH} WORKDAY{_MONTHLY}?", _always(f"FREQ=MONTHLY;BYDAY={WORKING};BYSETPOS=1")),
    (
        rf"(?:EVERY )?(?:LAST DAY{_MONTHLY}?|MONTH END|END{_MONTHLY})",
        _always("FREQ=MONTHLY;BYMONTHDAY=-1"),
    ),
    (rf"(?:EVERY )?{_OFTEN}(?P<days>WD\d(?: WD\d)*)", _weekly),
    (r"(?:EVERY )?WORKDAY", _always(f"FREQ=WEEKLY;BYDAY={WORKING}")),
    (rf"(?:EVERY )?(?:MONTH )?(?P<day>\d\d?)(?:{_TH}|\.)(?: DAY)?{_MONTHLY}?", _monthly),
)
