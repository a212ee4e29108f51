"""Table files: one JSON file for each table that a stock `TinyDB(path)` opens, one document on each line.

    {"_meta":{"1":{"schema":1,"change":17,"size":4321}},
    "accounts":{
    "12":{"id":"a-…",…},
    "57":{"id":"a-…",…}
    }}

Lines are sorted by key, so that one document of a large table is found without reading the rest.
`size` is the length of the file: where it is right, the file is as kam wrote it; where it is not,
somebody else wrote it, and it is read as plain JSON and put in order in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Damaged
from kam_tui.i18n import _
from kam_tui.store import files, migrations
from kam_tui.store.journal import Document, dumps

META = "_meta"
"""The table that tells about the file itself; no table of a book may be called so."""

_END = b"}}\n"
_PROBE = 1024
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-")


def key_of(record_id: str) -> int:
    """The key of a record in its table file: 52 bits of a digest, the same in every process."""
    return int.from_bytes(blake2b(record_id.encode(), digest_size=7).digest(), "big") >> 4


def file_name(table: str) -> str:
    """The file of a table. Its name is data: whatever could mean something to a file system is spelt out."""
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in table.encode()) + ".json"


def table_name(file: str) -> str | None:
    """The table of a file in the folder, None where it is not one."""
    stem, dot, end = file.rpartition(".")
    if not dot or end != "json" or not stem:
        return None
    from urllib.parse import unquote

    table = unquote(stem) if "%" in stem else stem
    return table if file_name(table) == file else None


class TableFile:
    """One table file as it was at one moment, even when another one takes its place later."""

    def __init__(self, path: str, table: str) -> None:
        """Open it. Raises FileNotFoundError, and Damaged where it is no table file."""
        self.path = path
        """Where it is."""
        self.table = table
        """The table it holds."""
        self._data: bytes | None = None
        self._fd: int | None = files.open_read(path)
        self.stamp = files.stamp_of(self._fd)
        """What tells that it has been written since."""
        head = files.read(self._fd, _PROBE, 0)
        meta = _meta_of(head, table)
        self.as_written = meta is not None and meta["size"] == self.stamp[1] and self._ends_well()
        """Whether it is as kam wrote it; False after an edit by hand."""
        if not (self.as_written and files.KEEPS_OPEN_FILES):
            self._data = files.read(self._fd, self.stamp[1], 0)
            self.close()
        if not self.as_written:
            self._data = _put_in_order(self._data or b"", path, table)
            head = self._data[:_PROBE]
            meta = _meta_of(head, table)
        if meta is None:
            raise unreadable(path)
        self.number = meta["change"]
        """The number of the last change it holds."""
        migrations.refuse_newer(meta["schema"], path)
        self.version = meta["schema"]
        """The schema version of its documents."""
        self._start = head.index(b"\n", head.index(b"\n") + 1) + 1
        self._stop = meta["size"] - len(_END)

    def close(self) -> None:
        """Let go of the file."""
        fd, self._fd = self._fd, None
        if fd is not None:
            files.close(fd)

    def __del__(self) -> None:
        if getattr(self, "_fd", None) is not None:
            self.close()

    def find(self, key: int) -> Document | None:
        """The document with this key: a few short reads, whatever the size of the file."""
        low, high = self._start, self._stop
        while low < high:
            begin, line = self._line_at((low + high) // 2, low)
            found = self._key(line, begin)
            if found == key:
                return self._document(line, begin)
            if found < key:
                low = begin + len(line) + 1
            else:
                high = begin
        return None

    def highest(self) -> int:
        """The highest key, 0 in an empty table."""
        if self._start >= self._stop:
            return 0
        begin, line = self._line_at(self._stop - 2, self._start)
        return self._key(line, begin)

    def lines(self) -> list[tuple[int, bytes]]:
        """Each key with the JSON of its document, sorted by key."""
        rows: list[tuple[int, bytes]] = []
        for row, line in enumerate(self._body().split(b"\n"), 3):
            if not line:
                continue
            key, mark, text = line.partition(b":")
            if not mark or key[:1] + key[-1:] != b'""':
                raise self._damaged(row)
            rows.append((self._int(key[1:-1], row), text[:-1] if text.endswith(b",") else text))
        return rows

    def documents(self) -> Iterator[tuple[int, Document]]:
        """Each key with its document, sorted by key. Raises Damaged."""
        body = self._body()
        loads = json.loads
        for row, line in enumerate(body.decode("utf-8", "surrogateescape").split("\n"), 3):
            if not line:
                continue
            key, _mark, text = line.partition(":")
            try:
                document = loads(text[:-1] if text.endswith(",") else text)
                yield int(key[1:-1]), document
            except (ValueError, RecursionError):
                raise self._damaged(row) from None

    def holding(self, needle: bytes) -> Iterator[tuple[int, Document]]:
        """The documents whose text contains `needle`: the others are not read as JSON."""
        body = self._body()
        at = body.find(needle)
        while at >= 0:
            begin = body.rfind(b"\n", 0, at) + 1
            stop = body.find(b"\n", at)
            line = body[begin:stop]
            yield self._key(line, self._start + begin), self._document(line, self._start + begin)
            at = body.find(needle, stop)

    def _body(self) -> bytes:
        body = self._read(self._start, self._stop)
        if self._fd is not None and files.stamp_of(self._fd)[1:] != self.stamp[1:]:
            raise Damaged(
                _("{path} was written by another program while kam was reading it.").format(path=self.path),
                _("Do it again."),
            )
        return body

    def _read(self, start: int, stop: int) -> bytes:
        if self._data is not None:
            return self._data[start:stop]
        with files.reading(self.path):
            return files.read(self._fd if self._fd is not None else -1, stop - start, start)

    def _line_at(self, place: int, low: int) -> tuple[int, bytes]:
        """The line that holds the byte at `place`, and where it begins; `low` begins some line before."""
        begin = place
        while begin > low:
            step = max(low, begin - _PROBE)
            newline = self._read(step, begin).rfind(b"\n")
            begin = step
            if newline >= 0:
                begin += newline + 1
                break
        text = b""
        while b"\n" not in text and begin + len(text) < self._stop:
            reach = begin + 2 * len(text) + _PROBE
            text += self._read(begin + len(text), min(self._stop, reach))
        return begin, text.partition(b"\n")[0]

    def _key(self, line: bytes, begin: int) -> int:
        key, mark, _text = line.partition(b":")
        if not mark or key[:1] + key[-1:] != b'""':
            raise self._damaged(self._row(begin))
        return self._int(key[1:-1], None, begin)

    def _int(self, text: bytes, row: int | None, begin: int = 0) -> int:
        if not text.isdigit():
            raise self._damaged(row or self._row(begin))
        return int(text)

    def _document(self, line: bytes, begin: int) -> Document:
        text = line.partition(b":")[2]
        try:
            found: Document = json.loads(text[:-1] if text.endswith(b",") else text)
        except ValueError:
            raise self._damaged(self._row(begin)) from None
        return found

    def _row(self, begin: int) -> int:
        return self._read(0, begin).count(b"\n") + 1

    def _damaged(self, row: int) -> Damaged:
        return Damaged(
            _("Line {line} of {path} is damaged.").format(line=row, path=self.path),
            _("Nothing was changed. Put the file back from a backup."),
        )

    def _ends_well(self) -> bool:
        size = self.stamp[1]
        return self._fd is not None and files.read(self._fd, len(_END), size - len(_END)) == _END


def render(table: str, number: int, version: int, rows: Iterable[tuple[int, bytes]]) -> list[bytes]:
    """A table file's text, in parts: these keys and JSON documents, which come sorted by key."""
    lines = [b'"%d":%s' % row for row in rows]
    body = [b",\n".join(lines), b"\n"] if lines else []
    rest = len(_END) + sum(map(len, body))
    size = 0
    while True:
        meta = {META: {"1": {"schema": version, "change": number, "size": size}}}
        head = dumps(meta)[:-1] + b",\n" + dumps(table) + b":{\n"
        if len(head) + rest == size:
            return [head, *body, _END]
        size = len(head) + rest


