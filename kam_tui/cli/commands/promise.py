"""`kam promise`: what was promised to a customer, by when, and whether it was kept."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from kam_tui.cli import agreed
from kam_tui.cli.acts import act_of, add_act
from kam_tui.cli.asking import fitting, settled, the_account, the_record
from kam_tui.cli.flags import add_fields, fields_of
from kam_tui.cli.line_with_day import marked
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.dates.when import read_when, show_moment
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.one_line import Understood, read_line
from kam_tui.domain.promise import PROMISE, Promise
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import N_, _
from kam_tui.rules.finding import find_item
from kam_tui.rules.promises import RULE, in_order, keeping, promises_of, show_keeping
from kam_tui.usecases import promises

_HOW = N_("Write it like kam promise add @acme fri send the drawings.")


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """One parser for each thing to do."""
    acts = parser.add_subparsers(dest="act", metavar="add|list|keep|break|edit|remove")
    add = add_act(acts, word, "add", _("a new one"))
    add.add_argument(
        "words", nargs="*", metavar=_("TEXT"), help=_("@name whom it was given to, by when, and what")
    )
    add_fields(add, PROMISE)
    listing = add_act(acts, word, "list", _("those that are open, and how promises were kept"))
    listing.add_argument("account", nargs="*", metavar=_("ACCOUNT"), help=_("only those to this account"))
    listing.add_argument("--all", action="store_true", help=_("those kept and broken as well"))
    which = _("its id, its short word in kam today, or words of it, in quotes when there are several")
    keep = add_act(acts, word, "keep", _("it was kept"))
    broken = add_act(acts, word, "break", _("it was not kept, and why"))
    for own, text in ((keep, _("how it was kept")), (broken, _("why it was not"))):
        own.add_argument("promise", metavar=_("PROMISE"), help=which)
        own.add_argument("text", nargs="*", metavar=_("TEXT"), help=text)
        own.add_argument("--on", metavar=_("DAY"), help=_("the day of it, where that is not today"))
    edit = add_act(acts, word, "edit", _("change fields"))
    remove = add_act(acts, word, "remove", _("take it out of the book; undo brings it back"))
    for own in (edit, remove):
        own.add_argument("promise", nargs="+", metavar=_("PROMISE"), help=which)
    add_fields(edit, PROMISE)


def run(shell: Shell, args: Arguments) -> int:
    """Do as the second word says."""
    return _ACTS[act_of(args, _ACTS)](shell, args)


def _add(shell: Shell, args: Arguments) -> int:
    session = shell.session
    fields = fields_of(args, PROMISE)
    text = " ".join(args.words)
    if not text and not fields:
        raise Invalid(_("What was promised?"), _(_HOW))
    line_of_it = marked(text, "promise:", session.reading()) or clean(text)
    if line_of_it == clean(text) and "due" not in fields:
        raise Invalid(
            _("By when? {text} does not say a day.").format(text=shorten(clean(text), 60) or '""'), _(_HOW)
        )

    def read(book: Book, line: str) -> Understood:
        return read_line(book, line, session.reading())

    line_of_it = settled(shell, line_of_it, read)

    def add(book: Book, now: datetime) -> Change:
        line = read(book, line_of_it)
        if line.reminder:
            raise Invalid(
                _("kam promise writes down a promise, and this line asks for a reminder as well."),
                _("Set it with kam remind, or write both with kam note."),
            )
        said = _said(line, fields)
        for problem in line.problems if text else ():
            if problem.words or said["text"]:
                raise problem.error
        if not said["text"]:
            raise Invalid(_("What was promised?"), _(_HOW))
        return promises.make(book, now, said, session.settings.reading)

    book, change = session.run(add)
    return shell.did(book, change, _told(book, change))


def _said(line: Understood, fields: dict[str, str]) -> dict[str, str]:
    """The fields of the promise: what the line says, and over it what the flags say."""
    said = {"text": line.text, "contact_ids": "; ".join(contact.id for contact in line.contacts)}
    if line.account:
        said["account_id"] = line.account.id
    if line.promise:
        said |= {"text": line.promise.text, "due": str(line.promise.due)}
    return said | fields


def _list(shell: Shell, args: Arguments) -> int:
    book, today = shell.session.read(), shell.session.now().date()
    account = the_account(book, " ".join(args.account)) if args.account else None
    some = promises_of(book, account.id) if account else in_order(book.promises.values())
    kept = keeping(some, today)
    shown = [each for each in some if args.all or each.is_open]
    if shell.out.as_json:
        shell.out.json(
            {
                "promises": [agreed.promise_json(book, each, today) for each in shown],
                "keeping": agreed.keeping_json(kept),
            }
        )
        return 0
    agreed.promises(shell.out, book, shown, today)
    if not shown and shell.out.is_terminal:
        shell.out.line(_("No promise is open."))
    if said := show_keeping(kept):
        shell.out.line(Styled(said, "dim"))
    return 0


def _keep(shell: Shell, args: Arguments) -> int:
    return _settle(shell, args, promises.keep)


def _break(shell: Shell, args: Arguments) -> int:
    return _settle(shell, args, promises.break_)


def _settle(shell: Shell, args: Arguments, verb: Any) -> int:
    session = shell.session
    promise = _the_promise(shell, args.promise, still=True)
    on = None
    if args.on:
        on = read_when(args.on, session.reading(past=True)).day
    return shell.did(*session.run(verb, promise.id, " ".join(args.text), on))


def _edit(shell: Shell, args: Arguments) -> int:
    session = shell.session
    fields = fields_of(args, PROMISE)
    if not fields:
        raise Invalid(_("There is nothing to change yet."), _("Name a field, such as --due friday."))
    promise = _the_promise(shell, " ".join(args.promise))
    book, change = session.run(promises.edit, promise.id, fields, session.settings.reading)
    return shell.did(book, change, _told(book, change))


def _remove(shell: Shell, args: Arguments) -> int:
    promise = _the_promise(shell, " ".join(args.promise))
    return shell.did(*shell.session.run(promises.remove, promise.id))


def _the_promise(shell: Shell, text: str, *, still: bool = False) -> Promise:
    """The promise with this id, or these words, or this short word on the agenda; with `still`, one that is
    open goes before one that is settled."""
    session = shell.session
    book = session.read()
    some = in_order(book.promises.values())
    try:
        item = find_item(book, session.settings, session.now().date(), text)
        if item.rule == RULE and item.word.startswith(text.casefold()):
            return book.promises[item.key.split(":")[1]]
    except KamError:
        pass
    hint = _("kam promise list shows them.")
    if still and (opened := fitting([each for each in some if each.is_open], text)):
        some = opened
    return the_record(some, text, _("No promise is called {text}."), hint)


def _told(book: Book, change: Change) -> str:
    record = change.edits[0].record if change.edits else None
    if not isinstance(record, Promise):
        return change.summary
    parts = [
        _("Promised by {when}").format(when=show_moment(record.due)),
        book.who(book.account_of(record), record.contact_ids),
        record.text,
    ]
    return " · ".join(filter(None, parts))


_ACTS = {"add": _add, "list": _list, "keep": _keep, "break": _break, "edit": _edit, "remove": _remove}
