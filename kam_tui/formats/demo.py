"""The demo book: a believable year's work of a key-account manager, told relative to any today.

The files in `data/demo` hold documents in the shape of the schemas, one on a line, with their days
written relative to the day on which the book is opened, so that today always has birthdays, calls
to make and accounts that have gone quiet. `data/demo/README.md` explains the notation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import SCHEMAS, Record
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.workdays import is_workday, next_workday
from kam_tui.domain.erasure import ERASURE
from kam_tui.domain.reminder import Occurrence, Reminder

_NOTATION = re.compile(
    r"@(?:(?P<days>[+-]\d+)|w(?P<workdays>[+-]\d+)|(?P<month>\d\d|\*)-(?P<dom>\d\d))"
    r"(?:~(?P<years>-?\d+))?(?P<shift>[+-]\d+)?(?P<exact>!)?(?P<next>>)?"
    r"(?:T(?P<clock>\d\d:\d\d)|=(?P<age>\d+|\?))?"
)
_ONE_DAY = timedelta(days=1)


def demo_book(today: date, zone: str = "") -> list[Record]:
    """Every record of the demo book as it stands on `today`, with times said in `zone`.

    What would lie after today (a Christmas party, in November, of this year) has not happened and
    is left out, as is what would lie before the account or the person came into the book.
    """
    calendar = _Calendar(today, zone)
    records: list[Record] = []
    arrived: dict[str, date] = {}
    for table, schema in SCHEMAS.items():
        if table == ERASURE.table:
            continue  # In the demo nobody was erased.
        for line in _file(table).read_text(encoding="utf-8").splitlines():
            record = schema.decode(calendar.document(json.loads(line)))
            if _is_so(record, today, arrived):
                records.append(record)
                if not isinstance(record, Activity):
                    arrived[record.id] = record.created
    return records


def _is_so(record: Record, today: date, arrived: Mapping[str, date]) -> bool:
    """Whether a record tells of something that is so already. Today is left for the reader to make."""
    if isinstance(record, Activity):
        about = filter(None, (record.account_id, *record.contact_ids))
        return max((arrived[subject] for subject in about), default=date.min) <= record.when.day < today
    if isinstance(record, Occurrence):
        return record.created < today
    return not isinstance(record, Reminder) or record.created <= today


def _file(table: str) -> Traversable:
    """The table's file: inside the installed package, or in the checkout beside it."""
    installed = files("kam_tui").joinpath("demo", f"{table}.jsonl")
    return installed if installed.is_file() else Path(__file__).parents[2] / "data/demo" / f"{table}.jsonl"


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Reads the relative notation, given the day the book is opened."""

    today: date
    """The day that `@+0` means."""

    zone: str
    """What times of day are said in."""

    def document(self, value: Any) -> Any:
        """A document, or a part of one, with every relative day in it made absolute."""
        if isinstance(value, dict):
            return {name: self.document(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.document(part) for part in value]
        if isinstance(value, str) and "@" in value:
            head, colon, last = value.rpartition(":")
            if found := _NOTATION.fullmatch(value):
                return self._absolute(found)
            if found := _NOTATION.fullmatch(last):
                return f"{head}{colon}{self._absolute(found)}"
        return value

    def _absolute(self, found: re.Match[str]) -> str:
        day = self._day(found)
        if age := found["age"]:
            # A 29 February `age` years back may not exist; the day before it always does.
            born = PartialDate(None, day.month, day.day)
            return str(born if age == "?" else PartialDate.of(_in_year(born, day.year - int(age))))
        if not found["exact"]:
            day = self._working(day)
        if found["next"]:
            day = next_workday(day)
        if not found["clock"]:
            return day.isoformat()
        return f"{day.isoformat()}T{found['clock']}" + (f"[{self.zone}]" if self.zone else "")

    def _day(self, found: re.Match[str]) -> date:
        if found["days"]:
            day = self.today + timedelta(days=int(found["days"]))
        elif found["workdays"]:
            day = self._workdays_away(int(found["workdays"]))
        elif found["month"] == "*":
            day = self._latest_of_month(int(found["dom"]))
        else:
            day = self._latest_of_year(PartialDate(None, int(found["month"]), int(found["dom"])))
        if found["years"]:
            day = _in_year(PartialDate(None, day.month, day.day), day.year - int(found["years"]))
        return day + timedelta(days=int(found["shift"] or 0))

    def _latest_of_month(self, dom: int) -> date:
        """The latest such day of a month (1 to 28) strictly before today."""
        if self.today.day > dom:
            return self.today.replace(day=dom)
        return (self.today.replace(day=1) - _ONE_DAY).replace(day=dom)

    def _latest_of_year(self, season: PartialDate) -> date:
        """The latest such day of a year strictly before today."""
        day = _in_year(season, self.today.year)
        return day if day < self.today else _in_year(season, self.today.year - 1)

    def _workdays_away(self, count: int) -> date:
        day, step = self.today, _ONE_DAY if count > 0 else -_ONE_DAY
        for _each in range(abs(count)):
            day += step
            while not is_workday(day):
                day += step
        return day

    def _working(self, day: date) -> date:
        """The day itself if it is a working day or today; else the last one before, or the next to come."""
        if day > self.today:
            return day if is_workday(day) else next_workday(day)
        while day != self.today and not is_workday(day):
            day -= _ONE_DAY
        return day


def _in_year(day: PartialDate, year: int) -> date:
    """The day in a year: 29 February is 28 February in a common one."""
    found = day.in_year(year)
    assert found is not None, "a season has a month and a day"
    return found
