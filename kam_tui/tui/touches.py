"""Touches: when each of many was last in touch, found once for as long as nothing more happens with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.tui.wording import last_touch


class Touches:
    """The days of the last touches, as of one day."""

    def __init__(self) -> None:
        self._today = date.min
        self._known: dict[str, tuple[tuple[Activity, ...], date | None]] = {}

    def of(self, book: Book, parties: Sequence[Account | Contact], today: date) -> list[date | None]:
        """The day of the last real touch of each."""
        if self._today != today:
            self._today, self._known = today, {}
        known = self._known
        days: list[date | None] = []
        for party in parties:
            timeline = book.timeline(party.id)
            found = known.get(party.id)
            if found is None or found[0] is not timeline:
                found = known[party.id] = (timeline, last_touch(book, party.id, today))
            days.append(found[1])
        return days
