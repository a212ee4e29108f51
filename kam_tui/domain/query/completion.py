"""Completion of a query while it is typed: names of fields, and the values that stand in the book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kam_tui.domain.book import Book
from kam_tui.domain.fields import NOTHING
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import Kind, Ref, Words
from kam_tui.domain.query.asks import ASKS, CALLED, FIELDS, Ask
from kam_tui.domain.query.query import SEGMENT
from kam_tui.domain.text import plain

EXAMPLES: Mapping[str, str] = {
    "quiet": "30d", "touched": "7d", "due": "7d", "birthday": "14d", "occasions": "14d", "created": "7d",
}  # fmt: skip
"""Something to ask for, where there is no list to choose from."""

NAMES = tuple(
    dict.fromkeys(
        "tier status tag city quiet due birthday touched account segment since title role industry".split()
        + [name for name in CALLED if "_id" not in name]
    )
)
"""The names that are offered, those that are asked for most often first."""

_WORD = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_ASKED = re.compile(r'(?P<field>[^\s":<>]*)(?P<sign>:|[<>]=?)(?P<value>.*)', re.DOTALL)
_PIECE = re.compile(r'(?:[^,"]|"[^"]*(?:"|$))+')


@frozen
class Completion:
    """What may be meant by what is typed."""

    shown: str
    """What is typed, and the rest of it behind."""
    taken: str
    """The text that takes its place; a value with spaces is in quotes."""


class Values:
    """The values that stand in a book, the most frequent first; a field is counted when first asked for."""

    def __init__(self, book: Book, segments: Mapping[str, str] = NOTHING) -> None:
        self._book = book
        self._segments = segments
        self._known: dict[str, list[tuple[str, str]]] = {}

    def of(self, name: str) -> list[tuple[str, str]]:
        """What may be asked of a field, each folded and as it is written."""
        if name not in self._known:
            values = self._segments if name == SEGMENT else self._of(ASKS[name])
            self._known[name] = [(plain(value), value) for value in values]
        return self._known[name]

    def _of(self, ask: Ask) -> Iterable[str]:
        if ask.options or ask.name in EXAMPLES:
            return ask.options or (EXAMPLES[ask.name],)
        field, book = FIELDS.get(ask.name), self._book
        if field is None or not (isinstance(field.kind, Ref | Words) or type(field.kind) is Kind):
            return ()
        counted: Counter[str] = Counter()
        for table in (book.accounts, book.contacts):
            for record in table.values():
                value = getattr(record, field.name, None)
                if isinstance(value, tuple):
                    counted.update(value)
                elif value:
                    counted[value] += 1
        if isinstance(field.kind, Ref):
            return [book.name_of(field.kind.table, each) for each, _count in counted.most_common()]
        return [value for value, _count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]


def complete(text: str, values: Values) -> Completion | None:
    """How the last word of a query may go on; None where it is whole, or nothing begins like it."""
    word = _last(_WORD, text).removeprefix("-")
    if not word:
        return None
    head = text[: len(text) - len(word)]
    asked = _ASKED.fullmatch(word)
    if asked is None:
        return _name(head, word)
    typed = asked["field"].casefold().replace("-", "_")
    name = SEGMENT if typed == SEGMENT else CALLED.get(typed)
    if name is None or (asked["sign"] != ":" and not (name in ASKS and ASKS[name].compares)):
        return None
    return _value(text, _last(_PIECE, asked["value"]), values.of(name))


def _last(sort: re.Pattern[str], text: str) -> str:
    """What stands at the end of a text; a quote that is still open goes on until there."""
    found = [each[0] for each in sort.finditer(text) if each.end() == len(text)]
    return found[0] if found else ""


def without_begun(text: str) -> str:
    """The text without a last word that may become a field's name, though it stands for itself as yet."""
    word = _last(_WORD, text)
    return text[: len(text) - len(word)] if _name("", word.removeprefix("-")) and ":" not in word else text


def _name(head: str, word: str) -> Completion | None:
    begun = word.casefold()
    for name in NAMES:
        if begun and name.startswith(begun):
            sign = ASKS[CALLED[name]].usual if name in CALLED else ":"
            rest = f"{name}{sign}"
            return Completion(head + word + rest[len(word) :], head + rest)
    return None


def _value(text: str, piece: str, values: list[tuple[str, str]]) -> Completion | None:
    typed = piece.removeprefix('"')
    if '"' in typed:
        return None
    begun = plain(typed)
    for folded, value in values:
        # What is shown stands behind what is typed, so it must be longer.
        if folded.startswith(begun) and len(value) > len(typed):
            clean = value.replace('"', "")
            whole = f'"{clean}"' if piece[:1] == '"' or re.search(r"[\s:<>,]|^-", clean) else clean
            return Completion(text + value[len(typed) :], text[: len(text) - len(piece)] + whole)
    return None
