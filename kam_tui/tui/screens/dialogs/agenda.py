"""What is asked about a line of the agenda: how it went, until when it is put off, where it moves."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, timedelta

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import read_when, show_day, show_moment
from kam_tui.domain.dates.workdays import holidays_of, next_workday
from kam_tui.domain.dates.zone import at_home
from kam_tui.domain.errors import KamError
from kam_tui.domain.text import shorten
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.agenda import AgendaItem
from kam_tui.session import Session
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.one_line import OneLine
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain

MOST_NAMES = 4
"""How many are named of those that are acted on at once."""

MOST_LETTERS = 140
"""What is acted on takes no more letters: what is asked has to have room on a small screen."""


class Outcome(Dialog[str]):
    """How it went, in one line that may be left empty."""

    AUTO_FOCUS = "Input"

    def __init__(self, *items: AgendaItem) -> None:
        super().__init__(_("Done"), _("Enter  save      {dialog.cancel}  cancel"))
        self.items = items

    def body(self) -> ComposeResult:
        """The lines, and what becomes of the answer."""
        kinds = dict.fromkeys(_(ACTIVITY_KINDS[item.action].label) for item in self.items)
        yield Static(plain(_called(self.items), "bold"))
        yield Static(
            plain(_("It goes on the timeline as: {kind}.").format(kind=_(", ").join(kinds)), "$quiet")
        )
        yield OneLine(placeholder=_("How did it go? (may be empty)"), compact=True, classes="line")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the text back."""
        self.dismiss(self.query_one(Input).value)


class Renewal(Dialog[tuple[date | None]]):
    """Until when a contract holds now that it was renewed; an empty line where it ends."""

    AUTO_FOCUS = "Input"

    def __init__(self, session: Session, item: AgendaItem, proposed: date | None) -> None:
        super().__init__(_("Done"), _("Enter  save      {dialog.cancel}  cancel"))
        self.session = session
        self.item = item
        self.proposed = proposed

    def body(self) -> ComposeResult:
        """The line, the day that its term comes to, and what becomes of the answer."""
        yield Static(plain(_called([self.item]), "bold"))
        yield Static(plain(_("Until when does it hold now? Leave it empty where it ends."), "$quiet"))
        yield OneLine(
            show_day(self.proposed) if self.proposed else "",
            placeholder=_("31.12.2028, or in 12 months"),
            compact=True,
            select_on_focus=True,
            classes="line",
        )
        yield Static(classes="reading")

    @on(Input.Changed)
    def _say_back(self, message: Input.Changed) -> None:
        reading = self.query_one(".reading", Static)
        if not message.value.strip():
            reading.update(plain(_("It ends, and is not renewed."), "$quiet"))
            return
        try:
            day = self._read(message.value)
        except KamError as problem:
            reading.update(plain(str(problem), "$error"))
        else:
            reading.update(plain(_("until {day}").format(day=show_day(day)), "$success"))

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the day back, or that there is none."""
        typed = self.query_one(Input).value
        try:
            self.dismiss((self._read(typed) if typed.strip() else None,))
        except KamError:
            self.app.bell()

    def _read(self, text: str) -> date:
        return read_when(text, self.session.reading()).day


class Reason(Dialog[str]):
    """Why a promise is not kept, in one line."""

    AUTO_FOCUS = "Input"

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(_("Not kept"), _("Enter  save      {dialog.cancel}  cancel"))
        self.item = item

    def body(self) -> ComposeResult:
        """The line, and what becomes of the answer."""
        yield Static(plain(_called([self.item]), "bold"))
        yield Static(
            plain(_("A promise is not skipped. The reason goes on the timeline as a note."), "$quiet")
        )
        yield OneLine(placeholder=_("Why was it not kept?"), compact=True, classes="line")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the reason back; there has to be one."""
        reason = self.query_one(Input).value
        if reason.strip():
            self.dismiss(reason)
        else:
            self.app.bell()


