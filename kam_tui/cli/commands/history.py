"""`kam history`: what was changed, when, and by whom: everything, one record, or one change in full."""

from __future__ import annotations

import argparse
from itertools import islice

from kam_tui.cli import change_lines
from kam_tui.cli.asking import the_party
from kam_tui.cli.commands.undo import LONGEST
from kam_tui.cli.flags import counted
from kam_tui.cli.output import Styled
from kam_tui.cli.records import entry_json
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Entry, Record, name_of, table_of
from kam_tui.domain.errors import Ambiguous, Invalid, NotFound
from kam_tui.domain.kinds import unique
from kam_tui.domain.text import clean, words_of
from kam_tui.i18n import _
from kam_tui.rules.changes import NOUNS, OF_OURS, changes_about, ids_about, known_as
from kam_tui.usecases.undo import standing, undone


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Whose history, and how much of it."""
    parser.add_argument(
        "name",
        nargs="*",
        metavar=_("NAME"),
        help=_("an account, person or reminder, the id of an entry, or the number of a change"),
    )
    parser.add_argument(
        "--limit", metavar=_("N"), default="20", help=_("the newest so many; 20 unless said otherwise")
    )


def run(shell: Shell, args: Arguments) -> int:
    """Print the history, newest first."""
    if not args.limit.isdecimal() or args.limit == "0":
        raise Invalid(_("--limit takes a number from 1, not {text}.").format(text=args.limit))
    limit = counted(args.limit)
    text = " ".join(args.name).strip()
    if not text:
        return _everything(shell, limit)
    number = int(text) if text.isdecimal() and len(text) <= LONGEST else 0
    entry = shell.session.entry(number) if number else None
    return _one_change(shell, entry) if entry else _one_record(shell, text, limit)


def _everything(shell: Shell, limit: int) -> int:
    session = shell.session
    entries = list(islice(session.history(), limit))
    book, undoers = session.read(), undone(entries)
    if shell.out.as_json:
        shell.out.json({"history": [entry_json(book, entry, undoers) for entry in entries]})
        return 0
    told = ((entry, ()) for entry in entries)
    change_lines.listing(shell.out, book, told, undoers, session.now().tzinfo)
    if not entries and shell.out.is_terminal:
        shell.out.line(_("Nothing has been changed yet."))
    return 0


def _one_change(shell: Shell, entry: Entry) -> int:
    session = shell.session
    book = session.read()
    if shell.out.as_json:
        undoers = undone(session.undoing(entry.number))
        shell.out.json({"history": [entry_json(book, entry, undoers)]})
    else:
        said = standing(session, entry)
        change_lines.in_full(shell.out, book, entry, said, session.now().tzinfo)
    return 0


def _one_record(shell: Shell, text: str, limit: int) -> int:
    session = shell.session
    book = session.read()
    record = _the_record(shell, book, text)
    told = list(islice(changes_about(session, ids_about(book, record.id)), limit))
    # What took one of them back touched the same records, so it is among them, and newer.
    undoers = undone(entry for entry, _edits in told)
    table = table_of(record)
    if shell.out.as_json:
        about = {"table": table, "id": record.id, "name": name_of(record)}
        shell.out.json({"about": about, "history": [entry_json(book, each, undoers) for each, _e in told]})
        return 0
    marks = [_(NOUNS[table]), record.id, "" if book.get(record.id, table) else _("no longer in the book")]
    shell.out.line(Styled(name_of(record), "bold"), Styled("· " + " · ".join(filter(None, marks)), "dim"))
    change_lines.listing(shell.out, book, told, undoers, session.now().tzinfo, record.id)
    if not told:
        shell.out.line(_("The history holds no change of it."))
    return 0


def _the_record(shell: Shell, book: Book, text: str) -> Record:
    """The record that is meant: in the book by its id or name, else as the history knew it."""
    for table in SCHEMAS:
        if found := book.get(text, table):
            return found
    try:
        return the_party(book, text)
    except NotFound as problem:
        some = _agreed(book, text) or _entries(book, text) or known_as(shell.session, text)
        if not some:
            said = _("No account, person, reminder, promise, contract or entry is called {name}.")
            if text.isdecimal():
                said = _("There is no change {name} in the history, and nothing is called so.")
            hint = "" if problem.candidates else _("kam history lists the changes.")
            raise NotFound(said.format(name=clean(text)), hint, problem.candidates) from None
    if len(some) > 1:
        named = unique(f"{clean(name_of(each))} [{each.id}]" for each in some)
        raise Ambiguous(_("{name} may be any of {count}.").format(name=clean(text), count=len(some)), named)
    return some[0]


def _agreed(book: Book, text: str) -> list[Record]:
    wanted = set(words_of(text))
    some = (each for table in OF_OURS for each in book.table(table).values())
    return [each for each in some if wanted and wanted <= set(words_of(name_of(each)))]


def _entries(book: Book, text: str) -> list[Record]:
    """The entries whose id begins so."""
    if not (text.startswith("t-") and len(text) > 2):
        return []
    return [entry for key, entry in book.activities.items() if key.startswith(text)]
