"""`kam entry`: what is on the timeline, shown, mended and taken off."""

from __future__ import annotations

import argparse

from kam_tui.cli import timeline
from kam_tui.cli.acts import act_of, add_act
from kam_tui.cli.asking import the_party
from kam_tui.cli.flags import add_fields, fields_of
from kam_tui.cli.records import record_json
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.activity import ACTIVITY, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.errors import Ambiguous, Invalid, NotFound
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.usecases import activities

ACTS = ("list", "show", "edit", "remove")
"""What can be done with entries."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """One parser for each thing to do with an entry."""
    acts = parser.add_subparsers(dest="act", metavar="|".join(ACTS))
    listing = add_act(acts, word, "list", _("the timeline of an account, a person, or everybody"))
    listing.add_argument("name", nargs="*", metavar=_("NAME"), help=_("whose; everybody's without it"))
    timeline.add_limit(listing)
    for act, text in (("show", _("show one")), ("edit", _("mend one")), ("remove", _("take one off"))):
        own = add_act(acts, word, act, text)
        own.add_argument("id", metavar=_("ID"), help=_("its id, or the beginning of it"))
        if act == "edit":
            add_fields(own, ACTIVITY)


def run(shell: Shell, args: Arguments) -> int:
    """Do as the second word says."""
    act, session = act_of(args, ACTS), shell.session
    book = session.read()
    if act == "list":
        return _list(shell, book, args)
    activity = the_activity(book, args.id)
    if act == "remove":
        return shell.did(*session.run(activities.remove, activity.id))
    if act == "edit":
        fields = fields_of(args, ACTIVITY)
        if not fields:
            raise Invalid(_("There is nothing to change yet."), _('Name a field, such as --text "…".'))
        book, change = session.run(activities.edit, activity.id, fields, session.settings.reading)
        return shell.did(book, change, _told(book, change, activity.id))
    if shell.out.as_json:
        shell.out.json({"entry": record_json(book, activity)})
    else:
        timeline.facts(shell.out, book, ACTIVITY, activity)
    return 0


def _told(book: Book, change: Change, activity_id: str) -> str:
    activity = book.activities[activity_id]
    if not change.edits:
        return change.summary
    return f"{change.summary} · {show_moment(activity.when)}"


def the_activity(book: Book, text: str) -> Activity:
    """The entry with this id, or the only one whose id begins so. Raises NotFound or Ambiguous."""
    if text in book.activities:
        return book.activities[text]
    fits = [key for key in book.activities if len(text) > 2 and key.startswith(text)]
    if len(fits) > 1:
        raise Ambiguous(
            _("{text} may be any of {count}.").format(text=clean(text), count=len(fits)), sorted(fits)[:8]
        )
    if not fits:
        raise NotFound(
            _("No entry has the id {text}.").format(text=clean(text)),
            _("kam entry list and kam find show the ids."),
        )
    return book.activities[fits[0]]


def _list(shell: Shell, book: Book, args: Arguments) -> int:
    if args.name:
        some = book.timeline(the_party(book, " ".join(args.name)).id)
    else:
        some = tuple(sorted(book.activities.values(), key=lambda a: a.order))[::-1]
    some = some[: timeline.limit_of(args)]
    if shell.out.as_json:
        shell.out.json({"entries": [record_json(book, activity) for activity in some]})
    else:
        timeline.rows(shell.out, book, some)
        if not some and shell.out.is_terminal:
            shell.out.line(_("Nothing is on this timeline yet. kam note and kam log write on it."))
    return 0
