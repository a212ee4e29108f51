"""The file of a person: everything the book holds about somebody, as one JSON document they can be given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from kam_tui.cli.records import entry_json, record_json
from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Change, Edit, Entry, Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.progress import Progress
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.usecases.erasing import Erasing
from kam_tui.usecases.redacting import Person
from kam_tui.usecases.undo import undone

FORMAT = "kam-person"
"""What the file says it is."""

VERSION = 1
"""Version of its layout."""


def person_json(session: Session, plan: Erasing, progress: Progress) -> dict[str, Any]:
    """All that an erasure would take: the records about them, with them and naming them, with the changes
    that touched any of it, and the backups they are in. Raises Stopped."""
    book, person = session.read(), plan.person
    records = [*plan.removed, *(edit.before for edit in plan.changed if edit.before)]
    parts: dict[str, list[Record]] = {
        "entries": [r for r in records if isinstance(r, Activity) and person.id in r.contact_ids],
        "reminders": [r for r in records if isinstance(r, Reminder) and person.id in r.contact_ids],
        "promises": [r for r in records if isinstance(r, Promise) and person.id in r.contact_ids],
        "occurrences": [r for r in records if isinstance(r, Occurrence)],
        "reports": [r for r in records if isinstance(r, Contact) and r.reports_to == person.id],
    }
    told = {person.id, *(record.id for some in parts.values() for record in some)}
    parts["mentions"] = [record for record in records if record.id not in told]
    undoers = undone(session.undoing())
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported": session.now().isoformat(timespec="seconds"),
        "person": record_json(book, plan.removed[0]),
        **{name: [record_json(book, record) for record in some] for name, some in parts.items()},
        "history": [entry_json(book, entry, undoers) for entry in _history(session, plan, told, progress)],
        "copies": [{"file": copy.path, "why": copy.why} for copy in session.copies(plan, progress)],
    }


def _history(session: Session, plan: Erasing, ids: Collection[str], progress: Progress) -> Iterator[Entry]:
    """The changes that touched any of it, each with those of its edits alone that did."""
    ways = [each.value for v in plan.person.versions for each in (*v.emails, *v.phones)]
    names = [version.name for version in plan.person.versions]
    told = session.history(sorted({*ids, *ways, *names}))
    for entry in progress.over(_("Looking through the history"), told, 0):
        change = entry.change
        edits = tuple(edit for edit in change.edits if _speaks_of(edit, plan.person))
        if edits or plan.person.signs.are_in(change.summary):
            yield replace(entry, change=Change(change.summary, edits, change.undoes))


def _speaks_of(edit: Edit, person: Person) -> bool:
    return any(side is not None and person.kept(side) is not side for side in (edit.before, edit.after))
