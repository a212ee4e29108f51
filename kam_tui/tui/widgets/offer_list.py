"""OfferList: what the end of a line may mean, beneath it; led from the line, which keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence

from kam_tui.domain.completing import Offer
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.rows import Rows

MOST = 8
"""Lines that are seen at once."""


class OfferList(Rows[Offer]):
    """Names, tags or templates; not there while there are none."""

    DEFAULT_CSS = "OfferList { display: none; }"

    def __init__(self) -> None:
        columns: list[Column[Offer]] = [
            Column("", lambda offer: Cell(offer.name, "strong"), 20, grow=1),
            Column("", lambda offer: Cell(offer.note, "dim"), 16, grow=1),
        ]
        super().__init__(columns, lambda offer: f"{offer.party and offer.party.id} {offer.name}", led=True)
        self.can_focus = False
        self.has_moved = False
        """Whether the person has chosen among them."""

    @property
    def is_open(self) -> bool:
        """Whether something is offered."""
        return bool(self.display)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer these; none puts the list away."""
        self.has_moved = False
        if not offers and not self.is_open:
            return
        self.lines = ()  # else the highlight would stay on what it was on, and not on the best
        self.set_reactive(Lines.cursor, 0)
        self.styles.height = max(1, min(MOST, len(offers)))
        self.display = bool(offers)
        self.show(offers)

    def choose(self, step: int) -> None:
        """Go down or up in it."""
        self.has_moved = True
        self.action_move(step)
