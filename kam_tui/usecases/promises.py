"""What is done with promises: give one, change it, keep it, say that it was not kept, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from kam_tui.domain.activity import ACTIVITY, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.change import add as added
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.dates.when import show_day, show_moment
from kam_tui.domain.dates.zone import at_home
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.ids import new_id
from kam_tui.domain.lookup import reading_about
from kam_tui.domain.promise import BROKEN, KEPT, PROMISE, Promise
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.rules.item import with_whom
from kam_tui.rules.promises import key_of
from kam_tui.usecases import activities


def make(book: Book, now: datetime, fields: Mapping[str, str], how: Reading = PLAIN) -> Change:
    """A new promise, given today.

    Raises Invalid for a field that cannot be taken, or a day that has passed.
    """
    values = PROMISE.read_form({"text": "", "due": "", **fields}, reading_about(book, now, fields, how))
    values["due"] = at_home(values["due"], now)[0]
    promise = PROMISE.create(id=new_id("p"), created=now.date(), **values)
    _refuse_past(promise, now)
    return Change(
        _("Promised by {day}: {text}").format(day=show_moment(promise.due), text=promise.text),
        (added(promise),),
    )


def edit(
    book: Book, now: datetime, promise_id: str, fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """Other values for some fields; a field left out keeps its value, an empty text clears it."""
    before = of(book, promise_id)
    whom = {"account_id": before.account_id or "", "contact_ids": ";".join(before.contact_ids), **fields}
    after = PROMISE.change(before, **PROMISE.read_form(fields, reading_about(book, now, whom, how)))
    if after.due != before.due:
        after = PROMISE.change(after, due=at_home(after.due, now)[0])
    if after == before:
        return Change(_("Nothing changed."))
    if after.due != before.due and after.is_open:
        _refuse_past(after, now)
    return Change(_("Changed the promise: {text}").format(text=after.text), (Edit(before, after),))


def keep(book: Book, now: datetime, promise_id: str, text: str = "", on: date | None = None) -> Change:
    """Kept, today or on an earlier day: it goes on the timeline, and is open no more.

    `text` says how. Raises Invalid where it is not open, or for a day that is not so.
    """
    return _settled(book, now, promise_id, KEPT, clean(text, multiline=True), on)


def break_(book: Book, now: datetime, promise_id: str, reason: str, on: date | None = None) -> Change:
    """Not kept, and why: it goes on the timeline, and is open no more.

    Raises Invalid without a reason, where it is not open, or for a day that is not so.
    """
    why = clean(reason, multiline=True)
    if not why:
        raise Invalid(_("Why was it not kept?"), _("Say it in a few words, so that it can be learnt from."))
    return _settled(book, now, promise_id, BROKEN, why, on)


def remove(book: Book, now: datetime, promise_id: str) -> Change:  # noqa: ARG001
    """Take a promise out of the book, as one that was never given; undo brings it back."""
    before = of(book, promise_id)
    return Change(_("Removed the promise: {text}").format(text=before.text), (Edit(before, None),))


def of(book: Book, promise_id: str) -> Promise:
    """The promise with this id. Raises NotFound where it is gone."""
    promise = book.promises.get(promise_id)
    if promise is None:
        raise NotFound(_("That promise is no longer in the book."))
    return promise


def _settled(book: Book, now: datetime, promise_id: str, state: str, text: str, on: date | None) -> Change:
    before = of(book, promise_id)
    if not before.is_open:
        done = (
            _("That promise was kept on {day}.")
            if before.state == KEPT
            else _("That promise was broken on {day}.")
        )
        raise Invalid(done.format(day=show_day(before.settled or now.date())), _("kam undo takes that back."))
    day = on or now.date()
    if on and not before.created <= on <= now.date():
        raise Invalid(
            _("A promise of {given} cannot have been kept or broken on {day}.").format(
                given=show_day(before.created), day=show_day(day)
            ),
            _("Give a day from then until today."),
        )
    after = PROMISE.change(before, state=state, settled=day, note=text or before.note)
    said = (_("Kept: {what}") if state == KEPT else _("Not kept: {what}")).format(what=before.text)
    if after.kept_late:
        said = _("Kept late: {what}").format(what=before.text)
    activity = ACTIVITY.create(
        id=new_id("t"),
        created=Moment.of(now),
        kind="delivery" if state == KEPT else NOTE,
        when=Moment.of(now) if day == now.date() else Moment(day),
        text=_("{said}; {how}").format(said=said, how=text) if text else said,
        account_id=book.account_of(before),
        contact_ids=before.contact_ids,
        because=key_of(before),
    )
    who = book.who(book.account_of(before), before.contact_ids)
    return Change(
        with_whom(said, who),
        (Edit(before, after), *activities.logged(book, activity, now).edits),
    )


def _refuse_past(promise: Promise, now: datetime) -> None:
    if promise.due.day < now.date():
        raise Invalid(
            _("{day} has passed, so nothing can be promised by then.").format(day=show_moment(promise.due)),
            _("Give a day to come, such as tomorrow or 2 weeks."),
        )
