"""Text from people and files: made harmless for a terminal, folded for comparison, measured in cells.

User text is data. It is cleaned when it comes in (so that the book is clean) and again when it
goes out (so that a hand-edited book cannot drive a terminal).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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

Cleaner = Callable[..., str]
"""`clean`, or a cheaper function that does the same for some texts."""


def clean(text: str, *, multiline: bool = False) -> str:
    """`text` in NFC without terminal control sequences, control or bidi characters.

    Several lines are kept as lines (with tabs) when `multiline`; otherwise all white space
    becomes single spaces. The ends are trimmed. Lone surrogates become question marks.
    """
    # No control, format or separator character is printable, but the space.
    if not text.isprintable() and not text.replace("\n", "").isprintable():
        text = harmless(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return trim(text, multiline=multiline)


def harmless(text: str) -> str:
    """`text` without terminal control sequences, control or bidi characters, and else as it is."""
    text = text.encode("utf-8", "replace").decode()
    text = re.sub(_SEQUENCES, "", text)
    text = re.sub(_BREAKS, "\n", text)
    return re.sub(_CONTROLS, "", text)


def trim(text: str, *, multiline: bool = False) -> str:
    """What `clean` does with white space."""
    if not multiline:
        return " ".join(text.split())
    if "\n" not in text:
        return text.rstrip().lstrip(" ")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n ")


def cleaner(json: bytes, text: str) -> Cleaner:
    """The cheapest function that does what `clean` does with the texts of this sound JSON, given twice.

    JSON has control characters only escaped, all but DEL. So a look at the backslashes and at the set of
    letters beyond ASCII tells of hundreds of texts that there is nothing to take out of them.
    """
    if b"\x7f" in json or (b"\\" in json and re.search(rb"\\[^n\"]", json)):
        return clean
    if b"\xc2" not in json and _is_latin(text):  # U+00C0 to U+00FF, then, which all are as they should be
        return trim
    letters = "".join(set(json.translate(None, _ASCII).decode()))
    return trim if re.fullmatch(_HARMLESS, letters) else _clean_unless_ascii


def _is_latin(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


# Neither control nor separator, and as NFC has them whatever stands beside them: letters of Latin, Greek,
# Cyrillic, Kana and Han, the marks and signs of books, currencies, arrows, emoji.
_HARMLESS = (
    "[\xa1-\xac\xae-\u02ff\u0388-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    "\u2116\u2122\u2190-\u21ff\u3001-\u3020\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\U0001f300-\U0001faff]*"
)
_ASCII = bytes(range(128))


def _clean_unless_ascii(text: str, *, multiline: bool = False) -> str:
    return trim(text, multiline=multiline) if text.isascii() else clean(text, multiline=multiline)


def plain(text: str) -> str:
    """`text` without case and accents, for finding one text in another: `Łódź` is `lodz`."""
    text = text.casefold()
    return text if text.isascii() else re.sub(r"[^\x00-\x7f]+", _bare, text)


def _bare(letters: re.Match[str]) -> str:
    return _unaccented(letters[0])


@lru_cache(maxsize=4096)
def _unaccented(letters: str) -> str:
    # Taken apart, `№` has a capital again, and `ǿ` a letter of the table.
    apart = unicodedata.normalize("NFKD", letters).casefold().translate(_UNDECOMPOSED)
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


def width_of(text: str) -> int:
    """Cells that a text takes: two for wide characters (Unicode UAX 11), none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with an ellipsis where some of it is left out."""
    if width_of(text) <= width:
        return text
    return leading(text, width - 1).rstrip() + "…"


def leading(text: str, width: int) -> str:
    """As many of the first characters of `text` as `width` cells hold."""
    room, kept = width, 0
    for character in text:
        room -= _cells(character)
        if room < 0:
            break
        kept += 1
    return text[:kept]


def _cells(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
