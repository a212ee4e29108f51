"""Text from people and files: made harmless for a terminal, and folded for comparison.

User text is data. It is cleaned when it comes in (so that the book is clean) and again when it
goes out (so that a hand-edited book cannot drive a terminal).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Whole sequences first (ECMA-48: CSI, OSC/DCS/APC/PM/SOS strings, two-byte escapes), so that their
# payload does not stay behind as text; then every remaining C0 and C1 control, bidi control
# (Unicode TR36), line/paragraph separator and byte-order mark. ZWJ and ZWNJ stay: emoji, Persian
# and Indic scripts need them. Compiled when first met: most text never needs them.
_SEQUENCES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
    r"|\x1b[ -/]*[0-~]"
)
_CONTROLS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
_BREAKS = "\r\n?|[\u2028\u2029\x85\x0b\x0c]"
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def clean(text: str, *, multiline: bool = False) -> str:
    """`text` in NFC without terminal control sequences, control or bidi characters.

    Several lines are kept as lines (with tabs) when `multiline`; otherwise all white space
    becomes single spaces. The ends are trimmed. Lone surrogates become question marks.
    """
    printable = text.isprintable()  # which no control, format or separator character is, but the space
    if not printable:
        text = text.encode("utf-8", "replace").decode()
        text = re.sub(_SEQUENCES, "", text)
        text = re.sub(_BREAKS, "\n", text)
        text = re.sub(_CONTROLS, "", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if multiline and printable:
        return text.strip(" ")
    if multiline:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n ")
    return " ".join(text.split())


def plain(text: str) -> str:
    """`text` without case and accents, for finding one text in another: `Łódź` is `lodz`."""
    text = text.casefold()
    if text.isascii():
        return text
    # Taken apart, `№` has a capital again, and `ǿ` a letter of the table.
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_UNDECOMPOSED)
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` for comparison: no case, no accents, no punctuation but what separates words.

    `Åkeström Oy` and `akestrom oy` fold to the same. Never shown, never stored.
    """
    return "".join(c if c.isalnum() else " " for c in plain(text)).strip()


def words_of(text: str) -> list[str]:
    """The folded words of `text`."""
    return fold(text).split()


def shorten(text: str, limit: int) -> str:
    """The first line of `text`, at most `limit` characters, cut at a word with an ellipsis."""
    line = text.partition("\n")[0].strip()
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.") + "…"
