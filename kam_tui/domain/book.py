"""Book: an immutable snapshot of all records that answers questions and never changes.

Tables are taken from a `Source` only when somebody asks for them, so that capturing a note reads
accounts and people, never ten years of activities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from kam_tui.domain.account import KEY, TIERS, Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.change import SCHEMAS, Edit, Record, name_of, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.domain.text import fold

if TYPE_CHECKING:
    from kam_tui.domain.contract import Contract
    from kam_tui.domain.erasure import Erasure
    from kam_tui.domain.promise import Promise


class Source(Protocol):
    """Where a book's records come from: one consistent state of the store, or plain dicts."""

    def load(self, table: str) -> dict[str, Record]:
        """All records of a table, by id."""

    def find(self, table: str, record_id: str) -> Record | None:
        """The record of a table with this id."""

    def holding(self, table: str, needle: str) -> Iterable[Record]:
        """At least the records of a table whose document contains `needle` (an id) as text."""

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:
        """At least the records of a table whose document, folded, contains all these folded words,
        whatever spaces and punctuation stand in them."""


FEW = 8
"""So many records of a table are looked up one by one; whoever asks for more wants the table."""


class Book:
    """All records at one moment. Two faces may share it: nothing in it changes."""

    def __init__(
        self, source: Source | None = None, tables: Mapping[str, dict[str, Record]] | None = None
    ) -> None:
        self._source = source
        self._tables: dict[str, dict[str, Record]] = dict(tables or {})
        self._pending: dict[str, list[Edit]] = {}
        self._days: dict[date, list[Activity]] | None = None
        self._timelines: dict[str, tuple[Activity, ...]] | None = None
        self._people: dict[str | None, list[Contact]] | None = None
        self._asked: dict[str, int] = {}
        self._names: dict[str, list[tuple[str, Record]]] = {}

    @classmethod
    def of(cls, *records: Record) -> Book:
        """A book of these records alone."""
        tables: dict[str, dict[str, Record]] = {table: {} for table in SCHEMAS}
        for record in records:
            tables[table_of(record)][record.id] = record
        return cls(tables=tables)

    @property
    def accounts(self) -> Mapping[str, Account]:
        """Id to account."""
        return cast(Mapping[str, Account], self._by_id("accounts"))

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """Id to contact."""
        return cast(Mapping[str, Contact], self._by_id("contacts"))

    @property
    def activities(self) -> Mapping[str, Activity]:
        """Id to activity."""
        return cast(Mapping[str, Activity], self.table("activities"))

    @property
    def reminders(self) -> Mapping[str, Reminder]:
        """Id to reminder set by hand."""
        return cast(Mapping[str, Reminder], self.table("reminders"))

    @property
    def promises(self) -> Mapping[str, Promise]:
        """Id to promise."""
        return cast("Mapping[str, Promise]", self.table("promises"))

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """Id to contract."""
        return cast("Mapping[str, Contract]", self.table("contracts"))

    @property
    def occurrences(self) -> Mapping[str, Occurrence]:
        """Agenda key to what became of it."""
        return cast(Mapping[str, Occurrence], self.table("occurrences"))

    @property
    def erasures(self) -> Mapping[str, Erasure]:
        """Id to what is left of somebody who was erased."""
        return cast("Mapping[str, Erasure]", self.table("erasures"))

    def table(self, name: str) -> Mapping[str, Record]:
        """Id to record of one table."""
        return MappingProxyType(self._loaded(name))

    def get(self, record_id: str, table: str) -> Record | None:
        """A record of a table, or None. The first few are found without loading the others."""
        asked = self._asked[table] = self._asked.get(table, 0) + 1
        if self._source is None or table in self._tables or asked > FEW:
            return self._loaded(table).get(record_id)
        for edit in reversed(self._pending.get(table, ())):
            if edit.record.id == record_id:
                return edit.after
        return self._source.find(table, record_id)

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:
        """At least the records of a table that have all these folded words in them: what a name is
        looked up among, where the whole table need not be loaded for it."""
        if not words:
            return self._loaded(table).values()
        if self._source is None or table in self._tables or table in self._pending:
            return self._named_like(table, words)
        return self._source.like(table, words)

    def _named_like(self, table: str, words: Sequence[str]) -> list[Record]:
        """The accounts or people in whose id, names and mail addresses, run together, all the words are."""
        index = self._names.get(table)
        if index is None:
            records = self._loaded(table).values()
            index = self._names[table] = [(_spelled(record), record) for record in records]
        for word in words:
            index = [each for each in index if word in each[0]]
        return [record for _names, record in index]

    def name_of(self, table: str, record_id: str) -> str:
        """What to call a record that another one refers to; its id where it is gone."""
        record = self.get(record_id, table)
        return name_of(record) if record else record_id

    def who(self, account_id: str | None, contact_ids: Iterable[str] = ()) -> str:
        """People and then their account, as a line of text names them; empty for nobody."""
        names = [self.name_of("contacts", each) for each in contact_ids]
        return ", ".join([*names, self.name_of("accounts", account_id)] if account_id else names)

    def after(self, edits: Sequence[Edit]) -> Book:
        """The book with these edits made. Tables that they do not touch are shared with this one,
        and a table nobody has asked for yet is still not loaded."""
        book = Book(self._source, self._tables)
        book._pending = {table: list(some) for table, some in self._pending.items()}
        touched: set[str] = set()
        for edit in edits:
            name = table_of(edit.record)
            if name not in book._tables:
                book._pending.setdefault(name, []).append(edit)
            elif name not in touched:
                book._tables[name] = dict(book._tables[name])
            touched.add(name)
            if name in book._tables:
                _apply(book._tables[name], edit)
        if self._days is not None:
            book._days = _days_after(self._days, edits)
        if self._timelines is not None and "contacts" not in touched:
            book._timelines = book._timelines_after(self._timelines, edits)
        if "contacts" not in touched:
            book._people = self._people
        book._names = {table: index for table, index in self._names.items() if table not in touched}
        return book

    def people(self, account_id: str | None, *, archived: bool = False) -> list[Contact]:
        """The contacts at an account (None: at none), by name."""
        if (
            self._people is None
            and not {"contacts"} & (self._tables.keys() | self._pending)
            and self._source
            and account_id
        ):
            some = cast(Iterable[Contact], self._source.holding("contacts", account_id))
            found = [contact for contact in some if contact.account_id == account_id]
            return _by_name(c for c in found if archived or not c.archived)
        if self._people is None:
            people: dict[str | None, list[Contact]] = {}
            for contact in self.contacts.values():
                people.setdefault(contact.account_id, []).append(contact)
            self._people = people
        return _by_name(c for c in self._people.get(account_id, ()) if archived or not c.archived)

    def account_of(self, record: Activity | Promise) -> str | None:
        """The account a record belongs to: its own, or that of its first contact who has one."""
        if record.account_id:
            return record.account_id
        for contact_id in record.contact_ids:
            contact = self.contacts.get(contact_id)
            if contact and contact.account_id:
                return contact.account_id
        return None

    def timeline(self, subject_id: str) -> tuple[Activity, ...]:
        """What happened with an account and all its people, or with one contact; newest first."""
        if self._timelines is None:
            self._timelines = self._index_timelines()
        return self._timelines.get(subject_id, ())

    def entries(self, subject_id: str) -> Sequence[Activity]:
        """What is on that timeline, in no order. Where nobody has asked for the activities yet, only those
        are read that name the account, one of its people, or the contact."""
        if self._source is None or self._timelines is not None or "activities" in self._tables:
            return self.timeline(subject_id)
        found: dict[str, Activity] = {}
        for each in (subject_id, *(person.id for person in self.people(subject_id, archived=True))):
            some = [cast(Activity, one) for one in self._source.holding("activities", each)]
            found |= {one.id: one for one in some if subject_id in self._subjects(one)}
        for edit in self._pending.get("activities", ()):
            found.pop(edit.record.id, None)
            if edit.after and subject_id in self._subjects(cast(Activity, edit.after)):
                found[edit.record.id] = cast(Activity, edit.after)
        return tuple(found.values())

    def days(self) -> Mapping[date, Sequence[Activity]]:
        """What happened on each day. The sequence of a day is the same one for as long as it stays as it is,
        also in the books after this one."""
        return MappingProxyType(self._by_day())

    def between(self, first: date, last: date) -> Iterator[Activity]:
        """What happened from one day to another, both counted in; earlier days first."""
        days = self._by_day()
        for number in range((last - first).days + 1):
            yield from days.get(first + timedelta(days=number), ())

    def last_touch(self, subject_id: str, today: date) -> Activity | None:
        """The last activity up to `today` that counts as being in touch with an account or contact."""
        return next((a for a in self.timeline(subject_id) if a.is_touch and a.when.day <= today), None)

    def shown_accounts(self, *, archived: bool = False) -> list[Account]:
        """Accounts as lists show them: key accounts first, then growth, then the rest, each by name."""
        tiers = list(TIERS)
        shown = (a for a in self.accounts.values() if archived or not a.archived)
        return sorted(shown, key=lambda a: (tiers.index(a.tier), fold(a.name), a.id))

    def is_key(self, account_id: str | None) -> bool:
        """Whether this is the id of a key account."""
        account = self.accounts.get(account_id or "")
        return account is not None and account.tier == KEY

    def _by_id(self, name: str) -> Mapping[str, Record]:
        return self.table(name) if self._source is None or name in self._tables else _Unread(self, name)

    def _loaded(self, name: str) -> dict[str, Record]:
        table = self._tables.get(name)
        if table is None:
            table = self._source.load(name) if self._source else {}
            for edit in self._pending.get(name, ()):
                _apply(table, edit)
            self._tables[name] = table
        return table

    def _subjects(self, activity: Activity) -> Iterable[str]:
        """The account and the people on whose timelines an activity stands."""
        people = activity.contact_ids
        if len(people) > 1:
            people = tuple(dict.fromkeys(people))
        account_id = activity.account_id or self.account_of(activity)
        return (account_id, *people) if account_id else people

    def _by_day(self) -> dict[date, list[Activity]]:
        if self._days is None:
            days: dict[date, list[Activity]] = {}
            for activity in self.activities.values():
                days.setdefault(activity.when.day, []).append(activity)
            self._days = days
        return self._days

    def _index_timelines(self) -> dict[str, tuple[Activity, ...]]:
        # Put in order day by day and then dealt out: each activity is sorted once, among a few.
        days = self._by_day()
        lists: defaultdict[str, list[Activity]] = defaultdict(list)
        for day in sorted(days, reverse=True):
            for activity in _newest_first(days[day]):
                for subject in self._subjects(activity):
                    lists[subject].append(activity)
        return {subject: tuple(some) for subject, some in lists.items()}

    def _timelines_after(
        self, timelines: dict[str, tuple[Activity, ...]], edits: Iterable[Edit]
    ) -> dict[str, tuple[Activity, ...]]:
        """The timelines with some activities changed: only those they stand on are made anew."""
        changed = dict(timelines)
        for edit in edits:
            for activity, stays in ((edit.before, False), (edit.after, True)):
                if isinstance(activity, Activity):
                    for subject in self._subjects(activity):
                        others = [a for a in changed.get(subject, ()) if a.id != activity.id]
                        changed[subject] = _newest_first([*others, activity] if stays else others)
        return changed


