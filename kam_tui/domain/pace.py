"""Pace: how often, and how, some accounts are kept in touch with."""

from __future__ import annotations

from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _

PERIODIC, AMBIENT, TRIGGERED = "periodic", "ambient", "triggered"
STYLES = {
    PERIODIC: N_("Periodic: comes due"),
    AMBIENT: N_("Ambient: only listed as going quiet"),
    TRIGGERED: N_("Triggered: never chased"),
}
"""How a cadence comes up. What else follows from facts, such as a birthday or a sale, is untouched by it."""

SOON, QUIET, COLD = "soon", "quiet", "cold"
STATES = {SOON: N_("due soon"), QUIET: N_("quiet"), COLD: N_("cold")}
"""Before its day; from its day on; from the maximum on."""


@frozen
class Pace:
    """One row of the cadences: for which accounts, how many days, in which style."""

    where: str
    """For which accounts, as a search (`tag:partner`)."""

    days: int = 0
    """Days between real touches; 0 takes the tier's."""

    style: str = PERIODIC
    """`periodic`: comes due. `ambient`: listed as going quiet, never due. `triggered`: never chased."""

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown style, and for days that are no cadence."""
        if self.style not in STYLES:
            raise ValueError(
                _("{text} is none of the styles {options}").format(
                    text=clean(self.style) or '""', options=", ".join(STYLES)
                )
            )
        if not 0 <= self.days <= 3660:
            raise ValueError(_("{days} is not between 0 and 3660 days").format(days=self.days))
