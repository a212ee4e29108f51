"""Today: what is late, what is due, what comes next, and who is going quiet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from kam_tui.i18n import N_, _
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.tui.screens.due import DueDesk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.welcome import Welcome

AHEAD = timedelta(days=7)
"""How far ahead one looks."""

NOTHING_DUE = """Nothing needs you today.

    {everywhere.note:4}  write down what happened
    {everywhere.reminder:4}  set a reminder
    {everywhere.accounts:4}  see the accounts"""


BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]
"""From which width on what one needs to know stands beside the list."""


class Today(DueDesk):
    """The first screen."""

    AUTO_FOCUS = "AgendaList"
    BEGINS_EARLY = True
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def body(self) -> ComposeResult:
        """The headline, the list, and what one needs to know about the highlighted line."""
        yield Headline(_("Opening the book …"))
        with Container(id="desk"):
            yield AgendaList(self.session)
            yield Panel(id="brief")

    def remember(self) -> Left:
        """The highlight, for the rest of the day: another day begins at the top."""
        at = self.query_one(AgendaList).standing_at
        return {"day": str(self.today), "highlight": at} if at else {}

    def recall(self, left: Left) -> None:
        """The highlight, on the same day."""
        if left.get("day") == str(self.today):
            self.query_one(AgendaList).seek(left.get("highlight", ""))

    def redraw(self) -> None:
        """Show what is due now."""
        parts = parts_of(self.due, self.today)
        lines: list[AgendaItem | Heading] = []
        for part in parts:
            lines += [Heading(_(part.title), str(len(part.items)), part.look), *part.items]
        begins = not (parts or self.book.accounts or self.book.contacts)
        welcome = _("Welcome. This book is empty; begin as you like:")
        headline = Content(welcome) if begins else _headline(parts)
        self.query_one(Headline).say(headline)
        self.query_one(AgendaList).show_items(self.book, lines, empty=_(NOTHING_DUE))
        if begins or self.has_class("-begins"):
            self._welcome(begins)

    def _welcome(self, begins: bool) -> None:
        """Offer ways to begin in the place of the list, until there is something in the book."""
        shown = self.query(Welcome)
        self.set_class(begins, "-begins")
        if begins and not shown:
            welcome = Welcome(lambda: self.keymap)
            self.query_one("#desk").mount(welcome, before=0)
            welcome.focus()
        elif shown and not begins:
            shown.remove()
            self.query_one(AgendaList).focus()


class Part(NamedTuple):
    """One part of the agenda."""

    title: str
    look: str
    items: tuple[AgendaItem, ...]
    said: str
    """How the headline counts it; empty for not at all."""


def parts_of(due: Agenda, today: date) -> list[Part]:
    """The parts that there is something in."""
    due = due.told_apart(today)
    near = tuple(item for item in due.upcoming if item.due.day <= today + AHEAD)
    later = tuple(i for i in due.upcoming if i.due.day > today + AHEAD and i.shows_from <= today)
    parts = (
        Part(N_("Late"), "late", due.overdue, N_("{count} late")),
        Part(N_("Today"), "soon", due.today, N_("{count} today")),
        Part(N_("Next 7 days"), "heading", near, N_("{count} in the next 7 days")),
        Part(N_("Later"), "heading", later, ""),
        Part(N_("Going quiet"), "heading", due.quiet, N_("{count} going quiet")),
        Part(N_("At risk"), "heading", due.at_risk, N_("{count} at risk")),
        Part(N_("Name days"), "dim", due.listed, ""),
        Part(N_("Snoozed"), "dim", due.snoozed, ""),
        Part(N_("Missed lately"), "dim", due.missed, N_("{count} missed")),
    )
    return [part for part in parts if part.items]


def _headline(parts: list[Part]) -> Content:
    styles = {"late": "bold $late", "soon": "bold $soon"}
    said = [
        Content.styled(_(part.said).format(count=len(part.items)), styles.get(part.look, "$foreground"))
        for part in parts
        if part.said
    ]
    return Content.styled("  ·  ", "$quiet").join(said) if said else Content(_("All is well."))
