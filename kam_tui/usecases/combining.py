"""Combining: one record out of two versions of it, field by field, by what both were made from.

What one side alone has changed is taken over. Where both have changed the same field and it cannot
hold both, the one that is ours stays, and the other one is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_tui.domain.change import SCHEMAS, Record, table_of
from kam_tui.domain.draft import COLUMNS
from kam_tui.domain.errors import Invalid
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.reminder import DONE, SKIPPED, SNOOZED, Occurrence

_UNTOLD = ("id", "created")
_FINAL = {SNOOZED: 0, SKIPPED: 1, DONE: 2}
_ABSENT = object()


@dataclass(slots=True)
class Combined:
    """What two versions of a record come to."""

    record: Record
    """The one that holds what both have."""

    gains: list[str] = field(default_factory=list)
    """The fields that became other than ours."""

    differences: dict[str, Any] = field(default_factory=dict)
    """Field to the other value, where both have changed it and ours stays; of what no field knows, the
    key with a colon before it."""


def combine(base: Record | None, ours: Record, theirs: Record) -> Combined:
    """Our version with what theirs has changed since `base`; None where there was none, or it is not
    known: then what is empty is filled, and a list grows."""
    if isinstance(ours, Occurrence):
        return Combined(_further(base, ours, theirs))
    schema: Any = SCHEMAS[table_of(ours)]
    combined = Combined(ours)
    values: dict[str, Any] = {}
    for name, known in schema.fields.items():
        was = getattr(base, name) if base is not None else _empty(schema.defaults[name])
        pair = getattr(ours, name), getattr(theirs, name)
        if name in _UNTOLD:
            continue
        value, left = _combined(was, *pair, grows=base is not None and known.kind.multiline)
        if name == "dates_since" and all(pair):
            value, left = max(pair), _ABSENT
        if value != pair[0]:
            values[name] = value
        if left is not _ABSENT:
            combined.differences[name] = left
    extra = _combined_extra(base.extra if base is not None else {}, ours.extra, theirs.extra, combined)
    if extra != ours.extra:
        values["extra"] = extra
    try:
        combined.record = schema.change(ours, **values) if values else ours
        combined.gains = list(values)
    except Invalid:  # each may be right, and both together not
        combined.differences |= {name: getattr(theirs, name) for name in values if name != "extra"}
    return combined


def _empty(default: Any) -> Any:
    """A default where it is the lack of a value; any other is an answer as good as the next."""
    return default if default in (None, "", ()) else _ABSENT


def base_of(theirs: Record, states: Sequence[Record]) -> Record | None:
    """A record that tells what they have changed, by all the states that ours has been in; None where
    there is none.

    A value that ours has had is not their change. One that it never had is; and where ours has changed
    as well, the two meet.
    """
    if not states:
        return None
    schema: Any = SCHEMAS[table_of(theirs)]
    values: dict[str, Any] = {}
    for name in (*schema.fields, "extra"):
        had = [getattr(state, name) for state in states]
        if getattr(theirs, name) not in had:
            values[name] = next((value for value in had if value != had[-1]), had[-1])
    try:
        return schema.change(theirs, **values) if values else theirs
    except Invalid:
        return None


def _combined(base: Any, ours: Any, theirs: Any, *, grows: bool = False) -> tuple[Any, Any]:
    """The value that holds what both have, and what of theirs it does not."""
    if theirs in (base, ours):
        return ours, _ABSENT
    if ours == base:
        return theirs, _ABSENT
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return _combined_lists(base if isinstance(base, tuple) else (), ours, theirs)
    if grows and isinstance(base, str) and ours.startswith(base) and theirs.startswith(base):
        more = theirs[len(base) :]
        return ours if more in ours[len(base) :] else f"{ours}\n{more.lstrip()}", _ABSENT
    return ours, theirs


def _combined_lists(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, Any]:
    """Ours without what they took out, and with what they put in."""
    gone = [each for each in base if each not in theirs]
    new = [each for each in theirs if each not in base and each not in ours]
    known = {each.value for each in ours if isinstance(each, Labeled) and each not in gone}
    relabeled = tuple(each for each in new if isinstance(each, Labeled) and each.value in known)
    kept = [each for each in ours if each not in gone]
    return (*kept, *(each for each in new if each not in relabeled)), relabeled or _ABSENT


def _combined_extra(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], told: Combined
) -> dict[str, Any]:
    """The same for what no field knows, key by key; the columns of imports are told apart, too."""
    found = dict(ours)
    for key in dict.fromkeys([*ours, *theirs]):
        was, own, other = (each.get(key, _ABSENT) for each in (base, ours, theirs))
        if key == COLUMNS and isinstance(own, Mapping) and isinstance(other, Mapping):
            value: Any = _combined_extra(was if isinstance(was, Mapping) else {}, own, other, told)
        else:
            value, left = _combined(was, own, other)
            if isinstance(own, list) and isinstance(left, list):
                value, left = own + [each for each in left if each not in own], _ABSENT
            if left is not _ABSENT:
                told.differences[f":{key}"] = left
        if value is _ABSENT:
            found.pop(key, None)
        else:
            found[key] = value
    return found


def _further(base: Record | None, ours: Occurrence, theirs: Record) -> Record:
    """What became of one day: what was done stays done, whatever the other side thought of it."""
    if not isinstance(theirs, Occurrence) or theirs == base:
        return ours
    if ours == base:
        return theirs
    mine, other = ((_FINAL[each.state], str(each.until or "")) for each in (ours, theirs))
    return theirs if other > mine else ours
