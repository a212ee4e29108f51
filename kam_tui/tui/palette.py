"""Palette: every command that does something here, and every account and person, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kam_tui.domain.query.query import SEGMENT, Query
from kam_tui.domain.text import plain as folded
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.next_due import circumstances
from kam_tui.tui.commands import BY_ID, DIALOG, LIST, Command
from kam_tui.tui.key_names import show_key
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.wording import account_name, plain

MOST = 30
"""How many accounts and people are offered for what is typed."""

_KINDS = {"account": N_("Account"), "contact": N_("Person")}

Act = Callable[[], Any]


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
        """Those that hold every word that is typed, the ones that begin with it first."""
        words = folded(query).split()
        for command, key, act in self._at_hand():
            title = folded(_(command.title))
            if all(word in f"{title} {folded(_(command.help))}" for word in words):
                score = 1.0 if title.startswith(words[0]) else 0.5
                yield Hit(score, _label(command, key), act, text=_(command.title), help=_(command.help))


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
        people = [contact for contact in desk.book.contacts.values() if not contact.archived]
        for name, text in segments.items():
            if not all(word in folded(name) for word in words):
                continue
            meant = Query.read(text, segments).test(desk.book, known)
            firms, persons = sum(map(meant, desk.book.shown_accounts())), sum(map(meant, people))
            asked = str(Query.read(f'{SEGMENT}:"{name}"', segments))
            for place, count, said in (
                ("accounts", firms, ngettext("{count} account", "{count} accounts", firms)),
                ("people", persons, ngettext("{count} person", "{count} people", persons)),
            ):
                if count:
                    act = partial(desk.post_message, Open(place, "", asked))
                    told: Any = plain(_("Segment: {who}").format(who=said.format(count=count)))
                    yield Hit(0.9, plain(name), act, text=name, help=told)


def _label(command: Command, key: str) -> Content:
    return Content.assemble((_(command.title), "bold"), "  ", (key, "$quiet"))
