"""Records as JSON, a contract with scripts: every field of the schema is always there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Entry, Record, table_of
from kam_tui.domain.difference import deed_of, differences
from kam_tui.domain.kinds import Labeled, Ref, Refs
from kam_tui.domain.occasion import Occasion
from kam_tui.usecases.import_plan import Line


def record_json(book: Book, record: Record) -> dict[str, Any]:
    """A record with all its fields; beside each reference, the name of what it refers to."""
    table = table_of(record)
    document: dict[str, Any] = {"table": table}
    for name, field in SCHEMAS[table].fields.items():
        value = getattr(record, name)
        document[name] = plain(value)
        if isinstance(field.kind, Refs):
            document[_name_key(name)] = [book.name_of(field.kind.table, each) for each in value]
        elif isinstance(field.kind, Ref):
            document[_name_key(name)] = book.name_of(field.kind.table, value) if value else None
    document["extra"] = plain(record.extra)
    return document


def change_json(book: Book, change: Change) -> dict[str, Any]:
    """What a verb has done: its summary, what is worth knowing of it, and each record as it is now."""
    changes = [_edit_json(book, edit) for edit in change.edits]
    return {"summary": change.summary, "notes": list(change.notes), "changes": changes}


def entry_json(book: Book, entry: Entry, undone: Mapping[int, Entry]) -> dict[str, Any]:
    """A change as the history keeps it, with each record as it was before and after."""
    taken_back = undone.get(entry.number)
    changes = [
        _edit_json(book, edit)
        | {
            "fields": [each.field for each in differences(edit, book.name_of)],
            "before": record_json(book, edit.before) if edit.before else None,
            "after": record_json(book, edit.after) if edit.after else None,
        }
        for edit in entry.change.edits
    ]
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "undoes": entry.change.undoes,
        "taken_back_by": taken_back.number if taken_back else None,
        "summary": entry.change.summary,
        "changes": changes,
    }


def plain(value: Any) -> Any:
    """A field's value in JSON's own terms; days and moments as their text."""
    if isinstance(value, Labeled):
        return {"label": value.label, "value": value.value}
    if isinstance(value, Occasion):
        return {
            "kind": value.kind,
            "label": value.label,
            "on": str(value.on),
            "lead_days": value.lead_days,
        }
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _edit_json(book: Book, edit: Edit) -> dict[str, Any]:
    return {"did": deed_of(edit), "record": record_json(book, edit.record)}


def _name_key(name: str) -> str:
    return {"account_id": "account", "contact_ids": "contacts"}.get(name, f"{name}_name")


def plan_lines_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """What becomes of each card, row or record that is to come in."""
    return [
        {"where": line.where, "outcome": line.outcome, "name": line.name, "details": list(line.details)}
        for line in lines
    ]
