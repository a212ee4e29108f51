"""Salvage: what can be read of a journal or a history line by line, damaged or not.

Damage raises nothing here. What stands in a damaged line is taken with care, and never for sure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean
from kam_tui.store import migrations
from kam_tui.store.foreign import strictly
from kam_tui.store.journal import Line, Op, is_sound
from kam_tui.store.layout import key_of

_MARK = b'{"c":"'
_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")  # as git writes them where two branches differ
_OP = re.compile(r'\["([^"\\]+)","(\d{1,18})",')


@frozen
class Row:
    """A line of a journal or a history as it stands in its file."""

    at: int
    """Its place in the file, from 1."""

    begin: int
    """Where it begins, in bytes."""

    raw: bytes
    """Its bytes, without the end of the line."""

    number: int | None
    """The number of its change; None where it is damaged, 0 where it is a journal's first line and stands
    among the others."""

    ended: bool
    """Whether it ends as kam ends a line."""

    @property
    def line(self) -> Line:
        """The line; made anew each time, so that what was read of it is not kept."""
        return Line(self.raw)


@frozen
class Gap:
    """A place in a journal or a history where changes cannot be read."""

    rows: tuple[Row, ...]
    """What stands there; empty where nothing does."""

    numbers: range
    """The changes that belong there; empty where only something else got in between."""


def rows_of(data: bytes) -> list[Row]:
    """All lines of a journal or a history."""
    rows: list[Row] = []
    begin = 0
    for at, raw in enumerate(data.split(b"\n"), 1):
        ended = begin + len(raw) < len(data)
        size = len(raw) + 1
        if raw.endswith(b"\r") and is_sound(raw[:-1]):  # as git and editors end lines on Windows
            raw, ended = raw[:-1], False
        cut = _run_together(raw)
        if cut:
            rows.append(Row(at, begin, raw[:cut], None, False))
        if ended or raw:
            rows.append(Row(at, begin + cut, raw[cut:], _number(raw[cut:]), ended))
        begin += size
    return rows


def _run_together(raw: bytes) -> int:
    """Where a sound line begins behind what is left of a damaged one; 0 where none does."""
    if is_sound(raw):
        return 0
    mark = raw.find(_MARK, 1)
    while mark > 0 and not is_sound(raw[mark:]):
        mark = raw.find(_MARK, mark + 1)
    return max(mark, 0)


def in_sequence(rows: Sequence[Row], number: int | None) -> Iterator[Row | Gap]:
    """The lines that follow change `number` (None: any), one after the other, and the gaps among them.

    A sound line that does not belong where it stands is a part of a gap, too.
    """
    lowest = _lowest_from(rows)
    bad: list[Row] = []
    for place, row in enumerate(rows):
        wanted = None if number is None else number + 1
        if not row.number or (wanted is not None and _strays(row.number, wanted, lowest[place + 1])):
            bad.append(row)
            continue
        first = wanted if wanted is not None else max(1, row.number - sum(map(_is_change, bad)))
        if bad or first < row.number:
            yield Gap(tuple(bad), range(first, row.number))
            bad = []
        yield row
        number = row.number
    if bad:
        first = (number or 0) + 1
        yield Gap(tuple(bad), range(first, first + sum(map(_is_change, bad))))


def _lowest_from(rows: Sequence[Row]) -> list[int | None]:
    """The lowest number of all sound lines from each place on."""
    lowest: list[int | None] = [None]
    for row in reversed(rows):
        found = [number for number in (row.number, lowest[-1]) if number]
        lowest.append(min(found, default=None))
    return lowest[::-1]


def _strays(number: int, wanted: int, lowest_later: int | None) -> bool:
    """Whether a line is there already, or comes before one that belongs here."""
    return number < wanted or (lowest_later is not None and wanted <= lowest_later < number)


def _is_change(row: Row) -> bool:
    """Whether a damaged line was a whole one once: what a write cut short leaves has no end, or is empty."""
    return row.ended and is_spoilt(row)


def is_spoilt(row: Row) -> bool:
    """Whether something stands in a line that was one of kam's, and cannot be read."""
    return row.number is None and bool(row.raw.strip(b"\0 \r\t")) and not row.raw.startswith(_MARKERS)


def _number(raw: bytes) -> int | None:
    if not is_sound(raw):
        return None
    try:
        return Line(raw).number
    except ValueError:
        return None


@frozen
class Told:
    """What can be read of a damaged line of a journal."""

    fields: dict[str, Any]
    """Those of `v`, `at`, `by`, `what`, `undoes` and `past` that can be read."""

    ops: tuple[Op, ...]
    """What it did, as far as that can be read and makes sense; documents of the present version."""

    @property
    def what(self) -> str:
        """What the history said of it; empty where that cannot be read."""
        return str(self.fields.get("what", ""))


_FIELDS: dict[str, type] = {"v": int, "at": str, "by": str, "what": str, "undoes": int, "past": dict}


def told_by(raw: bytes) -> Told:
    """What can be read of a damaged line, taken with care: none of it is sure."""
    text = raw.decode("utf-8", "replace")
    begin = text.find('"edits":')
    around = text if begin < 0 else text[:begin] + text[max(begin, text.rfind("],")) :]
    fields: dict[str, Any] = {}
    for name, kind in _FIELDS.items():
        found = re.search(rf'"{name}":("(?:[^"\\]|\\.)*"|\d{{1,18}}|\{{[^{{}}]*\}})', around)
        value = loaded(found[1]) if found else None
        if type(value) is kind:
            fields[name] = clean(value) if isinstance(value, str) else value
    ops: list[Op] = []
    end, version = max(0, begin), fields.get("v", migrations.SCHEMA)
    for found in _OP.finditer(text, end):
        if found.start() >= end:
            op, end = _op_at(text, found.start(), version)
            ops += [op] if op is not None else []
    return Told(fields, tuple(ops))


def _op_at(text: str, begin: int, version: int) -> tuple[Op | None, int]:
    try:
        found, end = json.JSONDecoder().raw_decode(text, begin)
        table, key, *documents = found
        before, after = (each and upgraded(table, each, version) for each in documents)
    except (ValueError, RecursionError):
        return None, begin + 1
    for document in (before, after):
        if document is not None and not is_record(table, int(key), document):
            return None, end
    return (table, int(key), before, after), end


def upgraded(table: str, document: Any, version: int) -> Any:
    """A document of the present schema version; as it is where it is none that can be brought up to it."""
    try:
        return migrations.upgrade(table, document, version)
    except (LookupError, TypeError, ValueError, AttributeError):
        return document


def is_record(table: str, key: int, document: object) -> bool:
    """Whether a document can be taken as it is, and stands at its own key."""
    if not isinstance(document, dict):
        return False
    if table not in SCHEMAS:
        return True
    try:
        return key_of(SCHEMAS[table].decode(document).id) == key
    except Invalid:
        return False


def loaded(text: str | bytes) -> Any:
    """The value of a JSON text; None where it is none, or holds what kam cannot write."""
    try:
        return strictly(text)
    except (ValueError, RecursionError):
        return None
