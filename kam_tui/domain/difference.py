"""Difference: what an edit did to the fields of a record, as a person reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kam_tui.domain.change import SCHEMAS, Edit, Record, table_of
from kam_tui.domain.fields import Field
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import Naming
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import N_, _

_UNTITLED = {
    "archived": N_("Archived"),
    "because": N_("Because of"),
    "created": N_("Created"),
    "dates_learnt": N_("Dates known since"),
    "dates_since": N_("Dates known since"),
    "entries": N_("Entries went as well"),
    "marks": N_("Marks"),
    "moved": N_("Moved to"),
    "names": N_("Names alone went as well"),
    "salt": N_("Key of the marks"),
    "sources": N_("Imported as"),
    "settled": N_("Settled"),
    "state": N_("State"),
    "until": N_("Until"),
    "zone": N_("By the clock of"),
}
"""What fields are called that are in no form."""

_MATTER_OF_COURSE = {"id", "created", "dates_since", "dates_learnt"}
"""Fields that every record has, so that they tell nothing of a new one."""

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
DEEDS = {ADDED: N_("added"), CHANGED: N_("changed"), REMOVED: N_("removed")}
"""What an edit can do to a record, and how it is called."""


@frozen
class Difference:
    """One field of a record, before and after."""

    field: str
    """Its name in the schema; of what no field knows, the key in `extra`."""

    label: str
    """What a person calls it."""

    before: str
    """Its value as text; empty for none."""

    after: str
    """Its value as text; empty for none."""

    def brief(self, limit: int) -> tuple[str, str]:
        """Both values on one line, of at most `limit` characters each, cut so that what differs is seen."""
        before, after = clean(self.before), clean(self.after)
        if max(len(before), len(after)) > limit:
            pairs = enumerate(zip(before, after, strict=False))
            same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
            if same > limit // 2:
                start = _word_start(before, same - limit // 4, limit // 8)
                before, after = "…" + before[start:], "…" + after[start:]
        return shorten(before, limit), shorten(after, limit)


def deed_of(edit: Edit) -> str:
    """What an edit did: one of `DEEDS`."""
    return ADDED if edit.before is None else REMOVED if edit.after is None else CHANGED


def differences(edit: Edit, naming: Naming) -> list[Difference]:
    """The fields that an edit changed, in the order of forms; of a record that was added or removed,
    all that say something."""
    schema = SCHEMAS[table_of(edit.record)]
    known = [
        Difference(name, _label(field), _shown(edit.before, field, naming), _shown(edit.after, field, naming))
        for name, field in schema.fields.items()
        if _differs(edit, field)
    ]
    return [*known, *_unknown(edit)]


def _differs(edit: Edit, field: Field) -> bool:
    if edit.before is not None and edit.after is not None:
        return bool(getattr(edit.before, field.name) != getattr(edit.after, field.name))
    schema: Any = SCHEMAS[table_of(edit.record)]
    return field.name not in _MATTER_OF_COURSE and bool(schema.show(edit.record, field, lambda _t, key: key))


def _label(field: Field) -> str:
    return _(field.label or _UNTITLED.get(field.name, field.name))


def _shown(record: Record | None, field: Field, naming: Naming) -> str:
    """A field as `Schema.show` has it, but for what is usual, which is told as well."""
    value = getattr(record, field.name) if record is not None else None
    return "" if value in (None, "", ()) else field.kind.show(value, naming)


def _unknown(edit: Edit) -> Iterator[Difference]:
    """What no field knows: columns of imports, keys of a newer kam."""
    before = edit.before.extra if edit.before is not None else {}
    after = edit.after.extra if edit.after is not None else {}
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Difference(str(key), clean(str(key)), _text(before.get(key)), _text(after.get(key)))


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, default=str)


def _word_start(text: str, near: int, reach: int) -> int:
    """Where a word begins, at most `reach` before `near`; `near` itself where none does."""
    return text.rfind(" ", max(0, near - reach), near) + 1 or near
