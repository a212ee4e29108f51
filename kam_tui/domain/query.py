"""Query: which accounts or people are meant, in a few words: `tier:key -status:former city:Tampere`.

Every word must hold. `field:value` asks for a field as forms name it, `field:one,other` for either value,
`field>value` and `field<value` compare numbers and dates, any other word stands in the name. A `-` before
a word turns it round; quotes keep spaces together: `city:"New York"`. A person is asked for what a person
has, and their account for all else; tags count from both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.errors import Invalid, did_you_mean
from kam_tui.domain.fields import Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import Choice, Day, Days, Flag, Partial, Reading, Tags, tag_of
from kam_tui.domain.partial_date import PartialDate
from kam_tui.domain.text import clean, fold, shorten, words_of
from kam_tui.i18n import _

if TYPE_CHECKING:  # a book asks nothing of a query, and settings know no book
    from kam_tui.domain.book import Book

_UNASKED = ("id", "dates_since", "sources")
FIELDS: dict[str, Field] = {
    name: field
    for schema in (CONTACT, ACCOUNT)
    for name, field in schema.fields.items()
    if name not in _UNASKED
}
"""Every field that may be asked for; where people and accounts both have one, it is of one kind."""

_CALLED = {re.sub("(_id|s)$", "", name): name for name in FIELDS} | {name: name for name in FIELDS}
"""What a field may be called: `tags` or `tag`, `account_id` or `account`."""

_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_ASKED = re.compile(r'(?P<field>[^\s":<>]*)(?P<sign>[:<>])(?P<value>.*)', re.DOTALL)
_PIECE = re.compile(r'(?:[^,"]|"[^"]*")+')
_READING = Reading()


@frozen
class Term:
    """One word of a query."""

    field: str
    """Which field is asked for; empty for the name."""

    values: tuple[Any, ...]
    """What it may be, each as the field's kind has it."""

    sign: str = ":"
    """`:` for is or holds, `<` and `>` for less and more, which take one value."""

    negated: bool = False
    """Whether it must not hold."""

    def __str__(self) -> str:
        """The word, as `Query.read` takes it."""
        shown = ",".join(_quoted(_shown(self.field, value)) for value in self.values)
        return f"{'-' if self.negated else ''}{self.field and self.field + self.sign}{shown}"

    def holds(self, book: Book, party: Account | Contact) -> bool:
        """Whether an account or a person is as this word says."""
        return any(self._is(book, party, value) for value in self.values) is not self.negated

    def _is(self, book: Book, party: Account | Contact, wanted: Any) -> bool:
        if not self.field:
            others = party.aliases if isinstance(party, Account) else (party.nickname,)
            return any(all(word in fold(name) for word in words_of(wanted)) for name in (party.name, *others))
        field = FIELDS[self.field]
        return any(_answers(book, each, field, self.sign, wanted) for each in _asked(book, party, field))


@frozen
class Query:
    """Words that all must hold; a query without words means everybody."""

    terms: tuple[Term, ...] = ()
    """The words, in the order they were written."""

    @classmethod
    def read(cls, text: str) -> Query:
        """The query that a text says. Raises Invalid with a sentence that names the word it stops at."""
        text = clean(text)
        if text.count('"') % 2:
            raise Invalid(
                _("{text} has a quote without its twin.").format(text=shorten(text, 80)),
                _('Put quotes round words that belong together: city:"New York".'),
            )
        return cls(tuple(map(_term, _WORD.findall(text))))

    def __str__(self) -> str:
        """The query, as `read` takes it."""
        return " ".join(map(str, self.terms))

    def matches(self, book: Book, record: Account | Contact) -> bool:
        """Whether an account or a person is meant."""
        return all(term.holds(book, record) for term in self.terms)


