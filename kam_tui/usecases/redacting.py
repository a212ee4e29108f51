"""Redacting: which records are about one person, and what is left of them without that person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Record, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.day_kinds import Occasions
from kam_tui.domain.erasure import Erasure
from kam_tui.domain.kinds import Kind, Labeled, LabeledList, Lines, Tags, Words
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.domain.text import words_of
from kam_tui.usecases.recognising import Signs, blank

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reach:
    """How much more goes than what is surely about one person alone."""

    names: bool = False
    """Also a first or last name that stands alone in a text, where nobody whom the record names has it."""

    entries: bool = False
    """Also what was with nobody else, where it names an account: else that stays, without the person."""


LEAST = Reach()
"""No more than that."""


class Person:
    """Somebody whose part in the book is looked for."""

    def __init__(
        self, versions: Sequence[Contact], book: Book, reach: Reach = LEAST, gone: Iterable[str] = ()
    ) -> None:
        """`versions` are the contact as it is and as it was; in `book` stands who must not be taken for
        them. `gone` are the ids of other records that go with them."""
        self.id = versions[0].id
        """The contact's id."""
        self.versions = tuple(versions)
        """What the contact is and was."""
        self.ids = frozenset((self.id, *gone))
        """The ids of all that goes."""
        self.signs = Signs(versions, book, self.ids)
        """What they are known by."""
        self.reach = reach
        """How far it goes."""
        self._book = book

    def taking(self, gone: Iterable[str]) -> Person:
        """The same person, who takes the records of these ids along."""
        return Person(self.versions, self._book, self.reach, gone)

    def is_in(self, line: str) -> bool:
        """Whether a line of JSON may hold something about them."""
        return self.signs.are_in(line) or (self.reach.names and bool(self.signs.hints_in(line)))

    def is_only_one_in(self, record: Record) -> bool:
        """Whether an activity, reminder or promise names them and nobody else."""
        return isinstance(record, Activity | Reminder | Promise) and set(record.contact_ids) == {self.id}

    def is_alone_in(self, record: Record) -> bool:
        """Whether an activity, reminder or promise goes with them: it names nobody else, and no account."""
        if not isinstance(record, Activity | Reminder | Promise) or not self.is_only_one_in(record):
            return False
        return self.reach.entries or not record.account_id

    def is_hinted_at(self, record: Record) -> bool:
        """Whether a text of a record has one of their names, and nobody else it names explains that."""
        hints = self.signs.hints_in("\n".join(_texts_in(record)))
        if not hints:
            return False
        named = [getattr(record, "name", ""), getattr(record, "nickname", "")]
        others = (each for each in getattr(record, "contact_ids", ()) if each != self.id)
        named += [self._book.name_of("contacts", each) for each in others]
        return bool(hints.difference(words_of(" ".join(named))))

    def kept(self, record: R) -> R | None:
        """What is left of a record: itself where it does not speak of them, None where nothing is."""
        if isinstance(record, Erasure):
            return record
        if record.id in self.ids or self.is_alone_in(record):
            return None
        if isinstance(record, Occurrence) and record.series[1] in self.ids:
            return None
        changes = self._changes(record)
        if not changes:
            return record
        try:
            return replace(record, **changes)
        except ValueError:
            return None

    def kept_of(self, value: Any, *, near: bool = False) -> Any:
        """What is left of a value of JSON; a part of a list or an object that was only about them goes."""
        if isinstance(value, str):
            return self.signs.redacted(value, near=near)
        if isinstance(value, Mapping):
            left = {name: self.kept_of(each, near=near) for name, each in value.items()}
            return {
                self.signs.redacted(name, near=near): new
                for name, new in left.items()
                if not _is_emptied(value[name], new)
            }
        if isinstance(value, list | tuple):
            some = [(each, self.kept_of(each, near=near)) for each in value]
            return [new for each, new in some if not _is_emptied(each, new)]
        return value

    def _changes(self, record: Record) -> dict[str, Any]:
        people: tuple[str, ...] = getattr(record, "contact_ids", ())
        superior = getattr(record, "reports_to", None)
        near = self.id in people or superior == self.id
        blot = self.reach.names and self.is_hinted_at(record)
        changes: dict[str, Any] = {}
        for name, kind in _TEXTS[table_of(record)]:
            if value := getattr(record, name):
                left = self._left(kind, value, near=near, blot=blot and name != "name")
                if left != value:
                    changes[name] = left
        if record.extra and (extra := self.kept_of(record.extra, near=near)) != record.extra:
            changes["extra"] = extra
        if self.id in people:
            changes["contact_ids"] = tuple(each for each in people if each != self.id)
        if superior == self.id:
            changes["reports_to"] = None
        if isinstance(record, Activity) and not self.ids.isdisjoint(record.because.split(":")):
            changes["because"] = ""
        return changes

    def _left(self, kind: Kind, value: Any, *, near: bool, blot: bool) -> Any:
        def left(text: str) -> str:
            return self.signs.blotted(text) if blot else self.signs.redacted(text, near=near)

        if isinstance(value, str):
            return left(value)
        if isinstance(kind, Occasions):
            return tuple(replace(each, label=left(each.label)) for each in value)
        if isinstance(kind, LabeledList):
            some = [(each.value, Labeled(left(each.value), left(each.label))) for each in value]
            return tuple(new for old, new in some if not _is_emptied(old, new.value))
        return tuple(new for old in value if not _is_emptied(old, new := left(old)))


_TEXTS = {
    table: [
        (name, field.kind)
        for name, field in schema.fields.items()
        if type(field.kind) in (Kind, Lines, Words, Tags, LabeledList, Occasions)
        and name not in ("id", "because")
    ]
    for table, schema in SCHEMAS.items()
}
"""Table to the fields that hold what somebody has written, with their kinds."""


def _is_emptied(old: Any, new: Any) -> bool:
    """Whether nothing is left of a value that there was."""
    return bool(old) and old != new and (not new or new == blank())


def _texts_in(record: Record) -> Iterator[str]:
    if isinstance(record, Erasure):
        return
    for name, kind in _TEXTS[table_of(record)]:
        value = getattr(record, name)
        if isinstance(value, str):
            yield value
        elif isinstance(kind, LabeledList):
            yield from map(str, value)
        else:
            yield from (each if isinstance(each, str) else each.label for each in value)
