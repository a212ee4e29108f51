"""Lookup: from what a person typed to the one record it means, or a sentence with the near names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, cast

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.errors import Ambiguous, KamError, NotFound
from kam_tui.domain.residence import zone_for
from kam_tui.domain.text import clean, words_of
from kam_tui.i18n import _

Named = TypeVar("Named", Account, Contact)

NEAR = 3
"""How many near names an error offers."""

COMPANY_FORMS = frozenset(
    ["oy", "oyj", "ab", "ltd", "llc", "inc", "plc", "corp", "gmbh", "ag", "kg", "sa", "sas", "srl", "bv"]
)
"""Words that say what sort of company it is, and that people leave out when they speak."""


def find_account(book: Book, text: str) -> Account:
    """The account that `text` means: its id, name, alias, or the beginnings of the words of its name.

    Archived accounts are found only where no other fits. Raises NotFound or Ambiguous.
    """
    fits = _fits(text, _accounts(book, text), account_names)
    if fits is None:
        raise _unknown(text, _("account"), book.accounts.values(), account_names)
    return _only(text, fits[1], lambda account: account.name)


def find_contact(book: Book, text: str, account_id: str | None = None) -> Contact:
    """The contact that `text` means; people of the account `account_id` come before all others.

    Raises NotFound or Ambiguous.
    """
    fits = _people(book, text, account_id)
    if fits is None:
        raise _unknown(text, _("person"), book.contacts.values(), contact_names)
    return _only(text, fits[1], _calling(book))


def find_party(book: Book, text: str, account_id: str | None = None) -> Account | Contact:
    """The account or contact that `text` means, accounts first. Raises NotFound or Ambiguous.

    A person whose name fits better than an account's (`anna virtanen` and an account `Annala`)
    is not hidden by it: the fits of both are weighed together.
    """
    accounts = _fits(text, _accounts(book, text), account_names)
    if accounts and accounts[0] <= 2:
        return _only(text, accounts[1], lambda account: account.name)
    people = _people(book, text, account_id)
    if accounts and (not people or accounts[0] < people[0]):
        return _only(text, accounts[1], lambda account: account.name)
    if people and (not accounts or people[0] < accounts[0]):
        return _only(text, people[1], _calling(book))
    if accounts and people:
        names = [account.name for account in accounts[1]] + list(map(_calling(book), people[1]))
        raise _ambiguous(text, names)
    names = [account.name for account in _active(book.accounts.values())]
    names += [contact.name for contact in _active(book.contacts.values())]
    raise NotFound(
        _("No account or person is called {name}.").format(name=clean(text) or '""'),
        candidates=near_names(text, names),
    )


def fitting(text: str, parties: Sequence[Account | Contact]) -> list[Account | Contact]:
    """Those of some accounts and people that `text` fits best; none where it fits nobody."""
    accounts = _fits(text, [each for each in parties if isinstance(each, Account)], account_names)
    people = _fits(text, [each for each in parties if isinstance(each, Contact)], contact_names)
    fits: list[tuple[int, Sequence[Account | Contact]]] = [each for each in (accounts, people) if each]
    best = min((level for level, _some in fits), default=0)
    return [party for level, some in fits if level == best for party in some]


def reading(book: Book, now: datetime, how: Reading, *, past: bool = False) -> Reading:
    """How a form on this book is read: names looked up, words taken for dates from `now`."""

    def resolve(table: str, text: str) -> str:
        return find_account(book, text).id if table == "accounts" else find_contact(book, text).id

    return how.at(now, past=past).within(resolve)


def reading_about(book: Book, now: datetime, fields: Mapping[str, str], how: Reading) -> Reading:
    """How a form is read in which a time may be said by the clock of whom it is about."""
    form = reading(book, now, how)
    try:
        account_id = find_account(book, fields["account_id"]).id if fields.get("account_id") else None
        typed = filter(str.strip, re.split("[,;]", fields.get("contact_ids", "")))
        people = [find_contact(book, each) for each in typed]
    except KamError:  # told by the field that it stands in
        return form
    at = account_id or next((each.account_id for each in people), None)
    return form.about(zone_for(book, at, [each.id for each in people]))


def account_names(account: Account) -> Iterable[str]:
    """Everything an account is found by."""
    return (account.name, *account.aliases)


def contact_names(contact: Contact) -> Iterable[str]:
    """Everything a contact is found by: names, and mail addresses."""
    mails = (mail.value for mail in contact.emails)
    return (contact.name, contact.nickname, *mails) if contact.nickname else (contact.name, *mails)


def short_name(name: str) -> str:
    """A company's name without the words for its legal form: `Nordic Timber Oy` is `Nordic Timber`."""
    words = name.split()
    while len(words) > 1 and words[-1].strip(".,").replace("/", "").casefold() in COMPANY_FORMS:
        words.pop()
    return " ".join(words).rstrip(",")


