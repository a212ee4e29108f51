"""Occasions: the days in a person's or a company's year that are worth a call or a card."""

from __future__ import annotations

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.frozen import frozen
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
