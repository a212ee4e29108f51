"""`kam doctor --merge`: shows what a copy of the book would bring, asks, and brings it in as one change."""

from __future__ import annotations

import os
from typing import Any

from kam_tui.cli import diagnostics
from kam_tui.cli.keeping import keep_before
from kam_tui.cli.output import Output, Styled
from kam_tui.cli.records import plan_lines_json
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.backup import IMPORT
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.usecases.import_plan import CONFLICT
from kam_tui.usecases.reconciling import OUTCOMES, REMOVED, Plan, plan, reconcile
from kam_tui.usecases.versions import Other

STYLES = {CONFLICT: "now", REMOVED: "now"}


def run(shell: Shell, args: Arguments) -> int:
    """Read, show, ask, write; then the copy gets another name."""
    session = shell.session
    path = os.path.expanduser(args.merge)
    other = session.doctor.read_copy(path)
    planned = plan(session.read(), session.now(), other)
    if not shell.out.as_json:
        _show(shell.out, other, planned)
    writes = bool(planned.edits) and not args.dry_run
    if writes:
        hint = _("Say --yes to bring it in, or --dry-run to look only.")
        diagnostics.must_agree(_("Bring it in?"), hint, agreed=args.yes)
        keep_before(session, IMPORT, args)
        session.run(reconcile, other)
        diagnostics.say(_("It is in the book now; kam undo takes it back."))
    away = "" if args.dry_run else session.doctor.put_away(path)
    if away:
        diagnostics.say(
            _("The copy is called {name} now. Delete it when you like.").format(
                name=clean(os.path.basename(away))
            )
        )
    if shell.out.as_json:
        shell.out.json(_json(other, planned, away, written=writes))
    return 0


def _show(out: Output, other: Other, planned: Plan) -> None:
    out.line(Styled(other.name, "bold"))
    for warning in other.warnings:
        out.line(Styled(warning, "now"), indent=2)
    for line in planned.lines:
        outcome = Styled(_(OUTCOMES[line.outcome]), STYLES.get(line.outcome, "mark"))
        out.line(Styled(line.where, "dim"), outcome, line.name, indent=2)
        for detail in line.details:
            out.line(detail, indent=4)
    out.line(planned.summary + ".")


def _json(other: Other, planned: Plan, away: str, *, written: bool) -> dict[str, Any]:
    return {
        "copy": other.name,
        "warnings": list(other.warnings),
        "summary": planned.summary,
        "written": written,
        "counts": dict(planned.counts),
        "lines": plan_lines_json(planned.lines),
        "called_now": away or None,
    }
