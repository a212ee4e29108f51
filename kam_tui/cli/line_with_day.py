"""A line that says a day, first or last, without the mark that a note would need before it."""

from __future__ import annotations

from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.when import LONGEST, read_leading, read_when
from kam_tui.domain.errors import KamError
from kam_tui.domain.text import clean

EVERY = ("every", "each", "joka")
"""Words before a recurrence."""


def marked(text: str, mark: str, how: Reading) -> str:
    """The line with `mark` in front of its day, which stands first (after `@names`) or last.

    Empty where it says none.
    """
    how = how.about(how.there or "UTC")  # whoever it is about: the line alone tells
    words = clean(text).split()
    for i, word in enumerate(words):
        if word.casefold() in EVERY or read_leading(words[i:], how):
            return " ".join([*words[:i], mark, *words[i:]])
        if not words[0].startswith("@") or i > 4:
            break
    for i in range(max(1, len(words) - LONGEST), len(words)):
        if _is_when(" ".join(words[i:]), how):
            return " ".join([mark, *words[i:], *words[:i]])
    return ""


def _is_when(phrase: str, how: Reading) -> bool:
    try:
        read_when(phrase, how)
    except KamError:
        return False
    return True
