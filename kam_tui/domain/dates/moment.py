"""When something is or was: a calendar day, or a day with a local wall-clock time and its zone.

A day has no zone and is never converted: a birthday is the same day everywhere. A time keeps the
zone it was said in, so that "14:00 in Helsinki" stays 14:00 when daylight saving changes.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from kam_tui.domain.frozen import frozen

_DAY = r"\d{4}-\d\d-\d\d"
_TEXT = rf"({_DAY})(?:T(\d\d:\d\d(?::\d\d)?)(?:\[([^\]\s]{{1,64}})\])?)?"
_REFUSAL = "{text!r} is not a date such as 2026-11-24 or 2026-11-24T14:00[Europe/Helsinki]"
_OFFSET = r"([+-])(\d\d):(\d\d)"


@frozen
class Moment:
    """A day, or a day and a local time. Ordered by day, then time; a bare day comes first."""

    day: date
    """The calendar day, as said."""

    clock: time | None = None
    """Local wall-clock time; None for the whole day. Never with a tzinfo of its own."""

    zone: str = ""
    """IANA name (`Europe/Helsinki`) or offset (`+02:00`) that `clock` is read in; empty for a day."""

    @classmethod
    def of(cls, now: datetime, zone: str = "") -> Moment:
        """The moment of an aware `now`, to the second; `zone` names its zone, else its offset does."""
        return cls(now.date(), now.time().replace(microsecond=0), zone or zone_name(now))

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read what `str` writes: `2026-11-24` or `2026-11-24T14:00[Europe/Helsinki]`.

        The bracketed zone is the annotation of RFC 9557. Raises ValueError for anything else.
        """
        if len(text) == 10:
            return whole_day(text)
        clock, opened, zone = text[11:].partition("[")
        try:
            if text[10:11] != "T" or clock[2::3] not in (":", "::") or len(clock) not in (5, 8):
                raise ValueError
            return cls(whole_day(text[:10]).day, time.fromisoformat(clock), _zone(zone) if opened else "")
        except ValueError:
            if re.fullmatch(_TEXT, text):
                raise
        raise ValueError(_REFUSAL.format(text=text))

    def __str__(self) -> str:
        if self.clock is None:
            return self.day.isoformat()
        clock = self.clock.isoformat("seconds" if self.clock.second else "minutes")
        return f"{self.day.isoformat()}T{clock}" + (f"[{self.zone}]" if self.zone else "")

    def __lt__(self, other: Moment) -> bool:
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[date, time]:
        """Day and time as written; the whole day sorts before its times."""
        return self.day, self.clock or time.min

    def instant(self, local: tzinfo | None) -> datetime:
        """The aware point in time; a whole day begins at midnight, a missing zone means `local`.

        A wall-clock time that a daylight-saving change skips is read with the offset before the
        change (PEP 495, fold=0), which puts it the length of the gap later.
        """
        where = tzinfo_of(self.zone) if self.zone else None
        return datetime.combine(self.day, self.clock or time.min, where or local)

    def on(self, day: date) -> Moment:
        """The same time of day on another day."""
        return Moment(day, self.clock, self.zone)


@lru_cache(maxsize=4096)
def whole_day(text: str) -> Moment:
    """A day alone. The days of a book are few, and each is read many times."""
    try:
        if text[4] + text[7] == "--":
            return Moment(date.fromisoformat(text))
    except ValueError:
        if re.fullmatch(_DAY, text):
            raise
    raise ValueError(_REFUSAL.format(text=text))


@lru_cache(maxsize=256)
def _zone(text: str) -> str:
    """The zone before a closing bracket. There are few, and each is named many times."""
    if not re.fullmatch(r"[^\]\s]{1,64}\]", text):
        raise ValueError
    return text[:-1]


def tzinfo_of(zone: str) -> tzinfo | None:
    """The zone of an IANA name or a `+02:00` offset; None where this machine does not know it."""
    offset = re.fullmatch(_OFFSET, zone)
    if offset:
        sign, hours, minutes = offset.groups()
        span = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-span if sign == "-" else span)
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return None


class KnownZone(tzinfo):
    """A zone by name, of which the offset at one moment is known. The tables of zones, which take as
    long to load as a note to keep, are loaded when somebody asks about another moment."""

    def __init__(self, key: str, at: datetime, offset: timedelta | None) -> None:
        self.key = key
        """Its IANA name."""
        self._at = at
        self._offset = offset

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The offset from UTC."""
        if when and (when.replace(tzinfo=None), when.fold) == (self._at, self._at.fold):
            return self._offset
        return self._whole().utcoffset(when)

    def dst(self, when: datetime | None) -> timedelta | None:
        """How much of the offset is daylight saving."""
        return self._whole().dst(when)

    def tzname(self, when: datetime | None) -> str | None:
        """What the zone is called at that time."""
        return self._whole().tzname(when)

    def fromutc(self, when: datetime) -> datetime:
        """The local time at a moment that is given in UTC."""
        where = self._whole()
        return where.fromutc(when.replace(tzinfo=where)).replace(tzinfo=self)

    def __reduce__(self) -> tuple[type[KnownZone], tuple[str, datetime, timedelta | None]]:
        return KnownZone, (self.key, self._at, self._offset)

    def _whole(self) -> tzinfo:
        return tzinfo_of(self.key) or timezone(self._offset or timedelta())


def zone_name(now: datetime) -> str:
    """The zone of an aware datetime: its IANA name where it has one, else its offset from UTC."""
    key = getattr(now.tzinfo, "key", None)
    if isinstance(key, str):
        return key
    text = now.strftime("%z") or "+0000"
    return f"{text[:3]}:{text[3:5]}"
