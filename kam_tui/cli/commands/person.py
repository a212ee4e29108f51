"""`kam person`: all that the book holds about somebody, handed out or erased for good."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from typing import Any

from kam_tui.cli import diagnostics, files
from kam_tui.cli.acts import act_of, add_act
from kam_tui.cli.asking import the_contact
from kam_tui.cli.output import Output, Part, Styled
from kam_tui.cli.person_file import person_json
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Record, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.difference import differences
from kam_tui.domain.errors import Invalid
from kam_tui.domain.identity import name_key
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _, ngettext
from kam_tui.rules.changes import NOUNS, called
from kam_tui.usecases.erasing import Copy, Erased, Erasing
from kam_tui.usecases.redacting import Reach

ACTS = ("export", "erase")
"""What can be done about a person's data."""

BRIEF = 20
"""Records of a sort that a terminal is shown before the question."""

WORDS = {
    "activities": "entry", "accounts": "account", "contacts": "contact", "reminders": "remind",
    "promises": "promise", "contracts": "contract",
}  # fmt: skip
"""Table to the word of the shell that edits its records."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """One parser for each thing to do."""
    acts = parser.add_subparsers(dest="act", metavar="|".join(ACTS))
    export = add_act(acts, word, "export", _("write down everything the book holds about somebody"))
    erase = add_act(acts, word, "erase", _("take somebody out of the book, its history and its backups"))
    for own in (export, erase):
        own.add_argument("name", nargs="+", metavar=_("NAME"))
    export.add_argument("--output", default="", metavar=_("FILE"), help=_("standard output without it"))
    export.add_argument("--overwrite", action="store_true", help=_("write over a file that is there"))
    erase.add_argument("--dry-run", action="store_true", help=_("show what would go; write nothing"))
    erase.add_argument("--yes", action="store_true", help=_("erase without asking"))
    erase.add_argument(
        "--names", action="store_true", help=_("their first or last name goes as well where it stands alone")
    )
    erase.add_argument(
        "--entries",
        action="store_true",
        help=_("entries and reminders at an account go as well where they name nobody else"),
    )


def run(shell: Shell, args: Arguments) -> int:
    """Do as the second word says."""
    act = act_of(args, ACTS)
    contact = the_contact(shell.session.read(), " ".join(args.name))
    return _export(shell, args, contact) if act == "export" else _erase(shell, args, contact)


def _export(shell: Shell, args: Arguments, contact: Contact) -> int:
    session = shell.session
    progress = Progress()
    with watched(progress, _("Stopped: nothing was exported.")):
        plan = session.erasing(contact.id, progress=progress)
        document = person_json(session, plan, progress)
    if not args.output or args.output == "-":
        shell.out.json(document)
        return 0
    text = json.dumps(document, ensure_ascii=False, indent=2)
    files.write(args.output, f"{text}\n", overwrite=args.overwrite)
    if shell.out.as_json:
        shell.out.json({"file": os.path.abspath(args.output), "format": document["format"]})
    else:
        shell.out.line(_("Wrote {path}.").format(path=args.output))
    return 0


def _erase(shell: Shell, args: Arguments, contact: Contact) -> int:
    session = shell.session
    progress, stopped = Progress(), _("Stopped: nobody was erased. The book is as it was.")
    with watched(progress, stopped):
        plan = session.erasing(contact.id, Reach(args.names, args.entries), progress)
        copies = session.copies(plan, progress)
        book = session.read()
    if not shell.out.as_json:
        _show(shell.out, book, plan, copies)
    erased: Erased | None = None
    if not args.dry_run:
        _agreed(args, contact)
        with watched(progress, stopped):
            book, erased = session.erase(plan, progress)
    if shell.out.as_json:
        shell.out.json(_json(book, plan, copies, erased))
    elif erased:
        _tell(shell.out, erased)
    else:
        shell.out.line(_("Nothing was written."))
    return 0


def _agreed(args: Arguments, contact: Contact) -> None:
    """Return when the person wants it. Raises Invalid where nobody can be asked, and Cancelled."""
    if args.yes:
        return
    if not diagnostics.can_ask():
        raise Invalid(
            _("Nothing was written: nobody can be asked here."),
            _("Say --yes to erase them, or --dry-run to look only."),
        )
    question = _("Nothing brings back what is erased. Type {name} to erase them:")
    if name_key(diagnostics.ask(question.format(name=contact.name))) != name_key(contact.name):
        raise diagnostics.Cancelled


def _show(out: Output, book: Book, plan: Erasing, copies: Sequence[Copy]) -> None:
    out.line(Styled(book.who(None, [plan.person.id]), "bold"), Styled(f"· {plan.person.id}", "dim"))
    _listed(out, _("Goes"), [_row(book, record) for record in plan.removed])
    _listed(out, _("Stays, without them"), [(*_row(book, e.record), _fields(book, e)) for e in plan.changed])
    _listed(
        out,
        _("Stays, and was with them alone: read it, or say --entries if that is to go as well"),
        [_row(book, record) for record in plan.read],
    )
    _listed(
        out,
        _("Stays, and has one of their names: look at it")
        if plan.person.reach.names
        else _("Stays, and has one of their names: look at it, or say --names if these are to go as well"),
        [(*_row(book, record), Styled(_edit(record), "dim")) for record in plan.look],
    )
    _listed(out, _("Stays, since others have it too"), [(text,) for text in plan.person.signs.shared])
    _listed(
        out,
        _("Stays, and has the same name: erase that one as well if it is the same person"),
        [_row(book, contact) for contact in plan.namesakes],
    )
    _listed(out, _("Backups that are written anew without them"), [(c.path,) for c in copies if not c.why])
    _listed(out, _("Left for you to look at, and to delete"), [(c.path, c.why) for c in copies if c.why])
    out.line(_("What was copied elsewhere, by an export or kam backup --output, kam cannot know."))


def _listed(out: Output, title: str, rows: Sequence[Sequence[Part]]) -> None:
    if not rows:
        return
    out.line(Styled(title, "bold"))
    shown = rows[:BRIEF] if out.is_terminal else rows
    out.table(shown, indent=2, give=[each for each in ((1, 30), (2, 20)) if each[0] < len(rows[0])])
    if left := len(rows) - len(shown):
        out.line(ngettext("… and {count} more.", "… and {count} more.", left).format(count=left), indent=2)


def _row(book: Book, record: Record) -> tuple[Part, ...]:
    text = called(record, book.name_of)
    if contact_ids := getattr(record, "contact_ids", ()):
        text = f"{book.who(getattr(record, 'account_id', None), contact_ids)}: {text}"
    return Styled(_(NOUNS[table_of(record)]), "dim"), shorten(clean(text), 100)


def _fields(book: Book, edit: Edit) -> str:
    return ", ".join(each.label for each in differences(edit, book.name_of))


def _edit(record: Record) -> str:
    return f"kam {WORDS[table_of(record)]} edit {record.id}"


def _tell(out: Output, erased: Erased) -> None:
    out.line(erased.erasing.change.summary + ".")
    if cleared := len(erased.cleared):
        text = ngettext(
            "{count} backup is without them now.", "{count} backups are without them now.", cleared
        )
        out.line(text.format(count=cleared))
    if erased.unfinished:
        out.line(Styled(erased.unfinished, "late"))
        out.line(_("Nobody reads what is left in those files; kam removes it when it closes the book next."))
    _listed(out, _("Left for you to look at, and to delete"), [(c.path, c.why) for c in erased.left])


def _json(book: Book, plan: Erasing, copies: Sequence[Copy], erased: Erased | None) -> dict[str, Any]:
    done = erased.erasing if erased else plan
    left = erased.left if erased else tuple(each for each in copies if each.why)
    return {
        "erased": erased is not None,
        "summary": done.change.summary,
        "removed": [_named(record) for record in done.removed],
        "changed": [_named(e.record) | {"fields": [d.field for d in differences(e, book.name_of)]}
                    for e in done.changed],
        "read": [_named(record) for record in plan.read],
        "look": [_named(record) | {"edit": _edit(record)} for record in plan.look],
        "shared": list(done.person.signs.shared),
        "namesakes": [_named(contact) for contact in done.namesakes],
        "backups": list(erased.cleared) if erased else [each.path for each in copies if not each.why],
        "left": [{"file": each.path, "why": each.why} for each in left],
        "unfinished": erased.unfinished if erased else "",
    }  # fmt: skip


def _named(record: Record) -> dict[str, str]:
    return {"table": table_of(record), "id": record.id}
