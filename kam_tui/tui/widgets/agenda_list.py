"""AgendaList: what is due, each line with when, who and what; done, put off and let pass from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.book import Book
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.promises import RULE as PROMISE
from kam_tui.session import Session
from kam_tui.tui.commands import AGENDA, bindings
from kam_tui.tui.messages import Do
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import is_asleep, show_due


class AgendaList(Rows[AgendaItem]):
    """A list of agenda items."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(AGENDA)]

    def __init__(
        self, session: Session, *, whose: bool = True, empty: str = "", holds: str = "", id: str | None = None
    ) -> None:
        self.session = session
        self.book = Book()
        columns: list[Column[AgendaItem]] = [Column(_("Due"), self._due, 16), Column("", self._mark, 1)]
        if whose:
            columns.append(Column(_("Who"), self._who, 16, grow=3))
        columns.append(Column(_("What"), lambda item: item.told, 20, grow=5))
        super().__init__(columns, lambda item: item.key, empty=empty, holds=holds, id=id)

    def show_items(self, book: Book, lines: Sequence[AgendaItem | Heading], *, empty: str = "") -> None:
        """Show these items of this book."""
        self.book = book
        self.show(lines, empty=empty or None)

    def _place(self, kept: AgendaItem | None, at: int) -> int:
        """What is put off goes to the end alone: the highlight goes on to what took its place."""
        now = self.session.now()
        asleep = {line.key for line in self.lines if isinstance(line, AgendaItem) and is_asleep(line, now)}
        gone = kept is not None and kept.key in asleep and not is_asleep(kept, now)
        return super()._place(None if gone else kept, at)

    def _due(self, item: AgendaItem) -> Cell:
        now = self.session.now()
        today = now.date()
        late = item.days_late(today) > 0 and not is_asleep(item, now)
        look = "late" if late else "soon" if item.due.day == today else "dim"
        return Cell(show_due(item, now), look)

    def _mark(self, item: AgendaItem) -> Cell:
        kind = ACTIVITY_KINDS.get(item.action)
        return Cell(kind.mark if kind else "·", "dim")

    def _who(self, item: AgendaItem) -> Cell:
        return Cell(item.who, "key" if self.book.is_key(item.account_id) else "")

    @work
    async def action_complete(self) -> None:
        """It is done: ask how it went, and keep it."""
        item = self.highlighted
        if item is None:
            return
        from kam_tui.tui.screens.dialogs.agenda import Outcome

        text = await self.app.push_screen_wait(Outcome(item))
        if text is not None:
            from kam_tui.usecases.reminders import complete

            self.post_message(Do(complete, self.session.settings, item.key, text))

    @work
    async def action_snooze(self) -> None:
        """Put it off."""
        item = self.highlighted
        if item is None:
            return
        from kam_tui.tui.screens.dialogs.agenda import Snooze

        until = await self.app.push_screen_wait(Snooze(self.session, item))
        if until is not None:
            from kam_tui.usecases.reminders import snooze

            self.post_message(Do(snooze, self.session.settings, item.key, until))

    def action_skip(self) -> None:
        """Let it pass; of a promise, ask why it is not kept."""
        item = self.highlighted
        if item is not None and item.rule == PROMISE:
            self._break_promise(item)
        elif item is not None:
            from kam_tui.usecases.reminders import skip

            self.post_message(Do(skip, self.session.settings, item.key))

    @work
    async def _break_promise(self, item: AgendaItem) -> None:
        from kam_tui.tui.screens.dialogs.agenda import Reason

        reason = await self.app.push_screen_wait(Reason(item))
        if reason is not None:
            from kam_tui.usecases.promises import break_

            self.post_message(Do(break_, item.key.split(":")[1], reason))
