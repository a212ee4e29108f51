"""AgendaList: what is due, each line with when, who and what; done, put off and let pass from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.book import Book
from kam_tui.domain.residence import zone_for
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.contracts import RENEWAL, proposal
from kam_tui.rules.promises import RULE as PROMISE
from kam_tui.session import Session
from kam_tui.tui.commands import AGENDA, bindings
from kam_tui.tui.messages import Do
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.marked_rows import MarkedRows
from kam_tui.tui.wording import is_asleep, show_due


class AgendaList(MarkedRows[AgendaItem]):
    """A list of agenda items."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(AGENDA)]

    def __init__(
        self,
        session: Session,
        *,
        whose: bool = True,
        by_day: bool = False,
        empty: str = "",
        holds: str = "",
        id: str | None = None,
    ) -> None:
        self.session = session
        self.book = Book()
        due = Column(_("Due"), self._clock if by_day else self._due, 16)
        columns: list[Column[AgendaItem]] = [due, Column("", self._mark, 1)]
        if whose:
            columns.append(Column(_("Who"), self._who, 16, grow=3))
        columns.append(Column(_("What"), self._what, 20, grow=5))
        super().__init__(columns, lambda item: item.key, empty=empty, holds=holds, id=id)

    def show_items(self, book: Book, lines: Sequence[AgendaItem | Heading], *, empty: str = "") -> None:
        """Show these items of this book."""
        self.book = book
        self.show(lines, empty=empty or None)
        self.keep_marks({line.key for line in lines if isinstance(line, AgendaItem)})

    def _place(self, kept: AgendaItem | None, at: int) -> int:
        """What is put off goes to the end alone: the highlight goes on to what took its place."""
        now = self.session.now()
        asleep = {line.key for line in self.lines if isinstance(line, AgendaItem) and is_asleep(line, now)}
        gone = kept is not None and kept.key in asleep and not is_asleep(kept, now)
        return super()._place(None if gone else kept, at)

    def _due(self, item: AgendaItem) -> Cell:
        now = self.session.now()
        today = now.date()
        late = item.days_late(today) > 0 and not is_asleep(item, now) and not item.is_missed(today)
        look = "late" if late else "soon" if item.due.day == today else "dim"
        return Cell(show_due(item, now), look)

    def _clock(self, item: AgendaItem) -> Cell:
        """As `_due`, where a heading says the day already."""
        now = self.session.now()
        if item.days_late(now.date()) > 0 or is_asleep(item, now) or item.signs or item.is_listed:
            return self._due(item)
        return Cell(f"{item.due.clock:%H:%M}" if item.due.clock else "", "dim")

    def _mark(self, item: AgendaItem) -> Cell:
        kind = ACTIVITY_KINDS.get(item.action)
        return Cell(kind.mark if kind else "·", "dim")

    def _what(self, item: AgendaItem) -> Cell:
        there = f" ({item.there})" if item.there else ""
        return Cell(item.told + there, "dim" if item.is_missed(self.session.now().date()) else "")

    def _who(self, item: AgendaItem) -> Cell:
        return Cell(item.who, "key" if self.book.is_key(item.account_id) else "")

    @property
    def items(self) -> list[AgendaItem]:
        """What is acted on: the marked lines, else the highlighted one."""
        keys = self.chosen
        known = {line.key: line for line in self.lines if isinstance(line, AgendaItem)}
        return [known[key] for key in keys if key in known]

    @work
    async def action_complete(self) -> None:
        """It is done: ask how it went, and keep it."""
        items = self.items
        if not items:
            return
        if len(items) == 1 and items[0].rule == RENEWAL:
            self._renew(items[0])
            return
        from kam_tui.tui.screens.dialogs.agenda import Outcome

        text = await self.app.push_screen_wait(Outcome(*items))
        if text is None:
            return
        if len(items) > 1:
            from kam_tui.usecases.several import complete as all_done

            self._do(Do(all_done, self.session.settings, [item.key for item in items], text))
        else:
            from kam_tui.usecases.reminders import complete

            self._do(Do(complete, self.session.settings, items[0].key, text))

    @work
    async def _renew(self, item: AgendaItem) -> None:
        """The end of a contract was dealt with: ask until when it holds now."""
        from kam_tui.tui.screens.dialogs.agenda import Renewal

        proposed = proposal(self.book, item, self.session.now().date())
        answer = await self.app.push_screen_wait(Renewal(self.session, item, proposed))
        if answer is not None:
            from kam_tui.usecases.renewing import complete

            self._do(Do(complete, self.session.settings, item.key, "", *answer))

    @work
    async def action_snooze(self) -> None:
        """Put it off."""
        items = self.items
        if not items:
            return
        from kam_tui.tui.screens.dialogs.agenda import Snooze

        until = await self.app.push_screen_wait(Snooze(self.session, *items, there=self._there(items)))
        if until is not None:
            from kam_tui.usecases.several import snooze

            self._do(Do(snooze, self.session.settings, [item.key for item in items], until))

    @work
    async def action_reschedule(self) -> None:
        """Give it another day, on which it is due instead."""
        items = self.items
        if not items:
            return
        from kam_tui.tui.screens.dialogs.agenda import Move

        to = await self.app.push_screen_wait(Move(self.session, *items, there=self._there(items)))
        if to is not None:
            from kam_tui.usecases.several import move

            self._do(Do(move, self.session.settings, [item.key for item in items], to))

    def _there(self, items: Sequence[AgendaItem]) -> str:
        """Where those are whom some lines are for; empty where they live by several clocks."""
        zones = {zone_for(self.book, item.account_id, item.contact_ids) for item in items}
        return zones.pop() if len(zones) == 1 else ""

    def action_skip(self) -> None:
        """Let it pass; of a promise, ask why it is not kept."""
        items = self.items
        if len(items) == 1 and items[0].rule == PROMISE:
            self._break_promise(items[0])
        elif items:
            from kam_tui.usecases.several import skip

            self._do(Do(skip, self.session.settings, [item.key for item in items]))

    @work
    async def action_bulk(self) -> None:
        """Ask what to do with the marked lines."""
        if self.items:
            from kam_tui.tui.screens.dialogs.bulk import ask_lines

            act = await ask_lines(self.app, len(self.items))
            if act:
                await self.run_action(act)

    def _do(self, wanted: Do) -> None:
        self.drop_marks()
        self.post_message(wanted)

    @work
    async def _break_promise(self, item: AgendaItem) -> None:
        from kam_tui.tui.screens.dialogs.agenda import Reason

        reason = await self.app.push_screen_wait(Reason(item))
        if reason is not None:
            from kam_tui.usecases.promises import break_

            self._do(Do(break_, item.key.split(":")[1], reason))
