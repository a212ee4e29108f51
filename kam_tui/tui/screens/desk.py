"""Desk: what all full screens share: places above, keys below, and the commands at hand everywhere.

A desk shows what it is given and asks; it never writes. What it wants done it posts.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import var
from textual.screen import Screen

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.rules.agenda import Agenda
from kam_tui.session import Session
from kam_tui.tui.commands import EVERYWHERE, bindings
from kam_tui.tui.messages import Do, Open, Redo, Undo
from kam_tui.tui.widgets.bars import KeyBar, PlaceBar
from kam_tui.tui.widgets.rows import Rows


class Desk(Screen[None]):
    """A full screen on the book."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]

    book: var[Book] = var(Book, init=False)
    agenda: var[Agenda | None] = var(None, init=False)

    def __init__(self, session: Session, place: str, record_id: str = "") -> None:
        super().__init__()
        self.session = session
        self.place = place
        self.record_id = record_id
        self._stale = False

    @property
    def here(self) -> tuple[str, str]:
        """Where this is: the place and the record it shows."""
        return self.place, self.record_id

    @property
    def today(self) -> date:
        """The local day."""
        return self.session.now().date()

    @property
    def due(self) -> Agenda:
        """The agenda; an empty one before the book has been read."""
        return self.agenda or Agenda()

    def compose(self) -> ComposeResult:
        """The frame; the rest is the business of `body`."""
        yield PlaceBar(self.place)
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What is between the two bars."""
        yield from ()

    def on_mount(self) -> None:
        """Show what there is already."""
        self._redraw_soon()

    def watch_book(self) -> None:
        """The book has changed."""
        self._redraw_soon()

    def watch_agenda(self) -> None:
        """Something has become due."""
        self._redraw_soon()

    def _redraw_soon(self) -> None:
        """Once for all that changes together."""
        if not self._stale and self.is_mounted:
            self._stale = True
            self.call_next(self._redraw_once)

    def _redraw_once(self) -> None:
        self._stale = False
        if self.agenda is not None:
            with self.app.batch_update():
                self.query_one(PlaceBar).day = self.today
                self.redraw()

    def redraw(self) -> None:
        """Show the book as it is now."""

    def point_at(self, entry_id: str) -> None:
        """Highlight an entry, where there is a list that holds it."""

    def subject(self) -> Account | Contact | None:
        """Whom this screen is about; a note without a name is about them."""
        return None

    def party(self) -> Account | Contact | None:
        """Whom something that is added here is for: who is highlighted, else the subject."""
        target = self.target()
        return target if isinstance(target, Account | Contact) else self.subject()

    def target(self) -> Record | None:
        """What a command acts on: the highlighted record of the list in use, else the subject."""
        if isinstance(self.focused, Rows):
            item = self.focused.highlighted
            if isinstance(item, Account | Contact | Activity | Reminder | Promise | Contract):
                return item
        return self.subject()

    def action_open(self, place: str) -> None:
        """Go to a place."""
        self.post_message(Open(place))

    def action_back(self) -> None:
        """Go back."""
        self.post_message(Open("back"))

    def action_undo(self) -> None:
        """Take back the last change."""
        self.post_message(Undo())

    def action_redo(self) -> None:
        """Do again what the last undo took back."""
        self.post_message(Redo())

    @work
    async def action_note(self) -> None:
        """Write something down in one line."""
        from kam_tui.tui.screens.dialogs.capture import Capture

        asked = await self.app.push_screen_wait(Capture(self.session, self.book, self.subject()))
        if asked is not None:
            from kam_tui.usecases.capture import capture

            line, kind = asked
            self.post_message(Do(capture, line, self.session.settings, kind))

    @work
    async def action_add(self) -> None:
        """Add what the list in use holds, else what the person chooses."""
        from kam_tui.tui.screens.dialogs.choice import choose_table

        focused = self.focused
        table = focused.holds if isinstance(focused, Rows) else ""
        await self._add(table or await choose_table(self.app))

    @work
    async def action_remind(self) -> None:
        """Set a reminder."""
        await self._add("reminders")

    @work
    async def action_promise(self) -> None:
        """Write down a promise."""
        await self._add("promises")

    async def _add(self, table: str) -> None:
        if table:
            from kam_tui.tui.screens.dialogs.forms import ask_new

            wanted = await ask_new(self.app, self.session, self.book, table, self.party())
            if wanted is not None:
                self.post_message(wanted)

    @work
    async def action_edit(self) -> None:
        """Edit what is highlighted, else whom the screen is about."""
        record = self.target()
        if record is None:
            self.app.bell()
            return
        from kam_tui.tui.screens.dialogs.forms import ask_edit

        wanted = await ask_edit(self.app, self.session, self.book, record)
        if wanted is not None:
            self.post_message(wanted)

    def action_remove(self) -> None:
        """Archive or remove what is highlighted, else whom the screen is about."""
        record: Any = self.target()
        if record is None:
            self.app.bell()
            return
        from kam_tui.tui.screens.dialogs.forms import removal

        self.post_message(removal(record))
