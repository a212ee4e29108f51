"""Kinds of days: a day, a time, a rule by which it comes again, occasions with what is done for them; and the
zone whose clock says when."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import NO_YEAR, PartialDate
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.zone import zone_of
from kam_tui.domain.kinds import Kind, Naming
from kam_tui.domain.occasion import OCCASION_KINDS, Occasion
from kam_tui.domain.text import clean, fold, shorten
from kam_tui.i18n import _, ngettext


class Day(Kind):
    """A calendar day, whole."""

    def parse(self, text: str, reading: Reading) -> date:
        found = _partial(text, reading)
        if found.year is None or not found.recurs:
            raise ValueError(_("{text} needs a day, a month and a year.").format(text=clean(text)))
        return date(found.year, found.month or 1, found.day or 1)

    def decode(self, value: Any) -> date:
        return date.fromisoformat(value)


class When(Kind):
    """A day, or a day and a time, in words or in ISO 8601."""

    def parse(self, text: str, reading: Reading) -> Moment:
        try:
            return Moment.parse(text.strip())
        except ValueError:
            if reading.now is None:
                raise ValueError(
                    _("{text} is not a day such as 2026-11-24.").format(text=clean(text))
                ) from None
        from kam_tui.domain.dates.when import read_when

        return read_when(text, reading)

    def show(self, value: Any, naming: Naming) -> str:
        moment: Moment = value
        if moment.clock is None:
            return str(moment)
        return f"{moment.day.isoformat()} {moment.clock.isoformat('minutes')}"

    def decode(self, value: Any) -> Moment:
        return Moment.parse(value)


class Partial(Kind):
    """A date of which the year, or the day, may be unknown."""

    def parse(self, text: str, reading: Reading) -> PartialDate:
        return _believed(text, reading)

    def decode(self, value: Any) -> PartialDate:
        return PartialDate.parse(value)


class Rule(Kind):
    """A recurrence, in words or as an RFC 5545 rule."""

    def parse(self, text: str, reading: Reading) -> str:
        from kam_tui.domain.dates.recurrence import read_rule

        return read_rule(text)


class Occasions(Kind):
    """Occasions beside the birthday: `wedding: 2010-06-15; Founding day: --03-01 (30 days)`.

    The days in brackets are those of notice, where they are not the usual ones.
    """

    def parse(self, text: str, reading: Reading) -> tuple[Occasion, ...]:
        found: list[Occasion] = []
        for part in filter(str.strip, text.split(";")):
            label, colon, day = part.partition(":")
            if not colon:
                raise ValueError(
                    _("{text} needs a name and a date, such as wedding: 2010-06-15.").format(text=clean(part))
                )
            name = clean(label)
            kind = next(
                (k for k, called in OCCASION_KINDS.items() if fold(name) in (k, fold(called))), "other"
            )
            lead = re.search(r"\((\d{1,3})\s*\w*\)\s*$", day)
            on = _believed(day[: lead.start()] if lead else day, reading)
            notice = int(lead[1]) if lead else None
            found.append(Occasion(kind, on, name if kind == "other" else "", notice))
        return tuple(found)

    def show(self, value: Any, naming: Naming) -> str:
        return "; ".join(map(_occasion, value))

    def encode(self, value: Any) -> list[object]:
        return [
            {"kind": o.kind, "on": str(o.on)}
            | ({"label": o.label} if o.label else {})
            | ({"lead_days": o.lead_days} if o.lead_days is not None else {})
            for o in value
        ]

    def decode(self, value: Any) -> tuple[Occasion, ...]:
        return tuple(
            Occasion(o["kind"], PartialDate.parse(o["on"]), clean(o.get("label", "")), o.get("lead_days"))
            for o in value
        )


class Leads(Kind):
    """What is done for occasions: `gift 14, card 5, call`, or `none`."""

    def parse(self, text: str, reading: Reading) -> str:
        from kam_tui.domain.lead import read_leads, show_leads

        try:
            return show_leads(read_leads(text))
        except ValueError as problem:
            raise ValueError(_("{problem}.").format(problem=problem)) from None


class Zone(Kind):
    """A time zone; a form takes its IANA name or the name of its city.

    Any text is kept from a document: a book may come from a computer that knows newer zones.
    """

    def parse(self, text: str, reading: Reading) -> str:
        found = zone_of(text)
        if not found:
            raise ValueError(
                _(
                    "{text} is no time zone: write it like Europe/Helsinki, or as a city that gives one its "
                    "name, such as Tokyo."
                ).format(text=shorten(clean(text), 60))
            )
        return found


DAY, WHEN, PARTIAL, RULE, OCCASIONS, LEADS = Day(), When(), Partial(), Rule(), Occasions(), Leads()
ZONE = Zone()


def _occasion(occasion: Occasion) -> str:
    shown = f"{occasion.label or occasion.kind}: {occasion.on}"
    if occasion.lead_days is None:
        return shown
    days = ngettext("{count} day", "{count} days", occasion.lead_days).format(count=occasion.lead_days)
    return f"{shown} ({days})"


def _believed(text: str, reading: Reading) -> PartialDate:
    """The date that a person writes; a year that stands for none is asked about. Raises ValueError."""
    found = _partial(text, reading)
    if found.has_stand_in:
        raise ValueError(
            _(
                "{text}: some programs write {year} for a year that they do not know. Write {date} where it "
                "is not known."
            ).format(text=clean(text), year=NO_YEAR, date=found.believed)
        )
    return found


def _partial(text: str, reading: Reading) -> PartialDate:
    try:
        return PartialDate.parse(clean(text), reading.order)
    except ValueError as problem:
        raise ValueError(_("{problem}.").format(problem=problem)) from None
