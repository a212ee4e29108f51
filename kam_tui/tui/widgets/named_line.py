"""NamedLine: a line of words, and beneath it the names that its end may mean."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import on, work
from textual.containers import Vertical
from textual.worker import Worker, WorkerCancelled

from kam_tui.domain.book import Book
from kam_tui.domain.completing import Names
from kam_tui.session import Session
from kam_tui.tui.widgets.offer_list import OfferList
from kam_tui.tui.widgets.words import Beneath, Words

TEMPLATES = -1
"""In place of where a mark begins: templates are offered, which take the place of the whole line."""


class NamedLine(Vertical):
    """What is offered for a line, and taken in it."""

    def __init__(self, session: Session, book: Book, begun: str, hint: str, *, lived: bool) -> None:
        """Begin with the line `begun`; `lived` looks at the timeline for what is offered."""
        super().__init__()
        self.session = session
        self.book = book
        self.lived = lived
        # Held, and not looked for: what is still being read when the line goes finds them all the same.
        self.beneath = Beneath()
        self.words = Words(begun, hint, self.beneath, self.take, self.clear)
        self.offers = OfferList()
        self.start = TEMPLATES
        """Where the mark stands for which something is offered."""
        self._names: Names | None = None
        self._naming: Worker[None] | None = None
        self._account_id: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the line is one that is being written, for which something is to be offered."""
        return True

    def clear(self) -> None:
        """All of the line was cleared away."""

    def fill(self, name: str) -> None:
        """Put a template in the line."""

    def after(self, head: str) -> int:
        """Where to go on in the line once its beginning is a name that was taken."""
        return len(head)

    def find_names(self) -> None:
        """Find out what can be offered."""
        self._naming = self._find_names()

    @work(group="reading")
    async def _find_names(self) -> None:
        today = self.session.now().date()
        self._names = await asyncio.to_thread(Names, self.book, today, lived=self.lived)
        if not self.offers.is_open:  # with templates, which need no names
            self.offer()

    async def named(self) -> None:
        """Wait until it is known what can be offered: the tables of the book are loaded then."""
        if self._naming is not None and not self._naming.is_finished:
            with suppress(WorkerCancelled):
                await self._naming.wait()

    def prefer(self, account_id: str | None) -> None:
        """Offer the people of an account first."""
        if account_id != self._account_id:
            self._account_id = account_id
            if self.offers.is_open and self.start != TEMPLATES and not self.offers.has_moved:
                self.offer()

    def offer(self) -> None:
        """Show what the end of the line may mean."""
        head, rest = (
            self.words.value[: self.words.cursor_position],
            self.words.value[self.words.cursor_position :],
        )
        is_end = not rest.strip(" ") or rest[0] == " "
        # Whose people come first, a name before this one says: not the one that is being typed.
        account_id = self._account_id if head.count("@") > 1 else None
        found = self._names.offers(head, account_id) if self._names and is_end and self.is_own else None
        self.start = found.start if found else TEMPLATES
        self.offers.offer(found.offers if found else ())

    def close(self) -> bool:
        """Put away what is offered; False where nothing is."""
        was = self.offers.is_open
        self.offers.offer(())
        return was

    def take(self) -> bool:
        """Put what is highlighted in the line; False where nothing is offered."""
        offer, words = self.offers.highlighted, self.words
        if not self.offers.is_open or offer is None:
            return False
        start = self.start
        self.close()
        if start == TEMPLATES:
            self.fill(offer.name)
            return True
        if self._names is None:
            return False
        head = f"{words.value[: start + 1]}{self._names.mark(offer)} "
        words.value = head + words.value[words.cursor_position :].lstrip(" ")
        words.cursor_position = self.after(head)
        return True

    @on(OfferList.Picked)
    def _picked(self, message: OfferList.Picked) -> None:
        message.stop()
        self.take()
