"""Palette: every command that does something here, and every account and person, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kam_tui.domain.text import plain as folded
from kam_tui.i18n import N_, _
from kam_tui.tui.commands import BY_ID, DIALOG, LIST, Command
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.wording import account_name, plain

MOST = 30
"""How many accounts and people are offered for what is typed."""

_KINDS = {"account": N_("Account"), "contact": N_("Person")}

Act = Callable[[], Any]


class Commands(Provider):
    """The commands at hand on the screen underneath."""

    def _at_hand(self) -> list[tuple[Command, Act]]:
        found: dict[str, Act] = {}
        for active in self.screen.active_bindings.values():
            command = BY_ID.get(active.binding.id or "")
            if command and command.scope not in (LIST, DIALOG) and command.id != "app.palette":
                found[command.id] = partial(self.app.run_action, active.binding.action, active.node)
        return [(BY_ID[name], found[name]) for name in BY_ID if name in found]

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command, act in self._at_hand():
            yield DiscoveryHit(_label(command), act, text=_(command.title), help=_(command.help))

    async def search(self, query: str) -> Hits:
        """Those that hold every word that is typed, the ones that begin with it first."""
        words = folded(query).split()
        for command, act in self._at_hand():
            title = folded(_(command.title))
            if all(word in f"{title} {folded(_(command.help))}" for word in words):
                score = 1.0 if title.startswith(words[0]) else 0.5
                yield Hit(score, _label(command), act, text=_(command.title), help=_(command.help))


class Parties(Provider):
    """Accounts and people, by any part of their name."""

    async def search(self, query: str) -> Hits:
        """Those whose name holds all the words; whole beginnings first."""
        desk = self.screen
        words = folded(query).split()
        if not isinstance(desk, Desk) or not words:
            return
        book, found = desk.book, 0
        for place, records in (("account", book.shown_accounts()), ("contact", list(book.contacts.values()))):
            for record in records:
                name = folded(record.name)
                if record.archived or not all(word in name for word in words):
                    continue
                score = 0.95 if name.startswith(words[0]) else 0.85
                whose = "" if place == "account" else account_name(book, getattr(record, "account_id", None))
                said: Any = plain(whose or _(_KINDS[place]))  # as text it would be read as markup
                act = partial(desk.post_message, Open(place, record.id))
                yield Hit(score, plain(record.name), act, text=record.name, help=said)
                found += 1
                if found >= MOST:
                    return


def _label(command: Command) -> Content:
    return Content.assemble((_(command.title), "bold"), "  ", (command.key_list[0], "$quiet"))
