"""How an occasion is told: what it is, how old somebody is, and the facts it follows from."""

from __future__ import annotations

from datetime import date, timedelta

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_day, show_partial
from kam_tui.domain.lead import Lead
from kam_tui.domain.occasion import ANNIVERSARY, BIRTHDAY, OCCASION_KINDS, Occasion
from kam_tui.i18n import _, ngettext


def is_milestone(kind: str, years: int | None) -> bool:
    """Whether so many years stand out: round birthdays; 5, 10, 20, 25, 30 … years of anything else."""
    if not years:
        return False
    return years % 10 == 0 or (kind != BIRTHDAY and (years == 5 or years % 25 == 0))


def what(occasion: Occasion, lead: Lead, day: date, today: date, is_moved: bool = False) -> str:
    """The occasion with its years; in front what is done for it, where that has a day of its own. Moved to
    another day, the occasion tells its own."""
    name = _with_years(occasion, day, today)
    if occasion.on.day is None:
        name = _("{occasion}, some time in {month}").format(
            occasion=name, month=show_partial(PartialDate(None, day.month))
        )
    if not is_apart(lead):
        has_day = is_moved and occasion.on.day is not None
        shown = show_day(day, today)
        return _("{occasion} on {day}").format(occasion=name, day=shown) if has_day else name
    told = {"action": _(ACTIVITY_KINDS[lead.action].label), "occasion": name, "day": show_day(day, today)}
    years = occasion.on.years_in(day.year)
    if occasion.kind != BIRTHDAY or not years:
        return _("{action}: {occasion} on {day}").format(**told)
    pattern = _("{action}: turned {years} on {day}") if day < today else _("{action}: turns {years} on {day}")
    return pattern.format(years=years, **told)


def is_apart(lead: Lead) -> bool:
    """Whether it is more than to be in touch on the day, which the occasion itself asks for."""
    return bool(lead.days) or lead.action != "call"


def why(occasion: Occasion, lead: Lead, day: date) -> str:
    """The fact it follows from."""
    shown = show_partial(occasion.on)
    if occasion.kind == BIRTHDAY:
        told = _("Born {day}.").format(day=shown)
    elif occasion.kind == ANNIVERSARY:
        told = _("Customer since {day}.").format(day=shown)
    else:
        told = _("{occasion}: {day}.").format(occasion=_name(occasion), day=shown)
    if occasion.on.day is not None and (occasion.on.month, occasion.on.day) != (day.month, day.day):
        told += " " + _("This year has no 29 February.")
    if lead.days:
        before = ngettext("{count} day before.", "{count} days before.", lead.days)
        told += " " + before.format(count=lead.days)
    return told


def facts(occasion: Occasion, subject: str, said: str, day: date, due: date, lead: Lead) -> tuple[str, ...]:
    """The chain: whose day it is, what is done for it, and how its day came about."""
    told = [
        _("{name}: {occasion} {day}.").format(
            name=subject, occasion=_name(occasion), day=show_partial(occasion.on)
        ),
        said,
    ]
    usual = day - timedelta(days=lead.days)
    if lead.days:
        told.append(_("The occasion is on {day}.").format(day=show_day(day)))
    if due < usual:
        told.append(
            _("{day} is no working day: it is due on the working day before.").format(day=show_day(usual))
        )
    elif due > usual:
        told.append(_("It came into the book on {day}, so it is not due before.").format(day=show_day(due)))
    return tuple(told)


def _name(occasion: Occasion) -> str:
    return occasion.label or _(OCCASION_KINDS[occasion.kind])


def _with_years(occasion: Occasion, day: date, today: date) -> str:
    name, years = _name(occasion), occasion.on.years_in(day.year)
    if not years:
        return name
    if occasion.kind == BIRTHDAY:
        pattern = _("{occasion}, turned {years}") if day < today else _("{occasion}, turns {years}")
        return pattern.format(occasion=name, years=years)
    return ngettext("{occasion}, {years} year", "{occasion}, {years} years", years).format(
        occasion=name, years=years
    )
