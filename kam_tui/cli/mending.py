"""`kam doctor --repair`: shows what can be mended, asks, mends it, and looks again."""

from __future__ import annotations

from kam_tui.cli import diagnostics
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.output import Output, Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.domain.progress import Progress
from kam_tui.domain.report import Mending, Report
from kam_tui.i18n import _


def run(shell: Shell, args: Arguments) -> int:
    """Mend the book; the exit code is 0 where all is well afterwards."""
    session = shell.session
    progress, not_mended = Progress(), _("Stopped: nothing was mended. The book is as it was.")
    with watched(progress, not_mended):
        mending = session.repair(dry_run=True, progress=progress)
    writes = bool(mending.done or mending.lost) and not args.dry_run
    if writes:
        if not (args.yes or shell.out.as_json):
            _show(shell.out, mending)
        diagnostics.must_agree(
            _("Mend it?"), _("Say --yes to mend it, or --dry-run to look only."), agreed=args.yes
        )
        with watched(progress, not_mended):
            mending = session.repair(progress=progress)
    not_seen = _("Stopped: kam has not looked at all of the book. Nothing was changed.")
    if writes:
        not_seen = _("Stopped: the book is mended, but kam has not looked at all of it since.")
    progress = Progress()
    with watched(progress, not_seen):
        report = session.look_over(progress)
    if shell.out.as_json:
        shell.out.json(
            {
                "written": writes,
                "done": list(mending.done),
                "lost": list(mending.lost),
                "refused": list(mending.refused),
                "findings": list(report.findings),
                "remarks": list(report.remarks),
            }
        )
    else:
        _show(shell.out, mending)
        shell.out.line()
        show_report(shell.out, report)
    return ExitCode.ERROR if report.findings else ExitCode.OK


def show_report(out: Output, report: Report) -> None:
    """What is wrong, and what is worth knowing."""
    for sentence in report.findings:
        out.line(Styled("!", "late"), sentence)
    if not report.findings:
        out.line(_("Nothing is wrong."))
    for sentence in report.remarks:
        out.line(Styled("·", "mark"), sentence)


def _show(out: Output, mending: Mending) -> None:
    for sentence in mending.done:
        out.line(Styled("+", "mark"), sentence)
    for sentence in mending.lost:
        out.line(Styled("-", "late"), sentence)
    for sentence in mending.refused:
        out.line(Styled("!", "late"), sentence)
    if not (mending.done or mending.lost or mending.refused):
        out.line(_("There is nothing to mend."))
