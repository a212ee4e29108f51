"""`kam backup`: the book as one file, and a list of those there are."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from kam_tui.cli import diagnostics
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.files import read
from kam_tui.cli.output import Output, Styled
from kam_tui.cli.sealed import open_flags, opened, refuse_unsealed, seal_flags, seal_of
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.domain.backup import BY_HAND, DAMAGED, REASONS, Backup
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.errors import Damaged, Invalid, KamError, TooNew
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _, ngettext
from kam_tui.session import Session

GOOD, SEALED, RUIN, BROKEN = "good", "sealed", "damaged book", "not whole"
"""What a backup is, by a look at its file."""

STYLES = {GOOD: "mark", SEALED: "mark", RUIN: "now", BROKEN: "late"}


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Where to, sealed how; or the list."""
    parser.add_argument("act", nargs="?", default="", metavar="list", help=_("list the backups there are"))
    parser.add_argument("--check", action="store_true", help=_("with list: read each one through"))
    parser.add_argument(
        "--output",
        default="",
        metavar=_("FILE"),
        help=_("put it there, a file or a folder, not with the others"),
    )
    seal_flags(parser)
    open_flags(parser)


def run(shell: Shell, args: Arguments) -> int:
    """Make a backup, or list them. A book that cannot be read whole ends with 1 and is not backed up."""
    if args.act not in ("", "list"):
        raise Invalid(_("kam backup takes no word but list."), _("See kam backup --help."))
    if args.act == "list":
        return listing(shell, check=args.check, identity=args.identity)
    session = shell.session
    seal = seal_of(args)
    refuse_unsealed(args.output, seal)
    progress = Progress()
    try:
        with watched(progress, _("Stopped: no backup was made.")):
            made = session.back_up(BY_HAND, seal, args.output, progress)
    except (Damaged, TooNew) as problem:
        diagnostics.tell(problem)
        diagnostics.say(_("No backup was made, and the older ones are as they were. See kam doctor."))
        return ExitCode.ERROR
    if made is None:
        diagnostics.say(_("There is no book yet, so there is nothing to back up."))
    if shell.out.as_json:
        shell.out.json({"backup": as_json(made) if made else None})
    elif made is not None:
        shell.out.line(_("Backed up to {path}").format(path=made.path))
        shell.out.line(contents(made.records or {}))
    return ExitCode.OK


def listing(shell: Shell, *, check: bool = False, identity: str = "") -> int:
    """Print the backups, newest first; with `check`, each is read through. 1 where one is not good."""
    session = shell.session
    some = session.backups.all()
    wrong = {each.name: _problem(session, each, identity) for each in some} if check else {}
    wrong = {name: said for name, said in wrong.items() if said}
    if shell.out.as_json:
        rows = [as_json(each) | ({"problem": wrong.get(each.name)} if check else {}) for each in some]
        shell.out.json({"backups": rows})
    else:
        _show(shell.out, some, wrong)
    return ExitCode.ERROR if wrong else ExitCode.OK


def state_of(backup: Backup) -> str:
    """What a backup is, in a word or two of this file's."""
    if not backup.is_whole:
        return BROKEN
    return RUIN if backup.reason == DAMAGED else SEALED if backup.is_sealed else GOOD


def as_json(backup: Backup) -> dict[str, Any]:
    """A backup as JSON has it."""
    return {
        "name": backup.name,
        "path": backup.path,
        "at": backup.at.isoformat(),
        "reason": backup.reason,
        "sealed": backup.is_sealed,
        "state": state_of(backup),
        "size": backup.size,
        "records": dict(backup.records) if backup.records is not None else None,
    }


def contents(records: Mapping[str, int]) -> str:
    """How much is in a backup, in words."""
    count = sum(records.values())
    told = ngettext("{count} record: {tables}", "{count} records: {tables}", count)
    tables = ", ".join(f"{_(table)} {some}" for table, some in records.items() if some)
    return told.format(count=count, tables=tables) if count else _("There is no record in it.")


def _show(out: Output, some: Sequence[Backup], wrong: Mapping[str, str]) -> None:
    rows = []
    for each in some:
        state = state_of(each) if each.name not in wrong else BROKEN
        rows.append(
            (
                Styled(show_moment(Moment(each.at.date(), each.at.time())), "bold"),
                _(REASONS[each.reason]),
                _how_many(each),
                _size(each.size),
                Styled(_(state), STYLES[state]),
                Styled(each.name, "dim"),
            )
        )
    out.table(rows, give=((2, 0), (3, 0), (1, 10)))
    for said in wrong.values():
        out.line(Styled("!", "late"), said)
    if not some and out.is_terminal:
        out.line(_("There are no backups yet."))


def _how_many(backup: Backup) -> str:
    if backup.records is None:
        return ""
    count = sum(backup.records.values())
    return ngettext("{count} record", "{count} records", count).format(count=count)


def _size(size: int) -> str:
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000  # type: ignore[assignment]
    return f"{size:.3g} GB"


def _problem(session: Session, backup: Backup, identity: str) -> str:
    """What is wrong with a backup, by reading it through; empty where nothing is, or nobody can tell."""
    if backup.reason == DAMAGED or (backup.is_sealed and not identity):
        return ""
    try:
        data = opened(read(backup.path), backup.name, identity)
        session.backups.read(data, backup.name)
    except KamError as problem:
        return f"{backup.name}: {problem}"
    return ""
