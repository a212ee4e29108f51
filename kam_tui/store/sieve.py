"""Sieve: which lines of a table file may hold some words, told from its bytes before any is read as JSON.

`Kestävä-Tuote Oy` is found by `kestava` and by `kestavatuote`: case, accents, spaces and punctuation are
taken out of the whole text at once, in one pass at the speed of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kam_tui.domain.text import fold

_PLAIN = bytes(range(128))
_MARKS = bytes(code for code in _PLAIN if not chr(code).isalnum() and code != ord("\n"))

FEW = 64
"""A text with more letters beyond ASCII than these is not sieved."""


class Sieve:
    """Some words, and the letters beyond ASCII of the texts that they were looked for in."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words` are folded; there is one at least."""
        self._rarest, *self._others = sorted((word.encode() for word in words), key=len, reverse=True)
        self._letters: frozenset[str] = frozenset()

    def rows(self, text: bytes) -> list[int] | None:
        """Which lines, counted from 0, may hold all the words; None where only reading can tell."""
        squeezed = self._squeezed(text)
        if squeezed is None:
            return None
        found: list[int] = []
        row = stop = 0
        at = squeezed.find(self._rarest)
        while at >= 0:
            begin = squeezed.rfind(b"\n", 0, at) + 1
            row += squeezed.count(b"\n", stop, begin)
            stop = squeezed.find(b"\n", at)
            if all(squeezed.find(word, begin, stop) >= 0 for word in self._others):
                found.append(row)
            at = squeezed.find(self._rarest, stop)
        return found

    def _squeezed(self, text: bytes) -> bytes | None:
        """The folded text without spaces, each line with its end; None for what `clean` would change, and
        for more than `FEW` letters beyond ASCII."""
        if b"\\" in text:
            if b"\\u" in text:
                return None
            text = re.sub(rb"\\.", b"", text)
        known = _folding(self._letters)
        if known.tells_others and _STRANGE not in (squeezed := known.of(text)):
            return squeezed
        try:
            letters = frozenset(text.translate(None, _PLAIN).decode())
        except UnicodeDecodeError:
            return None
        if len(letters) > FEW or any("\x80" <= letter <= "\x9f" for letter in letters):
            return None
        self._letters = letters | self._letters if len(letters | self._letters) <= FEW else letters
        return _folding(self._letters).of(text)


class _Folding:
    """How to fold a text whose letters beyond ASCII are these: what each byte becomes, the bytes that
    are left out, and the letters that have to be replaced one by one before.

    Of most letters the last byte alone stands for the plain letter (`ä` is C3 A4: C3 goes, A4 is `a`).
    """

    def __init__(self, letters: frozenset[str]) -> None:
        plain = {letter.encode(): fold(letter).replace(" ", "").encode() for letter in letters}
        means = {byte: b"%c" % byte for folded in plain.values() for byte in folded if byte not in _PLAIN}
        self._others: list[tuple[bytes, bytes]] = []
        for raw, folded in plain.items():
            wanted = dict.fromkeys(raw[:-1], b"") | {raw[-1]: folded}
            fits = len(folded) <= 1 and len(wanted) == len(raw)
            if fits and all(means.get(byte, to) == to for byte, to in wanted.items()):
                means |= wanted
            elif raw != folded:
                self._others.append((raw, folded))
        known = {byte for raw in plain for byte in raw}
        # Where all letters are of two bytes, and the first is the same, each second one is one letter: a
        # byte that none of them has is then the sign of another letter, and there is no other sign.
        alike = len({raw[0] for raw in plain}) == 1 and all(len(raw) == 2 for raw in plain)
        self.tells_others = alike and means.keys() <= known
        """Whether a letter that is none of these leaves `_STRANGE` in the text."""
        table = bytearray(bytes(range(128)).lower() + _STRANGE * 128)
        for byte in known:
            table[byte] = byte
        for byte, to in means.items():
            if to:
                table[byte] = to[0]
        self._table = bytes(table)
        self._gone = _MARKS + bytes(byte for byte, to in means.items() if not to)

    def of(self, text: bytes) -> bytes:
        """The folded text."""
        for raw, plain in self._others:
            text = text.replace(raw, plain)
        return text.translate(self._table, self._gone) + b"\n"


_folding = lru_cache(_Folding)
_STRANGE = b"\xff"  # no letter has this byte
