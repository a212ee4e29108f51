"""Today: what is late, what is due, what comes next, and who is going quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.reminder import Reminder
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem
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


class Today(Desk):
    """The first screen."""

    AUTO_FOCUS = "AgendaList"

    def body(self) -> ComposeResult:
        """The headline, the list, and what one needs to know about the highlighted line."""
        yield Headline(_("Opening the book …"))
        with Container(id="desk"):
            yield AgendaList(self.session)
            yield Panel(id="brief")

    def redraw(self, due: Agenda, today: date) -> None:
        """Show what is due now."""
        due = replace(due, upcoming=tuple(i for i in due.upcoming if i.due.day <= today + AHEAD))
        self.query_one(Headline).update(self._headline(due))
        empty = _(NOTHING_DUE) if self.book.accounts or self.book.contacts else _(EMPTY_BOOK)
        self.query_one(AgendaList).show_items(self.book, sections(due), empty=empty)

    def _headline(self, due: Agenda) -> Content:
        parts = [
            (len(due.overdue), ngettext("{count} late", "{count} late", len(due.overdue)), "bold $late"),
            (len(due.today), ngettext("{count} today", "{count} today", len(due.today)), "bold $soon"),
            (
                len(due.upcoming),
                ngettext("{count} in the next 7 days", "{count} in the next 7 days", len(due.upcoming)),
                "$foreground",
            ),
            (
                len(due.quiet),
                ngettext("{count} going quiet", "{count} going quiet", len(due.quiet)),
                "$quiet",
            ),
        ]
        said = [Content.styled(text.format(count=count), style) for count, text, style in parts if count]
        return Content.styled("  ·  ", "$quiet").join(said) if said else Content(_("All is well."))

    def party(self) -> Account | Contact | None:
        """Whom the highlighted line is about."""
        item = self.query_one(AgendaList).highlighted
        return _subject(self, item) if item else None

    def target(self) -> Account | Contact | Reminder | None:
        """The reminder itself where it was set by hand, else whom it is about."""
        item = self.query_one(AgendaList).highlighted
        if item is None:
            return None
        return self.book.reminders.get(item.key.split(":")[1]) or _subject(self, item)

    @on(AgendaList.Highlighted)
    def _show_brief(self, message: AgendaList.Highlighted) -> None:
        self._brief(message.item)

    def on_resize(self) -> None:
        """A wide screen has room for more."""
        self._brief(self.query_one(AgendaList).highlighted)

    def _brief(self, item: AgendaItem | None) -> None:
        tell = brief if self.has_class("-wide") else short_brief
        text = tell(item, self.book, self.session.now().date()) if item else Content("")
        self.query_one("#brief", Panel).update(text)

    @on(AgendaList.Picked)
    def _open_item(self, message: AgendaList.Picked) -> None:
        subject = _subject(self, message.item)
        if subject is not None:
            self.post_message(Open("account" if isinstance(subject, Account) else "contact", subject.id))


def sections(due: Agenda) -> list[AgendaItem | Heading]:
    """The agenda in parts. Who is going quiet stands in that part alone."""
    quiet = {item.key for item in due.quiet}
    lines: list[AgendaItem | Heading] = []
    for title, items, look in (
        (_("Late"), due.overdue, "late"),
        (_("Today"), due.today, "soon"),
        (_("Next 7 days"), due.upcoming, "heading"),
        (_("Going quiet"), due.quiet, "heading"),
        (_("Put off"), due.snoozed, "dim"),
    ):
        shown = items if items is due.quiet else tuple(item for item in items if item.key not in quiet)
        if shown:
            lines += [Heading(title, str(len(shown)), look), *shown]
    return lines


def _subject(desk: Desk, item: AgendaItem) -> Account | Contact | None:
    account = desk.book.accounts.get(item.account_id or "")
    return account or desk.book.contacts.get(item.contact_ids[0] if item.contact_ids else "")
