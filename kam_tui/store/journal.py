"""The journal: one line for each change, sealed with a checksum, numbered without a gap.

A line is `{"c":"58b0a798","n":18,"v":1,…}`: `c` is the CRC-32 of all that follows it, `n` the
number of the change, `v` the schema version of its documents. The first line is the head, whose
number is that of the last change the tables hold.
"""

from __future__ import annotations

import json
from functools import lru_cache
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


DUE = 256 * 1024
"""Bytes of journal from which on folding it into the tables is worth while."""

_MARK = b'{"c":"'
_HEADLESS = 16
# In schema 1 the history was always called so, and a head said its size alone.
_FIRST_PAST = "history.jsonl"


class Line:
    """One line of the journal. Its text is only read when somebody asks for more than its number."""

    __slots__ = ("_fields", "number", "raw")

    def __init__(self, raw: bytes, number: int | None = None, fields: dict[str, Any] | None = None) -> None:
        """`number` is that of the change, and `fields` what it says, where that is known already."""
        self.raw = raw
        """The line as it is in the file, without its end."""
        self.number = _number(raw) if number is None else number
        """The number of the change."""
        self._fields = fields

    @property
    def fields(self) -> dict[str, Any]:
        """All that the line says, by name."""
        if self._fields is None:
            self._fields = json.loads(self.raw)
        return self._fields

    @property
    def seal(self) -> int:
        """Its checksum, by which a table file tells that it holds this change and no other."""
        return int(self.raw[len(_MARK) : len(_MARK) + 8], 16)

    @property
    def version(self) -> int:
        """The schema version of its documents."""
        if self._fields is not None:
            return int(self._fields["v"])
        at = self.raw.index(b",", _HEADLESS) + 1
        if self.raw.startswith(b'"v":', at):  # as `Folder.write` has it: the rest may be large
            return int(self.raw[at + 4 : self.raw.index(b",", at)])
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
        return mark_of(table) in self.raw


def mark_of(table: str, key: int | None = None) -> bytes:
    """What stands in every line that does something to a table, or to one document of it."""
    return _begin_of(table) + (b"" if key is None else b'%d",' % key)


@lru_cache
def _begin_of(table: str) -> bytes:
    return dumps([table])[:-1] + b',"'


def seal(fields: dict[str, Any]) -> bytes:
    """The line that says `fields`, the number first. Raises ValueError for what JSON cannot hold."""
    rest = dumps(fields)[1:]
    return b'%s%08x",%s' % (_MARK, crc32(rest), rest)


def dumps(value: object) -> bytes:
    """Compact JSON in UTF-8, with the halves of letters escaped. Raises ValueError or TypeError for what JSON
    cannot hold."""
    return _ENCODER.encode(value).encode(errors="backslashreplace")


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"))


def is_sound(raw: bytes) -> bool:
    """Whether a line is whole and its checksum right."""
    return len(raw) > _HEADLESS and raw[:_HEADLESS] == b'{"c":"%08x",' % crc32(raw[_HEADLESS:])


def _number(raw: bytes) -> int:
    start = _HEADLESS + len(b'"n":')
    return int(raw[start : raw.index(b",", start)])


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
    for a bad line that more lines follow or that was a whole one, and for a change that is missing or there
    twice.
    """
    lines: list[Line] = []
    at = 0
    for raw in data.split(b"\n")[:-1]:
        if not is_sound(raw):
            if _is_whole(raw) or _is_followed(data, at):
                raise damaged_line(path, row + len(lines))
            break
        wanted = _number(raw) if number is None else number + 1
        if not raw.startswith(b'"n":%d,' % wanted, _HEADLESS):
            raise Damaged(
                _("Line {line} of {path} is change {found}, where change {wanted} belongs.").format(
                    line=row + len(lines), path=path, found=_number(raw), wanted=wanted
                ),
                ways_out(),
            )
        number = wanted
        lines.append(Line(raw, number))
        at += len(raw) + 1
    return Scan(tuple(lines), at)


def _is_whole(raw: bytes) -> bool:
    """Whether a bad line was a whole one once, and spoilt later: a write that was cut short leaves its
    beginning, or zeros in the place of what was not written."""
    return (raw.startswith(_MARK) or raw.endswith(b"}")) and b"\0" not in raw


def _is_followed(data: bytes, at: int) -> bool:
    """Whether more lines come after the bad one at `at`, or are run together with it: what a write that
    was cut short leaves is the last thing."""
    mark = data.find(_MARK, at + 1)
    while mark >= 0:
        stop = data.find(b"\n", mark)
        if data[mark - 1 : mark] == b"\n" or (stop >= 0 and is_sound(data[mark:stop])):
            return True
        mark = data.find(_MARK, mark + 1)
    return False


def ways_out() -> str:
    """What to do about a damaged file."""
    return _(
        "Nothing was changed. kam doctor --repair mends what can be mended, "
        "and kam restore goes back to a backup."
    )


def damaged_line(path: str, row: int) -> Damaged:
    """The error for a line that is not as it was written."""
    return Damaged(
        _("Line {line} of {path} is damaged.").format(line=row, path=path),
        ways_out(),
    )