def _term(word: str) -> Term:
    negated = word.startswith("-")
    asked = _ASKED.fullmatch(word[negated:])
    if asked is None:
        return Term("", (_text(word[negated:], word),), negated=negated)
    typed, sign = asked["field"].casefold().replace("-", "_"), asked["sign"]
    name = _CALLED.get(typed)
    if name is None:
        import difflib

        near = difflib.get_close_matches(typed, _CALLED, 3)
        raise Invalid(
            _("{word} asks for {field}, which is no field of an account or a person.").format(
                word=shorten(word, 60), field=shorten(asked["field"], 40) or '""'
            ),
            did_you_mean(near) or _("The fields are {names}.").format(names=", ".join(FIELDS)),
        )
    if sign != ":" and not isinstance(FIELDS[name].kind, Days | Day | Partial):
        raise Invalid(
            _("{word} compares {field}, which is neither a number nor a date.").format(
                word=shorten(word, 60), field=name
            ),
            _("Write {field}:value.").format(field=name),
        )
    pieces = [asked["value"]] if sign != ":" else _PIECE.findall(asked["value"])
    if not pieces:
        raise _empty(word)
    values = dict.fromkeys(_value(FIELDS[name], each, word, sign) for each in pieces)
    return Term(name, tuple(values), sign, negated)


def _value(field: Field, piece: str, word: str, sign: str) -> Any:
    text = _text(piece, word)
    try:
        if isinstance(field.kind, Tags):
            return tag_of(text)
        if isinstance(field.kind, Day | Partial):  # what is compared with a day need not be a whole one
            return _dated(text, sign)
        return field.kind.parse(text, _READING) if isinstance(field.kind, _TYPED) else text
    except (ValueError, OverflowError, Invalid) as problem:
        said = str(problem).rstrip(".")
        raise Invalid(_("{word}: {problem}.").format(word=shorten(word, 60), problem=said)) from None


def _dated(text: str, sign: str) -> PartialDate:
    wanted = PartialDate.parse(text)
    if sign != ":" and wanted.year is None:
        raise ValueError(_("{day} has no year to compare").format(day=wanted))
    return wanted


_TYPED = Choice | Flag | Days


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


def _asked(book: Book, party: Account | Contact, field: Field) -> Iterator[Account | Contact]:
    """Who knows: the record itself, or else its account; of tags, both."""
    schema: Schema[Any] = ACCOUNT if isinstance(party, Account) else CONTACT
    own = field.name in schema.fields
    if own:
        yield party
    account = None if isinstance(party, Account) else book.accounts.get(party.account_id or "")
    if account and field.name in ACCOUNT.fields and (not own or isinstance(field.kind, Tags)):
        yield account


def _answers(book: Book, party: Account | Contact, field: Field, sign: str, wanted: Any) -> bool:
    value, kind = getattr(party, field.name), field.kind
    if isinstance(kind, Tags):
        return wanted in value
    if isinstance(kind, Days):
        return value is not None and _fits(sign, value, wanted)
    if isinstance(kind, Day | Partial):
        return value is not None and _fits_date(sign, value, wanted)
    if isinstance(kind, Choice | Flag):
        return bool(value == wanted)
    return bool(value) and fold(wanted) in fold(kind.show(value, book.name_of))


def _fits(sign: str, value: Any, wanted: Any) -> bool:
    return bool(value > wanted if sign == ">" else value < wanted if sign == "<" else value == wanted)


def _fits_date(sign: str, value: PartialDate | date, wanted: PartialDate) -> bool:
    """By what both know: all of 2019 is before 2020, and no day of 2020 is after it."""
    pairs = [(getattr(value, part), getattr(wanted, part)) for part in ("year", "month", "day")]
    if sign == ":":
        return all(has == asked for has, asked in pairs if asked is not None)
    if None in pairs[0]:
        return False
    known = [pair for pair in pairs if None not in pair]
    return _fits(sign, [has for has, _asked in known], [asked for _has, asked in known])


def _shown(name: str, value: Any) -> str:
    kind = FIELDS[name].kind if name else None
    return kind.show(value, lambda _table, each: each) if isinstance(kind, Flag) else str(value)


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[\s:<>,]|^-", text) else text
