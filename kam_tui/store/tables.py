"""TableFile: one table file as it was at one moment, even when another one takes its place later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from kam_tui.domain.errors import Damaged
from kam_tui.i18n import _
from kam_tui.store import files, migrations
from kam_tui.store.foreign import put_in_order
from kam_tui.store.journal import Document
from kam_tui.store.layout import END, meta_of, unreadable
from kam_tui.store.sieve import sieve

_PROBE = 1024
_BLOCK = 8192
_GUESSES = 6
_SLICE = 1 << 16


class TableFile:
    """A table file that is open. What is asked for by key is found without reading the rest."""

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
        meta = meta_of(head, table)
        self.as_written = meta is not None and meta["size"] == self.stamp[1] and self._ends_well()
        """Whether it is as kam wrote it; False after an edit by hand."""
        if not (self.as_written and files.KEEPS_OPEN_FILES):
            self._data = files.read(self._fd, self.stamp[1], 0)
            self.close()
        if not self.as_written:
            self._data = put_in_order(self._data or b"", path, table)
            head = self._data[:_PROBE]
            meta = meta_of(head, table)
        if meta is None:
            raise unreadable(path)
        self.number = meta["change"]
        """The number of the last change it holds."""
        migrations.refuse_newer(meta["schema"], path)
        self.version = meta["schema"]
        """The schema version of its documents."""
        self._start = head.index(b"\n", head.index(b"\n") + 1) + 1
        self._stop = meta["size"] - len(END)
        self._highest: int | None = None

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
        floor, ceiling = 0, self.highest()
        guesses = 0
        while low < high and floor <= key <= ceiling:
            if high - low <= _BLOCK:
                return self._find_in(low, high, key)
            # Keys are spread evenly, so where one stands can be guessed; halving is for those that are not.
            share = (key - floor) / (ceiling - floor + 1) if guesses < _GUESSES else 0.5
            guesses += 1
            begin, line = self._line_at(low + int((high - low - 1) * share), low)
            found = self._key(line, begin)
            if found == key:
                return self._document(line, begin)
            if found < key:
                low, floor = begin + len(line) + 1, found
            else:
                high, ceiling = begin, found
        return None

    def highest(self) -> int:
        """The highest key, 0 in an empty table."""
        if self._highest is None:
            begin, line = self._line_at(self._stop - 2, self._start)
            self._highest = self._key(line, begin) if line else 0
        return self._highest

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
        try:
            text = body.decode()
        except UnicodeDecodeError as problem:
            raise self._damaged(3 + body.count(b"\n", 0, problem.start)) from None
        at, row = 0, 3
        while at < len(text):
            stop = text.find("\n", min(at + _SLICE, len(text) - 1))
            part = text[at : stop if stop >= 0 else None]
            yield from self._at_once(part) or self._one_by_one(part, row)
            row += part.count("\n") + 1
            at += len(part) + 1

    def _at_once(self, text: str) -> list[tuple[int, Document]] | None:
        """The documents of some lines, read as one JSON object, which takes half the time of reading
        each; None where that does not come to one for each line, and somebody has to look closer."""
        try:
            found = json.loads("{" + text.removesuffix(",") + "}")
            rows = [(int(key), document) for key, document in found.items()]
        except (ValueError, RecursionError):
            return None
        whole = len(rows) == text.count("\n") + 1 and {type(document) for _key, document in rows} == {dict}
        return rows if whole else None

    def _one_by_one(self, text: str, first: int) -> Iterator[tuple[int, Document]]:
        """The documents of some lines, the first of which is line `first`. Raises Damaged."""
        read = json.JSONDecoder().raw_decode
        for row, line in enumerate(text.split("\n"), first):
            colon = line.find(":")
            if colon < 0 and not line:
                continue
            try:
                document, end = read(line, colon + 1)
                key = int(line[1 : colon - 1])
            except (ValueError, RecursionError):
                raise self._damaged(row) from None
            if line[end:] not in ("", ",") or document.__class__ is not dict:
                raise self._damaged(row)
            yield key, document

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

    def like(self, words: Sequence[str]) -> Iterator[tuple[int, Document]]:
        """The documents that may hold all these folded words: most others are not read as JSON."""
        body, at = self._body(), 0
        lines = sieve(body, words)
        if lines is None:
            yield from self.documents()
        for line in lines or ():
            at = body.index(line, at)
            yield self._key(line, self._start + at), self._document(line, self._start + at)

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
        try:
            return files.read(self._fd if self._fd is not None else -1, stop - start, start)
        except OSError:
            with files.reading(self.path):
                raise

    def _find_in(self, low: int, high: int, key: int) -> Document | None:
        block = b"\n" + self._read(low, high)
        begin = block.find(b'\n"%d":' % key) + 1
        return self._document(block[begin : block.index(b"\n", begin)], low + begin - 1) if begin else None

    def _line_at(self, place: int, low: int) -> tuple[int, bytes]:
        """The line that holds the byte at `place`, and where it begins; `low` begins some line before."""
        reach = _PROBE
        while True:
            base, top = max(low, place - reach), min(self._stop, place + reach)
            text = self._read(base, top)
            begin = text.rfind(b"\n", 0, max(0, place - base)) + 1
            stop = text.find(b"\n", max(0, place - base))
            if (begin or base == low) and (stop >= 0 or top == self._stop):
                return base + begin, text[begin : stop if stop >= 0 else None]
            reach *= 4

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
        except (ValueError, RecursionError):
            found = None  # type: ignore[assignment]
        if found.__class__ is not dict:
            raise self._damaged(self._row(begin))
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
        return self._fd is not None and files.read(self._fd, len(END), size - len(END)) == END
