"""Marking: by what somebody who was erased is known again, without anybody being able to read who it was.

What identifies them (the id they have elsewhere, a mail address, a phone number, the name together with
the company) becomes a keyed digest of 8 bytes, and a draft or a contact that has one of the same is them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b

from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.draft import Draft
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.identity import mail_key, name_key, own_sources, phone_key
from kam_tui.domain.ids import new_id, new_salt
from kam_tui.domain.lookup import short_name
from kam_tui.i18n import _
from kam_tui.usecases.redacting import Person


def erasure_of(book: Book, now: datetime, person: Person) -> Erasure:
    """What is kept of somebody who goes. What others have too is no mark of anybody."""
    salt = next((each.salt for each in book.erasures.values()), "") or new_salt()
    keys = {key for version in person.versions for key in _keys_of_contact(book, version)}
    keys -= {key for each in person.signs.shared for key in _keys((), (each,), (each,), "", ())}
    marks = tuple(sorted(_mark(salt, key) for key in keys))
    return Erasure(new_id("x"), now.date(), salt, marks, person.reach.names, person.reach.entries)


def erased(book: Book) -> Callable[[Contact | Draft], Erasure | None]:
    """A question: is this somebody who was erased from the book? It tells by what erasure."""
    known: dict[str, dict[str, Erasure]] = {}
    for erasure in book.erasures.values():
        known.setdefault(erasure.salt, {}).update(dict.fromkeys(erasure.marks, erasure))

    def found(who: Contact | Draft) -> Erasure | None:
        for salt, marks in known.items():
            for key in _keys_of_draft(who) if isinstance(who, Draft) else _keys_of_contact(book, who):
                if erasure := marks.get(_mark(salt, key)):
                    return erasure
        return None

    return found


def not_brought_back(erasure: Erasure, name: str = "") -> str:
    """The sentence that says so; without a name, of a record about them."""
    day = show_day(erasure.created)
    if name:
        return _("{name} was erased on {day} and is not brought back.").format(name=name, day=day)
    return _("It is about somebody who was erased on {day}, and is not brought back.").format(day=day)


def _mark(salt: str, key: str) -> str:
    return blake2b(key.encode(), key=salt.encode()[:64], digest_size=8).hexdigest()


def _keys_of_contact(book: Book, contact: Contact) -> Iterator[str]:
    account = book.accounts.get(contact.account_id or "")
    names = (account.name, *account.aliases) if account else ()
    mails, phones = ([each.value for each in some] for some in (contact.emails, contact.phones))
    yield from _keys((*own_sources(contact.id), *contact.sources), mails, phones, contact.name, names)


def _keys_of_draft(draft: Draft) -> Iterator[str]:
    values = draft.contact
    mails, phones = ([each.value for each in values.get(name, ())] for name in ("emails", "phones"))
    company = draft.account.get("name", "")
    names = (company, *draft.account.get("aliases", ())) if company else ()
    yield from _keys(values.get("sources", ()), mails, phones, values.get("name", ""), names)


def _keys(
    sources: Iterable[str], mails: Iterable[str], phones: Iterable[str], name: str, companies: Iterable[str]
) -> Iterator[str]:
    """What tells who somebody is. A name does so only together with the company."""
    yield from (f"source:{each}" for each in sources)
    yield from (f"mail:{key}" for key in map(mail_key, mails) if key)
    yield from (f"phone:{key}" for key in map(phone_key, phones) if key)
    for company in companies:
        for called in dict.fromkeys((company, short_name(company))):
            yield f"name:{name_key(name)}\0{name_key(called)}"
