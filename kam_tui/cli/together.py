"""Together: what `kam account` and `kam contact` do with all whom a query means, as one change."""

from __future__ import annotations

import argparse

from kam_tui.cli.acts import add_act
from kam_tui.cli.meaning import asked_query, meaning
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.kinds import tag_of
from kam_tui.i18n import _
from kam_tui.usecases import several


def add_where(parser: argparse.ArgumentParser) -> None:
    """A name, or a query that means several."""
    parser.add_argument("name", nargs="*", metavar=_("NAME"))
    parser.add_argument("--where", metavar=_("QUERY"), help=_("all whom a query means, in place of NAME"))


def add_acts(acts: argparse._SubParsersAction[argparse.ArgumentParser], word: str) -> None:
    """What is done with one or several alike: tags, and one line for each."""
    tagging = add_act(acts, word, "tag", _("put tags on, take tags off"))
    add_where(tagging)
    tagging.add_argument("--on", metavar=_("TAGS"), default="", help=_("tags to put on"))
    tagging.add_argument("--off", metavar=_("TAGS"), default="", help=_("tags to take off"))
    logging = add_act(acts, word, "log", _("one line for each of them: an entry, a reminder, a promise"))
    logging.add_argument("--where", metavar=_("QUERY"), help=_("for whom"))
    logging.add_argument("--kind", metavar=_("KIND"), default=NOTE, help=", ".join(ACTIVITY_KINDS))
    logging.add_argument("words", nargs="+", metavar=_("TEXT"), help=_("a line as kam note takes it"))


def meant(shell: Shell, args: Arguments) -> list[str] | None:
    """The ids of all whom `--where` means; None where a name is given instead.

    Raises Misread for a word that cannot be read, Invalid where neither or both are given, and NotFound
    where nobody is meant.
    """
    name: list[str] | None = getattr(args, "name", None)
    if args.where is None and name:
        return None
    if args.where is None or name:
        wanted = "--where" if name is None else _("NAME or --where")
        text = _("{command} takes either NAME or --where.") if name else _("{command} needs {names}.")
        command = f"kam {args.word} {args.act}"
        raise Invalid(
            text.format(command=command, names=wanted), _("See {command} --help.").format(command=command)
        )
    book, query = shell.session.read(), asked_query(shell, args.where)
    fits = meaning(shell, book, query)
    table = book.accounts if args.word == "account" else book.contacts
    archived = getattr(args, "restore", False) or query.minds_archived
    ids = [one.id for one in table.values() if (archived or not one.archived) and fits(one)]
    if not ids:
        raise NotFound(_("Nobody is meant by {query}.").format(query=query))
    return ids


def tag(shell: Shell, args: Arguments, named: str) -> int:
    """Put tags on and take tags off."""
    ids = [named] if named else meant(shell, args) or []
    on, off = ([tag_of(each) for each in text.replace(",", " ").split()] for text in (args.on, args.off))
    if not on and not off:
        raise Invalid(
            _("There is no tag to put on or to take off."), _("Write it like --on vip, or --off guest.")
        )
    return shell.did(*shell.session.run(several.tag, ids, on, off))


def log(shell: Shell, args: Arguments) -> int:
    """Keep one line for each of those who are meant."""
    ids = meant(shell, args) or []
    text = " ".join(args.words)
    return shell.did(*shell.session.run(several.capture, ids, text, shell.session.settings, args.kind))
