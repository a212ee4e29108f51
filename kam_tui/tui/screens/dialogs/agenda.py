"""What is asked about a line of the agenda: how it went, and until when it is put off."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.errors import KamError
from kam_tui.domain.moment import Moment
from kam_tui.domain.when import read_when, show_day, show_moment
from kam_tui.domain.workdays import holidays_of, next_workday
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.session import Session
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain


class Outcome(Dialog[str]):
    """How it went, in one line that may be left empty."""

    AUTO_FOCUS = "Input"

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(_("Done"), _("Enter  save      Esc  cancel"))
        self.item = item

    def body(self) -> ComposeResult:
        """The line, and what becomes of the answer."""
        kind = ACTIVITY_KINDS[self.item.action]
        yield Static(plain(self.item.line, "bold"))
        yield Static(plain(_("It goes on the timeline as: {kind}.").format(kind=_(kind.label)), "$quiet"))
        yield Input(placeholder=_("How did it go? (may be empty)"), compact=True, classes="line")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the text back."""
        self.dismiss(self.query_one(Input).value)


class Reason(Dialog[str]):
    """Why a promise is not kept, in one line."""

    AUTO_FOCUS = "Input"

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(_("Not kept"), _("Enter  save      Esc  cancel"))
        self.item = item

    def body(self) -> ComposeResult:
        """The line, and what becomes of the answer."""
        yield Static(plain(self.item.line, "bold"))
        yield Static(
            plain(_("A promise is not skipped. The reason goes on the timeline as a note."), "$quiet")
        )
        yield Input(placeholder=_("Why was it not kept?"), compact=True, classes="line")

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

    def __init__(self, session: Session, item: AgendaItem) -> None:
        super().__init__(_("Put off"), _("↑ ↓  choose      Enter  save      Esc  cancel"))
        self.session = session
        self.item = item

    def body(self) -> ComposeResult:
        """The line, the usual days, and a place for other words."""
        yield Static(plain(self.item.line, "bold"))
        columns: list[Column[Choice]] = [
            Column("", lambda choice: choice[0], 20),
            Column("", lambda choice: Cell(show_day(choice[1].day), "dim"), 18),
        ]
        yield Rows(columns, lambda choice: choice[0], led=True)
        yield Input(
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
            reading.update(plain(_("until {day}").format(day=show_moment(moment)), "$success"))

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
        return read_when(text, self.session.now(), order=self.session.settings.date_order)


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
