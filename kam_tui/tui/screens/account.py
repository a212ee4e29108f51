"""AccountPage: what is known of an account, its people, what is due, and all that happened."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from kam_tui.domain.account import ACCOUNT, STAGES, STATUSES, TIERS, Account
from kam_tui.domain.change import name_of
from kam_tui.domain.contact import ROLES, STANDINGS, Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.promise import Promise
from kam_tui.i18n import N_, _
from kam_tui.rules.contracts import contracts_of
from kam_tui.rules.gifts import label_of, show_spending, spending
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.promises import keeping, promises_of, show_keeping, show_standing
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.page import Page, facts_of, touched
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.fact_list import Fact
from kam_tui.tui.widgets.panels import Panel
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.widgets.timeline import Timeline
from kam_tui.tui.wording import due_for, last_touch, plain, show_ago, show_near


class AccountPage(Page):
    """The page of one account."""

    LEFT: ClassVar[dict[str, str]] = {
        "people": N_("People"),
        "agreed": N_("Promises and contracts"),
        "facts": N_("Facts"),
    }
    RIGHT: ClassVar[dict[str, str]] = {"agenda": N_("Due"), "timeline": N_("Timeline")}
    WHOLE: ClassVar[tuple[str, ...]] = ("agenda", "agreed")
    WHERE_ANY: ClassVar[frozenset[str]] = frozenset({"agreed"})

    def part(self, name: str) -> Widget:
        """The people, and what was promised and agreed, are an account's own parts."""
        if name == "agreed":
            agreed: list[Column[Promise | Contract]] = [
                Column(_("When"), self._until, 19),
                Column(_("What"), lambda each: Cell(name_of(each)), 16, grow=2),
                Column(_("Value"), lambda each: Cell(getattr(each, "value", ""), "dim"), 14, needs=50),
            ]
            return Rows(agreed, lambda each: each.id, id="agreed")
        if name != "people":
            return super().part(name)
        columns: list[Column[Contact]] = [
            Column(_("Name"), lambda contact: Cell(contact.name, "strong"), 16, grow=2),
            Column(_("Title"), _title, 14, grow=2),
            Column(_("Last touch"), self._last, 13, needs=56),
        ]
        empty = _("Nobody yet.\n\n    {everywhere.add:4}  add someone")
        return Rows(columns, lambda contact: contact.id, empty=empty, holds="contacts", id="people")

    def redraw(self) -> None:
        """Show the account as it is now."""
        account = self.subject()
        if account is None:
            self.gone()
            return
        people = self.book.people(account.id)
        entries = self.book.timeline(account.id)
        items = due_for(self.due, lambda item: item.account_id == account.id)
        given, held = promises_of(self.book, account.id), contracts_of(self.book, account.id)
        agreed = [
            *(each for each in given if each.is_open),
            *(each for each in held if each.end is None or each.end >= self.today),
        ]
        facts = facts_of(ACCOUNT, account, self.book.name_of)
        if said := show_keeping(keeping(given, self.today)):
            facts.append(Fact(_("Promises"), plain(said)))
        spent = spending(self.book, self.session.settings, self.today, account)
        if said := show_spending(spent):
            facts = [fact for fact in facts if fact.field != "gift_budget"]
            facts.append(Fact(label_of(spent), plain(said.replace("; ", "\n")), "gift_budget"))
        self.query_one("#people", Rows).show(people)
        self.query_one("#agreed", Rows).show(agreed)
        self.query_one(AgendaList).show_items(
            self.book, items, empty=_("Nothing is due.\n\n    {everywhere.reminder:4}  set a reminder")
        )
        self.query_one(Timeline).show(self.book, entries)
        self.fill(
            self._headline(account),
            facts,
            {"people": len(people), "agreed": len(agreed), "agenda": len(items), "timeline": len(entries)},
        )

    def _headline(self, account: Account) -> Content:
        words = [_(TIERS[account.tier]), _(STATUSES[account.status])]
        if account.archived:
            back = self.keymap.told(_("{page.restore} brings it back"))
            words[:0] = filter(None, [_("Archived"), back])
        if account.stage:
            words.append(_(STAGES[account.stage]))
        words.append(touched(self.book, account.id, self.today))
        words += [word for word in (account.unit, account.city, account.country) if word]
        tags = " ".join(f"+{tag}" for tag in account.tags)
        name = Content.assemble(plain(account.name, "bold $accent" if account.tier == "key" else "bold"))
        return Content("\n").join([
            Content.assemble(name, "   ", plain(tags, "$quiet")) if tags else name,
            plain(" · ".join(words), "$quiet"),
        ])  # fmt: skip

    def _until(self, each: Promise | Contract) -> Cell:
        if isinstance(each, Promise):
            late = each.due.day < self.today
            return Cell(show_standing(each, self.today), "late" if late else "")
        end = show_near(each.end, self.today) if each.end else ""
        return Cell(_("until {day}").format(day=end) if end else _("contract"))

    def _last(self, contact: Contact) -> Cell:
        return Cell(show_ago(last_touch(self.book, contact.id, self.today), self.today), "dim")

    def subject(self) -> Account | None:
        """The account."""
        return self.book.accounts.get(self.record_id)

    @on(Rows.Picked, "#people")
    def _open_person(self, message: Rows.Picked) -> None:
        self.post_message(Open("contact", message.item.id))

    @on(Rows.Picked, "#agreed")
    def _edit_agreed(self) -> None:
        self.action_edit()

    @on(Rows.Highlighted, "#agreed")
    def _tell_agreed(self, message: Rows.Highlighted) -> None:
        each: Promise | Contract | None = message.item
        told = [plain(name_of(each), "bold"), plain(each.note, "$quiet")] if each else []
        self.query_one("#part-agreed Panel", Panel).update(Content("\n").join(told), layout=False)

    def beside(self, item: AgendaItem) -> Open | None:
        """The first person whom a line is about."""
        return Open("contact", item.contact_ids[0]) if item.contact_ids else None


def _title(contact: Contact) -> Cell:
    words = [contact.title, _(ROLES[contact.role]) if contact.role else ""]
    if contact.standing != "active":
        words.insert(0, _(STANDINGS[contact.standing]))
    return Cell(", ".join(filter(None, words)), "dim")
