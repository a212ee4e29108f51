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


def sieve(text: bytes, words: Sequence[str]) -> list[int] | None:
    """Which lines, counted from 0, may hold all these folded words; None where only reading can tell."""
    squeezed = _squeezed(text)
    if squeezed is None:
        return None
    rarest, *others = sorted((word.encode() for word in words), key=len, reverse=True)
    found: list[int] = []
    row = stop = 0
    at = squeezed.find(rarest)
    while at >= 0:
        begin = squeezed.rfind(b"\n", 0, at) + 1
        row += squeezed.count(b"\n", stop, begin)
        stop = squeezed.find(b"\n", at)
        if all(squeezed.find(word, begin, stop) >= 0 for word in others):
            found.append(row)
        at = squeezed.find(rarest, stop)
    return found


def _squeezed(text: bytes) -> bytes | None:
    """The folded text without spaces, each line with its end; None for what `clean` would change, and for
    more than `FEW` letters beyond ASCII."""
    if b"\\" in text:
        if b"\\u" in text:
            return None
        text = re.sub(rb"\\.", b"", text)
    try:
        letters = frozenset(text.translate(None, _PLAIN).decode())
    except UnicodeDecodeError:
        return None
    if len(letters) > FEW or any("\x80" <= letter <= "\x9f" for letter in letters):
        return None
    table, gone, others = _folding(letters)
    for raw, plain in others:
        text = text.replace(raw, plain)
    return text.translate(table, gone) + b"\n"


@lru_cache
def _folding(letters: frozenset[str]) -> tuple[bytes, bytes, list[tuple[bytes, bytes]]]:
    """How to fold a text whose letters beyond ASCII are these: what each byte becomes, the bytes that
    are left out, and the letters that have to be replaced one by one before.

    Of most letters the last byte alone stands for the plain letter (`ä` is C3 A4: C3 goes, A4 is `a`).
    """
    plain = {letter.encode(): fold(letter).replace(" ", "").encode() for letter in letters}
    means = {byte: b"%c" % byte for folded in plain.values() for byte in folded if byte not in _PLAIN}
    others: list[tuple[bytes, bytes]] = []
    for raw, folded in plain.items():
        wanted = dict.fromkeys(raw[:-1], b"") | {raw[-1]: folded}
        fits = len(folded) <= 1 and len(wanted) == len(raw)
        if fits and all(means.get(byte, to) == to for byte, to in wanted.items()):
            means |= wanted
        elif raw != folded:
            others.append((raw, folded))
    table = bytearray(bytes(range(256)).lower())
    for byte, to in means.items():
        if to:
            table[byte] = to[0]
    return bytes(table), _MARKS + bytes(byte for byte, to in means.items() if not to), others
