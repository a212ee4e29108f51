"""ContactPage: what is known of a person, how to reach them, what is due, and what happened with them."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from kam_tui.domain.contact import CONTACT, ROLES, STANDINGS, Contact
from kam_tui.i18n import N_, _
from kam_tui.rules.item import AgendaItem
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.page import Page, facts_of, touched
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.timeline import Timeline
from kam_tui.tui.wording import account_name, due_for, plain


class ContactPage(Page):
    """The page of one person."""

    LEFT: ClassVar[dict[str, str]] = {"facts": N_("Facts")}
    RIGHT: ClassVar[dict[str, str]] = {"agenda": N_("Due"), "timeline": N_("Timeline")}

    def redraw(self) -> None:
        """Show the person as they are now."""
        contact = self.subject()
        if contact is None:
            self.gone()
            return
        entries = self.book.timeline(contact.id)
        items = due_for(self.due, lambda item: contact.id in item.contact_ids)
        self.query_one(AgendaList).show_items(
            self.book, items, empty=_("Nothing is due.\n\n    {everywhere.reminder:4}  set a reminder")
        )
        self.query_one(Timeline).show(self.book, entries, of=contact.id)
        self.fill(
            self._headline(contact),
            facts_of(CONTACT, contact, self.book.name_of),
            {"agenda": len(items), "timeline": len(entries)},
        )

    def _headline(self, contact: Contact) -> Content:
        words = [
            contact.title,
            _(ROLES[contact.role]) if contact.role else "",
            account_name(self.book, contact.account_id),
        ]
        if contact.standing != "active":
            words.insert(0, _(STANDINGS[contact.standing]))
        if contact.archived:
            words[:0] = [_("Archived"), self.keymap.told(_("{page.restore} brings them back"))]
        words.append(touched(self.book, contact.id, self.today))
        name = plain(contact.name, "bold")
        if contact.nickname:
            name = Content.assemble(name, "   ", plain(contact.nickname, "$quiet"))
        return Content("\n").join([name, plain(" · ".join(filter(None, words)), "$quiet")])

    def subject(self) -> Contact | None:
        """The person."""
        return self.book.contacts.get(self.record_id)

    def beside(self, item: AgendaItem) -> Open | None:
        """The account that a line is about."""
        return Open("account", item.account_id) if item.account_id else None
