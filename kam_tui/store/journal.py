"""The journal: one line for each change, sealed with a checksum, numbered without a gap.

A line is `{"c":"58b0a798","n":18,"v":1,…}`: `c` is the CRC-32 of all that follows it, `n` the
number of the change, `v` the schema version of its documents. The first line is the head, whose
number is that of the last change the tables hold.
"""

from __future__ import annotations

import json
from typing import Any
from zlib import crc32

from kam_tui.domain.errors import Damaged
from kam_tui.domain.frozen import frozen
from kam_tui.i18n import _

Document = dict[str, Any]
"""One record as JSON has it."""

Op = tuple[str, int, Document | None, Document | None]
"""Table, key, the document before (None: there was none) and after (None: it is removed)."""


@frozen
class Past:
    """Where the changes before those of a journal are."""

    file: str
    """Name of the file in the book's folder."""

    size: int
    """How many of its bytes count."""


_MARK = b'{"c":"'
_HEADLESS = 16
# In schema 1 the history was always called so, and a head said its size alone.
_FIRST_PAST = "history.jsonl"


class Line:
    """One line of the journal. Its text is only read when somebody asks for more than its number."""

    __slots__ = ("_fields", "number", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        """The line as it is in the file, without its end."""
        start = _HEADLESS + len(b'"n":')
        self.number = int(raw[start : raw.index(b",", start)])
        """The number of the change."""
        self._fields: dict[str, Any] | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """All that the line says, by name."""
        if self._fields is None:
            self._fields = json.loads(self.raw)
        return self._fields

    @property
    def version(self) -> int:
        """The schema version of its documents."""
        return int(self.fields["v"])

    @property
    def past(self) -> Past | None:
        """Where the changes before it are, from here on: a head says so, and an erasure."""
        if b'"past":' in self.raw and isinstance(found := self.fields.get("past"), dict):
            return Past(found["file"], found["size"])
        if b'"history":' in self.raw and isinstance(size := self.fields.get("history"), int):
            return Past(_FIRST_PAST, size)
        return None

    @property
    def ops(self) -> list[Op]:
        """What it does, in order. Where a record was erased, neither before nor after is told."""
        return [(table, int(key), before, after) for table, key, before, after in self.fields["edits"]]

    def touches(self, table: str) -> bool:
        """False when it surely does nothing to a table."""
        return self._fields is not None or b"[" + dumps(table) + b',"' in self.raw


def seal(fields: dict[str, Any]) -> bytes:
    """The line that says `fields`, the number first. Raises ValueError for what JSON cannot hold."""
    rest = dumps(fields)[1:]
    return b'%s%08x",%s' % (_MARK, crc32(rest), rest)


def dumps(value: object) -> bytes:
    """Compact JSON in UTF-8. Raises ValueError or TypeError for what JSON cannot hold."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def is_sound(raw: bytes) -> bool:
    """Whether a line is whole and its checksum right."""
    return len(raw) > _HEADLESS and raw[:_HEADLESS] == b'%s%08x",' % (_MARK, crc32(raw[_HEADLESS:]))


@frozen
class Scan:
    """What a stretch of a journal holds."""

    lines: tuple[Line, ...]
    """The sound lines, in order."""

    length: int
    """How many bytes they take, ends of lines included."""


def scan(data: bytes, path: str, number: int | None = None, row: int = 1) -> Scan:
    """Read lines that follow change `number` (None: the first is a head) and begin at line `row`.

    What is left of a write that was cut short stays at the end and is not counted. Raises Damaged
    for a bad line that more lines follow, and for a change that is missing or there twice.
    """
    lines: list[Line] = []
    at = 0
    while at < len(data):
        stop = data.find(b"\n", at)
        raw = data[at:stop]
        if stop < 0 or not is_sound(raw):
            if data.find(b"\n" + _MARK, at) >= 0:
                raise damaged_line(path, row + len(lines))
            break
        line = Line(raw)
        if number is not None and line.number != number + 1:
            raise Damaged(
                _("Line {line} of {path} is change {found}, where change {wanted} belongs.").format(
                    line=row + len(lines), path=path, found=line.number, wanted=number + 1
                ),
                _("Nothing was changed. Put the file back from a backup."),
            )
        number = line.number
        lines.append(line)
        at = stop + 1
    return Scan(tuple(lines), at)


def damaged_line(path: str, row: int) -> Damaged:
    """The error for a line that is not as it was written."""
    return Damaged(
        _("Line {line} of {path} is damaged.").format(line=row, path=path),
        _("Nothing was changed. Put the file back from a backup."),
    )