class _Unread(Mapping[str, Record]):
    """A table as a mapping, which is loaded when more is asked of it than a few records by id."""

    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name

    def __getitem__(self, record_id: str) -> Record:
        record = self._book.get(record_id, self._name)
        if record is None:
            raise KeyError(record_id)
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._book._loaded(self._name))

    def __len__(self) -> int:
        return len(self._book._loaded(self._name))

    def values(self) -> ValuesView[Record]:
        """All records."""
        return self._book._loaded(self._name).values()


def _spelled(record: Record) -> str:
    """What an account or a person is found by, as `fold` has it, each without spaces."""
    names: list[str] = [record.id, name_of(record)]
    for field in ("nickname", "aliases", "emails"):
        some = getattr(record, field, ())
        names += [some] if isinstance(some, str) else [getattr(each, "value", each) for each in some]
    return "\n".join(fold(name).replace(" ", "") for name in names)


def _days_after(days: dict[date, list[Activity]], edits: Iterable[Edit]) -> dict[date, list[Activity]]:
    """The days with some activities changed; those of no edit are shared."""
    changed = dict(days)
    for edit in edits:
        for activity, stays in ((edit.before, False), (edit.after, True)):
            if isinstance(activity, Activity):
                day = activity.when.day
                others = [each for each in changed.get(day, ()) if each.id != activity.id]
                changed[day] = [*others, activity] if stays else others
    return changed


def _newest_first(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    return tuple(sorted(activities, key=lambda activity: activity.order, reverse=True))


def _apply(table: dict[str, Record], edit: Edit) -> None:
    if edit.after is None:
        table.pop(edit.record.id, None)
    else:
        table[edit.after.id] = edit.after


def _by_name(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda contact: (fold(contact.name), contact.id))
