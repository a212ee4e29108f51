"""Zone: the time zone that somebody lives in, by its IANA name, and what the clock on their wall says."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from kam_tui.domain.dates.moment import Moment, tzinfo_of, zone_name
from kam_tui.domain.dates.words import SHORT_WEEKDAYS
from kam_tui.domain.text import clean, fold
from kam_tui.i18n import _

_CONTINENTS = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)


def zone_of(text: str) -> str:
    """The IANA name that is meant by it, or by its city (`tokyo`, `New York`); empty for none."""
    typed = clean(text)
    return _by_name().get(_key(typed)) or _by_city().get(_key(typed), "")


def city_of(zone: str) -> str:
    """What a zone is called on a line: `New York` of `America/New_York`, `UTC+02:00` of an offset."""
    if zone[:1] in "+-":
        return f"UTC{zone}"
    return zone.rpartition("/")[2].replace("_", " ")


def over_there(moment: Moment, zone: str) -> Moment | None:
    """What the clock in `zone` says at a moment; None where it says the same, or nobody knows."""
    there = brought(moment, zone)
    return None if not zone or (there.day, there.clock) == (moment.day, moment.clock) else there


def show_over_there(moment: Moment, zone: str) -> str:
    """That as a person reads it: `21:00 in Tokyo`, with its day where that is another; empty for None."""
    there = over_there(moment, zone)
    if there is None or there.clock is None:
        return ""
    clock = f"{there.clock:%H:%M}"
    if there.day != moment.day:
        clock = f"{_(SHORT_WEEKDAYS[there.day.weekday()])} {clock}"
    return _("{time} in {city}").format(time=clock, city=city_of(zone))


def brought(moment: Moment, zone: str) -> Moment:
    """The same point in time as the clock in another zone says it; a day alone stays as it is, and what
    would lie beyond the calendar there."""
    where = tzinfo_of(zone) if moment.clock is not None and moment.zone not in ("", zone) else None
    try:
        return Moment.of(moment.instant(None).astimezone(where), zone) if where else moment
    except OverflowError:
        return moment


def at_home(moment: Moment, now: datetime) -> tuple[Moment, str]:
    """A moment as the clock here says it, and the zone it was said in; empty for the one here."""
    home = brought(moment, zone_name(now))
    return home, "" if home.zone == moment.zone else moment.zone


def _key(text: str) -> str:
    return fold(text.replace("_", " ").replace("-", " "))


@lru_cache(1)
def _by_name() -> dict[str, str]:
    from zoneinfo import available_timezones

    # The sign of Etc/GMT+3 is the other way round from what people mean by it.
    return {_key(name): name for name in sorted(available_timezones()) if not name.startswith("Etc/GMT")}


@lru_cache(1)
def _by_city() -> dict[str, str]:
    """Where a city stands under two continents, both are names of one zone."""
    parts = [name.split("/") for name in _by_name().values()]
    return {_key(each[1]): "/".join(each) for each in parts if len(each) == 2 and each[0] in _CONTINENTS}
