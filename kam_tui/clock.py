"""Clock: what time it is, and in which zone. It is read here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from kam_tui.domain.dates.moment import KnownZone, tzinfo_of
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _

EARLIEST, LATEST = 1980, 2100
"""Years that the clock may be stopped in: a backup, a ZIP file, tells of no others (APPNOTE 4.4.6)."""


def local_clock(zone: str = "") -> Callable[[], datetime]:
    """A clock in `zone`, else in the computer's own zone, by name where the computer tells it.

    `$KAM_NOW` (ISO 8601 with an offset or without) stops the clock: for tests and for trying out
    what kam will say on another day. Raises Invalid for a zone that is unknown and for no time.
    """
    here = local_zone()
    if zone and zone != here and tzinfo_of(zone) is None:
        raise Invalid(
            _("Setting timezone: {zone} is no zone that this computer knows.").format(zone=clean(zone)),
            _("Write it like Europe/Helsinki, or leave it empty for the computer's own."),
        )
    stopped = os.environ.get("KAM_NOW")
    if stopped:
        try:
            fixed = datetime.fromisoformat(stopped)
        except ValueError:
            raise Invalid(
                _("KAM_NOW is {text}, which is no time such as 2026-11-24T14:00.").format(text=clean(stopped))
            ) from None
        if not EARLIEST <= fixed.year <= LATEST:
            raise Invalid(
                _("KAM_NOW is {text}, which is not between the years {first} and {last}.").format(
                    text=clean(stopped), first=EARLIEST, last=LATEST
                )
            )
        where = tzinfo_of(zone or here) if fixed.tzinfo is None else None
        moment = fixed.replace(tzinfo=where) if where else fixed if fixed.tzinfo else fixed.astimezone()
        return lambda: moment
    if here and zone in ("", here) and "TZ" not in os.environ:
        return lambda: _now_at(here) if zone else _now_where_one_is(here)
    where = tzinfo_of(zone or here) if zone or here else None
    return (lambda: datetime.now(where)) if where else (lambda: datetime.now().astimezone())


def _now_where_one_is(begun: str) -> datetime:
    """The time in the computer's own zone, also where that has changed since kam `begun` in one: who travels
    with kam open gets the zone of where they are."""
    found = local_zone()
    where = tzinfo_of(found) if found not in ("", begun) else None
    return datetime.now(where) if where else _now_at(begun)


def _now_at(here: str) -> datetime:
    """The time in the computer's own zone, whose name is `here`: it knows its offset of this moment."""
    now = datetime.now()
    return now.replace(tzinfo=KnownZone(here, now, now.astimezone().utcoffset()))


def local_zone() -> str:
    """The IANA name of the computer's zone (`$TZ`, else the link `/etc/localtime`); empty if untold."""
    name = os.environ.get("TZ", "").lstrip(":")
    if name:
        return name if tzinfo_of(name) else ""
    try:
        return os.readlink("/etc/localtime").partition("zoneinfo/")[2]
    except OSError:
        return ""
