"""`kam doctor`: is the book sound, where is it, and are the settings taken? It mends what can be mended."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field

from kam_tui import __version__, paths, settings_reader
from kam_tui.cli import mending, sending
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.keeping import keep_flag
from kam_tui.cli.output import Styled
from kam_tui.cli.remarks import remarks_on
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.delivery.told import told
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid, KamError, Stopped
from kam_tui.domain.progress import Progress
from kam_tui.domain.report import Report
from kam_tui.i18n import _, ngettext
from kam_tui.name_calendar import name_calendar
from kam_tui.rules.namesakes import namesakes


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Whether it is to mend, or to bring in a copy."""
    parser.add_argument(
        "--repair", action="store_true", help=_("mend what can be mended without losing anything")
    )
    parser.add_argument(
        "--merge",
        metavar=_("FILE"),
        default="",
        help=_("bring in a copy that a sync tool made of a file of the book, or another folder of it"),
    )
    parser.add_argument(
        "--test",
        metavar=_("CHANNEL"),
        nargs="?",
        const="",
        help=_("send a test of the daily digest, by the channels of the settings where none is named"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("show what would be done; write nothing"))
    parser.add_argument("--yes", action="store_true", help=_("do it without asking"))
    keep_flag(parser)


def run(shell: Shell, args: Arguments) -> int:
    """Look, mend or merge; the exit code is 1 where something is wrong and stays so."""
    if args.repair and args.merge:
        raise Invalid(_("--repair and --merge are done one after the other, not at once."))
    if args.merge:
        from kam_tui.cli import merging

        return merging.run(shell, args)
    if args.test is not None:
        if args.repair:
            raise Invalid(_("--repair and --test are done one after the other, not at once."))
        return _test(shell, args.test)
    if args.repair:
        return mending.run(shell, args)
    return _look(shell)


def _test(shell: Shell, channel: str) -> int:
    """Send a test by the channel that is named, else by those of the settings. Raises NotSent."""
    session = shell.session
    names = sending.channels_of(shell, channel or session.settings.channels)
    said = [sending.send_test(shell, names), *told(session.outbox, session.now())]
    if shell.out.as_json:
        shell.out.json({"done": said})
    else:
        for sentence in said:
            shell.out.line(sentence)
    return ExitCode.OK


@dataclass(slots=True)
class _Seen:
    """What a look at the settings and the book has told."""

    folder: str
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    names: int = 0
    """Names in the calendar of name days."""
    can_be_mended: bool = False
    """Whether a repair would do anything about what is wrong."""


def _look(shell: Shell) -> int:
    """Look at everything and change nothing.

    What may well be right, such as two people of one name, is a remark and no finding.
    """
    config = paths.config_file()
    progress = Progress()
    with watched(progress, _("Stopped: kam has not looked at all of the book. Nothing was changed.")):
        seen = _seen(shell, config, progress)
    if shell.out.as_json:
        shell.out.json(
            {
                "version": __version__,
                "book": seen.folder,
                "book_exists": os.path.isdir(seen.folder),
                "settings_file": config,
                "settings_file_exists": os.path.exists(config),
                "records": seen.counts,
                "name_days": seen.names,
                "findings": seen.findings,
                "remarks": seen.remarks,
            }
        )
    else:
        _show(shell, seen, config)
    return ExitCode.ERROR if seen.findings else ExitCode.OK


def _seen(shell: Shell, config: str, progress: Progress) -> _Seen:
    seen = _Seen(os.path.expanduser(shell.book_folder))
    try:
        settings = settings_reader.load(config)
        seen.folder = seen.folder or paths.book_folder(settings.book)
        seen.names = len(name_calendar(settings.name_day_calendar).days)
        seen.remarks += remarks_on(settings)
        if os.path.lexists(seen.folder):
            report = shell.session.look_over(progress)
            seen.findings += report.findings
            seen.remarks += report.remarks
            book = shell.session.read()
            tables = progress.over(_("Counting the records"), SCHEMAS, len(SCHEMAS))
            seen.counts = {table: len(book.table(table)) for table in tables}
            seen.remarks += namesakes(book)
            seen.remarks += told(shell.session.outbox, shell.session.now())
    except Stopped:
        raise
    except KamError as problem:
        # What keeps the book from being opened has been found already, as a rule.
        if not seen.findings:
            seen.findings.append(f"{problem} {problem.hint}".strip())
    seen.can_be_mended = bool(seen.findings) and not shell.out.as_json and _can_mend(shell, progress)
    return seen


def _show(shell: Shell, seen: _Seen, config: str) -> None:
    absent = _("(not there yet)")
    folder = seen.folder
    rows = [("kam", __version__)]
    rows += [(_("Book"), f"{folder} {'' if os.path.isdir(folder) else absent}")] if folder else []
    rows += [(_("Settings"), f"{config} {'' if os.path.exists(config) else absent}")]
    if seen.names:
        told = ngettext("{count} name in the calendar", "{count} names in the calendar", seen.names)
        rows += [(_("Name days"), told.format(count=seen.names))]
    rows += [(table, str(count)) for table, count in seen.counts.items()]
    shell.out.table((Styled(label, "dim"), value) for label, value in rows)
    shell.out.line()
    mending.show_report(shell.out, Report(tuple(seen.findings), tuple(seen.remarks)))
    if seen.can_be_mended:
        shell.out.line(_("kam doctor --repair mends what can be mended; kam restore goes back to a backup."))


def _can_mend(shell: Shell, progress: Progress) -> bool:
    try:
        return bool(shell.session.repair(dry_run=True, progress=progress).done)
    except Stopped:
        raise
    except KamError:
        return False
