"""References: who reports to whom, who is where, and through whom, by the ids of the system they come from.

An id that nobody in the book has yet waits beside its record, and is settled by a later import that
brings its owner: the files of one system may come in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.fields import NOTHING
from kam_tui.i18n import _
from kam_tui.usecases.matching import Companies, People

AWAITS = "awaits"
"""Key in a record's `extra`: field to the source of a record that is not in the book yet."""


class References:
    """The references among the people and companies of a merge."""

    def __init__(self, people: People, companies: Companies) -> None:
        self.people, self.companies = people, companies

    def waiting(self) -> Iterator[Contact | Account]:
        """Every record that waits for another."""
        for records in (self.companies.records, self.people.records):
            yield from [each for each in records.values() if AWAITS in each.extra]

    def settle(
        self, record: Contact | Account, refs: Mapping[str, str]
    ) -> tuple[Contact | Account, list[str], list[str]]:
        """The record with its empty references filled as far as known, what it gained, and what waits.

        A reference that would make somebody their own superior is left out.
        """
        schema: Any = CONTACT if isinstance(record, Contact) else ACCOUNT
        values: dict[str, Any] = {}
        waits: dict[str, str] = {}
        gains: list[str] = []
        notes: list[str] = []
        awaited: Mapping[str, str] = record.extra.get(AWAITS, {})
        for name, source in (*awaited.items(), *refs.items()):
            if name in values or name not in schema.fields or getattr(record, name) is not None:
                continue
            target = (self.people if name == "reports_to" else self.companies).by_source(source)
            if target is None:
                waits.setdefault(name, source)
            elif not self._is_above(record, target):
                values[name] = target.id
                waits.pop(name, None)
                gains.append(f"{_(schema.fields[name].label)}: {target.name}")
        for name, source in waits.items():
            text = _("{field}: {id} is not in the book yet, and is filled in when it comes.")
            notes.append(text.format(field=_(schema.fields[name].label), id=source))
        extra = {key: value for key, value in record.extra.items() if key != AWAITS}
        if waits:
            extra[AWAITS] = waits
        if extra != record.extra:
            values["extra"] = extra or NOTHING
        return (replace(record, **values) if values else record), gains, notes

    def _is_above(self, record: Contact | Account, other: Contact | Account) -> bool:
        """Whether `other` is `record`, or is reached or reports through it."""
        seen: set[str] = set()
        step: Contact | Account | None = other
        while step and step.id not in seen:
            if step.id == record.id:
                return True
            seen.add(step.id)
            if isinstance(step, Contact):
                step = self.people.records.get(step.reports_to or "")
            else:
                step = self.companies.records.get(step.via or "")
        return False