def unreadable(path: str, row: int | None = None) -> Damaged:
    """The error for a file that is no table file."""
    sentence = _("{path} cannot be read: it is damaged at line {line}.") if row else _("{path} is damaged.")
    return Damaged(
        sentence.format(path=path, line=row), _("Nothing was changed. Put the file back from a backup.")
    )


def _meta_of(head: bytes, table: str) -> dict[str, int] | None:
    first, newline, rest = head.partition(b"\n")
    if not newline or not rest.startswith(dumps(table) + b":{\n"):
        return None
    try:
        meta = json.loads(first[:-1] + b"}")[META]["1"]
        return {name: int(meta[name]) for name in ("schema", "change", "size")}
    except (ValueError, LookupError, TypeError):
        return None


def _put_in_order(data: bytes, path: str, table: str) -> bytes:
    """The text kam would have written for a file that somebody else wrote."""
    try:
        tables = json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise unreadable(path, problem.lineno) from None
    except (ValueError, RecursionError):
        raise unreadable(path) from None
    except KeyError as twice:
        raise Damaged(
            _("{path} has the key {key} twice.").format(path=path, key=twice.args[0]),
            _("Nothing was changed. Remove or rename one of the two."),
        ) from None
    documents = tables.get(table, {}) if isinstance(tables, dict) else None
    if not isinstance(documents, dict) or not tables.keys() <= {META, table}:
        raise unreadable(path)
    try:
        meta = tables[META]["1"]
        number, version = int(meta["change"]), int(meta["schema"])
    except (LookupError, ValueError, TypeError):
        number, version = 0, migrations.SCHEMA
    migrations.refuse_newer(version, path)
    rows: dict[int, bytes] = {}
    for old_key, document in documents.items():
        key = _proper_key(table, old_key, document)
        if key is None or key in rows:
            raise Damaged(
                _("{path}: the document {key} has no id, or one that another document has.").format(
                    path=path, key=old_key
                ),
                _("Nothing was changed. Give it an id of its own, or put the file back from a backup."),
            )
        rows[key] = dumps(document)
    return b"".join(render(table, number, version, sorted(rows.items())))


def _proper_key(table: str, key: str, document: Any) -> int | None:
    if not isinstance(document, dict) or not key.isdecimal():
        return None
    if table not in SCHEMAS:
        return int(key)
    record_id = document.get("id")
    return key_of(record_id) if isinstance(record_id, str) and record_id else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise KeyError(next(key for key, _value in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)
