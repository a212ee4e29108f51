"""WholeAgenda: everything that is to come, day by day, as a list or as a month with the lines of one day."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.dates.workdays import holidays_of
from kam_tui.i18n import _
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.rules.celebrations import Almanac, Celebration
from kam_tui.tui.commands import CALENDAR, bindings
from kam_tui.tui.days import headline, lines_of
from kam_tui.tui.first_read import HORIZON
from kam_tui.tui.messages import Open
from kam_tui.tui.month_days import MonthDays, legend
from kam_tui.tui.screens.due import DueDesk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.day_facts import DayFact, DayFacts
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
        self._days = MonthDays(Agenda())
        self._almanac: Almanac | None = None
        """Whose day it is, once that has been looked up."""
        self._is_looking = False
        """Whether something is being looked up."""
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
                    yield DayFacts()
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
    def facts(self) -> DayFacts:
        """What the picked day is known for."""
        return self.query_one(DayFacts)

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
        if self.by_month:
            self._days = MonthDays(self.known)
            self._show_month()
        else:
            self._show_all()

    def _show_all(self) -> None:
        lines = lines_of(self.due, self.today)
        self.query_one(Headline).update(headline(self.due, self.today), layout=False)
        self.rows.show_items(self.book, lines, empty=_(EMPTY))
        self.facts.display = False

    def _show_month(self) -> None:
        month = self.month
        notes = self._days.turn(self.book, self._almanac, month.first, month.last, self.session.now())
        month.show(self.today, notes, self._free if self._free_of == month.first else frozenset())
        self._show_legend()
        self._show_day()

    def _show_legend(self) -> None:
        said = legend(self.month.picked, self.month.notes.values(), self.size.width - 4)
        self.query_one(Headline).update(said, layout=False)

    def _show_day(self) -> None:
        day = self.month.picked
        lines = self._days.lines(day, self.today)
        nothing = _(OVER) if day < self.today else _(FREE)
        self.rows.show_items(self.book, lines, empty=f"{show_day(day)}\n\n{nothing}")
        self.facts.show_day(self.book, self._days.celebrated(day), self._days.happened(day), self.today)
        self.rows.display = bool(lines) or not self.facts.lines
        self.facts.set_class(not self.rows.display, "-alone")

    def _look_ahead(self) -> None:
        """Look up what the month shows and is not known; nobody waits for it. One look at a time: who turns
        many months gets the one where they stop."""
        if not self.by_month or self.agenda is None or self._is_looking:
            return
        month, until = self.month, self.today + timedelta(days=HORIZON)
        is_far = month.last > (self._beyond[0] if self._beyond else until)
        almanac = self._almanac
        if almanac is None or not almanac.answers(self.book, self.session.settings, self.today):
            almanac = None
        if is_far or almanac is None or self._free_of != month.first:
            self._is_looking = True
            self.run_worker(self._look_beyond(month.first, month.last, is_far, almanac), group="ahead")

    async def _look_beyond(self, first: date, last: date, is_far: bool, almanac: Almanac | None) -> None:
        book, settings, now = self.book, self.session.settings, self.session.now()
        further = last + timedelta(days=HORIZON)  # so that the next months are known as well

        def work() -> tuple[Agenda | None, Almanac, frozenset[date]]:
            days = (first + timedelta(days=each) for each in range((last - first).days + 1))
            free = holidays_of(settings.country)
            holidays = frozenset(day for day in days if day in free)
            known = almanac or Almanac(book, settings, now.date())
            if not is_far:
                return None, known, holidays
            ahead = (further - now.date()).days
            return agenda(book, settings, now.date(), ahead, clock=now.timetz()), known, holidays

        try:
            found, known, self._free = await asyncio.to_thread(work)
        finally:
            self._is_looking = False
        self._free_of, self._almanac = first, known
        if found is not None and known.answers(self.book, self.session.settings, self.today):
            self._beyond = (further, found)
        self._show()
        self._look_ahead()

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
            if self.month.first == self._days.first:
                self._show_day()
            else:
                self._show_month()
        self._look_ahead()

    @on(Month.Opened)
    def _to_the_lines(self) -> None:
        lists: tuple[Rows[Any], ...] = (self.rows, self.facts)
        for rows in (each for each in lists if each.display and each.lines):
            rows.focus()
            return
        self.app.bell()

    def on_resize(self) -> None:
        """Another width has room for other words."""
        if self.by_month and self.agenda is not None:
            self._show_legend()

    @on(Rows.Picked, "DayFacts")
    def _open_fact(self, message: Rows.Picked) -> None:
        """Go to whose day it is, or to where it stands on a timeline."""
        fact: DayFact = message.item
        if isinstance(fact, Celebration):
            self.post_message(Open("contact" if fact.subject.contact else "account", fact.party.id))
            return
        account_id = self.book.account_of(fact)
        subject = account_id or next(iter(fact.contact_ids), "")
        if subject in self.book.accounts or subject in self.book.contacts:
            self.post_message(Open("account" if account_id else "contact", subject, fact.id))
        else:
            self.action_edit()

    def party(self) -> Account | Contact | None:
        """Whose day it is, where that is highlighted; nobody, while a day is picked and none of its lines."""
        if self.facts.has_focus:
            target = self.target()
            return target if isinstance(target, Account | Contact) else None
        return None if self.month.has_focus else super().party()

    def target(self) -> Any:
        """Whose day it is or what happened, where that list is in use, else what the line of the agenda is
        about."""
        if self.facts.has_focus:
            fact = self.facts.highlighted
            return fact.party if isinstance(fact, Celebration) else fact
        return None if self.month.has_focus else super().target()
