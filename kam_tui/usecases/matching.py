"""Matching: who in the book a draft is about. It answers; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import Ambiguous
from kam_tui.domain.identity import mail_key, name_key, names_agree, own_sources, phone_key
from kam_tui.domain.text import shorten
from kam_tui.i18n import _


class Index:
    """Ids by what they are known by. Nearly every key has one id, which is kept by itself: in a large book,
    a set around each would take more room than all the rest."""

    def __init__(self) -> None:
        self._ids: dict[str, str | set[str]] = {}

    def add(self, key: str, record_id: str) -> None:
        """Have a key be that of this record, too."""
        known = self._ids.setdefault(key, record_id)
        if isinstance(known, set):
            known.add(record_id)
        elif known != record_id:
            self._ids[key] = {known, record_id}

    def of(self, key: str) -> set[str]:
        """The ids of a key; none for one that nobody has."""
        known = self._ids.get(key)
        return known if isinstance(known, set) else {known} if known is not None else set()


class People:
    """Every contact by what identifies one: source, mail address, phone number; and by name."""

    def __init__(self, book: Book) -> None:
        self.records: dict[str, Contact] = {}
        """Id to contact, as it is by now."""
        self._sources = Index()
        self._mails = Index()
        self._phones = Index()
        self._names = Index()
        for contact in book.contacts.values():
            self.put(contact)

    def put(self, contact: Contact) -> None:
        """Take in a new contact, or what an old one is from now on."""
        self.records[contact.id] = contact
        for index, keys in (
            (self._sources, (*own_sources(contact.id), *contact.sources)),
            (self._mails, (mail_key(each.value) for each in contact.emails)),
            (self._phones, (phone_key(each.value) for each in contact.phones)),
            (self._names, (name_key(contact.name),)),
        ):
            for key in keys:
                index.add(key, contact.id)

    def by_source(self, source: str) -> Contact | None:
        """The one contact with this source."""
        return self._only(self._sources.of(source))

    def is_taken(self, source: str, contact_id: str) -> bool:
        """Whether a source is another contact's."""
        return bool(self._sources.of(source) - {contact_id})

    def find(self, values: Mapping[str, Any]) -> tuple[Contact | None, list[str]]:
        """The contact these values are about, or None; and what was seen but does not suffice.

        By a source; else by a mail address or phone number, where exactly one contact has it whose
        name does not contradict: people share mailboxes and switchboards. Never by a name alone.
        """
        for source in values.get("sources", ()):
            if found := self.by_source(source):
                return found, []
        name = values.get("name", "")
        notes: list[str] = []
        for index, key, text in self._keys(values):
            holders = index.of(key) if key else set()
            found = self._only(each for each in holders if names_agree(name, self.records[each].name))
            if found:
                return found, []
            if holders:
                notes.append(self._shared(text, holders))
        if self._names.of(name_key(name)):
            notes.append(_("Another contact has the same name; not merged."))
        return None, list(dict.fromkeys(notes))

    def _keys(self, values: Mapping[str, Any]) -> Iterable[tuple[Index, str, str]]:
        for each in values.get("emails", ()):
            yield self._mails, mail_key(each.value), each.value
        for each in values.get("phones", ()):
            yield self._phones, phone_key(each.value), each.value

    def _shared(self, text: str, holders: set[str]) -> str:
        names = sorted(self.records[each].name for each in holders)
        return _("{text} is also that of {names}; not merged.").format(
            text=text, names=shorten("; ".join(names), 60)
        )

    def _only(self, ids: Iterable[str]) -> Contact | None:
        some = list(ids)
        return self.records[some[0]] if len(some) == 1 else None


class Companies:
    """Every account by source, and by name and alias."""

    def __init__(self, book: Book) -> None:
        self.records: dict[str, Account] = {}
        """Id to account, as it is by now."""
        self._sources = Index()
        self._names = Index()
        for account in book.accounts.values():
            self.put(account)

    def put(self, account: Account) -> None:
        """Take in a new account, or what an old one is from now on."""
        self.records[account.id] = account
        for source in (*own_sources(account.id), *account.sources):
            self._sources.add(source, account.id)
        for name in (account.name, *account.aliases):
            self._names.add(name_key(name), account.id)

    def by_source(self, source: str) -> Account | None:
        """The one account with this source."""
        ids = self._sources.of(source)
        return self.records[next(iter(ids))] if len(ids) == 1 else None

    def is_taken(self, source: str, account_id: str) -> bool:
        """Whether a source is another account's."""
        return bool(self._sources.of(source) - {account_id})

    def named(self, name: str) -> list[Account]:
        """The accounts with exactly this name or alias, case and accents aside."""
        return [self.records[each] for each in sorted(self._names.of(name_key(name)))]

    def find(self, values: Mapping[str, Any]) -> tuple[Account | None, list[str]]:
        """The account these values are about, or None; and what was seen but does not suffice.

        By a source; else by the exact name or an alias, unless the system the values come from
        knows that account under another id: then it is another company of that name.
        Raises Ambiguous when several accounts have the name.
        """
        sources = values.get("sources", ())
        for source in sources:
            if found := self.by_source(source):
                return found, []
        same = [each for each in self.named(values["name"]) if not _elsewhere(each, sources)]
        if len(same) > 1:
            text = _("Several accounts are called {name}, and the file does not say which it means.")
            raise Ambiguous(text.format(name=values["name"]), [each.name for each in same])
        if not same and self.named(values["name"]):
            return None, [_("Another account of that name has another id where it comes from; not merged.")]
        return (same[0] if same else None), []


def _elsewhere(account: Account, sources: Iterable[str]) -> bool:
    """Whether an account is known to one of the sources' systems under another id."""
    systems = {source.partition(":")[0] for source in sources}
    return any(source.partition(":")[0] in systems for source in account.sources)