def near_names(text: str, names: Sequence[str]) -> list[str]:
    """Up to three names near to what was typed, best first."""
    import difflib

    typed = " ".join(words_of(text))
    folded: dict[str, list[str]] = {}
    for name in sorted(names):
        for part in (" ".join(words_of(name)), " ".join(words_of(short_name(name))), *words_of(name)):
            folded.setdefault(part, []).append(name)
    near = difflib.get_close_matches(typed, folded, NEAR * 2, 0.7)
    return list(dict.fromkeys(name for each in near for name in folded[each]))[:NEAR]


def _accounts(book: Book, text: str) -> Iterable[Account]:
    return cast(Iterable[Account], book.like("accounts", words_of(text)))


def _contacts(book: Book, text: str) -> Iterable[Contact]:
    return cast(Iterable[Contact], book.like("contacts", words_of(text)))


def _people(book: Book, text: str, account_id: str | None) -> tuple[int, list[Contact]] | None:
    """Whom `text` fits: `Liisa Korhonen (Acme Oy)` there, else people of the account, else anybody."""
    if "(" in text and (placed := re.fullmatch(r"(.+)\((.+)\)", text.strip())):
        accounts = _fits(placed[2], _accounts(book, placed[2]), account_names)
        ids = [account.id for account in accounts[1]] if accounts else []
        people = [contact for each in ids for contact in book.people(each, archived=True)]
        if fits := _fits(placed[1], people, contact_names):
            return fits
    near = _fits(text, book.people(account_id), contact_names) if account_id else None
    return near or _fits(text, _contacts(book, text), contact_names)


def _only(text: str, found: list[Named], called: Callable[[Named], str]) -> Named:
    if len(found) > 1:
        names = list(map(called, found))
        twins = {name for name in names if names.count(name) > 1}
        raise _ambiguous(
            text, [among_twins(n, r) if n in twins else n for n, r in zip(names, found, strict=True)]
        )
    return found[0]


def _unknown(
    text: str, noun: str, records: Iterable[Named], names: Callable[[Named], Iterable[str]]
) -> NotFound:
    known = [name for record in _active(records) for name in names(record)]
    return NotFound(
        _("No {noun} is called {name}.").format(noun=noun, name=clean(text) or '""'),
        candidates=near_names(text, known),
    )


def _fits(
    text: str, records: Iterable[Named], names: Callable[[Named], Iterable[str]]
) -> tuple[int, list[Named]] | None:
    """The best level of fit and who has it: 0 the id, 1 a whole name, 2 a company's name without its
    legal form, 3 the beginning of a name, 4 the beginnings of its words."""
    text = text.strip()
    typed = words_of(text)
    best: tuple[int, list[Named]] | None = None
    archived: tuple[int, list[Named]] | None = None
    for record in records:
        if record.id == text:
            return 0, [record]
        level = min((_fit(typed, words_of(name)) for name in names(record)), default=9)
        if level > 2 and typed and typed == words_of(short_name(record.name)):
            level = 2
        if level == 9:
            continue
        if record.archived:
            archived = _better(archived, level, record)
        else:
            best = _better(best, level, record)
    return best or archived


def _better(best: tuple[int, list[Named]] | None, level: int, record: Named) -> tuple[int, list[Named]]:
    if best is None or level < best[0]:
        return level, [record]
    if level == best[0]:
        best[1].append(record)
    return best


def _fit(typed: list[str], name: list[str]) -> int:
    if not typed:
        return 9
    if typed == name:
        return 1
    whole, start = "".join(name), "".join(typed)
    if whole.startswith(start) and (len(start) >= 2 or start == whole):
        return 3
    if all(any(word.startswith(part) for word in name) for part in typed):
        return 4
    return 9


def _active(records: Iterable[Named]) -> list[Named]:
    return [record for record in records if not record.archived]


def told_apart(person: Contact) -> str:
    """What tells a person from namesakes at the same account: the title, else a mail address, else the id."""
    return person.title or next((mail.value for mail in person.emails), person.id)


def among_twins(called: str, record: Account | Contact) -> str:
    """How somebody is called where another one is called the same."""
    apart = told_apart(record) if isinstance(record, Contact) else record.id
    return f"{called}, {apart} [{record.id}]" if apart != record.id else f"{called} [{record.id}]"


def _calling(book: Book) -> Callable[[Contact], str]:
    def called(contact: Contact) -> str:
        account = book.accounts.get(contact.account_id or "")
        return f"{contact.name} ({account.name})" if account else contact.name

    return called


def _ambiguous(text: str, names: list[str]) -> Ambiguous:
    names = sorted(names)
    shown = names if len(names) <= 8 else [*names[:8], _("and {count} more").format(count=len(names) - 8)]
    return Ambiguous(_("{name} may be any of {count}.").format(name=clean(text), count=len(names)), shown)
