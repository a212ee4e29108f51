"""What is done with several accounts, people or lines of the agenda at once: one change, so that one undo
takes all of it back. Whoever is gone by then is left out, and the number is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.dates.moment import Moment, zone_name
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.kinds import tag_of, unique
from kam_tui.domain.lookup import reading
from kam_tui.domain.one_line import Understood
from kam_tui.domain.text import shorten
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.contracts import agreed
from kam_tui.rules.finding import find_items, items_of
from kam_tui.rules.promises import RULE as PROMISE
from kam_tui.settings import Settings
from kam_tui.usecases import accounts, activities, contacts, moving, reminders, renewing
from kam_tui.usecases.capture import kept, understand

Party = Account | Contact

EACH_ITS_OWN = frozenset(
    "name aliases nickname emails phones links address domain birthday occasions needs cares_about gift_ideas"
    " about tags"
    .split()
)  # fmt: skip
"""Fields that several do not have alike: those are edited one by one, and tags are put on and taken off."""


def who(some: Sequence[Party]) -> str:
    """Whom something was done with: a name, or how many."""
    if len(some) == 1:
        return some[0].name
    firms = sum(isinstance(one, Account) for one in some)
    people = len(some) - firms
    said = []
    if people:
        said.append(ngettext("{count} person", "{count} people", people).format(count=people))
    if firms:
        said.append(ngettext("{count} account", "{count} accounts", firms).format(count=firms))
    return _(" and ").join(said)


def tag(book: Book, now: datetime, ids: Iterable[str], on: Iterable[str], off: Iterable[str] = ()) -> Change:
    """Put tags on, and take tags off. Raises Invalid where no tag is given, NotFound where nobody is left."""
    put, taken = unique(map(tag_of, on)), unique(map(tag_of, off))
    if not put and not taken:
        raise Invalid(_("There is no tag to put on or to take off."), _("Write it like +vip, or -vip."))

    def tagged(one: Any) -> Any:
        tags = unique((*one.tags, *put))
        return _with(one, {"tags": tuple(each for each in tags if each not in taken)}, now)

    words = " ".join([*(f"+{each}" for each in put), *(f"-{each}" for each in taken)])
    return _changed(_parties(book, ids), tagged, _("Tagged {who}: {what}"), words)


def edit(
    book: Book, now: datetime, ids: Iterable[str], fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """The same values for some fields of all; an empty text clears a field.

    Raises Invalid for a field that cannot be taken or that each has of its own.
    """
    some = _parties(book, ids)
    schema: Any = ACCOUNT if isinstance(some[0], Account) else CONTACT
    own = next((name for name in fields if name in EACH_ITS_OWN), "")
    if own:
        raise Invalid(
            _("{name} is each one's own.").format(name=_(schema.fields[own].label or own)),
            _("Edit them one by one."),
        )
    values = schema.read_form(fields, reading(book, now, how))
    what = ", ".join(
        _("{label}: {value}").format(
            label=_(schema.fields[name].label),
            value=schema.fields[name].kind.show(value, book.name_of) if value not in ("", None, ()) else "–",
        )
        for name, value in values.items()
    )
    return _changed(some, lambda one: _with(one, values, now), _("Changed {who}: {what}"), what)


def archive(book: Book, now: datetime, ids: Iterable[str], archived: bool = True) -> Change:
    """Take them out of lists and agenda, or bring them back. Nothing is deleted."""
    said = _("Archived {who}.") if archived else _("Brought back {who}.")
    return _changed(_parties(book, ids), lambda one: _with(one, {"archived": archived}, now), said)


def capture(
    book: Book, now: datetime, ids: Iterable[str], text: str, settings: Settings, kind: str = NOTE
) -> Change:
    """Keep one line for each account: an entry, a reminder, a promise, with those of its people who are
    meant; for people without an account, one each.

    Raises the first problem of the line, and Invalid where it names somebody itself.
    """
    line = understand(book, now, text, settings, kind)
    if line.problems:
        raise line.problems[0].error
    if line.account or line.contacts:
        raise Invalid(_("The line is for all who are marked."), _("Leave out the names that begin with @."))
    some, kind = _parties(book, ids), line.kind or kind
    changes = [kept(book, now, line, kind, account_id, people) for account_id, people in _by_account(some)]
    edits = tuple(edit for change in changes for edit in change.edits)
    told = [shorten(line.text, 80), *_wishes(line)] if line.text else list(_wishes(line))
    if line.text or kind != NOTE:
        said = _(ACTIVITY_KINDS[kind].label)
    else:
        said = _("A reminder for each") if line.reminder else _("A promise to each")
        wish = line.reminder or line.promise
        told[:1] = [f"{show_moment(wish.due)}: {shorten(wish.text, 80)}"] if wish else []
    summary = _("{what}, {who}: {text}").format(what=said, who=who(some), text=" · ".join(told))
    return activities.noted(book, now, Change(summary.rstrip(": "), edits), settings, line.notes)


def _wishes(line: Understood) -> Iterator[str]:
    """What comes of a line later, each with its whole date."""
    if line.reminder:
        told = {"when": show_moment(line.reminder.due), "text": shorten(line.reminder.text, 80)}
        yield _("reminder {when}: {text}").format(**told)
    if line.promise:
        told = {"when": show_moment(line.promise.due), "text": shorten(line.promise.text, 80)}
        yield _("promised by {when}: {text}").format(**told)


def complete(
    book: Book,
    now: datetime,
    settings: Settings,
    keys: Iterable[str],
    text: str = "",
    *,
    strict: bool = False,
) -> Change:
    """All done, with the same words on how it went. A contract that renews by itself goes on for its term.

    Here and below, `strict` is for who has named each line: all of them, or none. Then NotFound is raised
    where one is open no more, and Invalid where one cannot be let pass.
    """
    done = [
        renewing.completed(book, now, item, text, agreed(book, item, now.date()))
        for item in _items(book, now, settings, keys, strict=strict)
    ]
    said = ngettext("Done: {count} line.", "Done: {count} lines.", len(done))
    return activities.noted(book, now, _all(done, said), settings)


def snooze(
    book: Book, now: datetime, settings: Settings, keys: Iterable[str], until: Moment, *, strict: bool = False
) -> Change:
    """All put off to the same time. Raises Invalid for a time that has passed."""
    items = _items(book, now, settings, keys, strict=strict)
    done = [reminders.snoozed(book, now, item, until) for item in items]
    said = ngettext("Snoozed {count} line until {day}.", "Snoozed {count} lines until {day}.", len(done))
    return _all(done, said.replace("{day}", show_moment(until)))


def move(
    book: Book, now: datetime, settings: Settings, keys: Iterable[str], to: Moment, *, strict: bool = False
) -> Change:
    """All due at the same time instead. Raises Invalid for a time that has passed."""
    done = [moving.moved(book, now, item, to) for item in _items(book, now, settings, keys, strict=strict)]
    said = ngettext("Moved {count} line to {day}.", "Moved {count} lines to {day}.", len(done))
    return _all(done, said.replace("{day}", show_moment(to)))


def skip(
    book: Book, now: datetime, settings: Settings, keys: Iterable[str], *, strict: bool = False
) -> Change:
    """All let pass but promises, which are kept or broken. Raises Invalid where there is nothing else."""
    items = _items(book, now, settings, keys, strict=strict)
    passing = [item for item in items if strict or item.rule != PROMISE]
    if not passing:
        reminders.skipped(book, now, items[0])  # says why not
    done = [reminders.skipped(book, now, item) for item in passing]
    said = ngettext("Skipped {count} line.", "Skipped {count} lines.", len(done))
    if left := len(items) - len(passing):
        told = ngettext("{left} promise stays.", "{left} promises stay.", left).format(left=left)
        said = f"{said} {told}"
    return _all(done, said)


def _all(changes: Sequence[Change], said: str) -> Change:
    """One change of several; of a single one, as it is."""
    if len(changes) == 1:
        return changes[0]
    return Change(said.format(count=len(changes)), tuple(e for change in changes for e in change.edits))


def _items(
    book: Book, now: datetime, settings: Settings, keys: Iterable[str], *, strict: bool
) -> list[AgendaItem]:
    if strict:
        return find_items(book, settings, now.date(), keys, zone_name(now))
    items = items_of(book, settings, now.date(), frozenset(keys), zone_name(now))
    if not items:
        raise NotFound(_("None of these lines is open any more."))
    return items


def _parties(book: Book, ids: Iterable[str]) -> list[Party]:
    found = [book.accounts.get(each) or book.contacts.get(each) for each in dict.fromkeys(ids)]
    some: list[Party] = [one for one in found if one]
    if not some:
        raise NotFound(_("Nobody of these is in the book any more."))
    return some


def _with(one: Party, values: Mapping[str, Any], now: datetime) -> Party:
    if isinstance(one, Account):
        return accounts.changed(one, values, now.date())
    return contacts.changed(one, values, now.date())


def _changed(some: Sequence[Party], change: Callable[[Any], Party], said: str, what: str = "") -> Change:
    """The change to those for whom it makes a difference; the others are counted."""
    pairs = [(one, after) for one in some if (after := change(one)) != one]
    if not pairs:
        return Change(_("Nothing changed for {who}.").format(who=who(some)))
    summary = said.format(who=who([one for one, _after in pairs]), what=what)
    if same := len(some) - len(pairs):
        told = ngettext("{count} was so already.", "{count} were so already.", same).format(count=same)
        summary = f"{summary.rstrip('.')}. {told}"
    return Change(summary, tuple(Edit(one, after) for one, after in pairs))


def _by_account(some: Iterable[Party]) -> list[tuple[str | None, tuple[str, ...]]]:
    """The account of each, with those of its people who are meant; people at none are by themselves."""
    groups: dict[str, list[str]] = {}
    for one in some:
        account_id = one.id if isinstance(one, Account) else one.account_id
        group = groups.setdefault(account_id or one.id, [])
        if isinstance(one, Contact):
            group.append(one.id)
    return [(None if people and people[0] == key else key, tuple(people)) for key, people in groups.items()]
