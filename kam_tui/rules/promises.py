"""Promises: each that is open comes up some days before its day, and stays until it is kept or broken.

One that is overdue leads everything else that is late: a customer remembers it longest. It cannot be skipped,
and being done is not kept for itself: to do it is to keep the promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kam_tui.domain.book import Book
from kam_tui.domain.dates.spans import days_before
from kam_tui.domain.dates.when import show_day, show_moment
from kam_tui.domain.frozen import frozen
from kam_tui.domain.promise import BROKEN, KEPT, Promise
from kam_tui.domain.reminder import occurrence_key
from kam_tui.i18n import _, ngettext
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.question import Question

RULE = "promise"
"""First part of its keys; the subject is the promise."""


def promises(question: Question) -> Iterator[AgendaItem]:
    """The open promises that are due in the time asked for, or near enough to give notice."""
    for promise in question.book.promises.values():
        account_id = question.book.account_of(promise)
        if not promise.is_open or question.silent(account_id):
            continue
        shows_from = days_before(promise.due.day, question.settings.lead_promise)
        if promise.due.day > question.until and shows_from > question.today:
            continue
        key = key_of(promise)
        why = why_of(question, promise)
        yield AgendaItem(
            key=key,
            rule=RULE,
            due=promise.due,
            zone=question.zone(promise.due, account_id, promise.contact_ids),
            who=question.who(account_id, promise.contact_ids),
            what=promise.text,
            why=why,
            action="delivery",
            account_id=account_id,
            contact_ids=promise.contact_ids,
            shows_from=shows_from,
            snoozed_until=question.snoozed(key),
            leads=True,
            is_once=True,
            facts=(why,),
            rests_on=((promise.id, "due"),),
        )


def key_of(promise: Promise) -> str:
    """The key of a promise on the agenda."""
    return occurrence_key(RULE, promise.id, promise.due.day)


def why_of(question: Question, promise: Promise) -> str:
    """When it was promised to whom, what, and by when, as a sentence."""
    book = question.book
    people = _(" and ").join(book.name_of("contacts", each) for each in promise.contact_ids)
    account_id = book.account_of(promise)
    said = {
        "who": people or (book.name_of("accounts", account_id) if account_id else ""),
        "day": show_day(promise.created),
        "what": promise.text.rstrip("."),
        "due": show_moment(question.told(promise.due)),
    }
    if said["who"]:
        return _("Promised to {who} on {day}: {what}, by {due}.").format(**said)
    return _("Promised on {day}: {what}, by {due}.").format(**said)


@frozen
class Keeping:
    """How promises were kept."""

    in_time: int = 0
    """Kept on their day or before."""

    late: int = 0
    """Kept, but after their day."""

    broken: int = 0
    """Not kept."""

    open: int = 0
    """Still to be kept."""

    overdue: int = 0
    """Those of them whose day has passed."""

    @property
    def settled(self) -> int:
        """Kept or broken."""
        return self.in_time + self.late + self.broken

    @property
    def rate(self) -> float | None:
        """The promise-keeping rate, 0 to 1: kept in time / (kept in time + kept late + broken).

        None where none is settled yet. An open promise does not count, not even an overdue one: it counts
        once it is settled, and then as late or broken.
        """
        return self.in_time / self.settled if self.settled else None


def keeping(some: Iterable[Promise], today: date) -> Keeping:
    """How these promises were kept, as of a day."""
    in_time = late = broken = still = overdue = 0
    for promise in some:
        if promise.is_open:
            still += 1
            overdue += promise.due.day < today
        elif promise.state != KEPT:
            broken += 1
        elif promise.kept_late:
            late += 1
        else:
            in_time += 1
    return Keeping(in_time, late, broken, still, overdue)


def show_keeping(kept: Keeping) -> str:
    """The rate in words, with what it is counted from; empty where nothing is settled."""
    if kept.rate is None:
        return ""
    return _("{percent} % of promises kept in time ({in_time} of {settled})").format(
        percent=int(100 * kept.rate), in_time=kept.in_time, settled=kept.settled
    )


def show_standing(promise: Promise, today: date) -> str:
    """How a promise stands: by when, how late it is, or when it was settled."""
    if promise.settled:
        said = _("broken {day}") if promise.state == BROKEN else _("kept {day}")
        said = _("kept late {day}") if promise.kept_late else said
        return said.format(day=show_day(promise.settled, today))
    late = (today - promise.due.day).days
    if late > 0:
        return ngettext("{count} day late", "{count} days late", late).format(count=late)
    clock = f" {promise.due.clock:%H:%M}" if promise.due.clock else ""
    return _("by {day}").format(day=show_day(promise.due.day, today)) + clock


def promises_of(book: Book, account_id: str) -> list[Promise]:
    """The promises to an account and its people, in order."""
    return in_order(each for each in book.promises.values() if book.account_of(each) == account_id)


def in_order(some: Iterable[Promise]) -> list[Promise]:
    """The open ones by when they are due, then the others, the last settled first."""

    def place(promise: Promise) -> tuple[object, ...]:
        ago = (date.max - promise.settled).days if promise.settled else 0
        return not promise.is_open, ago, promise.due.sort_key, promise.id

    return sorted(some, key=place)
