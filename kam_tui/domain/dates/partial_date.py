"""A date of which only a part may be known: `12 April`, `April 1996`, `1996`.

The unknown part is absent, never a stand-in such as 1604 or 1900: a stand-in year invents a
person's age, and a stand-in common year turns 29 February into 1 March for ever.
"""

from __future__ import annotations

import re
from datetime import date

from kam_tui.domain.frozen import frozen
from kam_tui.i18n import _

MARCH_FIRST = "mar1"
FEBRUARY_LAST = "feb28"
LEAP_RULES = (FEBRUARY_LAST, MARCH_FIRST)
"""Where a 29 February is kept in a common year; 28 February unless set otherwise."""

NO_YEAR = 1604
"""The leap year that Apple's programs write for an unknown one, at times without saying so."""

# RFC 6350 §4.3.1 date forms, with and without hyphens, and the hyphenated `--04-15` met in files. Those that
# are met most come first: the others need not be compiled then.
_FORMS = (
    r"--(?P<m>\d\d)-?(?P<d>\d\d)",
    r"(?P<y>\d{4})-(?P<m>\d\d)",
    r"(?P<y>\d{4})",
    r"--(?P<m>\d\d)",
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
)
_DOTTED = r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>\d{4}))?"
_SLASHED = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@frozen
class PartialDate:
    """Year, month and day, each possibly unknown; a day is never known without its month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a date that is in no calendar."""
        if self.year is None and self.month is None:
            raise ValueError(_("a date needs a year or a month"))
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(_("{year} is not a year").format(year=self.year))
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(_("there is no month {month}").format(month=self.month))
        if self.day is not None:
            if self.month is None:
                raise ValueError(_("a day needs its month"))
            common = self.month == 2 and self.year is not None and not is_leap(self.year)
            if not 1 <= self.day <= (28 if common else _LENGTHS[self.month - 1]):
                raise ValueError(_("there is no day {day} in that month").format(day=self.day))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The whole date `day`."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str, order: str = "") -> PartialDate:
        """Read ISO 8601 and vCard forms (`1980-03-22`, `--03-22`, `1980-03`, `1980`) and `22.3.[1980]`.

        `22/3/1980` is read only by `order` (`dmy` or `mdy`). Raises ValueError for anything else.
        """
        text = text.strip()
        if len(text) == 10 and text[4] + text[7] == "--":
            try:
                return cls.of(date.fromisoformat(text))
            except ValueError:
                pass  # What is wrong with it is told below.
        for form in (*_FORMS, _DOTTED):
            if found := re.fullmatch(form, text):
                parts = {"y": None, "m": None, "d": None} | found.groupdict()
                return cls(*(int(part) if part else None for part in (parts["y"], parts["m"], parts["d"])))
        slashed = re.fullmatch(_SLASHED, text)
        if slashed and order in ("dmy", "mdy"):
            first, second, year = slashed.groups()
            day, month = (first, second) if order == "dmy" else (second, first)
            return cls(int(year) if year else None, int(month), int(day))
        if slashed:
            either = _("{text} can be read in two ways: set date_order to dmy or mdy, or write 22.3.1980")
            raise ValueError(either.format(text=text))
        raise ValueError(
            _("{text} is not a date such as 1980-03-22, --03-22 (no year) or 22.3.1980").format(text=text)
        )

    def __str__(self) -> str:
        """ISO 8601 where the year is known, else the vCard form (`--03-22`)."""
        if self.month is None:
            return f"{self.year:04d}"
        head = f"{self.year:04d}-" if self.year is not None else "--"
        return f"{head}{self.month:02d}" + (f"-{self.day:02d}" if self.day is not None else "")

    @property
    def recurs(self) -> bool:
        """Whether a year has a day for it: month and day are known."""
        return self.day is not None

    @property
    def has_stand_in(self) -> bool:
        """Whether its year is most likely none: the one that programs write for an unknown one."""
        return self.recurs and self.year == NO_YEAR

    @property
    def believed(self) -> PartialDate:
        """The date without a year that stands for an unknown one."""
        return PartialDate(None, self.month, self.day) if self.has_stand_in else self

    def in_year(self, year: int, leap_rule: str = FEBRUARY_LAST) -> date | None:
        """The day it falls on in `year`; None when month or day are unknown.

        29 February is kept as `leap_rule` says in a common year, computed anew from the stored
        date each time, so that it is back on the 29th in the next leap year.
        """
        if self.month is None or self.day is None:
            return None
        if self.month == 2 and self.day == 29 and not is_leap(year):
            return date(year, 3, 1) if leap_rule == MARCH_FIRST else date(year, 2, 28)
        return date(year, self.month, self.day)

    def years_in(self, year: int) -> int | None:
        """How many years it is in `year` (an age, an anniversary); None without a year of its own."""
        return year - self.year if self.year is not None and year >= self.year else None


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February (Gregorian calendar)."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
