"""Term: one word of a query, and whether somebody is as it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from kam_tui.domain.book import Book
from kam_tui.domain.frozen import frozen
from kam_tui.domain.query.answers import Circumstances, Test
from kam_tui.domain.query.asks import ASKS
from kam_tui.domain.query.found_by import Party, phrase_of, text_of

OPERATORS = ("AND", "OR", "NOT")
"""Words of other query languages; who looks for one of them as it is written puts it in quotes."""


class Line(Protocol):
    """Somebody in a list."""

    @property
    def record(self) -> Party:
        """The account or person."""

    @property
    def words(self) -> str:
        """What they are found by, as `found_by` has it."""


L = TypeVar("L", bound=Line)


class Meaning(Protocol):
    """The query that a segment has."""

    @property
    def asks(self) -> Iterable[str]:
        """What is asked for by name."""

    def test(self, book: Book, known: Circumstances) -> Test:
        """The question whether somebody is meant."""

    def narrow(self, book: Book, known: Circumstances, lines: Sequence[L]) -> list[L]:
        """Those of some lines who are meant."""


@frozen
class Term:
    """One word of a query."""

    field: str
    """What is asked for: a name of `asks.ASKS`, or `segment`; empty for a plain word."""

    values: tuple[Any, ...]
    """What it may be, each as the field has it; the names of segments."""

    sign: str = ":"
    """`:` for is or holds; `<`, `>`, `<=` and `>=` for less and more, which take one value."""

    negated: bool = False
    """Whether it must not hold."""

    segments: tuple[Meaning, ...] = ()
    """The queries that the names of segments mean."""

    def __str__(self) -> str:
        """The word, as `Query.read` takes it."""
        shown = ",".join(_quoted(_shown(value)) for value in self.values)
        return f"{'-' if self.negated else ''}{self.field and self.field + self.sign}{shown}"

    def test(self, book: Book, known: Circumstances) -> Test:
        """The question whether an account or a person is as this word says."""
        tests = [_found(book, phrase_of(value)) for value in self.values] if not self.field else []
        if self.field in ASKS:
            tests = [ASKS[self.field].test(book, known, self.sign, value) for value in self.values]
        tests += [query.test(book, known) for query in self.segments]
        if len(tests) == 1 and not self.negated:
            return tests[0]
        return lambda party: any(test(party) for test in tests) is not self.negated

    def narrow(self, book: Book, known: Circumstances, lines: Sequence[L]) -> list[L]:
        """Those of some lines for whom it holds."""
        if self.segments:
            meant = {id(line) for query in self.segments for line in query.narrow(book, known, lines)}
            return [line for line in lines if (id(line) in meant) is not self.negated]
        if self.field:
            test = self.test(book, known)
            return [line for line in lines if test(line.record)]
        phrase = phrase_of(self.values[0])
        return [line for line in lines if (phrase in line.words) is not self.negated]

    @property
    def asks(self) -> Iterator[str]:
        """What it asks for, its segments too."""
        yield self.field
        for query in self.segments:
            yield from query.asks


def _found(book: Book, phrase: str) -> Test:
    return lambda party: phrase in text_of(book, party)


def _shown(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    return f'"{text}"' if text in OPERATORS or re.search(r"[\s:<>,]|^-", text) else text
