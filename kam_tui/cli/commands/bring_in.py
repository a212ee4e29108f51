"""`kam import`: shows what files would bring, asks, and brings it in as one change."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kam_tui.cli import diagnostics, files
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.keeping import keep_before, keep_flag
from kam_tui.cli.output import Output, Part, Styled
from kam_tui.cli.records import plan_lines_json
from kam_tui.cli.sealed import open_flags, opened, unsealed_name
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.domain.backup import IMPORT
from kam_tui.domain.draft import Draft, Options, Parsed, Reject
from kam_tui.domain.errors import Invalid, Stopped
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean
from kam_tui.formats.registry import READERS, read_file
from kam_tui.i18n import _, ngettext
from kam_tui.usecases.import_plan import CONFLICT, OUTCOMES, REJECTED, SAME, Line, Plan
from kam_tui.usecases.merging import merge, plan

BRIEF = 20
"""Lines that a terminal shows before the question, unless all are asked for."""

STYLES = {CONFLICT: "now", REJECTED: "late", SAME: "dim"}


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """The files, and what they do not say themselves."""
    parser.add_argument("files", nargs="+", metavar=_("FILE"), help=_("- reads standard input"))
    parser.add_argument("--dry-run", action="store_true", help=_("show what would come in; write nothing"))
    parser.add_argument("--yes", action="store_true", help=_("bring it in without asking"))
    parser.add_argument(
        "--all", action="store_true", help=_("list what stays as it is, too, not only what is new or differs")
    )
    parser.add_argument("--date-order", metavar="dmy|mdy", default="", help=_("how 3/4/1980 is read"))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar=_('"COLUMN=FIELD"'),
        help=_("what a column of a CSV holds; may be given several times"),
    )
    parser.add_argument(
        "--format", default="", metavar=_("NAME"), help=_("read it as") + " " + ", ".join(READERS)
    )
    keep_flag(parser)
    open_flags(parser)


def run(shell: Shell, args: Arguments) -> int:
    """Read, show, ask, write; whoever stops it is told that nothing came in."""
    try:
        return _run(shell, args)
    except (KeyboardInterrupt, Stopped):
        diagnostics.break_in(_("Stopped: nothing was imported."))
        return ExitCode.INTERRUPTED


def _run(shell: Shell, args: Arguments) -> int:
    session = shell.session
    options = Options(args.date_order or session.settings.date_order, _columns(args.map), args.format)
    if options.date_order not in ("", "dmy", "mdy"):
        raise Invalid(_("--date-order is dmy or mdy, not {text}.").format(text=clean(args.date_order)))
    progress = Progress()
    contents = [(path, _content(path, args.identity)) for path in args.files]
    with watched(progress):
        parsed = [
            (path, read_file(unsealed_name(os.path.basename(path)), data, options, progress))
            for path, data in contents
        ]
        found = _together(parsed)
        planned = plan(session.read(), session.now(), found.drafts, found.rejects, found.records, progress)
    if not shell.out.as_json:
        _show(shell.out, parsed, planned, everything=args.all)
    writes = bool(planned.edits) and not args.dry_run
    if writes:
        hint = _("Say --yes to bring it in, or --dry-run to look only.")
        diagnostics.must_agree(_("Bring it in?"), hint, agreed=args.yes)
        keep_before(session, IMPORT, args)
        with watched(progress):
            session.run(merge, found.drafts, found.rejects, found.records, progress, planned)
        diagnostics.say(_("It is in the book now; kam undo takes it back."))
    if shell.out.as_json:
        shell.out.json(_json(parsed, planned, written=writes))
    return 0


def _content(path: str, identity: str) -> bytes:
    """What is in a file, sealed or not."""
    return opened(files.read(path), os.path.basename(path), identity)


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        column, sign, slot = pair.rpartition("=")
        if not sign or not column.strip() or not slot.strip():
            raise Invalid(
                _("--map {pair} is not a column and a field.").format(pair=clean(pair)),
                _('Write it like --map "Account Owner=about".'),
            )
        columns[column.strip()] = slot.strip()
    return columns


def _together(parsed: Sequence[tuple[str, Parsed]]) -> Parsed:
    """All the files as one, so that they come in as one change; each card says which file it is in."""
    if any(each.records for _path, each in parsed) and len(parsed) > 1:
        raise Invalid(_("A book that kam wrote comes in by itself, not together with other files."))
    if len(parsed) == 1:
        return parsed[0][1]
    drafts: list[Draft] = []
    rejects: list[Reject] = []
    for path, each in parsed:
        name = clean(os.path.basename(path))
        drafts += [replace(draft, where=f"{name}, {draft.where}") for draft in each.drafts]
        rejects += [replace(reject, where=f"{name}, {reject.where}") for reject in each.rejects]
    return Parsed("", tuple(drafts), tuple(rejects))


def _show(out: Output, parsed: Sequence[tuple[str, Parsed]], planned: Plan, *, everything: bool) -> None:
    for path, each in parsed:
        out.line(Styled(path, "bold"), _(each.format))
        for warning in each.warnings:
            out.line(Styled(warning, "now"), indent=2)
    # What needs a look stands next to the question, and is never cut to the width of the terminal.
    in_full = [line for line in planned.lines if out.is_terminal and _stands_out(line)]
    shown = [
        line
        for line in planned.lines
        if not (out.is_terminal and _stands_out(line)) and (everything or line.outcome != SAME)
    ]
    most = BRIEF if out.is_terminal and not everything else len(planned.lines)
    out.table([_row(line) for line in shown[:most]], indent=2, give=((3, 30), (0, 20), (2, 20), (3, 0)))
    _tell_left_out(out, len(shown) - most)
    for line in in_full[:most]:
        where, outcome, name, why = _row(line)
        out.line(where, outcome, f"{name}:" if name else "", why, indent=2)
    _tell_left_out(out, len(in_full) - most)
    out.line(planned.told + ".")
    if any(each.with_two_dates for _path, each in parsed):
        out.line(
            _("Some dates could be two: --date-order dmy reads 3/4 as 3 April, --date-order mdy as March 4.")
        )


def _stands_out(line: Line) -> bool:
    return line.outcome in (CONFLICT, REJECTED) or line.needs_a_look


def _tell_left_out(out: Output, count: int) -> None:
    if count > 0:
        out.line(
            ngettext(
                "… and {count} more like it; --all lists them all.",
                "… and {count} more; --all lists them all.",
                count,
            ).format(count=count),
            indent=2,
        )


def _row(line: Line) -> tuple[Part, ...]:
    style = "now" if line.needs_a_look else STYLES.get(line.outcome, "mark")
    outcome = Styled(_(OUTCOMES[line.outcome]), style)
    return Styled(line.where, "dim"), outcome, line.name, " ".join(line.details)


def _json(parsed: Sequence[tuple[str, Parsed]], planned: Plan, *, written: bool) -> dict[str, Any]:
    return {
        "files": [
            {"file": path, "format": _(each.format), "warnings": list(each.warnings)} for path, each in parsed
        ],
        "summary": planned.summary,
        "written": written,
        "counts": dict(planned.counts),
        "to_look_at": planned.to_look_at,
        "new_accounts": planned.new_accounts,
        "lines": [
            {**told, "remarks": list(line.remarks)}
            for told, line in zip(plan_lines_json(planned.lines), planned.lines, strict=True)
        ],
    }
