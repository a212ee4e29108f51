"""Promise: what was promised to a customer, by when, and whether it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.day_kinds import DAY, WHEN
from kam_tui.domain.fields import CREATED, ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import LINES, TEXT, Choice, Ref, Refs
from kam_tui.i18n import N_, _

OPEN, KEPT, BROKEN = "open", "kept", "broken"
PROMISE_STATES = {OPEN: N_("open"), KEPT: N_("kept"), BROKEN: N_("broken")}


@frozen
class Promise:
    """One thing that was promised."""

    id: str
    """Own id, `p-…`."""
    created: date
    """The day it was given."""
    text: str
    """What was promised."""
    due: Moment
    """By when."""
    account_id: str | None = None
    """The account it was given to."""
    contact_ids: tuple[str, ...] = ()
    """The people it was given to."""
    state: str = OPEN
    """One of `PROMISE_STATES`."""
    settled: date | None = None
    """The day it was kept or broken; None while it is open."""
    note: str = ""
    """How it was kept, or why it was not."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows."""

    def __post_init__(self) -> None:
        """Raise ValueError for a promise without a text, of an unknown state, or settled by halves."""
        if not self.text:
            raise ValueError(_("A promise needs a text."))
        if self.state not in PROMISE_STATES:
            raise ValueError(_("{state} is not what becomes of a promise.").format(state=self.state))
        if (self.state == OPEN) != (self.settled is None):
            raise ValueError(
                _("A promise that is kept or broken needs the day of it, and an open one has none.")
            )

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.state == OPEN

    @property
    def kept_late(self) -> bool:
        """Whether it was kept, but after its day."""
        return self.state == KEPT and self.settled is not None and self.settled > self.due.day


PROMISE = Schema(
    Promise,
    "promises",
    (
        ID,
        CREATED,
        Field("text", TEXT, N_("What was promised")),
        Field("due", WHEN, N_("By when")),
        Field("account_id", Ref("accounts"), N_("Account")),
        Field("contact_ids", Refs("contacts"), N_("People")),
        Field("state", Choice(PROMISE_STATES)),
        Field("settled", DAY),
        Field("note", LINES, N_("Note")),
    ),
)
"""The fields of a promise."""
