"""Query: which accounts or people are meant, in a few words: `tier:key quiet>30d -status:former timber`.

Every word must hold. A plain word stands anywhere in what they are found by; `field:value` asks for a field
as forms name it, or for what follows from the book, `field:one,other` for either value; `<` and `>` compare
numbers, dates and times such as `30d`. A `-` before a word turns it round; quotes keep spaces together:
`city:"New York"`. `segment:name` means a query that was given a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.errors import Invalid, did_you_mean
from kam_tui.domain.fields import NOTHING
from kam_tui.domain.frozen import frozen
from kam_tui.domain.query.answers import Circumstances, Test
from kam_tui.domain.query.asks import ASKS, CALLED, Ask, may_become
from kam_tui.domain.query.found_by import Party
from kam_tui.domain.query.term import OPERATORS, L, Term
from kam_tui.domain.text import clean, fold, shorten
from kam_tui.i18n import _

SEGMENT = "segment"
"""Asks for who is in a query that has a name."""

_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_ASKED = re.compile(r'(?P<field>[^\s":<>]*)(?P<sign>:|[<>]=?)(?P<value>.*)', re.DOTALL)
_PIECE = re.compile(r'(?:[^,"]|"[^"]*")+')


class Misread(Invalid):
    """A query of which a word cannot be read; tells where it stands in what was typed."""

    start: int
    """Index of the first letter of the word."""
    end: int
    """Index behind its last letter."""

    def __init__(self, problem: Invalid, start: int, end: int) -> None:
        super().__init__(str(problem), problem.hint)
        self.start, self.end = start, end


@frozen
class Query:
    """Words that all must hold; a query without words means everybody."""

    terms: tuple[Term, ...] = ()
    """The words, in the order they were written."""

    @classmethod
    def read(cls, text: str, segments: Mapping[str, str] = NOTHING) -> Query:
        """The query that a text says; `segments` has the queries that have a name.

        Raises Misread with a sentence that names the word it stops at.
        """
        if text.count('"') % 2:
            at = re.search(r'\S*"[^"]*$', text)
            start = at.start() if at else 0
            problem = Invalid(
                _("{text} has a quote without its twin.").format(text=shorten(clean(text[start:]), 60)),
                _('Put quotes round words that belong together: city:"New York".'),
            )
            raise Misread(problem, start, len(text))
        terms: list[Term] = []
        for found in _WORD.finditer(text):
            try:
                terms += [_term(word, segments) for word in (clean(found[0]),) if word]
            except Invalid as problem:
                raise Misread(problem, found.start(), found.end()) from None
        return cls(tuple(terms))

    @classmethod
    def typed(cls, text: str, segments: Mapping[str, str] = NOTHING) -> Query:
        """The query of a text that is being typed: a last word that is no more than begun is left out.

        Raises Misread where a word is wrong, whatever may follow.
        """
        if text.count('"') % 2:
            text += '"'
        try:
            return cls.read(text, segments)
        except Misread as problem:
            if problem.end < len(text) or not _is_begun(text[problem.start :], segments):
                raise
            return cls.read(text[: problem.start], segments)

    @classmethod
    def readable(cls, text: str, segments: Mapping[str, str] = NOTHING) -> tuple[Query, Misread | None]:
        """As `typed`, of all words that can be read; and what is wrong with the first that cannot."""
        problem: Misread | None = None
        while True:
            try:
                return cls.typed(text, segments), problem
            except Misread as wrong:
                problem = problem or wrong
                text = f"{text[: wrong.start]} {text[wrong.end :]}"

    def __str__(self) -> str:
        """The query, as `read` takes it."""
        return " ".join(map(str, self.terms))

    def test(self, book: Book, known: Circumstances) -> Test:
        """The question whether an account or a person is meant, made ready for many of them."""
        tests = [term.test(book, known) for term in self.terms]
        return tests[0] if len(tests) == 1 else lambda party: all(test(party) for test in tests)

    def matches(self, book: Book, party: Party, known: Circumstances) -> bool:
        """Whether this one account or person is meant."""
        return self.test(book, known)(party)

    def narrow(self, book: Book, known: Circumstances, lines: Sequence[L]) -> list[L]:
        """Those of some lines who are meant, in their order; plain words first, since they are quick."""
        left = list(lines)
        for term in sorted(self.terms, key=lambda term: bool(term.field)):
            left = term.narrow(book, known, left)
        return left

    @property
    def asks(self) -> set[str]:
        """What is asked for by name, in its segments too; empty text for plain words."""
        return {name for term in self.terms for name in term.asks}

    @property
    def minds_archived(self) -> bool:
        """Whether it says if they are archived: where it does not, nobody is meant who is."""
        return "archived" in self.asks


def _term(word: str, segments: Mapping[str, str]) -> Term:
    negated = word.startswith("-")
    asked = _ASKED.fullmatch(word[negated:])
    if asked is None:
        if word in OPERATORS:
            problem = _("{word} is no word of a query: all words must hold.").format(word=word)
            raise Invalid(problem, _("Write tier:key,growth for one or the other, -tier:key for neither."))
        return Term("", (_text(word[negated:], word),), negated=negated)
    sign = asked["sign"]
    if asked["field"].casefold() == SEGMENT and sign == ":":
        return _segment(word, asked["value"], negated, segments)
    ask = _ask(asked["field"], word)
    if sign != ":" and not ask.compares:
        raise Invalid(
            _("{word} compares {field}, which is neither a number nor a date.").format(
                word=shorten(word, 60), field=ask.name
            ),
            _("Write {field}:value.").format(field=ask.name),
        )
    values = dict.fromkeys(
        _value(ask, each, word, sign) for each in _pieces(asked["value"], word, several=sign == ":")
    )
    return Term(ask.name, tuple(values), sign, negated)


def _ask(name: str, word: str) -> Ask:
    known = CALLED.get(name.casefold().replace("-", "_"))
    if known is None:
        raise Invalid(
            _("{word} asks for {field}, which is no field of an account or a person.").format(
                word=shorten(word, 60), field=shorten(name, 40) or '""'
            ),
            _near(name, CALLED) or _("The fields are {names}.").format(names=", ".join((*ASKS, SEGMENT))),
        )
    return ASKS[known]


def _segment(word: str, value: str, negated: bool, segments: Mapping[str, str]) -> Term:
    names = dict.fromkeys(fold(_text(piece, word)) for piece in _pieces(value, word))
    known = {fold(name): name for name in segments}
    for name in names:
        if name not in known:
            raise Invalid(
                _("{word}: there is no segment {name}.").format(word=shorten(word, 60), name=name),
                _near(name, known)
                or (
                    _("The segments are {names}.").format(names=", ".join(segments))
                    if segments
                    else _("Give a query a name in the settings, under [segments].")
                ),
            )
    chosen = tuple(known[name] for name in names)
    # A segment may rest on others, and on itself never: what it is made of does not know its name.
    queries = tuple(
        Query.read(segments[each], {name: text for name, text in segments.items() if name != each})
        for each in chosen
    )
    return Term(SEGMENT, chosen, negated=negated, segments=queries)


def _pieces(value: str, word: str, *, several: bool = True) -> list[str]:
    pieces: list[str] = _PIECE.findall(value) if several else [value]
    if not pieces:
        raise _empty(word)
    return pieces


def _value(ask: Ask, piece: str, word: str, sign: str) -> Any:
    text = _text(piece, word)
    try:
        value = ask.read(text, sign)
    except (ValueError, OverflowError, Invalid) as problem:
        said = str(problem).rstrip(".")
        raise Invalid(_("{word}: {problem}.").format(word=shorten(word, 60), problem=said)) from None
    return value


def _text(piece: str, word: str) -> str:
    text = clean(piece.replace('"', ""))
    if not fold(text):
        raise _empty(word)
    return text


def _empty(word: str) -> Invalid:
    return Invalid(
        _("{word} does not say what to look for.").format(word=shorten(word, 60)),
        _('Write it like tier:key, -status:former or city:"New York".'),
    )


def _is_begun(word: str, segments: Mapping[str, str]) -> bool:
    """Whether a word that cannot be read is only not finished yet."""
    asked = _ASKED.fullmatch(clean(word).removeprefix("-"))
    if asked is None:
        return True
    piece = asked["value"].rpartition(",")[2].replace('"', "")
    if asked["field"].casefold() == SEGMENT and asked["sign"] == ":":
        return any(fold(name).startswith(fold(piece)) for name in segments) or not fold(piece)
    name = CALLED.get(asked["field"].casefold().replace("-", "_"))
    if name is None or (asked["sign"] != ":" and not ASKS[name].compares):
        return False
    return may_become(ASKS[name], piece)


def _near(name: str, known: Mapping[str, object]) -> str:
    import difflib

    return did_you_mean(difflib.get_close_matches(name.casefold(), known, 3))
