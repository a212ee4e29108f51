"""The calendar of name days: a file of the person's own, read when it is first asked for and when it changes.

None comes with kam: the lists of the almanacs are their makers' own. Two forms are read:

* CSV: a line for each day, `11-24,Lempi,Lemmikki`; the day is also taken as `24.11.` or with a year, the
  separator as a semicolon or a tab. The first line may hold headings; `#` begins a remark.
* iCalendar (RFC 5545), where the file is named `.ics` or begins as one: an event for each day, with the names
  in its summary, after a colon where there is one (`Name day: Lempi, Lemmikki`), or else in its description.

What cannot be read is told in one sentence, and the rest of the file counts all the same.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.text import clean, fold, shorten
from kam_tui.i18n import _, ngettext

LARGEST = 4_000_000
"""Bytes of the largest file that is read: a year of names has some 20,000."""

_NO_NAMES = frozenset("och ja and nimipaiva nimipaivat namnsdag namnsdagar name day days".split())
"""Words of summaries that are nobody's name, folded."""

# Most people have no such file: these are compiled when there is one to read.
_SEPARATORS = r"[,;/&·|\s]+"

_PROPERTY = r'(?s)\s*([A-Za-z-]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)'
"""A line of an iCalendar file: its name, then parameters, of which what is quoted may hold a colon (3.1)."""

_ESCAPED = r"\\[nN,;\\]|\\"
"""What a text writes with a backslash (3.3.11): each of them stands between two names."""


@dataclass(frozen=True, slots=True)
class NameCalendar:
    """Which names have which days."""

    days: Mapping[str, tuple[PartialDate, ...]] = field(default_factory=dict)
    """Folded name to its days, each without a year."""

    problem: str = ""
    """What could not be read, as a sentence; empty where all could."""


NO_NAMES = NameCalendar()
"""Where no file is named."""


def name_calendar(path: str) -> NameCalendar:
    """The calendar in a file; an empty path has none. It raises nothing: see `NameCalendar.problem`."""
    if not path:
        return NO_NAMES
    path = os.path.expanduser(path)
    try:
        known = os.stat(path)
    except (OSError, ValueError) as problem:
        return NameCalendar(problem=_untold(path, getattr(problem, "strerror", None) or str(problem)))
    if not stat.S_ISREG(known.st_mode):
        return NameCalendar(problem=_untold(path, _("it is no file")))
    if known.st_size > LARGEST:
        return NameCalendar(problem=_untold(path, _("it is larger than 4 MB")))
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(4)
def _read(path: str, _changed: int, _size: int) -> NameCalendar:
    """The file as it was at that change."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as problem:
        return NameCalendar(problem=_untold(path, problem.strerror or ""))
    text = _decoded(data)
    is_events = path.lower().endswith(".ics") or text.lstrip().upper().startswith("BEGIN:VCALENDAR")
    days: dict[str, list[PartialDate]] = {}
    wrong: list[tuple[int, str]] = []
    for number, day, names in _events(text) if is_events else _lines(text):
        on, called = _day(day), list(_names(names))
        if on is None or not called:
            wrong.append((number, _no_day(day) if on is None else _("it has no name")))
            continue
        for name in called:
            if on not in days.setdefault(name, []):
                days[name].append(on)
    if not days and not wrong:
        return NameCalendar(problem=_untold(path, _("there are no names in it")))
    return NameCalendar({name: tuple(some) for name, some in days.items()}, _told(path, wrong))


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Number, day and names of each line of a CSV file."""
    first = True
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        day, _mark, names = (
            re.sub(r'["\t]', lambda found: "," if found[0] == "\t" else "", line)
            .replace(";", ",")
            .partition(",")
        )
        if not (first and not any(map(str.isdigit, line))):
            yield number, day.strip(), names
        first = False


def _events(text: str) -> Iterator[tuple[int, str, str]]:
    """Number of its first line, day and names of each event of an iCalendar file."""
    begun, within, day = 0, "", ""
    said: dict[str, str] = {}
    for number, line in _unfolded(text):
        found = re.match(_PROPERTY, line)
        if not found:
            continue
        name, value = found[1].upper(), found[2].strip()
        if name == "BEGIN":
            within = value.upper()
            if within == "VEVENT":
                begun, day, said = number, "", {}
        elif (name, value.upper()) == ("END", "VEVENT") and begun:
            yield begun, day, said.get("SUMMARY", "") or said.get("DESCRIPTION", "")
            begun = 0
        elif name == "END":
            within = "VEVENT"  # what stood in an event, such as its alarm, is over
        elif begun and within == "VEVENT" and name == "DTSTART":
            digits = value[:8]
            day = f"{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdigit() else value
        elif begun and within == "VEVENT" and name in ("SUMMARY", "DESCRIPTION"):
            text_of = re.sub(_ESCAPED, " ", value).rpartition(":")[2]
            said[name] = text_of if any(_names(text_of)) else ""


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first one: a line that begins with a space goes on (3.1)."""
    begun, line = 0, ""
    for number, each in enumerate(text.splitlines(), 1):
        if each[:1] in (" ", "\t"):
            line += each[1:]
            continue
        if begun:
            yield begun, line
        begun, line = number, each
    if begun:
        yield begun, line


def _day(text: str) -> PartialDate | None:
    text = f"--{text}" if re.fullmatch(r"\d\d-\d\d", text, re.ASCII) else text
    try:
        on = PartialDate.parse(text)
        return PartialDate(None, on.month, on.day) if on.recurs else None
    except ValueError:
        return None


def _names(text: str) -> Iterator[str]:
    """The names of a day, folded; what stands in brackets is a remark."""
    for word in re.split(_SEPARATORS, re.sub(r"\([^)]*\)", " ", clean(text))):
        name = fold(word)
        if name and name not in _NO_NAMES and not any(map(str.isdigit, name)):
            yield name


def _decoded(data: bytes) -> str:
    """The text of a file; where a line of a calendar was folded within a letter, that is joined first."""
    for whole in (data, re.sub(rb"\r?\n[ \t]", b"", data)):
        try:
            return whole.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _no_day(text: str) -> str:
    return _("{text} is no day such as 11-24").format(text=shorten(clean(text), 40) or '""')


def _told(path: str, wrong: list[tuple[int, str]]) -> str:
    if not wrong:
        return ""
    number, what = wrong[0]
    said = _("The name days in {path}, line {number}: {what}. It is left out.").format(
        path=clean(path), number=number, what=what
    )
    if more := len(wrong) - 1:
        pattern = ngettext("So is {count} more line.", "So are {count} more lines.", more)
        said += " " + pattern.format(count=more)
    return said


def _untold(path: str, what: str) -> str:
    return _("Setting name_day_calendar: {path} cannot be read: {what}. No name days come up.").format(
        path=clean(path), what=clean(what).rstrip(".")
    )
