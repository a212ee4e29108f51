"""Occasions: the days in a person's or a company's year that are worth a call or a card."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import Labeled
from kam_tui.i18n import N_, _

BIRTHDAY = "birthday"
ANNIVERSARY = "customer"

OCCASION_KINDS: dict[str, str] = {
    BIRTHDAY: N_("Birthday"),
    "nameday": N_("Name day"),
    "wedding": N_("Wedding anniversary"),
    "work": N_("Work anniversary"),
    ANNIVERSARY: N_("Customer anniversary"),
    "anniversary": N_("Anniversary"),
    "other": N_("Occasion"),
}
"""Every kind of occasion and how it is called."""


@frozen
class Occasion:
    """A day that comes back every year, for one person or account."""

    kind: str
    """One of `OCCASION_KINDS`."""

    on: PartialDate
    """When; without a year there is no age to tell, without a day there is nothing to announce."""

    label: str = ""
    """What it is called, where the kind does not say it (`Founding day`)."""

    lead_days: int | None = None
    """Days of notice; None takes the setting."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown kind or a negative notice."""
        if self.kind not in OCCASION_KINDS:
            raise ValueError(_("{kind} is not a kind of occasion").format(kind=self.kind))
        if self.lead_days is not None and not 0 <= self.lead_days <= 366:
            raise ValueError(_("the days of notice lie between 0 and 366"))


class Dated(Protocol):
    """A person or an account, as far as their days go."""

    @property
    def created(self) -> date:
        """The day they came into the book."""

    @property
    def dates(self) -> tuple[Occasion, ...]:
        """All their occasions."""

    @property
    def dates_learnt(self) -> tuple[Labeled, ...]:
        """When some of them were filled in or corrected, by what `named` calls them."""

    @property
    def dates_since(self) -> date | None:
        """When the others were, where that is known."""


def named(occasion: Occasion) -> str:
    """What an occasion is told from the others of somebody by: another day makes it another one."""
    return f"{occasion.label or occasion.kind} {occasion.on}"


def known_since(party: Dated, name: str) -> date:
    """Since when the day of this name is known: what was long before that is not made up for."""
    days = [each.value for each in party.dates_learnt if each.label == name]
    try:
        return date.fromisoformat(max(days))
    except ValueError:  # none, or a book edited by hand
        return party.dates_since or party.created


def learnt(before: Dated, after: Dated, today: date) -> dict[str, Any]:
    """The fields that say since when the days of `after` are known, which was `before`; none where they are
    the same. What was known keeps its day: nothing that is late vanishes because another day was filled in.
    """
    old, new = _names(before), _names(after)
    if set(old) == set(new):
        return {}
    since = {name: known_since(before, name) if name in old else today for name in new}
    told = {name: day for name, day in since.items() if day != after.created}
    return {
        "dates_learnt": tuple(Labeled(day.isoformat(), name) for name, day in told.items()),
        "dates_since": None,
    }


def _names(party: Dated) -> list[str]:
    by = getattr(party, "name_day", "")
    return [*map(named, party.dates), *([f"nameday {by}"] if by else [])]
