"""Sheet: a table file as it is, line by line, damaged or not. Damage raises nothing here."""

from __future__ import annotations

import re

from kam_tui.domain.errors import Damaged
from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean, shorten
from kam_tui.store import migrations
from kam_tui.store.care.salvage import loaded, upgraded
from kam_tui.store.foreign import put_in_order
from kam_tui.store.journal import Document, dumps
from kam_tui.store.layout import END, meta_of

SHOWN = 60
"""Characters that are shown of a text out of a damaged line."""

_HEAD = 1024
_ENTRY = re.compile(rb'"(\d{1,18})":(\{.*\}),?', re.DOTALL)
_KEY = re.compile(rb'"(\d{1,18})":')
_META = {name: re.compile(rb'"%s"\s*:\s*(\d{1,18})' % name.encode()) for name in ("schema", "change")}
_CALLED = re.compile(rb'"(?:name|text)":"((?:[^"\\]|\\.)*)')


@frozen
class Entry:
    """A line of a table file as it stands there."""

    at: int
    """Its place in the file, from 1."""

    raw: bytes
    """Its bytes."""

    key: int | None
    """The key, where it can be read."""

    document: Document | None
    """The document, where it can be read."""

    @property
    def called(self) -> str:
        """What the document is about, as far as that can be read: its name, or how its text begins."""
        found = _CALLED.search(self.raw)
        value = loaded(f'"{found[1].decode("utf-8", "replace")}"') if found else ""
        return shorten(clean(str(value or "")), SHOWN)


class Sheet:
    """A table file as it is."""

    def __init__(self, path: str, table: str, data: bytes) -> None:
        """Raises TooNew for one of a newer kam."""
        self.path = path
        """Where it is."""
        self.table = table
        """The table it holds."""
        meta = meta_of(data[:_HEAD], table)
        self.as_written = meta is not None and meta["size"] == len(data) and data.endswith(END)
        """Whether it is as kam wrote it, as far as its size tells."""
        self.has_end = data.rstrip(b"\r\n ").endswith(END.strip())
        """Whether the end of the file is there."""
        self.refusal = ""
        """Why it cannot be read as a whole; empty where it can be."""
        if not self.as_written:
            data = self._in_order(data)
            meta = None if self.refusal else meta_of(data[:_HEAD], table)
        told = {name: pattern.search(data, 0, _HEAD) for name, pattern in _META.items()}
        found = meta or {name: int(number[1]) for name, number in told.items() if number}
        self.number = found.get("change") or (0 if self.as_written else None)
        """The number of the last change that it holds, where that can be read."""
        self.seal = found.get("seal", 0)
        """The checksum of that change; 0 where it is not told."""
        self.version = found.get("schema", migrations.SCHEMA)
        """The schema version of its documents."""
        migrations.refuse_newer(self.version, path)
        lines = enumerate(data.split(b"\n"), 1)
        self.entries = [_entry(at, raw) for at, raw in lines if not _is_frame(at, raw, table)]
        """Its documents, line by line."""

    @property
    def documents(self) -> dict[int, Document]:
        """Key to document, of the present schema version; those that can be read."""
        return {
            entry.key: upgraded(self.table, entry.document, self.version)
            for entry in self.entries
            if entry.key is not None and entry.document is not None
        }

    @property
    def is_readable(self) -> bool:
        """Whether any of it is."""
        return not self.refusal or any(entry.document is not None for entry in self.entries)

    def _in_order(self, data: bytes) -> bytes:
        """What somebody else wrote: in order where it is JSON, else as it is."""
        try:
            return put_in_order(data, self.path, self.table)
        except Damaged as problem:
            self.refusal = str(problem)
            return data


def name_of_document(document: Document) -> str:
    """What to call a document: its name, or how its text begins, else its id."""
    called = (document.get(name) for name in ("name", "text", "id"))
    return shorten(clean(next((each for each in called if isinstance(each, str) and each), "?")), SHOWN)


def _is_frame(at: int, raw: bytes, table: str) -> bool:
    """Whether a line is none of a document: the beginning and the end of a table file."""
    return raw.strip(b"{} \r\n") in (b"", dumps(table) + b":") or (at < 3 and not _KEY.match(raw))


def _entry(at: int, raw: bytes) -> Entry:
    raw = raw.removesuffix(b"\r")
    found = _ENTRY.fullmatch(raw)
    document = loaded(found[2]) if found else None
    if found and isinstance(document, dict):
        return Entry(at, raw, int(found[1]), document)
    key = _KEY.match(raw)
    return Entry(at, raw, int(key[1]) if key else None, None)
