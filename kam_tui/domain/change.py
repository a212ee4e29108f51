"""Change: what a verb decided, as edits from one record to another. The only way data changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.activity import ACTIVITY, Activity
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.erasure import ERASURE, Erasure
from kam_tui.domain.fields import Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.reminder import OCCURRENCE, REMINDER, Occurrence, Reminder

Record = Account | Contact | Activity | Reminder | Occurrence | Erasure
"""Everything that is kept."""

SCHEMAS: dict[
    str,
    Schema[Account]
    | Schema[Contact]
    | Schema[Activity]
    | Schema[Reminder]
    | Schema[Occurrence]
    | Schema[Erasure],
] = {schema.table: schema for schema in (ACCOUNT, CONTACT, ACTIVITY, REMINDER, OCCURRENCE, ERASURE)}
"""Table to schema: the one list of the tables of a book."""

_TABLES: dict[type[Record], str] = {schema.record: table for table, schema in SCHEMAS.items()}

AnyRecord = TypeVar("AnyRecord", Account, Contact, Activity, Reminder, Occurrence, Erasure)


def table_of(record: Record) -> str:
    """The table a record belongs to."""
    return _TABLES[type(record)]


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
