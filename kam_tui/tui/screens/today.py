"""Today: what is late, what is due, what comes next, and who is going quiet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.i18n import N_, _
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.rules.item import origin
from kam_tui.tui.brief import brief, short_brief
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.panels import Headline, Panel

AHEAD = timedelta(days=7)
"""How far ahead one looks."""

EMPTY_BOOK = """This book is empty. Ways to begin:

    a     add an account or a person by hand
    n     write the first note down

In the shell:

    kam import FILE    bring in a vCard or CSV file of contacts
    kam demo           look around in a book that is already filled"""

NOTHING_DUE = """Nothing needs you today.

    n     write down what happened
    r     set a reminder
    2     see the accounts"""


WRAPS = 80
"""Below which width the headline may take a second line, so that the list has to move."""

BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]
"""From which width on what one needs to know stands beside the list."""


class Today(Desk):
    """The first screen."""

    AUTO_FOCUS = "AgendaList"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def body(self) -> ComposeResult:
        """The headline, the list, and what one needs to know about the highlighted line."""
        yield Headline(_("Opening the book …"))
        with Container(id="desk"):
            yield AgendaList(self.session)
            yield Panel(id="brief")

    def redraw(self) -> None:
        """Show what is due now."""
        parts = parts_of(self.due, self.today)
        lines: list[AgendaItem | Heading] = []
        for part in parts:
            lines += [Heading(_(part.title), str(len(part.items)), part.look), *part.items]
        empty = _(NOTHING_DUE) if self.book.accounts or self.book.contacts else _(EMPTY_BOOK)
        self.query_one(Headline).update(_headline(parts), layout=self.size.width < WRAPS)
        self.query_one(AgendaList).show_items(self.book, lines, empty=empty)

    def party(self) -> Account | Contact | None:
        """Whom the highlighted line is about: one person rather than their account."""
        item = self.query_one(AgendaList).highlighted
        return _person(self, item) or _subject(self, item) if item else None

    def target(self) -> Account | Contact | Reminder | Promise | Contract | None:
        """The reminder, promise or contract itself, else whom the line is about."""
        item = self.query_one(AgendaList).highlighted
        if item is None:
            return None
        return origin(self.book, item) or self.party()

    def action_remove(self) -> None:
        """Remove a reminder that was set by hand, a promise or a contract. What follows from another fact is
        let pass, not removed."""
        if isinstance(self.target(), Reminder | Promise | Contract):
            super().action_remove()
        else:
            self.notify(_("This follows from what is known. x lets it pass this time."), markup=False)

    @on(AgendaList.Highlighted)
    def _show_brief(self, message: AgendaList.Highlighted) -> None:
        self._brief(message.item)

    def on_resize(self) -> None:
        """A wide screen has room for more."""
        self._brief(self.query_one(AgendaList).highlighted)

    def _brief(self, item: AgendaItem | None) -> None:
        text = Content("")
        if item and self.has_class("-wide"):
            text = brief(item, self.book, self.today)
        elif item:
            text = short_brief(item, self.book, self.today, self.size.width - 4)
        self.query_one("#brief", Panel).update(text, layout=False)

    @on(AgendaList.Picked)
    def _open_item(self, message: AgendaList.Picked) -> None:
        subject = _subject(self, message.item)
        if subject is not None:
            self.post_message(Open("account" if isinstance(subject, Account) else "contact", subject.id))


class Part(NamedTuple):
    """One part of the agenda."""

    title: str
    look: str
    items: tuple[AgendaItem, ...]
    said: str
    """How the headline counts it; empty for not at all."""


def parts_of(due: Agenda, today: date) -> list[Part]:
    """The parts that there is something in. Who is going quiet stands in that part alone."""
    quiet = {item.key for item in due.quiet}
    near = tuple(item for item in due.upcoming if item.due.day <= today + AHEAD)
    later = tuple(i for i in due.upcoming if i.due.day > today + AHEAD and i.shows_from <= today)
    fading = tuple(item for item in due.quiet if item.due.day <= today + AHEAD)
    parts = (
        Part(N_("Late"), "late", _without(due.overdue, quiet), N_("{count} late")),
        Part(N_("Today"), "soon", _without(due.today, quiet), N_("{count} today")),
        Part(N_("Next 7 days"), "heading", _without(near, quiet), N_("{count} in the next 7 days")),
        Part(N_("Later"), "heading", _without(later, quiet), ""),
        Part(N_("Going quiet"), "heading", fading, N_("{count} going quiet")),
        Part(N_("Put off"), "dim", due.snoozed, ""),
        Part(N_("Missed lately"), "dim", due.missed, N_("{count} missed")),
    )
    return [part for part in parts if part.items]


def _without(items: tuple[AgendaItem, ...], keys: set[str]) -> tuple[AgendaItem, ...]:
    return tuple(item for item in items if item.key not in keys)


def _headline(parts: list[Part]) -> Content:
    styles = {"late": "bold $late", "soon": "bold $soon"}
    said = [
        Content.styled(_(part.said).format(count=len(part.items)), styles.get(part.look, "$foreground"))
        for part in parts
        if part.said
    ]
    return Content.styled("  ·  ", "$quiet").join(said) if said else Content(_("All is well."))


def _subject(desk: Desk, item: AgendaItem) -> Account | Contact | None:
    account = desk.book.accounts.get(item.account_id or "")
    return account or desk.book.contacts.get(item.contact_ids[0] if item.contact_ids else "")


def _person(desk: Desk, item: AgendaItem) -> Contact | None:
    """The one person that a line is about; None for several, or for somebody of another account."""
    contact = desk.book.contacts.get(item.contact_ids[0]) if len(item.contact_ids) == 1 else None
    return contact if contact and contact.account_id == item.account_id else None
