"""Erasing: what goes when a person goes, and who must not come back afterwards.

What is left of them is an Erasure: marks by which an import knows them again, and nobody else does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Record, add, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import words_of
from kam_tui.i18n import _, ngettext
from kam_tui.usecases.marking import erased, erasure_of, not_brought_back
from kam_tui.usecases.redacting import LEAST, Person, Reach


@dataclass(frozen=True, slots=True)
class Erasing:
    """What erasing somebody comes to."""

    book: Book
    """The book as it is before."""

    person: Person
    """Who it is."""

    removed: tuple[Record, ...]
    """The contact, and what is about them alone."""

    changed: tuple[Edit, ...]
    """What stays without them."""

    read: tuple[Record, ...]
    """What stays at an account and named nobody else: somebody has to read whether it is about them."""

    namesakes: tuple[Contact, ...]
    """Others of the same name. They stay."""

    erasure: Erasure
    """What is kept, so that they do not come back."""

    @property
    def look(self) -> list[Record]:
        """What stays and still has one of their names in a text: somebody has to look whether it is theirs.

        What named them comes first, then what is at their accounts, then the rest.
        """
        gone = (Edit(record, None) for record in self.removed)
        after = self.book.after([*gone, *self.changed])
        near = {version.account_id for version in self.person.versions if version.account_id}
        changed = {edit.record.id for edit in self.changed}

        def distance(record: Record) -> int:
            at = {record.id, getattr(record, "account_id", None)}
            return 0 if record.id in changed else 1 if near & at else 2

        some = (record for table in SCHEMAS for record in after.table(table).values())
        return sorted(filter(self.person.is_hinted_at, some), key=distance)

    @property
    def change(self) -> Change:
        """All of it as a change. Its summary does not tell who it was."""
        others = len(self.removed) + len(self.changed) - 1
        text = ngettext(
            "Erased a person, and {count} other record went or was changed with them",
            "Erased a person, and {count} other records went or were changed with them",
            others,
        ).format(count=others)
        gone = (Edit(record, None) for record in self.removed)
        return Change(text if others > 0 else _("Erased a person"), (*gone, *self.changed, add(self.erasure)))


@dataclass(frozen=True, slots=True)
class Copy:
    """A file beside the book's own that holds somebody, or of which that cannot be told."""

    path: str
    """Where it is."""

    why: str = ""
    """Why kam cannot take them out of it, and leaves it to a person; empty for a backup where it can."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing somebody came to."""

    erasing: Erasing
    """What was done to the book."""

    unfinished: str
    """Why files of the book still hold what nobody reads any more; empty where none does."""

    cleared: tuple[str, ...]
    """The backups that are without them now."""

    left: tuple[Copy, ...]
    """What may hold them still."""


def versions(contact_id: str, book: Book, edits: Iterable[Edit]) -> list[Contact]:
    """A contact as it is in the book, if it is, and as it was, each once, by edits that may be of others."""
    some = [book.get(contact_id, "contacts"), *(each for edit in edits for each in (edit.after, edit.before))]
    found: list[Contact] = []
    for each in some:
        if isinstance(each, Contact) and each.id == contact_id and each not in found:
            found.append(each)
    return found


def erase(
    book: Book,
    now: datetime,
    known: Sequence[Contact],
    reach: Reach = LEAST,
    erasure: Erasure | None = None,
    progress: Progress | None = None,
) -> Erasing:
    """What becomes of each record when the person goes whom these versions, one at least, describe.

    They need not be in the book themselves: then what speaks of them goes. An `erasure` is what was made
    of them elsewhere, and is taken over. Raises Stopped.
    """
    person, removed, changed = _parted(book, Person(known, book, reach), progress)
    removed.sort(key=lambda record: record.id != person.id)
    read = (edit.record for edit in changed if edit.before and person.is_only_one_in(edit.before))
    some = tuple(removed), tuple(changed), tuple(read), tuple(_namesakes(book, person))
    return Erasing(book, person, *some, erasure or erasure_of(book, now, person))


def again(
    plan: Erasing, now: datetime, progress: Progress | None = None
) -> Callable[[Book, Callable[[str], Iterable[Edit]]], Erasing]:
    """The same for the book as it is by then, or for that in a backup, whose history knows them otherwise.

    What it returns is asked with a book, and with what tells the edits of its history near an id.
    """

    def decide(book: Book, edits_near: Callable[[str], Iterable[Edit]]) -> Erasing:
        known = plan.person.versions
        more = versions(plan.person.id, book, edits_near(plan.person.id))
        new = [each for each in more if each not in known]
        erasure = None if new else plan.erasure
        return erase(book, now, [*known, *new], plan.person.reach, erasure, progress)

    return decide


def sifted(book: Book, records: Sequence[Record]) -> tuple[list[Record], list[tuple[Record, str]]]:
    """Records from elsewhere without those who were erased from this book: what is left of the records,
    and what does not come in, each with a sentence why. Who is in the book again is no longer erased."""
    new = [add(each) for each in records if isinstance(each, Account) and each.id not in book.accounts]
    is_erased = erased(book.after(new))
    left = list(records)
    refused: list[tuple[Record, str]] = []
    for record in records if book.erasures else ():
        if not isinstance(record, Contact) or book.get(record.id, "contacts"):
            continue
        if erasure := is_erased(record):
            rest = Book.of(*left)
            _person, removed, changed = _parted(
                rest, Person([record], rest, Reach(erasure.names, erasure.entries))
            )
            gone = {_key(each) for each in removed}
            kept = {_key(edit.record): edit.record for edit in changed}
            left = [kept.get(_key(each), each) for each in left if _key(each) not in gone]
            refused += [
                (each, not_brought_back(erasure, record.name if each is record else "")) for each in removed
            ]
    return left, refused


def _parted(
    book: Book, person: Person, progress: Progress | None = None
) -> tuple[Person, list[Record], list[Edit]]:
    """What goes with a person, and what stays without them; the person knows what goes. Raises Stopped."""
    progress = progress or Progress()
    progress.begin(_("Looking through the book"), sum(len(book.table(table)) for table in SCHEMAS))
    linked = (book.table(table).values() for table in ("activities", "reminders", "promises"))
    alone = [record.id for some in linked for record in some if person.is_alone_in(record)]
    person = person.taking(alone) if alone else person
    removed: list[Record] = []
    changed: list[Edit] = []
    for table in SCHEMAS:
        for record in book.table(table).values():
            left = person.kept(record)
            if left is None:
                removed.append(record)
            elif left is not record:
                changed.append(Edit(record, left))
            progress.step()
    return person, removed, changed


def _key(record: Record) -> tuple[str, str]:
    return table_of(record), record.id


def _namesakes(book: Book, person: Person) -> Iterator[Contact]:
    names = [words_of(version.name) for version in person.versions]
    for contact in book.contacts.values():
        if contact.id != person.id and words_of(contact.name) in names:
            yield contact
