"""Sieve: which lines of a table file may hold some words, told from its bytes before any is read as JSON.

`Kestävä-Tuote Oy` is found by `kestava` and by `kestavatuote`: case, accents, spaces and punctuation are
taken out of the whole text at once, with a few passes at the speed of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kam_tui.domain.text import fold

_PLAIN = bytes(range(128))
_MARKS = bytes(code for code in _PLAIN if not chr(code).isalnum() and code != ord("\n"))

FEW = 64
"""So many letters beyond ASCII are taken out one by one; a text with more of them is not sieved."""


def sieve(body: bytes, words: Sequence[str]) -> list[bytes] | None:
    """The lines that may hold all these folded words; None where only reading the documents can tell."""
    text = _squeezed(body)
    if text is None:
        return None
    rarest, *others = sorted((word.encode() for word in words), key=len, reverse=True)
    found: list[bytes] = []
    row = stop = 0
    at = text.find(rarest)
    lines = body.split(b"\n") if at >= 0 else []
    while at >= 0:
        begin = text.rfind(b"\n", 0, at) + 1
        row += text.count(b"\n", stop, begin)
        stop = text.find(b"\n", at)
        if all(text.find(word, begin, stop) >= 0 for word in others):
            found.append(lines[row])
        at = text.find(rarest, stop)
    return found


def _squeezed(body: bytes) -> bytes | None:
    """The folded text without spaces, line by line; None for what `clean` would change, and much script."""
    if b"\\u" in body:
        return None
    try:
        letters = set(body.translate(None, _PLAIN).decode())
    except UnicodeDecodeError:
        return None
    if len(letters) > FEW or any("\x80" <= letter <= "\x9f" for letter in letters):
        return None
    text = re.sub(rb"\\.", b"", body) if b"\\" in body else body
    text = text.translate(None, _MARKS).lower()
    for letter in letters:
        text = text.replace(letter.encode(), fold(letter).replace(" ", "").encode())
    return text
