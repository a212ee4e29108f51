"""Reading: how what a person writes is read, their dates above all; one value, made of their settings."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date, datetime

from kam_tui.domain.frozen import frozen


@frozen
class Reading:
    """How a text is read."""

    order: str = ""
    """`dmy` or `mdy`: how `3/4` is read; empty when that is not said."""

    country: str = ""
    """Whose public holidays are no working days, an ISO 3166 code; empty: those of none."""

    now: datetime | None = None
    """The aware time that words such as `tuesday` are read from; without it only ISO dates are read."""

    past: bool = False
    """Whether such words look back (when something was) or ahead (when something is due)."""

    there: str = ""
    """Zone of who the text is about, for `9:00 their time`; empty where nobody knows."""

    resolve: Callable[[str, str], str] | None = None
    """Table and typed name to a record's id; raises NotFound or Ambiguous."""

    def at(self, now: datetime, *, past: bool = False) -> Reading:
        """The same for a text that is written at the aware `now`."""
        return Reading(self.order, self.country, now, past, self.there, self.resolve)

    def about(self, there: str) -> Reading:
        """The same for a text about somebody in the zone `there`."""
        return Reading(self.order, self.country, self.now, self.past, there, self.resolve)

    def within(self, resolve: Callable[[str, str], str]) -> Reading:
        """The same for a text that names records."""
        return Reading(self.order, self.country, self.now, self.past, self.there, resolve)

    @property
    def moment(self) -> datetime:
        """`now`, for what cannot be read without it. Raises ValueError where it is not known."""
        if self.now is None:
            raise ValueError("these words are read from a time, and none is given")
        return self.now

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.moment.date()

    @property
    def step(self) -> int:
        """1 when looking ahead, -1 when looking back."""
        return -1 if self.past else 1

    @property
    def holidays(self) -> Container[date]:
        """The public holidays of the country, looked up when the first of its days is asked about."""
        from kam_tui.domain.dates.workdays import holidays_of

        return holidays_of(self.country)


PLAIN = Reading()
"""Of somebody who has set nothing."""
