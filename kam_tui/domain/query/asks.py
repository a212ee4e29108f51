"""Asks: what a query may ask of an account or a person by name: the fields they have, and what is worked
out from the book and the day. What is asked for is read here, and answered in `answers`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kam_tui.domain.account import ACCOUNT
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.day_kinds import Day, Occasions, Partial
from kam_tui.domain.fields import Field
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import Choice, Days, Flag, Kind, Tags, tag_of
from kam_tui.domain.query import answers
from kam_tui.domain.query.answers import Circumstances, Test
from kam_tui.domain.query.distance import NEAR_DAYS, Span
from kam_tui.domain.text import fold
from kam_tui.i18n import _

FIELDS: dict[str, Field] = {
    name: field
    for schema in (CONTACT, ACCOUNT)
    for name, field in schema.fields.items()
    if name not in ("id", "dates_since", "dates_learnt", "sources")
}
"""Every field that may be asked for; where people and accounts both have one, it is of one kind."""

Value = Any
"""What is asked for, as the field's kind has it; a `Span` for a length of time."""


@frozen
class Ask:
    """One thing that may be asked for."""

    name: str
    """As it is written before the sign."""

    read: Callable[[str, str], Value]
    """The value that a text says, with a sign. Raises ValueError or Invalid with a sentence."""

    test: Callable[[Book, Circumstances, str, Value], Test]
    """The question that a sign and a value make."""

    compares: bool = False
    """Whether less and more may be asked for."""

    options: tuple[str, ...] = ()
    """The only words it takes; empty where it takes others."""

    usual: str = ":"
    """The sign it is mostly asked with."""


def _read_value(kind: Kind, text: str, sign: str) -> Value:  # noqa: ARG001
    if isinstance(kind, Tags):
        return tag_of(text)
    return kind.parse(text, PLAIN) if isinstance(kind, Choice | Flag | Days) else text


def _read_day(text: str, sign: str, *, ahead: bool = False) -> Span | PartialDate:
    """A length of time, or a date of which a part may be left out."""
    if span := Span.read(text, ahead=ahead):
        return span
    wanted = PartialDate.parse(text)
    if sign != ":" and wanted.year is None:
        raise ValueError(_("{day} has no year to compare").format(day=wanted))
    return wanted


def _read_span(text: str, sign: str, *, ahead: bool = False) -> Span:  # noqa: ARG001
    span = Span.read(text, ahead=ahead)
    if span is None:
        raise ValueError(_("{text} is not a time such as 30d, 2w, 3m or 1y").format(text=text))
    return span


def _read_occasion(text: str, sign: str) -> Span | str:
    return text if sign == ":" else _read_span(text, sign, ahead=True)


def _test_occasion(book: Book, known: Circumstances, sign: str, wanted: Span | str) -> Test:
    if isinstance(wanted, Span):
        return answers.occasions(book, known, sign, wanted)
    return answers.of_field(FIELDS["occasions"], book, known, sign, wanted)


def _read_name(text: str, sign: str) -> str:  # noqa: ARG001
    name = CALLED.get(text.casefold().replace("-", "_"), "")
    if name not in FIELDS:
        raise ValueError(_("{text} is no field of an account or a person").format(text=text))
    return name


def _test_filled(book: Book, known: Circumstances, sign: str, wanted: str) -> Test:  # noqa: ARG001
    return answers.filled(FIELDS[wanted], book)


def _ask_of(field: Field) -> Ask:
    kind, test = field.kind, partial(answers.of_field, field)
    if isinstance(kind, Day | Partial):
        ahead = field.name == "birthday"
        read = partial(_read_day, ahead=ahead)
        return Ask(field.name, read, test, compares=True, usual="<" if ahead else ":")
    if isinstance(kind, Occasions):
        return Ask(field.name, _read_occasion, _test_occasion, compares=True, usual="<")
    options: tuple[str, ...] = ()
    if isinstance(kind, Choice | Flag):
        options = tuple(kind.options) if isinstance(kind, Choice) else ("yes", "no")
    return Ask(field.name, partial(_read_value, kind), test, isinstance(kind, Days), options)


_COMPUTED = (
    Ask("quiet", _read_span, answers.quiet, compares=True, usual=">"),
    Ask("touched", _read_day, answers.touched, compares=True, usual="<"),
    Ask("due", partial(_read_day, ahead=True), answers.due, compares=True, usual="<"),
    Ask("has", _read_name, _test_filled, options=tuple(FIELDS)),
)

ASKS: dict[str, Ask] = {ask.name: ask for ask in (*map(_ask_of, FIELDS.values()), *_COMPUTED)}
"""Everything that may be asked for, by its name."""

CALLED: dict[str, str] = {
    **{name.removesuffix("_id").removesuffix("s"): name for name in FIELDS if name not in ("status",)},
    **{name: name for name in ASKS},
    "since": "customer_since", "mail": "emails", "last_contact": "quiet", "company": "account_id",
}  # fmt: skip
"""What each may be called: `tags` or `tag`, `account_id` or `account`."""


_BEGUN = frozenset("0123456789-+./dwmy")


def may_become(ask: Ask, text: str) -> bool:
    """Whether a text that cannot be read yet may be the beginning of a value that can."""
    typed = fold(text)
    begun = (*ask.options, *(NEAR_DAYS if ask.compares else ()))
    if not typed or any(fold(word).startswith(typed) for word in begun):
        return True
    return ask.compares and not set(typed) - _BEGUN - {" "}
