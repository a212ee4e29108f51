"""WholeAgenda: everything that is to come, day by day, as a list or as a month with the lines of one day."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.dates.workdays import holidays_of
from kam_tui.i18n import _
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.tui.commands import CALENDAR, bindings
from kam_tui.tui.days import (
    DayLines,
    before,
    by_day,
    distance,
    headline,
    known_by_day,
    known_lines,
    legend,
    lines_of,
    note_of,
)
from kam_tui.tui.first_read import HORIZON
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.due import DueDesk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.happened import Happened
from kam_tui.tui.widgets.month import Month, begins_on_sunday
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.rows import Rows

EMPTY = """There is nothing on the agenda.

    {everywhere.reminder:4}  set a reminder
    {everywhere.note:4}  write down what happened
    {everywhere.accounts:4}  see the accounts"""

FREE = """Nothing is due on this day.

    {everywhere.reminder:4}  set a reminder for it
    {everywhere.note:4}  write something down for it"""

OVER = """Nothing happened on this day.

    {everywhere.note:4}  write something down for it"""

BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]
"""From which width on month and list stand side by side."""

HEIGHTS = [(0, "-low"), (34, "-high")]
"""From which height on there is room for more than the list below the month."""


class WholeAgenda(DueDesk):
    """The whole agenda."""

    CSS_PATH = "../styles/agenda.tcss"
    AUTO_FOCUS = "AgendaList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CALENDAR)]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.by_month = False
        """Whether the month is shown, and not the list of all days."""
        self._beyond: tuple[date, Agenda] | None = None
        """What the agenda says up to a day that is further ahead than what everybody is shown."""
        self._days: Mapping[date, Sequence[AgendaItem]] = {}
        self._good_to_know: Mapping[date, Sequence[AgendaItem]] = {}
        self._happened: Mapping[date, Sequence[Activity]] = {}
        self._shown: date | None = None
        """The first day of the month whose days are worked out."""
        self._free: frozenset[date] = frozenset()
        self._free_of: date | None = None
        """The holidays of the month that begins with this day."""

    def body(self) -> ComposeResult:
        """The headline, the month, the list, and what one needs to know about the highlighted line."""
        yield Headline()
        with Container(id="desk"):
            settings = self.session.settings
            yield Month(sunday_first=begins_on_sunday(settings.country, settings.date_order))
            with Container(id="side"):
                with Vertical(id="lines"):
                    yield AgendaList(self.session, by_day=True, holds="reminders")
                    yield Happened()
                yield Panel(id="brief")

    @property
    def month(self) -> Month:
        """The month."""
        return self.query_one(Month)

    @property
    def rows(self) -> AgendaList:
        """The list."""
        return self.query_one(AgendaList)

    @property
    def happened(self) -> Happened:
        """What happened on the picked day."""
        return self.query_one(Happened)

    @property
    def known(self) -> Agenda:
        """The agenda as far as it has been asked for."""
        return self._beyond[1] if self._beyond else self.due

    def remember(self) -> Left:
        """The month, where it is shown."""
        return {"shows": "month"} if self.by_month else {}

    def recall(self, left: Left) -> None:
        """The month again, where it was shown."""
        self.by_month = left.get("shows") == "month"
        if self.by_month:
            self.month.focus()

    def redraw(self) -> None:
        """Show what is known now; what was asked for beyond the horizon is asked for again."""
        self._beyond = None
        if self.month.picked == date.min:
            self.month.set_reactive(Month.picked, self.today)
        self.set_class(self.by_month, "-month")
        self._show()
        self._look_ahead()

    def _show(self) -> None:
        self._days, self._good_to_know = by_day(self.known), known_by_day(self.known)
        if self.by_month:
            self._show_month()
        else:
            self._show_all()

    def _show_all(self) -> None:
        lines = lines_of(self.due, self.today)
        self.query_one(Headline).update(headline(self.due, self.today), layout=False)
        self.rows.show_items(self.book, lines, empty=_(EMPTY))
        self.happened.display = False

    def _show_month(self) -> None:
        month = self.month
        first, last, now = month.first, month.last, self.session.now()
        happened: dict[date, list[Activity]] = defaultdict(list)
        for activity in self.book.between(first, min(last, self.today)):
            happened[activity.when.day].append(activity)
        notes = {
            day: note_of(
                self.book,
                self._days.get(day, ()),
                happened.get(day, ()),
                self._good_to_know.get(day, ()),
                now,
            )
            for day in self._days.keys() | happened.keys() | self._good_to_know.keys()
            if first <= day <= last
        }
        month.show(self.today, notes, self._holidays())
        self._happened, self._shown = happened, first
        self._show_legend()
        self._show_day()

    def _show_legend(self) -> None:
        said = legend(self.month.picked, self.month.notes.values(), self.size.width - 4)
        self.query_one(Headline).update(said, layout=False)

    def _holidays(self) -> frozenset[date]:
        """The holidays of the shown weeks that have been looked up already."""
        return self._free if self._free_of == self.month.first else frozenset()

    def _show_day(self) -> None:
        day = self.month.picked
        items, happened = self._days.get(day, ()), self._happened.get(day, ())
        lines: DayLines = [Heading(show_day(day), distance(day, self.today)), *items] if items else []
        if day == self.today:
            lines = [*before(self.due, day), *lines]
        known = self._good_to_know.get(day, ())
        if day == self.today:
            known = (*self.known.at_risk, *self.known.listed, *self.known.missed)
        lines += known_lines(known)
        nothing = _(OVER) if day < self.today else _(FREE)
        self.rows.show_items(self.book, lines, empty=f"{show_day(day)}\n\n{nothing}")
        self.happened.show_day(self.book, happened)
        self.rows.display = bool(lines) or not happened

    def _look_ahead(self) -> None:
        """Ask for what the month shows beyond what is known, and for its holidays; nobody waits for it."""
        if not self.by_month or self.agenda is None:
            return
        until = self._beyond[0] if self._beyond else self.today + timedelta(days=HORIZON)
        if self.month.last > until or self._free_of != self.month.first:
            self.run_worker(self._look_beyond(until), group="ahead", exclusive=True)

    async def _look_beyond(self, until: date) -> None:
        book, settings, now, month = self.book, self.session.settings, self.session.now(), self.month
        first, last = month.first, month.last
        further = last + timedelta(days=HORIZON)  # so that the next months are known as well

        def work() -> tuple[Agenda | None, frozenset[date]]:
            days = (first + timedelta(days=each) for each in range((last - first).days + 1))
            free = holidays_of(settings.country)
            holidays = frozenset(day for day in days if day in free)
            if last <= until:
                return None, holidays
            ahead = (further - now.date()).days
            return agenda(book, settings, now.date(), ahead, clock=now.timetz()), holidays

        found, self._free = await asyncio.to_thread(work)
        self._free_of = first
        if found is not None:
            self._beyond = (further, found)
        self._show()

    def day(self) -> date | None:
        """The picked day, where the month is shown: what is added is for it."""
        return self.month.picked if self.by_month else None

    def action_flip(self) -> None:
        """The month, or the list."""
        self.by_month = not self.by_month
        self.redraw()
        self.rows.display = True
        (self.month if self.by_month else self.rows).focus()

    def action_back(self) -> None:
        """From the lines of a day back to the month, else back to where one was."""
        if self.by_month and not self.month.has_focus:
            self.month.focus()
        else:
            super().action_back()

    @on(Month.Moved)
    def _moved(self) -> None:
        with self.app.batch_update():
            if self.month.first == self._shown:
                self._show_day()
            else:
                self._show_month()
        self._look_ahead()

    @on(Month.Opened)
    def _to_the_lines(self) -> None:
        lists: tuple[Rows[Any], ...] = (self.rows, self.happened)
        for rows in (each for each in lists if each.display and each.lines):
            rows.focus()
            return
        self.app.bell()

    def on_resize(self) -> None:
        """Another width has room for other words."""
        if self.by_month and self.agenda is not None:
            self._show_legend()

    @on(Rows.Picked, "Happened")
    def _open_entry(self, message: Rows.Picked) -> None:
        """Go to where it stands on a timeline."""
        entry: Activity = message.item
        account_id = self.book.account_of(entry)
        subject = account_id or next(iter(entry.contact_ids), "")
        if subject in self.book.accounts or subject in self.book.contacts:
            self.post_message(Open("account" if account_id else "contact", subject, entry.id))
        else:
            self.action_edit()

    def party(self) -> Account | Contact | None:
        """Nobody, while a day is picked and none of its lines."""
        return None if self.month.has_focus else super().party()

    def target(self) -> Any:
        """What happened, where that list is in use, else what the line of the agenda is about."""
        if self.happened.has_focus:
            return self.happened.highlighted
        return None if self.month.has_focus else super().target()
