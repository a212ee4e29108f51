"""What is done with activities: log what happened, mend it, take it off the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kam_tui.domain.activity import ACTIVITY, ACTIVITY_KINDS, GIFT, NOTE, SALE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, add
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.ids import new_id
from kam_tui.domain.lookup import reading
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.settings import Settings


def log(book: Book, now: datetime, fields: Mapping[str, str], how: Reading = PLAIN) -> Change:
    """A new activity, now or backdated. Raises Invalid for a field that cannot be taken."""
    values = ACTIVITY.read_form(fields, reading(book, now, how, past=True))
    values.setdefault("kind", NOTE)
    values.setdefault("when", Moment.of(now))
    if values["kind"] == NOTE and not values.get("text"):
        raise Invalid.fields({"text": _("A note needs a text.")})
    activity = ACTIVITY.create(id=new_id("t"), created=Moment.of(now), **values)
    return noted(book, now, logged(book, activity, now), None)


def logged(book: Book, activity: Activity, now: datetime) -> Change:
    """The change that a new activity makes: itself, and what follows for its account."""
    _refuse_future(activity, now)
    return Change(_called(book, activity), (add(activity), *_first_sale(book, activity)))


def edit(
    book: Book, now: datetime, activity_id: str, fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """Other values for some fields; a field left out keeps its value, an empty text clears it."""
    before = of(book, activity_id)
    after = ACTIVITY.change(before, **ACTIVITY.read_form(fields, reading(book, now, how, past=True)))
    if after == before:
        return Change(_("Nothing changed."))
    if after.when != before.when:
        _refuse_future(after, now)
    sale = _first_sale(book, after) if after.kind != before.kind else ()
    said = _("Changed: {what}").format(what=_called(book, after))
    return noted(book, now, Change(said, (Edit(before, after), *sale)), None)


def remove(book: Book, now: datetime, activity_id: str) -> Change:  # noqa: ARG001
    """Take an activity off the timeline; undo brings it back."""
    before = of(book, activity_id)
    return Change(_("Removed: {what}").format(what=_called(book, before)), (Edit(before, None),))


def of(book: Book, activity_id: str) -> Activity:
    """The activity with this id. Raises NotFound where it is gone."""
    activity = book.activities.get(activity_id)
    if activity is None:
        raise NotFound(_("That entry is no longer in the book."))
    return activity


def noted(
    book: Book, now: datetime, change: Change, settings: Settings | None, notes: tuple[str, ...] = ()
) -> Change:
    """The change with what is worth knowing of it: these notes, and of a gift, that it was given before or is
    more than the budget has. Without settings, nothing on the budgets that these set."""
    given = [gift for edit in change.edits if (gift := _given_by(edit))]
    if given:
        from kam_tui.rules import gifts

        told = (note for each in given for note in gifts.notes(book, settings, now.date(), each))
        notes = tuple(dict.fromkeys((*notes, *told)))
    return Change(change.summary, change.edits, change.undoes, notes) if notes else change


def _given_by(edit: Edit) -> Activity | None:
    """The gift that is new by an edit, or is another one than before."""
    before, after = edit.before, edit.after
    if not isinstance(after, Activity) or after.kind != GIFT:
        return None
    if not isinstance(before, Activity) or before.kind != GIFT:
        return after
    is_same = before.text == after.text and before.amount == after.amount
    return None if is_same and before.contact_ids == after.contact_ids else after


def _called(book: Book, activity: Activity) -> str:
    """An activity in one line: `Call with Liisa Korhonen, Acme Oy: prices`."""
    what = _(ACTIVITY_KINDS[activity.kind].label)
    if who := book.who(activity.account_id, activity.contact_ids):
        what = _("{kind} with {who}").format(kind=what, who=who)
    if activity.text:
        what = _("{what}: {text}").format(what=what, text=shorten(activity.text, 60))
    return what


def _refuse_future(activity: Activity, now: datetime) -> None:
    if activity.when.day > now.date():
        from kam_tui.domain.dates.when import show_day

        raise Invalid(
            _("{day} is still to come, and a timeline holds what has happened.").format(
                day=show_day(activity.when.day)
            ),
            _("Set a reminder for it instead."),
        )


def _first_sale(book: Book, activity: Activity) -> tuple[Edit, ...]:
    """A prospect is a customer from its first sale on; the day and the reason are kept."""
    if activity.kind != SALE:
        return ()
    from kam_tui.usecases.accounts import won

    reason = _("first sale")
    if activity.text:
        reason = _("first sale: {text}").format(text=shorten(activity.text, 80))
    return won(book, activity.account_id, reason, activity.when.day)
