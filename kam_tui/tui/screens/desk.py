"""Desk: a full screen on the book, with the commands that are at hand everywhere.

A desk shows what it is given and asks; it never writes. What it wants done it posts.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual import on, work
from textual.binding import BindingType

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.i18n import _
from kam_tui.tui.commands import EVERYWHERE, bindings
from kam_tui.tui.messages import Open, Redo, Undo
from kam_tui.tui.screens.frame import Frame
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.bars import PlaceBar
from kam_tui.tui.widgets.marked_rows import MarkedRows
from kam_tui.tui.widgets.rows import Rows


class Desk(Frame):
    """A full screen on the book, with the commands that are at hand everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]

    def point_at(self, entry_id: str) -> None:
        """Highlight an entry, where there is a list that holds it."""

    def subject(self) -> Account | Contact | None:
        """Whom this screen is about; a note without a name is about them."""
        return None

    def party(self) -> Account | Contact | None:
        """Whom something that is added here is for: who is highlighted, else the subject."""
        target = self.target()
        return target if isinstance(target, Account | Contact) else self.subject()

    def day(self) -> date | None:
        """The day that something added here is for; None where none is picked."""
        return None

    def target(self) -> Record | None:
        """What a command acts on: the highlighted record of the list in use, else the subject."""
        if isinstance(self.focused, Rows):
            item = self.focused.highlighted
            if isinstance(item, Account | Contact | Activity | Reminder | Promise | Contract):
                return item
        return self.subject()

    def field_in_use(self) -> str:
        """The field that a form begins with; empty for its first."""
        return ""

    def action_open(self, place: str) -> None:
        """Go to a place."""
        self.post_message(Open(place))

    def action_back(self) -> None:
        """Drop the marks first, then go back."""
        marked = [rows for rows in self.query(MarkedRows) if rows.marked]
        for rows in marked:
            rows.drop_marks()
        if not marked:
            self.post_message(Open("back"))

    @on(MarkedRows.Marked)
    def _tell_marks(self) -> None:
        self.query_one(PlaceBar).marked = sum(len(rows.marked) for rows in self.query(MarkedRows))

    @on(AgendaList.Deal)
    @work
    async def _deal(self, message: AgendaList.Deal) -> None:
        from kam_tui.tui.screens.dialogs.dealing import deal

        wanted = await deal(message.act, self.app, self.session, self.book, message.items)
        if wanted is not None:
            message.rows.drop_marks()
            self.post_message(wanted)

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

        wanted = await self.app.push_screen_wait(Capture(self.session, self.book, self.subject(), self.day()))
        if wanted is not None:
            self.post_message(wanted)

    @work
    async def action_add(self, table: str = "") -> None:
        """Add to this table; without, what the list in use holds, else what the person chooses."""
        from kam_tui.tui.screens.dialogs.choice import choose_table

        focused = self.focused
        table = table or (focused.holds if isinstance(focused, Rows) else "")
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

            wanted = await ask_new(self.app, self.session, self.book, table, self.party(), self.day())
            if wanted is not None:
                self.post_message(wanted)

    def tell_nothing(self) -> None:
        """Say that there is nothing here that a command could act on."""
        self.notify(_("There is nothing here that this could be done with."), markup=False)

    def action_edit(self) -> None:
        """Edit what is highlighted, else whom the screen is about."""
        self.edit(self.target(), at=self.field_in_use())

    @work
    async def edit(self, record: Record | None, *, at: str = "", only: str = "") -> None:
        """Edit a record, beginning `at` a field, or that one `only`."""
        if record is None:
            self.tell_nothing()
            return
        from kam_tui.tui.screens.dialogs.forms import ask_edit

        wanted = await ask_edit(self.app, self.session, self.book, record, at=at, only=only)
        if wanted is not None:
            self.post_message(wanted)

    @work
    async def action_rewrite(self) -> None:
        """Write the long text of what is highlighted, else of whom the screen is about, in an editor."""
        if (record := self.target()) is None:
            self.tell_nothing()
            return
        from kam_tui.tui.screens.outward import rewrite

        wanted = await rewrite(self.app, self.session, record)
        if wanted is not None:
            self.post_message(wanted)

    @work
    async def action_copy(self) -> None:
        """Copy a text of what is highlighted, else of whom the screen is about."""
        if (record := self.target()) is None:
            self.tell_nothing()
            return
        from kam_tui.tui.screens.outward import copy

        await copy(self.app, self.book, record)

    @work
    async def action_reach(self) -> None:
        """Open mail, telephone or page of what is highlighted, else of whom the screen is about."""
        if (record := self.target()) is None:
            self.tell_nothing()
            return
        from kam_tui.tui.screens.outward import reach

        await reach(self.app, self.book, record)

    @work
    async def action_notices(self) -> None:
        """Read again what was said; copy one of it."""
        from kam_tui.tui.screens.dialogs.notices import Notices

        app: Any = self.app
        text = await app.push_screen_wait(Notices(app.voice.kept, self.today))
        if text:
            from kam_tui.tui.screens.outward import put_on_clipboard

            await put_on_clipboard(app, text)

    def action_remove(self) -> None:
        """Archive or remove what is highlighted, else whom the screen is about."""
        record: Any = self.target()
        if record is None:
            self.tell_nothing()
            return
        from kam_tui.tui.screens.dialogs.forms import removal

        self.post_message(removal(record))
