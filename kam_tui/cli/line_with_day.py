"""A line that says a day, first or last, without the mark that a note would need before it."""

from __future__ import annotations

from datetime import datetime

from kam_tui.domain.errors import KamError
from kam_tui.domain.text import clean
from kam_tui.domain.when import read_leading, read_when

EVERY = ("every", "each", "joka")
"""Words before a recurrence."""


def marked(text: str, mark: str, now: datetime, order: str) -> str:
    """The line with `mark` in front of its day, which stands first (after `@names`) or last.

    Empty where it says none.
    """
    words = clean(text).split()
    for i, word in enumerate(words):
        if word.casefold() in EVERY or read_leading(words[i:], now, order=order):
            return " ".join([*words[:i], mark, *words[i:]])
        if not words[0].startswith("@") or i > 4:
            break
    for i in range(max(1, len(words) - 8), len(words)):
        if _is_when(" ".join(words[i:]), now, order):
            return " ".join([mark, *words[i:], *words[:i]])
    return ""


def _is_when(phrase: str, now: datetime, order: str) -> bool:
    try:
        read_when(phrase, now, order=order)
    except KamError:
        return False
    return True
