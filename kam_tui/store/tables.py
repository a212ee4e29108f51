"""TableFile: one table file as it was at one moment, even when another one takes its place later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from kam_tui.domain.errors import Damaged
from kam_tui.domain.text import Cleaner, clean, cleaner
from kam_tui.i18n import _
from kam_tui.store import files, migrations
from kam_tui.store.journal import Document, ways_out
from kam_tui.store.layout import END, meta_of, unreadable
from kam_tui.store.sieve import Sieve

_PROBE = 1024
_REACH = 1 << 12
_KEY = 32
_GUESSES = 6
# So much is made into documents at once, and so much is read at once: after every call to the system
# a thread that waits for its turn begins to wait anew, and with many of them would never have it.
_SLICE = 1 << 16
_READ = 1 << 22
# What is only searched is read in pieces that stay near the processor.
_GLANCE = 1 << 16

_decode = json.JSONDecoder().raw_decode

Part = tuple[Iterable[int], list[Document], Cleaner]
"""Keys, to be gone through once, their documents, and what cleans the texts of these."""


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
            from kam_tui.store.foreign import put_in_order

            self._data = put_in_order(self._data or b"", path, table)
            head = self._data[:_PROBE]
            meta = meta_of(head, table)
        if meta is None:
            raise unreadable(path)
        self.number = meta["change"]
        """The number of the last change it holds."""
        self.seal = meta["seal"]
        """The checksum of that change's line in the journal; 0 where it is not told."""
        migrations.refuse_newer(meta["schema"], path)
        self.version = meta["schema"]
        """The schema version of its documents."""
        self._start = head.index(b"\n", head.index(b"\n") + 1) + 1
        self._stop = meta["size"] - len(END)
        self._highest: int | None = None
        self._last: tuple[int, Document | None] = -1, None

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
        last = self._last
        if last[0] != key:
            last = self._last = key, self._search(key)
        return last[1]

    def _search(self, key: int) -> Document | None:
        low, high = self._start, self._stop
        floor, ceiling = 0, self.highest()
        guesses = 0
        while low < high and floor <= key <= ceiling:
            # Keys are spread evenly, so where one stands can be guessed; halving is for those that are not.
            share = (key - floor) / (ceiling - floor + 1) if guesses < _GUESSES else 0.5
            guesses += 1
            begin, text = self._around(low + int((high - low) * share), low, high)
            first, last = self._ends(begin, text)
            if key < first:
                high, ceiling = begin, first
            elif key > last:
                low, floor = begin + len(text), last
            else:
                at = (b"\n" + text).find(b'\n"%d":' % key)
                line = text[at:].partition(b"\n")[0]
                return self._one_by_one(line, begin + at)[0][1] if at >= 0 else None
        return None

    def highest(self) -> int:
        """The highest key, 0 in an empty table."""
        if self._highest is None:
            begin, text = self._around(self._stop, self._start, self._stop)
            self._highest = self._ends(begin, text)[1] if text else 0
        return self._highest

    def _ends(self, begin: int, text: bytes) -> tuple[int, int]:
        """The keys of the first and the last of some lines."""
        last = text.rfind(b"\n", 0, len(text) - 1) + 1
        return self._key(text[:_KEY], begin), self._key(text[last : last + _KEY], begin + last)

    def lines(self) -> list[tuple[int, bytes]]:
        """Each key with the JSON of its document, sorted by key."""
        rows: list[tuple[int, bytes]] = []
        for begin, block in self._blocks():
            for row, line in enumerate(block.split(b"\n")):
                if line:
                    rows.append((self._key(line, begin, row), line.partition(b":")[2].removesuffix(b",")))
        return rows

    def documents(self) -> Iterator[tuple[int, Document]]:
        """Each key with its document, sorted by key. Raises Damaged."""
        for keys, documents, _cleaner in self.parts():
            yield from zip(keys, documents, strict=True)

    def parts(self) -> Iterator[Part]:
        """As `documents`, some at a time, with the cheapest way to clean their texts. Raises Damaged.

        Each part takes a millisecond or so, for which other threads have to wait.
        """
        for begin, block in self._blocks():
            yield self._at_once(block) or _part(self._one_by_one(block, begin))

    def _blocks(self, read: int = _READ, part: int = _SLICE) -> Iterator[tuple[int, bytes]]:
        """The lines of documents, some at a time, with the place in the file where they begin."""
        begin, rest = self._start, b""
        for at in range(self._start, self._stop, read):
            text = self._unchanged(at, min(at + read, self._stop))
            place = 0
            while (stop := text.find(b"\n", place + part)) >= 0:
                block = rest + text[place:stop]
                yield begin, block
                begin, rest, place = begin + len(block) + 1, b"", stop + 1
            rest += text[place:]
        if rest:
            yield begin, rest.removesuffix(b"\n")

    def _at_once(self, block: bytes) -> Part | None:
        """The documents of some lines, read as one JSON object, which takes half the time of reading
        each; None where that does not come to one for each line, and somebody has to look closer."""
        try:
            text = block.decode()
            found = json.loads("".join(("{", text.removesuffix(","), "}")))
        except (ValueError, RecursionError):
            return None
        documents, keys = list(found.values()), "".join(found)
        whole = len(found) == len(BytesIO(block).readlines()) and set(map(type, documents)) == {dict}
        sound = whole and keys.isascii() and keys.isdecimal() and "" not in found
        return (map(int, found), documents, cleaner(block, text)) if sound else None

    def _one_by_one(self, block: bytes, begin: int, first: int = 0) -> list[tuple[int, Document]]:
        """The documents of some lines: from the line `first` after that at `begin`. Raises Damaged."""
        rows: list[tuple[int, Document]] = []
        for row, text in enumerate(block.split(b"\n"), first):
            if not text:
                continue
            try:
                line = text.decode()
                colon = line.find(":")
                document, end = _decode(line, colon + 1)
                key = int(line[1 : colon - 1])
            except (ValueError, RecursionError):
                raise self._damaged(begin, row) from None
            if line[end:] not in ("", ",") or document.__class__ is not dict:
                raise self._damaged(begin, row)
            rows.append((key, document))
        return rows

    def holding(self, needle: bytes) -> Iterator[tuple[int, Document]]:
        """At least the documents whose JSON, as kam writes it, has `needle`: most others are not read."""
        for begin, block in self._blocks(_GLANCE, _GLANCE // 2):
            if b"\\" in block and (b"\\u" in block or b"\\/" in block):  # somebody may spell it otherwise
                yield from self._one_by_one(block, begin)
                continue
            stop = row = 0
            while (at := block.find(needle, stop)) >= 0:
                start = block.rfind(b"\n", 0, at) + 1
                row += block.count(b"\n", stop, start)
                stop = block.find(b"\n", at) % (len(block) + 1)
                yield from self._one_by_one(block[start:stop], begin, row)

    def like(self, words: Sequence[str]) -> Iterator[tuple[int, Document]]:
        """The documents that may hold all these folded words: most others are not read as JSON."""
        sieve = Sieve(words)
        for begin, block in self._blocks(_GLANCE, _GLANCE // 2):
            rows = sieve.rows(block)
            if rows is None:
                keys, documents, _cleaner = self._at_once(block) or _part(self._one_by_one(block, begin))
                yield from zip(keys, documents, strict=True)
            lines = block.split(b"\n") if rows else []
            for row in rows or ():
                yield from self._one_by_one(lines[row], begin, row)

    def _unchanged(self, start: int, stop: int) -> bytes:
        """What stands there. Raises Damaged where somebody else has written since it was opened."""
        text = self._read(start, stop)
        with files.reading(self.path):
            stamp = self.stamp if self._fd is None else files.stamp_of(self._fd)
        if stamp[1:] != self.stamp[1:]:
            raise Damaged(
                _("{path} was written by another program while kam was reading it.").format(path=self.path),
                _("Do it again."),
            )
        return text

    def _read(self, start: int, stop: int) -> bytes:
        if self._data is not None:
            return self._data[start:stop]
        try:
            return files.read(self._fd if self._fd is not None else -1, stop - start, start)
        except OSError:
            with files.reading(self.path):
                raise

    def _around(self, place: int, low: int, high: int) -> tuple[int, bytes]:
        """Where some whole lines about a place begin, and they; it is between the begins of two others."""
        reach = _REACH
        while True:
            base, top = max(low, place - reach), min(high, place + reach)
            text = self._read(base, top)
            begin = text.find(b"\n") + 1 if base > low else 0
            end = text.rfind(b"\n") + 1 if top < high else len(text)
            if low == high or (begin < end and (begin or base == low)):
                return base + begin, text[begin:end]
            reach *= 4

    def _key(self, line: bytes, begin: int, row: int = 0) -> int:
        key = line.partition(b":")[0]
        if key[:1] + key[-1:] != b'""' or not key[1:-1].isdigit():
            raise self._damaged(begin, row)
        return int(key[1:-1])

    def _damaged(self, begin: int, row: int = 0) -> Damaged:
        """The error for the line `row` lines after that which begins at `begin`."""
        return Damaged(
            _("Line {line} of {path} is damaged.").format(
                line=self._read(0, begin).count(b"\n") + 1 + row, path=self.path
            ),
            ways_out(),
        )

    def _ends_well(self) -> bool:
        size = self.stamp[1]
        return self._fd is not None and files.read(self._fd, len(END), size - len(END)) == END


def _part(rows: list[tuple[int, Document]]) -> Part:
    return [key for key, _document in rows], [document for _key, document in rows], clean
