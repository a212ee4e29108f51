"""Templates: lines that are written again and again, with blanks for what differs.

`@{who} Visit: {text} remind: in 2 weeks ask how it goes`. A brace that is meant is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kind_words import kind_called
from kam_tui.domain.lookup import find_party
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import N_, _

WHO, ACCOUNT, TODAY, TEXT = "who", "account", "today", "text"

BLANKS = {
    WHO: N_("whom it is about, to stand after @"),
    ACCOUNT: N_("the name of their account"),
    TODAY: N_("the day, as 2026-11-24"),
    TEXT: N_("what is written for it"),
}
"""The blanks that a template may have."""

_MARK = r"""(?:(?<=\s)|^)@("[^"]*"|'[^']*'|\S+)\s?"""
_NEXT = r"(?i)\s(?=(?:remind|muistuta|promise|lupaus):)"


@frozen
class Filled:
    """A template with its blanks filled."""

    line: str
    """The line."""
    cursor: int
    """Where to go on writing: at the first blank left open, else at the end."""
    left: tuple[str, ...]
    """The blanks left open."""
    holes: tuple[int, ...]
    """How many letters stand behind each of them, so that what is written before does not matter."""


def check(template: str) -> None:
    """Raise Invalid, saying what is wrong, for a template whose blanks are not known."""
    for _words, blank, form, turned in _parts(template):
        if blank is not None and (blank not in BLANKS or form or turned):
            raise Invalid(
                _("There is no blank {{{name}}}.").format(name=shorten(clean(blank), 40)),
                _("The blanks are {names}.").format(names=", ".join(f"{{{name}}}" for name in BLANKS)),
            )


def fill(template: str, book: Book, today: date, typed: str, who: str = "") -> Filled:
    """A template filled with what was typed already, or for whom a page is: `who`, as it stands after `@`.

    A text that the template has no blank for comes before what is to be reminded of, or promised.
    """
    said = re.search(_MARK, typed)
    text = (typed[: said.start()] + typed[said.end() :]).strip() if said else typed.strip()
    blanks = [blank for _words, blank, _form, _turned in _parts(template) if blank]
    if said and WHO not in blanks:
        text = typed.strip()
    if text and TEXT not in blanks:
        head, *tail = re.split(_NEXT, template, maxsplit=1)
        template = " ".join([f"{head.rstrip()} {{{TEXT}}}", *tail])
    own = said[1] if said else who
    values = {WHO: own, ACCOUNT: _account_of(book, own), TODAY: today.isoformat(), TEXT: text}
    return _filled(template, values)


def kind_of(name: str) -> str:
    """The kind of activity that a template is named after; empty for none."""
    return kind_called(name)


def _filled(template: str, values: Mapping[str, str]) -> Filled:
    line = ""
    left: dict[str, int] = {}
    for words, blank, _form, _turned in _parts(template):
        line += words
        if blank is not None and not values[blank]:
            left.setdefault(blank, len(line))
        line += values[blank] if blank is not None else ""
    holes = tuple(len(line) - at for at in left.values())
    return Filled(line, min(left.values(), default=len(line)), tuple(left), holes)


def _account_of(book: Book, who: str) -> str:
    name = who.strip("\"'")
    try:
        party = find_party(book, name) if name else None
    except KamError:
        return ""
    if isinstance(party, Account):
        return party.name
    return book.name_of("accounts", party.account_id) if party and party.account_id else ""


def _parts(template: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(template))
    except ValueError:
        raise Invalid(
            _("A brace of the template stands alone."),
            _("Write {{{{ or }}}} for a brace that is meant.").format(),
        ) from None
