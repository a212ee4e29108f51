"""Renewing: a contract goes on, and its end, its day of notice and with them their reminders move on."""

from __future__ import annotations

from datetime import date, datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.contract import CONTRACT, Contract
from kam_tui.domain.dates.spans import shift
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.contracts import RENEWAL
from kam_tui.rules.finding import find_item
from kam_tui.settings import Settings
from kam_tui.usecases import contracts, reminders


def renew(book: Book, now: datetime, contract_id: str, until: date | None = None) -> Change:
    """It holds until another day; without one, for as many of its terms as it takes to be ahead of today.

    Raises NotFound where it is gone, Invalid where it has no end, for a day that is no later than its end,
    and where nobody knows its term.
    """
    before = contracts.of(book, contract_id)
    if before.end is None:
        raise Invalid(
            _("{name} has no end, so there is nothing to renew.").format(name=before.name),
            _("Give it its end: kam contract edit, with --end."),
        )
    end = until or before.renewed_until(now.date())
    if end is None:
        raise Invalid(
            _("Nobody knows for how long {name} is renewed.").format(name=before.name),
            _('Say until when, or write it down once: kam contract edit, with --term "1 year".'),
        )
    if end <= before.end:
        raise Invalid(
            _("{name} holds until {day} already.").format(name=before.name, day=show_day(before.end)),
            _("Give a day after that."),
        )
    return Change(
        _("Renewed the contract {name} until {day}.").format(name=before.name, day=show_day(end)),
        (Edit(before, _renewed(before, end)),),
    )


def complete(
    book: Book, now: datetime, settings: Settings, key: str, text: str, until: date | None
) -> Change:
    """What the line of a contract's end asks for was done, and it holds until another day; None: it ends.

    Raises what `renew` does, and NotFound where the line is no longer open.
    """
    return completed(book, now, find_item(book, settings, now.date(), key), text, until)


def completed(book: Book, now: datetime, item: AgendaItem, text: str, until: date | None) -> Change:
    """The change that does so."""
    done = reminders.completed(book, now, item, text)
    if until is None or item.rule != RENEWAL:
        return done
    renewed = renew(book, now, item.key.split(":")[1], until)
    return Change(renewed.summary, (*renewed.edits, *done.edits))


def _renewed(before: Contract, end: date) -> Contract:
    """What it was renewed for before stays its term: from its first day to the new end is longer."""
    notice = _moved_on(before.notice, before.end or end, end) if before.notice else None
    return CONTRACT.change(before, end=end, term=before.usual_term, notice=notice)


def _moved_on(day: date, old: date, new: date) -> date:
    """A day as far before the new end as it was before the old one, in whole months where the ends are so."""
    months = 12 * (new.year - old.year) + new.month - old.month
    if shift(old, "MONTH", months) == new or (_is_last(old) and _is_last(new)):
        moved = shift(day, "MONTH", months)
        return shift(moved.replace(day=1), "MONTH", 1) - date.resolution if _is_last(day) else moved
    return day + (new - old)


def _is_last(day: date) -> bool:
    return (day + date.resolution).month != day.month
