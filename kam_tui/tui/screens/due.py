"""DueDesk: what screens around a list of what is due share: whom a line is about, what one needs to know of
it, and acting on it."""

from __future__ import annotations

from textual import on
from textual.content import Content

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.item import origin
from kam_tui.tui.brief import brief, short_brief
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.panels import Panel


class DueDesk(Desk):
    """A desk around a list of what is due, with a panel `#brief` for the line that is highlighted."""

    def point_at(self, entry_id: str) -> None:
        """Highlight the line of this key."""
        self.query_one(AgendaList).seek(entry_id)

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
            hint = self.keymap.told(_("{agenda.skip} lets it pass this time."))
            self.notify(f"{_('This follows from what is known.')} {hint}".strip(), markup=False)

    @on(AgendaList.Highlighted, "AgendaList")
    def _show_brief(self, message: AgendaList.Highlighted) -> None:
        self._brief(message.item)

    def on_resize(self) -> None:
        """A wide screen has room for more."""
        self._brief(self.query_one(AgendaList).highlighted)

    def _brief(self, item: AgendaItem | None) -> None:
        """What one needs to know about a line, in the room that there is."""
        text = Content("")
        if item and self.has_room_for("-wide"):
            text = brief(item, self.book, self.session.settings, self.today)
        elif item:
            text = short_brief(item, self.book, self.session.settings, self.today, self.size.width - 4)
        self.query_one("#brief", Panel).update(text, layout=False)

    @on(AgendaList.Picked, "AgendaList")
    def _open_item(self, message: AgendaList.Picked) -> None:
        subject = _subject(self, message.item)
        if subject is not None:
            self.post_message(Open("account" if isinstance(subject, Account) else "contact", subject.id))
        else:
            self.action_edit()


def _subject(desk: Desk, item: AgendaItem) -> Account | Contact | None:
    account = desk.book.accounts.get(item.account_id or "")
    return account or desk.book.contacts.get(item.contact_ids[0] if item.contact_ids else "")


def _person(desk: Desk, item: AgendaItem) -> Contact | None:
    """The one person that a line is about; None for several, or for somebody of another account."""
    contact = desk.book.contacts.get(item.contact_ids[0]) if len(item.contact_ids) == 1 else None
    return contact if contact and contact.account_id == item.account_id else None
