"""Table files: one JSON file for each table that a stock `TinyDB(path)` opens, one document on each line.

    {"_meta":{"1":{"schema":5,"change":17,"seal":2136004985,"size":4321}},
    "accounts":{
    "12":{"id":"a-…",…},
    "57":{"id":"a-…",…}
    }}

Lines are sorted by key, so that one document of a large table is found without reading the rest.
`seal` is the checksum of the journal's line of that change, so that a file of another book, or of another
day of this one, is told from the right one. `size` is the length of the file: where it is right, the file
is as kam wrote it; where it is not, somebody else wrote it, and it is read as plain JSON and put in order
in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kam_tui.domain.errors import Damaged
from kam_tui.domain.ids import digest_of
from kam_tui.i18n import _
from kam_tui.store.journal import dumps, ways_out

META = "_meta"
"""The table that tells about the file itself; no table of a book may be called so."""

END = b"}}\n"
"""How a file ends."""

TOGETHER = 2000
"""Documents that are written at once."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-")


def key_of(record_id: str) -> int:
    """The key of a record in its table file: 52 bits of a digest, the same in every process."""
    return digest_of(record_id) >> 4


def file_name(table: str) -> str:
    """The file of a table. Its name is data: whatever could mean something to a file system is spelt out."""
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in table.encode()) + ".json"


def table_name(file: str) -> str | None:
    """The table of a file in the folder, None where it is not one."""
    stem, dot, end = file.rpartition(".")
    if not dot or end != "json" or not stem:
        return None
    table = stem
    if "%" in stem:
        from urllib.parse import unquote

        table = unquote(stem)
    return table if file_name(table) == file else None


def render(
    table: str, number: int, version: int, rows: Sequence[tuple[int, bytes]], seal: int = 0
) -> Iterator[bytes]:
    """A table file's text, in parts that are little beside a large table: these keys and JSON documents,
    which come sorted by key."""
    rest = len(END) + sum(len(str(key)) + len(b'"":,\n') + len(text) for key, text in rows) - bool(rows)
    size = 0
    while True:
        meta = {META: {"1": {"schema": version, "change": number, "seal": seal, "size": size}}}
        head = dumps(meta)[:-1] + b",\n" + dumps(table) + b":{\n"
        if len(head) + rest == size:
            break
        size = len(head) + rest
    for at in range(0, len(rows), TOGETHER):
        yield head + b",\n".join([b'"%d":%s' % row for row in rows[at : at + TOGETHER]])
        head = b",\n"
    yield b"\n" + END if rows else head + END


def seal_of(meta: Mapping[str, Any]) -> int:
    """The checksum of the change that a file ends with; 0 where it does not say."""
    return int(meta.get("seal", 0))


def unreadable(path: str, row: int | None = None) -> Damaged:
    """The error for a file that is no table file."""
    sentence = _("{path} cannot be read: it is damaged at line {line}.") if row else _("{path} is damaged.")
    return Damaged(sentence.format(path=path, line=row), ways_out())


def meta_of(head: bytes, table: str) -> dict[str, int] | None:
    """What the first lines of a file say of it: `schema`, `change`, `seal`, `size`. None where they are
    not kam's. In schema 1 and 2 there was no seal: it is 0, which fits any."""
    first, newline, rest = head.partition(b"\n")
    if not newline or not rest.startswith(dumps(table) + b":{\n"):
        return None
    try:
        meta = json.loads(first[:-1] + b"}")[META]["1"]
        return {name: int(meta[name]) for name in ("schema", "change", "size")} | {"seal": seal_of(meta)}
    except (ValueError, LookupError, TypeError):
        return None
