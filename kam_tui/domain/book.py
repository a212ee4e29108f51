"""Book: an immutable snapshot of all records that answers questions and never changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from kam_tui.domain.account import KEY, TIERS, Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Edit, Record, name_of, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.domain.tables import Source, Tables
from kam_tui.domain.text import fold

if TYPE_CHECKING:
    from kam_tui.domain.contract import Contract
    from kam_tui.domain.erasure import Erasure
    from kam_tui.domain.promise import Promise


class Book:
    """All records at one moment. Two faces may share it: nothing in it changes."""

    def __init__(self, source: Source | None = None, tables: Tables | None = None) -> None:
        self._tables = tables or Tables(source)
        self._days: dict[date, list[Activity]] | None = None
        self._timelines: dict[str, tuple[Activity, ...]] | None = None
        self._people: dict[str | None, list[Contact]] | None = None

    @classmethod
    def of(cls, *records: Record) -> Book:
        """A book of these records alone."""
        return cls(tables=Tables.of(records))

    @property
    def accounts(self) -> Mapping[str, Account]:
        """Id to account."""
        return cast(Mapping[str, Account], self._tables.by_id("accounts"))

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """Id to contact."""
        return cast(Mapping[str, Contact], self._tables.by_id("contacts"))

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
        return self._tables.whole(name)

    def get(self, record_id: str, table: str) -> Record | None:
        """A record of a table, or None. The first few are found without loading the others."""
        return self._tables.get(record_id, table)

    def like(self, table: str, words: Sequence[str]) -> Iterable[Record]:
        """At least the accounts or people that have all these folded words in them: what a name is looked
        up among, where the whole table need not be loaded for it."""
        return self._tables.like(table, words)

    def name_of(self, table: str, record_id: str) -> str:
        """What to call a record that another one refers to; its id where it is gone."""
        record = self.get(record_id, table)
        return name_of(record) if record else record_id

    def who(self, account_id: str | None, contact_ids: Iterable[str] = ()) -> str:
        """People and then their account, as a line of text names them; empty for nobody."""
        names = [self.name_of("contacts", each) for each in contact_ids]
        return ", ".join([*names, self.name_of("accounts", account_id)] if account_id else names)

    def after(self, edits: Sequence[Edit]) -> Book:
        """The book with these edits made. What they do not touch is shared with this one."""
        book = Book(tables=self._tables.after(edits))
        touched = {table_of(edit.record) for edit in edits}
        if self._days is not None:
            book._days = _days_after(self._days, edits)
        if self._timelines is not None and "contacts" not in touched:
            book._timelines = book._timelines_after(self._timelines, edits)
        if "contacts" not in touched:
            book._people = self._people
        return book

    def people(self, account_id: str | None, *, archived: bool = False) -> list[Contact]:
        """The contacts at an account (None: at none), by name."""
        if self._people is None and account_id and not self._tables.is_loaded("contacts"):
            some = cast(Iterable[Contact], self._tables.holding("contacts", account_id))
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
        if self._timelines is not None or self._tables.is_loaded("activities"):
            return self.timeline(subject_id)
        found: dict[str, Activity] = {}
        for each in (subject_id, *(person.id for person in self.people(subject_id, archived=True))):
            some = cast(Iterable[Activity], self._tables.holding("activities", each))
            found |= {one.id: one for one in some if subject_id in self._subjects(one)}
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


def _by_name(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda contact: (fold(contact.name), contact.id))
