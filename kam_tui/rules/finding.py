"""Finding: which line of the agenda a person means, by its short word, its key, or words of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta

from kam_tui.domain.book import Book
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.domain.ids import ALPHABET, LENGTH
from kam_tui.domain.text import clean, fold, shorten, words_of
from kam_tui.i18n import _
from kam_tui.rules.agenda import derive
from kam_tui.rules.contracts import contracts
from kam_tui.rules.handled import handled_in
from kam_tui.rules.item import AgendaItem, told_here
from kam_tui.rules.manual import manual
from kam_tui.rules.promises import promises
from kam_tui.rules.question import Question
from kam_tui.settings import Settings

HORIZON = 366
"""Days ahead that a line can be named in: all that comes back within a year."""

WRITTEN = (promises, contracts, manual)
"""Those of days that were written down."""

FAR = date(9990, 1, 1)
"""The last day ahead that such a line can be named in."""

SHORTEST_HANDLE = 3
"""Letters by which a handle is taken for one."""


def items_of(
    book: Book, settings: Settings, today: date, keys: Container[str], here: str = ""
) -> list[AgendaItem]:
    """The lines of these keys that are still open, or were missed lately.

    Here and below, times of day are told by the clock in the zone `here`; empty for that of each.
    """
    lines = derive(book, settings, today, today + timedelta(days=HORIZON), here=here)
    return [item for item in lines if item.key in keys]


def find_item(book: Book, settings: Settings, today: date, text: str, here: str = "") -> AgendaItem:
    """The line a person means: by its key, the beginning of its handle, or words of who and what.

    Words are looked for among what is due first, then the week ahead, then the year ahead, so that
    next spring's birthday does not stand in the way of today's call; last among what was missed lately. A
    line of the week that says these very words is asked about all the same.
    Raises NotFound or Ambiguous.
    """
    return find_items(book, settings, today, (text,), here)[0]


def find_items(
    book: Book, settings: Settings, today: date, texts: Iterable[str], here: str = ""
) -> list[AgendaItem]:
    """The lines that some texts mean, each once; see `find_item`. Raises NotFound or Ambiguous."""
    items = list(derive(book, settings, today, today + timedelta(days=HORIZON), here=here))
    found: dict[str, AgendaItem] = {}
    for text in texts:
        try:
            item = _meant(items, today, text)
        except NotFound as problem:
            try:
                item = _meant(_written_down(book, settings, today, here), today, text)
            except NotFound:
                raise problem from None
        found[item.key] = item
    return list(found.values())


def _written_down(book: Book, settings: Settings, today: date, here: str) -> list[AgendaItem]:
    """The lines that were given a day by hand, however far ahead that is."""
    question = Question(book, settings, today, FAR, handled_in(book), here)
    return [told_here(item, here) for rule in WRITTEN for item in rule(question)]


def are_short_words(book: Book, settings: Settings, today: date, words: Sequence[str]) -> bool:
    """Whether each of some words is the short word of a line, or the beginning of one."""
    if not all(map(_looks_short, words)):  # as the most texts do not, and then nothing is worked out
        return False
    items = list(derive(book, settings, today, today + timedelta(days=HORIZON))) if words else []
    return all(_by_handle(items, word) for word in words)


def _looks_short(text: str) -> bool:
    return SHORTEST_HANDLE <= len(text) <= LENGTH and set(text.casefold()) <= set(ALPHABET)


def _by_handle(items: Iterable[AgendaItem], text: str) -> list[AgendaItem]:
    return [item for item in items if item.word.startswith(text.casefold())] if _looks_short(text) else []


def _meant(items: Sequence[AgendaItem], today: date, text: str) -> AgendaItem:
    typed = text.strip()
    if typed.count(":") == 2:
        if named := [item for item in items if item.is_named_by(typed)]:
            return named[0]
        raise NotFound(
            _("That reminder is no longer open: it was handled, or what it followed from has changed."),
            _("See what is open with kam agenda."),
        )
    if meant := _by_handle(items, typed):
        return _only(meant, text)
    words = words_of(typed)
    meant = [item for item in items if words and all(word in fold(item.line) for word in words)]
    week = today + timedelta(days=7)
    standing = [item for item in meant if item.signs or item.is_listed]
    waiting = [item for item in meant if not (item.is_missed(today) or item in standing)]
    due = [item for item in waiting if item.due.day <= today]
    near = [item for item in waiting if item.due.day <= week or item.shows_from <= today]
    if meant:
        found = due or near or standing or waiting or meant
        same = [item for item in near if item not in found and words_of(item.what) == words]
        return _only([*found, *same], text)
    raise NotFound(
        _("No open reminder answers to {text}.").format(text=shorten(clean(text), 60) or '""'),
        _("See them with kam agenda; name one by its short word, or by words of its line."),
    )


def _only(items: list[AgendaItem], text: str) -> AgendaItem:
    if len(items) == 1:
        return items[0]
    shown = [f"{item.word[:6]} {item.line}, {show_day(item.due.day)}" for item in items]
    raise Ambiguous(
        _("{text} names {count} reminders.").format(text=shorten(clean(text), 60), count=len(items)),
        shown,
        _("Name one by its short word: {names}.").format(names="; ".join(shown[:10])),
    )
