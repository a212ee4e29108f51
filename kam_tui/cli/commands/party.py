"""`kam account` and `kam contact`: the companies and people of the book."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from kam_tui.cli import pages, together
from kam_tui.cli.acts import act_of, add_act
from kam_tui.cli.asking import the_account, the_contact
from kam_tui.cli.flags import add_fields, counted, fields_of
from kam_tui.cli.meaning import meaning, query_of
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.timeline import add_limit, limit_of
from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.errors import Invalid
from kam_tui.domain.fields import Schema
from kam_tui.domain.kinds import tag_of
from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.usecases import accounts, contacts, several

FILTERS = {"account": ("tier", "status", "scope", "stage"), "contact": ("standing", "role")}
"""Fields that a list can be narrowed by."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """One parser for each thing to do."""
    acts = parser.add_subparsers(dest="act", metavar="add|list|show|edit|tag|log|archive")
    schema = _schema(word)
    add = add_act(acts, word, "add", _("a new one"))
    edit = add_act(acts, word, "edit", _("change fields"))
    show = add_act(acts, word, "show", _("everything about one"))
    archive = add_act(acts, word, "archive", _("out of lists and agenda, kept in the book"))
    for one in (add, show):
        one.add_argument("name", nargs="+", metavar=_("NAME"))
    for one in (edit, archive):
        together.add_where(one)
    together.add_acts(acts, word)
    add_fields(add, schema, {"name"})
    add_fields(edit, schema, renamed=True)
    add_limit(show)
    archive.add_argument("--restore", action="store_true", help=_("bring back what was archived"))
    _list_arguments(add_act(acts, word, "list", _("all, or those asked for")), word)


def run(shell: Shell, args: Arguments) -> int:
    """Do as the second word says."""
    return _ACTS[act_of(args, _ACTS)](shell, args)


def _list_arguments(listing: argparse.ArgumentParser, word: str) -> None:
    listing.add_argument(
        "query", nargs="*", metavar=_("QUERY"), help=_("words that must hold: tier:key 'quiet>30d' timber")
    )
    for name in FILTERS[word]:
        options = _schema(word).fields[name].kind.options  # type: ignore[attr-defined]
        listing.add_argument(f"--{name}", metavar=_("WORD"), help=", ".join(options))
    if word == "contact":
        listing.add_argument("--account", metavar=_("NAME"), help=_("people at this account"))
    listing.add_argument("--tag", metavar=_("TAG"), help=_("with this tag"))
    listing.add_argument("--quiet", metavar=_("N"), help=_("no real contact for so many days"))
    listing.add_argument("--archived", action="store_true", help=_("archived ones as well"))


def _schema(word: str) -> Schema[Any]:
    return ACCOUNT if word == "account" else CONTACT


def _add(shell: Shell, args: Arguments) -> int:
    session = shell.session
    verb = accounts.add if args.word == "account" else contacts.add
    fields = {"name": " ".join(args.name)} | fields_of(args, _schema(args.word))
    return shell.did(*session.run(verb, fields, session.settings.reading))


def _edit(shell: Shell, args: Arguments) -> int:
    session = shell.session
    verb = accounts.edit if args.word == "account" else contacts.edit
    ids, fields = together.meant(shell, args), fields_of(args, _schema(args.word))
    if not fields:
        raise Invalid(_("There is nothing to change yet."), _('Name a field, such as --tags "vip".'))
    if ids:
        return shell.did(*session.run(several.edit, ids, fields, session.settings.reading))
    party = _party(args, session.read())
    return shell.did(*session.run(verb, party.id, fields, session.settings.reading))


def _archive(shell: Shell, args: Arguments) -> int:
    session = shell.session
    verb = accounts.archive if args.word == "account" else contacts.archive
    if ids := together.meant(shell, args):
        return shell.did(*session.run(several.archive, ids, not args.restore))
    party = _party(args, session.read())
    return shell.did(*session.run(verb, party.id, not args.restore))


def _tag(shell: Shell, args: Arguments) -> int:
    one = _party(args, shell.session.read()).id if args.name and args.where is None else ""
    return together.tag(shell, args, one)


def _show(shell: Shell, args: Arguments) -> int:
    book = shell.session.read()
    pages.show(shell, book, _party(args, book), limit_of(args))
    return 0


def _list(shell: Shell, args: Arguments) -> int:
    book = shell.session.read()
    today = shell.session.now().date()
    query = query_of(shell, " ".join(args.query))
    meant, archived = meaning(shell, book, query), args.archived or query.minds_archived
    if args.word == "account":
        chosen = _narrowed(book, book.shown_accounts(archived=archived), args, today)
        pages.accounts(shell, book, [one for one in chosen if meant(one)], today)
        return 0
    people = [contact for contact in book.contacts.values() if archived or not contact.archived]
    if args.account:
        at = the_account(book, args.account)
        people = [contact for contact in people if contact.account_id == at.id]
    people.sort(key=lambda contact: (fold(contact.name), contact.id))
    pages.contacts(shell, book, [one for one in _narrowed(book, people, args, today) if meant(one)], today)
    return 0


def _narrowed(book: Book, some: Sequence[Any], args: Arguments, today: date) -> list[Any]:
    texts = {name: getattr(args, name) for name in FILTERS[args.word] if getattr(args, name)}
    wanted = _schema(args.word).read_form(texts, PLAIN)
    chosen = [one for one in some if all(getattr(one, name) == value for name, value in wanted.items())]
    if args.tag:
        chosen = [one for one in chosen if tag_of(args.tag) in one.tags]
    if args.quiet is not None:
        if not args.quiet.isdecimal():
            raise Invalid(_("--quiet takes a number of days, not {text}.").format(text=args.quiet))
        chosen = [one for one in chosen if _is_quiet(book, one.id, today, counted(args.quiet))]
    return chosen


def _is_quiet(book: Book, subject_id: str, today: date, days: int) -> bool:
    touch = book.last_touch(subject_id, today)
    return touch is None or (today - touch.when.day).days >= days


def _party(args: Arguments, book: Book) -> Account | Contact:
    name = " ".join(args.name)
    return the_account(book, name) if args.word == "account" else the_contact(book, name)


_ACTS = {
    "add": _add, "list": _list, "show": _show, "edit": _edit, "tag": _tag, "log": together.log,
    "archive": _archive,
}  # fmt: skip
