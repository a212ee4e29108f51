"""Keeping the book before something large is done to it: every word that does so says it the same way."""

from __future__ import annotations

import argparse

from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Arguments
from kam_tui.cli.watching import watched
from kam_tui.domain.backup import Backup
from kam_tui.domain.errors import Busy, KamError, Stopped, Unwritable
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.session import Session


def keep_flag(parser: argparse.ArgumentParser) -> None:
    """The flag that leaves the backup out."""
    parser.add_argument("--no-backup", action="store_true", help=_("without a backup of the book first"))


def keep_before(session: Session, reason: str, args: Arguments) -> Backup | None:
    """Back up the book, unless the person or the settings want none.

    Raises Unwritable where it fails: then nothing else is to be done, and it says what is to do. Raises
    Stopped as well.
    """
    if args.no_backup:
        return None
    progress = Progress()
    try:
        with watched(progress):
            kept = session.back_up(reason, progress=progress)
    except (Busy, Stopped):
        raise
    except KamError as problem:
        raise Unwritable(
            _("The book could not be backed up first, so nothing was changed. {problem}").format(
                problem=problem
            ),
            _("See to that, or say --no-backup to do it without."),
        ) from problem
    if kept is not None:
        diagnostics.say(_("Backed up first: {path}").format(path=clean(kept.path)))
    return kept


def keep_daily(session: Session) -> None:
    """Back up the book once a day, on the way; where that fails it is said, and nothing else suffers."""
    try:
        session.back_up_daily()
    except KamError as problem:
        diagnostics.say(_("The daily backup failed. {problem}").format(problem=problem))
        if problem.hint:
            diagnostics.say(problem.hint)
