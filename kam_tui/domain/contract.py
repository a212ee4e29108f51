"""Contract: what a customer has agreed to, until when, and by when notice must be given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kam_tui.domain.dates.spans import shift
from kam_tui.domain.day_kinds import DAY
from kam_tui.domain.fields import CREATED, ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import FLAG, LINES, TEXT, Choice, Ref
from kam_tui.domain.money import MONEY
from kam_tui.domain.terms import LONGEST_SPAN, SPAN, after, before
from kam_tui.i18n import N_, _

CONSIDERATIONS = {"money": N_("Money"), "goods": N_("Goods"), "services": N_("Services")}
"""What a customer pays with."""


@frozen
class Contract:
    """One contract with an account."""

    id: str
    """Own id, `k-…`."""
    created: date
    """The day it came into the book."""
    account_id: str
    """The account it is with."""
    name: str
    """What it is called."""
    start: date | None = None
    """The first day it holds."""
    end: date | None = None
    """The last day it holds; None for one without an end."""
    notice: date | None = None
    """The last day on which notice can be given, where that is agreed as a day."""
    notice_period: str = ""
    """How long before its end that is (`P3M`), where it is agreed so."""
    renews: bool = False
    """Whether it goes on after its end unless notice is given."""
    term: str = ""
    """How long it goes on for each time it is renewed (`P12M`); empty: as long as from start to end."""
    value: str = ""
    """What it is worth: an amount and its currency (`12000 EUR`)."""
    consideration: str = ""
    """One of `CONSIDERATIONS`, or empty."""
    note: str = ""
    """Whatever else was agreed."""
    archived: bool = False
    """Out of lists and agenda, kept in the book."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows."""

    def __post_init__(self) -> None:
        """Raise ValueError for a contract without a name or account, or whose days contradict each other."""
        if not self.name:
            raise ValueError(_("A contract needs a name."))
        if not self.account_id:
            raise ValueError(_("A contract needs an account."))
        if self.start and self.end and self.end < self.start:
            raise ValueError(_("A contract cannot end before it starts."))
        if self.notice and self.end and self.notice > self.end:
            raise ValueError(_("Notice must be given before a contract ends."))

    @property
    def notice_by(self) -> date | None:
        """The last day on which notice can be given; None where that is not known."""
        if self.notice or not (self.end and self.notice_period):
            return self.notice
        try:
            return before(self.end, self.notice_period)
        except OverflowError:
            return None

    @property
    def usual_term(self) -> str:
        """How long it goes on for each time, in whole months where it is so; empty where nobody knows."""
        if self.term or not (self.start and self.end) or self.end == date.max:
            return self.term
        first = self.end + timedelta(days=1)
        months = 12 * (first.year - self.start.year) + first.month - self.start.month
        if months and shift(self.start, "MONTH", months) == first:
            return f"P{months}M"
        return f"P{(first - self.start).days}D" if (first - self.start).days <= LONGEST_SPAN else ""

    def renewed_until(self, today: date) -> date | None:
        """Its new end: by as many terms as bring it to a day that has not passed, by one at the least.

        None where it has no end, where nobody knows its term, or beyond the last year of all.
        """
        term, end = self.usual_term, self.end
        if not (term and end):
            return None
        try:
            # From the day after, so that the last of February follows the last of February.
            first, number = end + timedelta(days=1), 1
            while after(first, term, number) <= today:
                number += 1
            return after(first, term, number) - timedelta(days=1)
        except (OverflowError, ValueError):
            return None


CONTRACT = Schema(
    Contract,
    "contracts",
    (
        ID,
        CREATED,
        Field("name", TEXT, N_("Name")),
        Field("account_id", Ref("accounts"), N_("Account")),
        Field("start", DAY, N_("Starts")),
        Field("end", DAY, N_("Ends")),
        Field("notice", DAY, N_("Notice by"), N_("the last day to give notice, where that is a set day")),
        Field("notice_period", SPAN, N_("Notice period"), N_("3 months before it ends, or 30 days")),
        Field("renews", FLAG, N_("Renews by itself"), N_("whether it goes on unless notice is given")),
        Field("term", SPAN, N_("Renewed for"), N_("1 year, 6 months; empty: as long as from start to end")),
        Field("value", MONEY, N_("Value"), N_("12000 EUR")),
        Field("consideration", Choice(CONSIDERATIONS), N_("Paid in")),
        Field("note", LINES, N_("Note")),
        Field("archived", FLAG),
    ),
)
"""The fields of a contract."""
