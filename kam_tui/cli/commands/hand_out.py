"""`kam export`: the book, or one account's part of it, for other programs."""

from __future__ import annotations

import argparse
import os

from kam_tui.cli import files
from kam_tui.cli.asking import the_account
from kam_tui.cli.sealed import refuse_unsealed, seal_flags, seal_of, unsealed_name
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid
from kam_tui.domain.excerpt import excerpt
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean
from kam_tui.formats.registry import TABLES, WRITERS, Wanted, write_file
from kam_tui.i18n import _


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """What to write, where to, and how."""
    parser.add_argument("--format", default="", metavar="|".join(WRITERS))
    parser.add_argument("--output", default="", metavar=_("FILE"), help=_("standard output without it"))
    parser.add_argument("--overwrite", action="store_true", help=_("write over a file that is there"))
    parser.add_argument("--account", metavar=_("NAME"), help=_("only this account and its people"))
    parser.add_argument(
        "--table", choices=TABLES, default="contacts", help=_("what a vCard or CSV file holds")
    )
    parser.add_argument(
        "--archived",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("with or without archived ones; usually they are in CSV and JSON, and not in vCards"),
    )
    parser.add_argument("--vcard-version", choices=("3.0", "4.0"), default="4.0")
    parser.add_argument("--apple", action="store_true", help=_("anniversaries as Apple's programs read them"))
    parser.add_argument(
        "--raw", action="store_true", help=_("CSV for a program, without the guard against formulas")
    )
    seal_flags(parser)


def run(shell: Shell, args: Arguments) -> int:
    """Write the file, or standard output."""
    target = "" if args.output == "-" else args.output
    name = _format(shell, args, target)
    seal = seal_of(args)
    refuse_unsealed(target, seal)
    if seal and not target and shell.out.is_terminal:
        raise Invalid(_("A sealed file is nothing to read."), _("Give a file with --output."))
    session = shell.session
    progress, stopped = Progress(), _("Stopped: nothing was exported.")
    with watched(progress, stopped):
        book, archived = session.read(), args.archived
        for table in progress.over(_("Reading the book"), SCHEMAS, len(SCHEMAS)):
            book.table(table)
    if args.account:
        account = the_account(book, args.account)
        archived = archived if archived is not None else account.archived or None
        book = excerpt(book, account.id, whole=name == "json")
    wanted = Wanted(args.table, args.vcard_version, args.apple, args.raw, archived)
    with watched(progress, stopped):
        content = write_file(name, book, session.now(), wanted, progress).encode("utf-8", "replace")
        if seal:
            progress.begin(_("Sealing the file"))
            content = seal(content)
        progress.begin_last(_("Writing the file"))
        if target:
            files.write(target, content, overwrite=args.overwrite)
    if not target:
        shell.out.raw(content)
        return 0
    if shell.out.as_json:
        shell.out.json({"file": os.path.abspath(target), "format": name})
    else:
        shell.out.line(_("Wrote {path}.").format(path=target))
    return 0


def _format(shell: Shell, args: Arguments, target: str) -> str:
    """The format that is asked for. Raises Invalid for none, and for what does not go with it."""
    name = args.format or _format_of(target) or ("json" if shell.out.as_json else "")
    if not name:
        raise Invalid(
            _("Which format? One of: {names}.").format(names=", ".join(WRITERS)),
            _("Write it like kam export --format vcard --output contacts.vcf."),
        )
    if shell.out.as_json and not target and name != "json":
        raise Invalid(
            _("--json and --format {name} cannot both be on standard output.").format(name=clean(name)),
            _("Give a file with --output, or leave --json out."),
        )
    if name == "json" and args.archived is False:
        raise Invalid(
            _("JSON is the whole book, with what is archived."),
            _("Leave out --no-archived, or write CSV or vCard."),
        )
    return name


def _format_of(path: str) -> str:
    """The format that a file's name asks for; empty where it asks for none."""
    low = unsealed_name(path).casefold()
    return next((name for name, known in WRITERS.items() if low.endswith(known.endings)), "")
