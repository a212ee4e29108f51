"""Questions to the person at the terminal, where a name is not found or several fit.

A script is never asked: there the error itself is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Shell
from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import name_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.domain.lookup import (
    account_names,
    among_twins,
    contact_names,
    find_account,
    find_contact,
    find_party,
    told_apart,
)
from kam_tui.domain.one_line import Understood
from kam_tui.domain.promise import Promise
from kam_tui.domain.text import clean, shorten, words_of
from kam_tui.i18n import _

Found = TypeVar("Found", bound=Account | Contact)
Called = TypeVar("Called", Promise, Contract)


def the_account(book: Book, text: str) -> Account:
    """The account that is meant. Raises NotFound or Ambiguous where nobody can be asked."""
    return _pick(book, text, find_account)


def the_contact(book: Book, text: str) -> Contact:
    """The contact that is meant. Raises NotFound or Ambiguous where nobody can be asked."""
    return _pick(book, text, find_contact)


def the_party(book: Book, text: str) -> Account | Contact:
    """The account or contact that is meant. Raises NotFound or Ambiguous where nobody can be asked."""
    return _pick(book, text, find_party)


def fitting(some: Sequence[Called], text: str) -> list[Called]:
    """The record with this id, else those whose name or text has all these words, else their beginnings."""
    for each in some:
        if each.id == text:
            return [each]
    wanted = words_of(text)
    called = [(each, words_of(name_of(each))) for each in some] if wanted else []
    whole = [each for each, words in called if set(wanted) <= set(words)]
    return whole or [
        each for each, words in called if all(any(word.startswith(part) for word in words) for part in wanted)
    ]


def the_record(some: Sequence[Called], text: str, missing: str, hint: str) -> Called:
    """The one that is meant, by its id or by words; the person at the terminal is asked where several are.

    Raises NotFound with the sentence `missing`, or Ambiguous.
    """
    fits = fitting(some, text)
    if not fits:
        raise NotFound(missing.format(text=shorten(clean(text), 60) or '""'), hint)
    if len(fits) == 1:
        return fits[0]
    said = _("{text} may be any of {count}.").format(text=clean(text), count=len(fits))
    named = [f"{name_of(each)} [{each.id}]" for each in fits]
    if not diagnostics.can_ask():
        raise Ambiguous(said, named)
    return fits[diagnostics.choose(f"{said} " + _("Which one is it?"), named)]


def settled(shell: Shell, text: str, read: Callable[[Book, str], Understood]) -> str:
    """The line with ids in place of the names that could not be told; as it is where nobody can be asked.

    Raises Cancelled where the person has no answer.
    """
    if not diagnostics.can_ask():
        return text
    book = shell.session.read()
    while True:
        line = read(book, text)
        words, error = _first_unclear(line)
        if error is None:
            return text
        name = words[1:].strip("\"'.,;:!?)")
        known = _named(book, error.candidates)
        question = f"{error} " + (_("Which one is it?") if known else "")
        chosen = diagnostics.choose(question, [called for called, _id in known] + _additions(name, line))
        if chosen < len(known):
            record_id = known[chosen][1]
        else:
            book, record_id = _add(shell, name, line, as_account=chosen == len(known))
        end = words[len(words.rstrip(".,;:!?)")) :]
        settled_text = text.replace(words, f"@{record_id}{end}", 1)
        if settled_text == text:
            raise error
        text = settled_text


def _first_unclear(line: Understood) -> tuple[str, NotFound | Ambiguous | None]:
    for problem in line.problems:
        if problem.words and isinstance(problem.error, NotFound | Ambiguous):
            return problem.words, problem.error
    return "", None


def _pick(book: Book, text: str, find: Callable[[Book, str], Found]) -> Found:
    try:
        return find(book, text)
    except (NotFound, Ambiguous) as problem:
        known = _named(book, problem.candidates)
        if not known or not diagnostics.can_ask():
            raise
        chosen = diagnostics.choose(f"{problem} " + _("Which one is it?"), [called for called, _id in known])
        return find(book, known[chosen][1])


def _additions(name: str, line: Understood) -> list[str]:
    person = _("Add {name} as a new person")
    if line.account:
        person = _("Add {name} as a new person at {account}")
    account = line.account.name if line.account else ""
    return [_("Add {name} as a new account").format(name=name), person.format(name=name, account=account)]


def _add(shell: Shell, name: str, line: Understood, *, as_account: bool) -> tuple[Book, str]:
    from kam_tui.usecases import accounts, contacts

    fields = {"name": name.replace("_", " ")}
    if as_account:
        book, change = shell.session.run(accounts.add, fields)
    else:
        at = {"account_id": line.account.id} if line.account else {}
        book, change = shell.session.run(contacts.add, fields | at)
    diagnostics.say(change.summary)
    return book, change.edits[0].record.id


def _named(book: Book, candidates: Sequence[str]) -> list[tuple[str, str]]:
    """The records that the candidates of an error name, each as it is called and its id."""
    known: dict[str, tuple[str, Account | Contact]] = {}
    for name in (candidate.partition(" [")[0] for candidate in candidates):
        for account in book.accounts.values():
            if name in account_names(account):
                known[account.id] = account.name, account
        for contact in book.contacts.values():
            at = book.name_of("accounts", contact.account_id) if contact.account_id else ""
            called = f"{contact.name} ({at})" if at else contact.name
            if name in (called, f"{called}, {told_apart(contact)}") or name in contact_names(contact):
                known[contact.id] = called, contact
    names = [called for called, _party in known.values()]
    return [
        (among_twins(called, party) if names.count(called) > 1 else called, key)
        for key, (called, party) in known.items()
    ]
