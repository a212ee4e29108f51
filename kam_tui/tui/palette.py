"""Palette: every command that does something here, and every account and person, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.query.query import SEGMENT, Query
from kam_tui.domain.query.term import Term
from kam_tui.domain.text import plain as folded
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.next_due import circumstances
from kam_tui.tui.command import Command
from kam_tui.tui.commands import BY_ID, DIALOG, LIST
from kam_tui.tui.key_names import show_key
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.wording import account_name, plain

MOST = 30
"""How many accounts and people are offered for what is typed."""

_KINDS = {"account": N_("Account"), "contact": N_("Person")}

ALSO_CALLED = {
    "accounts": N_("new create customer company firm client"),
    "contacts": N_("new create contact customer people name"),
    "activities": N_("new log call meeting visit gift sale activity entry"),
    "reminders": N_("new task todo follow-up"),
    "promises": N_("new commitment owe"),
    "contracts": N_("new create agreement renewal"),
}
"""Table to other words by which a person may look for the way to add to it."""

Act = Callable[[], Any]


class Palette(CommandPalette):
    """The palette, in which a key that comes before the list is drawn, or where it has no room, does nothing:
    the list of Textual 8.2 fails then."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)


class Commands(Provider):
    """The commands at hand on the screen underneath."""

    def _at_hand(self) -> list[tuple[Command, str, Act]]:
        """Each with the key that it has here, and what does it; those of the part in use first."""
        found: dict[str, tuple[str, Act]] = {}
        for active in self.screen.active_bindings.values():
            command = BY_ID.get(active.binding.id or "")
            if command and command.scope not in (LIST, DIALOG) and command.id != "app.palette":
                act = partial(self.app.run_action, active.binding.action, active.node)
                found.setdefault(command.id, (show_key(active.binding.key), act))
        return [(BY_ID[name], key, act) for name, (key, act) in found.items()]

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command, key, act in self._at_hand():
            yield DiscoveryHit(_label(command, key), act, text=_(command.title), help=_(command.help))

    async def search(self, query: str) -> Hits:
        """Those that hold every word that is typed in their name, what they do or what else they are called;
        the ones that begin with it first."""
        words = folded(query).split()
        for command, key, act in self._at_hand():
            title = folded(_(command.title))
            if _holds(words, title, _(command.help), _(command.words)):
                score = 1.0 if title.startswith(words[0]) else 0.5
                yield Hit(score, _label(command, key), act, text=_(command.title), help=_(command.help))
        for name, called, act in self._added():
            if _holds(words, name, called):
                yield Hit(0.6, plain(name, "bold"), act, text=name, help=_("Fill in a form for it."))

    def _added(self) -> Iterator[tuple[str, str, Act]]:
        """What can be added, what else it is called, and what adds it."""
        if isinstance(self.screen, Desk):
            from kam_tui.tui.screens.dialogs.choice import TABLES

            for _letter, noun, table in TABLES:
                act = partial(self.app.run_action, f"add('{table}')", self.screen)
                yield _("Add: {what}").format(what=_(noun)), _(ALSO_CALLED[table]), act


class Parties(Provider):
    """Accounts and people, by any part of their name."""

    async def search(self, query: str) -> Hits:
        """Those whose name holds all the words; whole beginnings first, who is archived last."""
        desk = self.screen
        words = folded(query).split()
        if not isinstance(desk, Desk) or not words:
            return
        book, found = desk.book, 0
        parties: list[Account | Contact] = [*book.shown_accounts(archived=True), *book.contacts.values()]
        for record in sorted(parties, key=lambda record: record.archived):
            name = folded(record.name)
            if not all(word in name for word in words):
                continue
            score = 0.75 if record.archived else 0.95 if name.startswith(words[0]) else 0.85
            place = "account" if isinstance(record, Account) else "contact"
            whose = account_name(book, record.account_id) if isinstance(record, Contact) else ""
            told = [_("Archived") if record.archived else "", whose or _(_KINDS[place])]
            said: Any = plain(" · ".join(filter(None, told)))  # as text it would be read as markup
            act = partial(desk.post_message, Open(place, record.id))
            yield Hit(score, plain(record.name), act, text=record.name, help=said)
            found += 1
            if found >= MOST:
                return


class Segments(Provider):
    """The queries that have a name, each with how many accounts and people it means now."""

    async def search(self, query: str) -> Hits:
        """Those whose name holds all the words, for each list where somebody is meant."""
        desk = self.screen
        words = folded(query).split()
        if not isinstance(desk, Desk) or not words:
            return
        segments = desk.session.settings.segments
        known = circumstances(desk.due, desk.session.settings, desk.today)
        accounts, people = desk.book.accounts.values(), desk.book.contacts.values()
        for name, text in segments.items():
            if not all(word in folded(name) for word in words):
                continue
            asks = Query.read(text, segments)
            meant, all_of_them = asks.test(desk.book, known), asks.minds_archived
            firms = sum(meant(one) for one in accounts if all_of_them or not one.archived)
            persons = sum(meant(one) for one in people if all_of_them or not one.archived)
            asked = str(Term(SEGMENT, (name,)))
            for place, count, said in (
                ("accounts", firms, ngettext("{count} account", "{count} accounts", firms)),
                ("people", persons, ngettext("{count} person", "{count} people", persons)),
            ):
                if count:
                    act = partial(desk.post_message, Open(place, "", asked))
                    told: Any = plain(_("Segment: {who}").format(who=said.format(count=count)))
                    yield Hit(0.9, plain(name), act, text=name, help=told)


def _holds(words: Sequence[str], *texts: str) -> bool:
    """Whether each word stands somewhere in these texts."""
    said = folded(" ".join(texts))
    return all(word in said for word in words)


def _label(command: Command, key: str) -> Content:
    return Content.assemble((_(command.title), "bold"), "  ", (key, "$quiet"))
