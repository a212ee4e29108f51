"""Steady: text for a column, in signs that every terminal gives the same width, cut between letters alone.

A terminal draws a flag, a family of emoji or a sign with a skin tone in one, two or four cells, as its tables
are old or new; one line of a list with such a sign would be out of line with the others. So a list shows the
plain sign that all of them agree on. The page of the record has the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

_UNSTEADY = "\u200d\ufe0e\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_HAS_UNSTEADY = re.compile(f"[{_UNSTEADY}]")
_JOINED = re.compile(r"(?<=[\u2190-\u2bff\U0001f000-\U0001faff])[\ufe0f\U0001f3fb-\U0001f3ff]*\u200d.")
"""What a joiner adds to an emoji. In scripts that join letters, it stays."""

_EXTRAS = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""Ways to draw the sign before: as a picture or a letter, on a key cap, with a skin tone, with a tag."""

_LETTERS = {0x1F1E6 + at: chr(ord("A") + at) for at in range(26)}
"""What the two halves of a flag stand for: the letters of a country."""


def steady(text: str) -> str:
    """The text in signs whose width all terminals agree on, as far as there are such."""
    if text.isascii() or not _HAS_UNSTEADY.search(text):
        return text
    while (joined := _JOINED.sub("", text)) != text:
        text = joined
    return _EXTRAS.sub("", text).translate(_LETTERS)


def clusters(text: str) -> Iterator[str]:
    """What a person takes for one letter each: a sign, its accents and vowel signs, what is joined to it."""
    start = 0
    for at in range(1, len(text)):
        if not _belongs(text[at - 1], text[at]):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _belongs(before: str, sign: str) -> bool:
    """Whether a sign is drawn as part of the one before it."""
    if sign < "\u0300":
        return False
    if before == "\u200d" or sign in "\u200c\u200d" or unicodedata.category(sign) in ("Mn", "Mc", "Me"):
        return True
    # A consonant under a virama (canonical class 9) is one sign with the one above it.
    return unicodedata.combining(before) == 9 and unicodedata.category(sign) == "Lo"


def cut(text: str, width: int) -> str:
    """As many whole letters from the beginning of a steady text as have room in `width` cells."""
    if text.isascii():
        return text[: max(0, width)]
    kept, room = [], width
    for cluster in clusters(text):
        room -= cell_len(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept)
