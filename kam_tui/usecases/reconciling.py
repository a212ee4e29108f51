"""Reconciling: bring what was changed in another copy of the book into this one, as one change.

Nothing is lost by it. What one side alone has changed is taken over, and where both have changed the
same field the book's stays and the other one is noted on the timeline. What somebody changed is not
taken away because somebody else removed it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kam_tui.domain.account import Account
from kam_tui.domain.activity import ACTIVITY, NOTE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Record, name_of, references_of, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.difference import differences
from kam_tui.domain.ids import handle_of
from kam_tui.domain.text import shorten
from kam_tui.i18n import N_, _
from kam_tui.usecases.combining import Combined, combine
from kam_tui.usecases.erasing import sifted
from kam_tui.usecases.import_plan import CONFLICT, NEW, SAME, UPDATED, Line
from kam_tui.usecases.versions import Key, Other, Version

REMOVED = "removed"
OUTCOMES = {
    NEW: N_("new"),
    UPDATED: N_("updated"),
    REMOVED: N_("removed"),
    CONFLICT: N_("look at it"),
    SAME: N_("same"),
}
"""What may become of a record, and how it is called."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing in another copy comes to."""

    name: str
    """What the copy is called."""

    lines: tuple[Line, ...]
    """What becomes of each record that is not the same."""

    edits: tuple[Edit, ...]
    """What would be written."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Outcome to the number of records."""
        return {outcome: sum(line.outcome == outcome for line in self.lines) for outcome in OUTCOMES}

    @property
    def summary(self) -> str:
        """One line that says what is done."""
        if not self.lines:
            return _("{name}: the book has all of it").format(name=self.name)
        told = (
            (NEW, _("{count} new")),
            (UPDATED, _("{count} updated")),
            (REMOVED, _("{count} removed")),
            (CONFLICT, _("{count} to look at")),
        )
        counts = self.counts
        parts = [text.format(count=counts[outcome]) for outcome, text in told if counts[outcome]]
        return _("Merged {name}: {parts}").format(name=self.name, parts=", ".join(parts))


def plan(book: Book, now: datetime, other: Other) -> Plan:
    """What bringing in another copy would do. Nothing is written."""
    return _Reconciling(book, now, other).plan()


def reconcile(book: Book, now: datetime, other: Other) -> Change:
    """Bring in another copy, in one change that can be undone."""
    planned = plan(book, now, other)
    return Change(planned.summary, planned.edits)


