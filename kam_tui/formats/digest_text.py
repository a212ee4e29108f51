"""The digest as plain text, for a mail or a terminal.

The short word and the day come first, in columns; names come last on their line, so that letters that are
wide, or read from right to left, put nothing else out of its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from kam_tui.domain.text import clean, leading, width_of
from kam_tui.formats.digest_words import facts, sections, title, when
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.digest import Digest
from kam_tui.rules.item import HANDLE

WIDTH = 72
"""Cells of a line; a word that is longer, such as a mail address, is left whole."""

INDENT = 8
"""Cells before what stands below a line."""


def write(digest: Digest) -> str:
    """The whole text, without a line end at its end."""
    parts = [title(digest)]
    for heading, lines in sections(digest):
        parts += ["", heading]
        days = [when(digest, line) for line in lines]
        wide = max(map(width_of, days))
        for day, line in zip(days, lines, strict=True):
            gap = " " * (wide - width_of(day))
            handle = " " * HANDLE if line.gone else line.item.handle
            parts += wrapped(f"  {handle}  {day}{gap}  ", _line(line.item))
            for fact in facts(digest, line):
                parts += wrapped(" " * INDENT, f"{fact.label} {fact.text}".strip(), INDENT + 2)
    return "\n".join(parts)


def _line(item: AgendaItem) -> str:
    return clean(_("{who}: {what}").format(who=item.who, what=item.told) if item.who else item.told)


def wrapped(head: str, text: str, indent: int = 0) -> Iterator[str]:
    """`text` after `head`, in lines of at most `WIDTH` cells; those after the first are indented, by the
    width of the head unless said otherwise."""
    hang = " " * (indent or width_of(head))
    line, room = head, WIDTH - width_of(head)
    begun = False
    for word in _words(text, WIDTH - len(hang)):
        wide = width_of(word) + (1 if begun else 0)
        if begun and wide > room:
            yield line
            line, room, begun, wide = hang, WIDTH - len(hang), False, width_of(word)
        line += f" {word}" if begun else word
        room, begun = room - wide, True
    yield line


def _words(text: str, room: int) -> Iterator[str]:
    """The words of a text. In wide letters there are no spaces: a run longer than a line is parted."""
    for word in text.split():
        rest = word
        while width_of(rest) > room and width_of(rest) > len(rest):
            part = leading(rest, room)
            yield part
            rest = rest[len(part) :]
        if rest:
            yield rest