Choice = tuple[str, Moment]
"""What a choice is called, and the day it means."""


class Snooze(Dialog[Moment]):
    """Until when: one of a few days, or one in words."""

    AUTO_FOCUS = "Input"
    asks = N_("Snooze")
    says = N_("until {day}")

    def __init__(self, session: Session, *items: AgendaItem, there: str = "") -> None:
        super().__init__(_(self.asks), _("↑ ↓  choose      Enter  save      {dialog.cancel}  cancel"))
        self.session = session
        self.items = items
        self.there = there
        """Zone of those it is for; empty where that is unknown, or they are several."""

    def body(self) -> ComposeResult:
        """The lines, the usual days, and a place for other words."""
        yield Static(plain(_called(self.items), "bold"))
        columns: list[Column[Choice]] = [
            Column("", lambda choice: choice[0], 20),
            Column("", lambda choice: Cell(show_day(choice[1].day), "dim"), 18),
        ]
        yield Rows(columns, lambda choice: choice[0], led=True)
        yield OneLine(
            placeholder=_("or in words: friday, in 2 weeks, 24.12., tue 14:00"), compact=True, classes="line"
        )
        yield Static(classes="reading")

    def on_mount(self) -> None:
        """Offer the usual days."""
        holidays = holidays_of(self.session.settings.country)
        self.query_one(Rows).show(usual_days(self.session.now().date(), holidays))

    def on_key(self, event: events.Key) -> None:
        """The arrows choose, while the words are typed."""
        if event.key in ("up", "down"):
            self.query_one(Rows).action_move(-1 if event.key == "up" else 1)
            event.stop()

    @on(Input.Changed)
    def _say_back(self, message: Input.Changed) -> None:
        reading = self.query_one(".reading", Static)
        self.query_one(Rows).set_class(bool(message.value.strip()), "-unused")
        if not message.value.strip():
            reading.update("")
            return
        try:
            moment = self._read(message.value)
        except KamError as problem:
            reading.update(plain(str(problem), "$error"))
        else:
            here, zone = at_home(moment, self.session.now())
            said = _(self.says).format(day=show_moment(here, zone or self.there))
            reading.update(plain(said, "$success"))

    @on(Rows.Picked)
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand back the words that were typed, else the day that is highlighted."""
        typed = self.query_one(Input).value
        if not typed.strip():
            choice = self.query_one(Rows).highlighted
            self.dismiss(choice[1] if choice else None)
            return
        try:
            self.dismiss(self._read(typed))
        except KamError:
            self.app.bell()

    def _read(self, text: str) -> Moment:
        return read_when(text, self.session.reading().about(self.there))


class Move(Snooze):
    """On which other day it is due."""

    asks = N_("Move")
    says = N_("on {day}")


def _called(items: Sequence[AgendaItem]) -> str:
    """A line as it is, but for the end of a long one; of several, how many and for whom."""
    if len(items) == 1:
        return shorten(items[0].line, MOST_LETTERS)
    said = ngettext("{count} line", "{count} lines", len(items)).format(count=len(items))
    names = list(dict.fromkeys(item.who or item.what for item in items))
    more = " …" if len(names) > MOST_NAMES else ""
    said = _("{what}: {text}").format(what=said, text="; ".join(names[:MOST_NAMES]) + more)
    return shorten(said, MOST_LETTERS)


def usual_days(today: date, holidays: Container[date]) -> list[Choice]:
    """The days that things are mostly put off to, each once."""
    offered = (
        (_("Tomorrow"), today + timedelta(days=1)),
        (_("Next working day"), next_workday(today, holidays)),
        (_("Next week"), today + timedelta(days=7)),
        (_("In two weeks"), today + timedelta(days=14)),
        (_("In a month"), today + timedelta(days=30)),
    )
    days: dict[date, str] = {}
    for name, day in offered:
        days.setdefault(day, name)
    return [(name, Moment(day)) for day, name in days.items()]