class _Reconciling:
    """The book as it becomes."""

    def __init__(self, book: Book, now: datetime, other: Other) -> None:
        self.book, self.now, self.other = book, now, other
        self.results: dict[Key, Record | None] = {}
        self.lines: dict[Key, Line] = {}

    def plan(self) -> Plan:
        """Decide on every record, then on whom they name."""
        for version in self.other.versions:
            self._decide(version)
        self._keep_whom_others_name()
        self._bring_back_whom_they_name()
        self._leave_out_the_erased()
        edits = [Edit(self.book.get(key[1], key[0]), after) for key, after in self.results.items()]
        return Plan(
            self.other.name, tuple(self.lines.values()), tuple(e for e in edits if e.before != e.after)
        )

    def _decide(self, version: Version) -> None:
        record = version.record
        key = table_of(record), record.id
        ours, theirs = self.book.get(record.id, key[0]), version.theirs
        if ours == theirs:
            return
        if theirs is None:
            self._remove(key, ours, version.base)
        elif ours is None:
            self._bring_in(key, theirs, version.base)
        else:
            self._combine(key, version.base, ours, theirs)

    def _remove(self, key: Key, ours: Record | None, base: Record | None) -> None:
        if ours == base:
            self.results[key] = None
            self._tell(key, REMOVED, ours)
        else:
            self._tell(key, CONFLICT, ours, _("It was removed there, and has been changed here: it stays."))

    def _bring_in(self, key: Key, theirs: Record, base: Record | None) -> None:
        former = self.other.formers.get(key)
        if base is None and former and not former.is_undone:
            self._tell(key, CONFLICT, theirs, _("It was removed here since: it stays removed."))
        elif base is None or base != theirs:
            self.results[key] = theirs
            gone = base is not None and former is not None
            said = _("It was removed here, and has been changed there: it comes back.")
            self._tell(key, CONFLICT if gone else NEW, theirs, *([said] if gone else []))

    def _combine(self, key: Key, base: Record | None, ours: Record, theirs: Record) -> None:
        combined = combine(base, ours, theirs)
        details = [
            f"{each.label}: {shorten(each.after, 60) or '–'}"
            for each in differences(Edit(ours, combined.record), self.book.name_of)
        ]
        if combined.record != ours:
            self.results[key] = combined.record
        note = self._note(combined, theirs)
        if note is not None and self._is_new(note):
            self.results["activities", note.id] = note
            said = _("Both have changed it. The book's stays; the other version is noted: {text}")
            details.append(said.format(text=" ".join(note.text.split("\n")[1:])))
        if details:
            is_conflict = note is not None and self._is_new(note)
            self._tell(key, CONFLICT if is_conflict else UPDATED, combined.record, *details)

    def _note(self, combined: Combined, theirs: Record) -> Activity | None:
        """What keeps the other version of what both have changed; None where there is none.

        The same version makes the same note, so that it is there once.
        """
        record = combined.record
        if not combined.differences:
            return None
        texts = list(self._texts(record, theirs, combined.differences))
        text = "\n".join([_("Other version of {name}:").format(name=shorten(name_of(record), 60)), *texts])
        made_of = json.dumps([record.id, *texts], ensure_ascii=False)
        account_id = record.id if isinstance(record, Account) else getattr(record, "account_id", None)
        people = (record.id,) if isinstance(record, Contact) else getattr(record, "contact_ids", ())
        moment = Moment.of(self.now)
        return ACTIVITY.create(
            id=f"t-{handle_of(made_of)}", created=moment, kind=NOTE, when=moment, text=text,
            account_id=account_id, contact_ids=people,
        )  # fmt: skip

    def _texts(self, record: Record, theirs: Record, left: Mapping[str, Any]) -> Iterator[str]:
        """The other values, each with its field, in full."""
        shown = {each.field: each for each in differences(Edit(record, theirs), self.book.name_of)}
        for name, value in left.items():
            each = shown.get(name.removeprefix(":"))
            label = each.label if each else name.removeprefix(":")
            text = each.after if each else str(value)
            if isinstance(value, tuple):  # the items alone that ours does not have
                text = "; ".join(map(str, value))
            yield f"{label}: {text or '–'}"

    def _is_new(self, note: Activity) -> bool:
        former = self.other.formers.get(("activities", note.id))
        is_left_out = former is not None and not former.is_undone
        return self.book.get(note.id, "activities") is None and not is_left_out

    def _keep_whom_others_name(self) -> None:
        """Nobody goes who is named by what stays."""
        while removed := {key for key, after in self.results.items() if after is None}:
            needed = removed & self._named_after()
            if not needed:
                return
            for table, record_id in needed:
                del self.results[table, record_id]
                said = _("It was removed there, and is needed here: it stays.")
                self._tell((table, record_id), CONFLICT, self.book.get(record_id, table), said)

    def _named_after(self) -> set[Key]:
        """Whom the records name that would be there afterwards."""
        after = self.book.after(list(self._edits()))
        records = (record for table in SCHEMAS for record in after.table(table).values())
        return {(table, other) for each in records for _field, table, other in references_of(each)}

    def _bring_back_whom_they_name(self) -> None:
        """Whoever was removed here and is named by what comes in, is there again."""
        waiting = [record for record in self.results.values() if record is not None]
        while waiting:
            for _field, table, other in references_of(waiting.pop()):
                former = self.other.formers.get((table, other))
                if former and (table, other) not in self.results and self.book.get(other, table) is None:
                    self.results[table, other] = former.record
                    waiting.append(former.record)
                    said = _("It was removed here, and is needed by what comes in: it comes back.")
                    self._tell((table, other), CONFLICT, former.record, said)

    def _leave_out_the_erased(self) -> None:
        """Whoever was erased from this book does not come back with what another copy knows of them."""
        coming = {key: record for key, record in self.results.items() if record is not None}
        if not (coming and self.book.erasures):
            return
        left, refused = sifted(self.book, [*self._strangers(coming.values()), *coming.values()])
        kept = {(table_of(record), record.id): record for record in left}
        for record, why in refused:
            key = table_of(record), record.id
            if key in coming:
                self._tell(key, CONFLICT, record, why)
        for key in coming:
            if key not in kept:
                del self.results[key]
            elif kept[key] != coming[key]:
                self.results[key] = kept[key]
                outcome = self.lines[key].outcome if key in self.lines else NEW
                self._tell(key, outcome, kept[key], _("It comes in without somebody who was erased."))

    def _strangers(self, coming: Iterable[Record]) -> list[Contact]:
        """People whom the records name and who are nowhere: perhaps they were erased."""
        ids = {other for each in coming for _f, table, other in references_of(each) if table == "contacts"}
        ids -= {record_id for table, record_id in self.results if table == "contacts"}
        today = self.now.date()
        return [Contact(each, today, each) for each in ids if self.book.get(each, "contacts") is None]

    def _edits(self) -> Iterator[Edit]:
        for (table, record_id), after in self.results.items():
            before = self.book.get(record_id, table)
            if before != after:
                yield Edit(before, after)

    def _tell(self, key: Key, outcome: str, record: Record | None, *details: str) -> None:
        name = shorten(name_of(record), 60) if record else key[1]
        self.lines[key] = Line(f"{key[0]} {key[1]}", outcome, name, details)
