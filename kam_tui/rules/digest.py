"""What belongs in the daily digest, not how it looks: each thing once, with what was last said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.book import Book
from kam_tui.domain.text import shorten
from kam_tui.domain.when import show_day
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem, agenda
from kam_tui.settings import Settings

GIST = 80
"""Characters of what was last said."""


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One thing to do, with what one needs to know to do it."""

    item: AgendaItem
    """Who, what and why."""

    last: str
    """The last contact in one line: when, how and its gist; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A day's digest."""

    day: date
    """The day it is for."""

    overdue: tuple[DigestLine, ...] = ()
    """What is late, but those in `quiet`."""

    today: tuple[DigestLine, ...] = ()
    """What is due, but those in `quiet`."""

    soon: tuple[DigestLine, ...] = ()
    """What is ahead, but those in `quiet`."""

    quiet: tuple[DigestLine, ...] = ()
    """Who is going quiet, or soon will; the worst first."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.overdue or self.today or self.soon or self.quiet)


def digest(book: Book, settings: Settings, today: date, days: int = 7) -> Digest:
    """What a person should know on the morning of `today`, about it and the `days` after it."""
    found = agenda(book, settings, today, days)
    quiet = {item.key for item in found.quiet}

    def lines(items: Iterable[AgendaItem]) -> tuple[DigestLine, ...]:
        return tuple(DigestLine(item, last_contact(book, item, today)) for item in items)

    def others(items: Iterable[AgendaItem]) -> tuple[DigestLine, ...]:
        return lines(item for item in items if item.key not in quiet)

    return Digest(
        today, others(found.overdue), others(found.today), others(found.upcoming), lines(found.quiet)
    )


def last_contact(book: Book, item: AgendaItem, today: date) -> str:
    """The last real contact with the people of a line, else with its account, in one line."""
    for subject in (*item.contact_ids, item.account_id):
        touch = book.last_touch(subject, today) if subject else None
        if touch:
            day, kind = show_day(touch.when.day), _(ACTIVITY_KINDS[touch.kind].label)
            if touch.text:
                return _("{day}, {kind}: {gist}").format(
                    day=day, kind=kind.lower(), gist=shorten(touch.text, GIST)
                )
            return _("{day}, {kind}").format(day=day, kind=kind.lower())
    return ""
