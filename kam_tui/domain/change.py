"""Change: what a verb decided, as edits from one record to another. The only way data changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from kam_tui.domain.fields import TABLES, Schema
from kam_tui.domain.frozen import frozen

if TYPE_CHECKING:
    from kam_tui.domain.account import Account
    from kam_tui.domain.activity import Activity
    from kam_tui.domain.contact import Contact
    from kam_tui.domain.contract import Contract
    from kam_tui.domain.erasure import Erasure
    from kam_tui.domain.promise import Promise
    from kam_tui.domain.reminder import Occurrence, Reminder

    Record: TypeAlias = Account | Contact | Activity | Reminder | Promise | Contract | Occurrence | Erasure
    """Everything that is kept."""

    AnySchema: TypeAlias = (
        Schema[Account]
        | Schema[Contact]
        | Schema[Activity]
        | Schema[Reminder]
        | Schema[Promise]
        | Schema[Contract]
        | Schema[Occurrence]
        | Schema[Erasure]
    )
else:  # so that a noun is loaded only where somebody asks for it
    Record = AnySchema = object

_NOUNS = {
    "accounts": "account.ACCOUNT",
    "contacts": "contact.CONTACT",
    "activities": "activity.ACTIVITY",
    "reminders": "reminder.REMINDER",
    "promises": "promise.PROMISE",
    "contracts": "contract.CONTRACT",
    "occurrences": "reminder.OCCURRENCE",
    "erasures": "erasure.ERASURE",
}


class _Schemas(Mapping[str, AnySchema]):
    """Each is loaded when somebody asks for it: a capture needs few of them, and each takes its time."""

    def __init__(self) -> None:
        self._loaded: dict[str, AnySchema] = {}

    def __getitem__(self, table: str) -> AnySchema:
        found = self._loaded.get(table)
        if found is None:
            module, _dot, name = _NOUNS[table].partition(".")
            noun: Any = __import__(f"kam_tui.domain.{module}", fromlist=[name])
            found = self._loaded[table] = getattr(noun, name)
        return found

    def __contains__(self, table: object) -> bool:
        return table in _NOUNS

    def __iter__(self) -> Iterator[str]:
        return iter(_NOUNS)

    def __len__(self) -> int:
        return len(_NOUNS)


SCHEMAS: Mapping[str, AnySchema] = _Schemas()
"""Table to schema: the one list of the tables of a book."""


def table_of(record: Record) -> str:
    """The table a record belongs to."""
    return TABLES[type(record)]


def references_of(record: Record) -> Iterator[tuple[str, str, str]]:
    """Field, table and id of every other record that this one names."""
    return SCHEMAS[table_of(record)].references(record)  # type: ignore[arg-type]


def name_of(record: Record) -> str:
    """What to call a record: its name or its text, else its id."""
    return getattr(record, "name", "") or getattr(record, "text", "") or record.id


@frozen
class Edit:
    """One record before and after: None before for a new one, None after for one removed."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record as it is after, or was before it was removed."""
        record = self.after or self.before
        if record is None:
            raise ValueError("an edit needs a record before or after")
        return record


@frozen
class Change:
    """What a verb decided. Nothing to do is a Change without edits."""

    summary: str
    """One line that says what was done, as it is shown and listed."""

    edits: tuple[Edit, ...] = ()
    """In the order they are made."""

    undoes: int | None = None
    """Number of the change that this one takes back."""

    notes: tuple[str, ...] = ()
    """What is worth knowing about it, in whole sentences: told once, when it is done, and not kept."""

    def inverse(self, summary: str, undoes: int) -> Change:
        """The change that takes this one back."""
        return Change(summary, tuple(Edit(e.after, e.before) for e in reversed(self.edits)), undoes)


def add(record: Record) -> Edit:
    """A new record."""
    return Edit(None, record)


@frozen
class Entry:
    """A Change as the history keeps it."""

    number: int
    """Its place in the history, from 1."""

    at: datetime
    """When it was made; aware."""

    by: str
    """Who made it: the login name and the face it came through (`anna@cli`)."""

    change: Change
    """What was changed."""

    final: bool = False
    """Whether it can never be taken back, since somebody was erased by it."""


class History(Protocol):
    """The changes made, as a store or a session tells them; in every list the newest comes first."""

    def history(self, touching: Sequence[str] = (), tables: Sequence[str] = ()) -> Iterable[Entry]:
        """All changes. With `touching`, at least those in whose text one of these stands, such as an id;
        with `tables`, at least those to one of these tables."""

    def undoing(self, since: int = 0) -> Iterable[Entry]:
        """The changes after change `since` that take back another one."""

    def entry(self, number: int) -> Entry | None:
        """The change of this number; None where the history does not hold it."""
