"""AgendaList: what is due, each line with when, who and what; asks for it to be done, put off, let pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.book import Book
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.session import Session
from kam_tui.tui.commands import AGENDA, bindings
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.marked_rows import MarkedRows
from kam_tui.tui.wording import is_asleep, show_due


class AgendaList(MarkedRows[AgendaItem]):
    """A list of agenda items."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(AGENDA)]

    class Deal(Message):
        """A person wants to deal with some lines."""

        def __init__(self, rows: AgendaList, act: str) -> None:
            super().__init__()
            self.rows = rows
            """The list."""
            self.items = rows.items
            """The lines."""
            self.act = act
            """How: `complete`, `snooze`, `reschedule`, `skip`; `bulk` where that is still to be asked."""

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

    def action_complete(self) -> None:
        """It is done."""
        self._deal("complete")

    def action_snooze(self) -> None:
        """Put it off."""
        self._deal("snooze")

    def action_reschedule(self) -> None:
        """Give it another day, on which it is due instead."""
        self._deal("reschedule")

    def action_skip(self) -> None:
        """Let it pass."""
        self._deal("skip")

    def action_bulk(self) -> None:
        """Ask what to do with the marked lines."""
        self._deal("bulk")

    def _deal(self, act: str) -> None:
        if self.items:
            self.post_message(self.Deal(self, act))
