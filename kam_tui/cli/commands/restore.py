"""`kam restore`: makes the book what a backup holds, as one change that can be undone."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from typing import Any

from kam_tui.cli import diagnostics, files
from kam_tui.cli.commands.backup import listing
from kam_tui.cli.diagnostics import must_agree
from kam_tui.cli.keeping import keep_before, keep_flag
from kam_tui.cli.output import Output, Styled
from kam_tui.cli.sealed import open_flags, opened
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.cli.watching import watched
from kam_tui.domain.backup import RESTORE, Backup, Named, newest_until
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Edit, Record, table_of
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import read_when, show_moment
from kam_tui.domain.errors import Ambiguous, Damaged, KamError, NotFound, Unwritable
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.changes import NOUNS, called
from kam_tui.session import Session
from kam_tui.usecases.restoring import Return, compare, go_back

BRIEF = 20
"""Records that are named before the question."""

BACK, CHANGES, GOES = "back", "changes", "goes"
OUTCOMES = {BACK: N_("comes back"), CHANGES: N_("changes back"), GOES: N_("goes")}
STYLES = {BACK: "mark", CHANGES: "mark", GOES: "now"}


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Which backup, and how far to go."""
    parser.add_argument(
        "which",
        nargs="*",
        metavar=_("WHICH"),
        help=_("the name of a backup, a file, latest, or a day; nothing lists them"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("show what would change; write nothing"))
    parser.add_argument("--yes", action="store_true", help=_("restore without asking"))
    keep_flag(parser)
    open_flags(parser)


def run(shell: Shell, args: Arguments) -> int:
    """Show what would change, ask, and do it."""
    if not args.which:
        return listing(shell)
    session = shell.session
    path = _path_of(session, " ".join(args.which))
    name = os.path.basename(path)
    data = opened(files.read(path), name, args.identity)
    if not session.backups.has_book:
        return _put_in_place(shell, args, data, name, "")
    progress = Progress()
    try:
        with watched(progress, _stopped()):
            book = _whole(session.read(), progress)
    except Damaged as problem:
        return _put_in_place(shell, args, data, name, str(problem))
    with watched(progress, _stopped()):
        records = session.backups.read(data, name, progress)
        progress.begin(_("Comparing with the book"))
        found = compare(book, records)
    if not shell.out.as_json:
        _show(shell.out, book, found, name)
    wanted = bool(found.edits) and not args.dry_run
    kept = None
    if wanted:
        must_agree(_("Restore it?"), _hint(), agreed=args.yes)
        kept = keep_before(session, RESTORE, args)
        said = _("Restored the book as it was on {when}").format(when=_when(name))
        with watched(progress, _stopped()):
            progress.begin_last(_("Writing it into the book"))
            session.run(go_back, records, said)
        diagnostics.say(_("The book is as it was then; kam undo takes that back."))
    if shell.out.as_json:
        shell.out.json(_json(book, found, path, kept, written=wanted))
    return 0


def _put_in_place(shell: Shell, args: Arguments, data: bytes, name: str, damage: str) -> int:
    """Where the book cannot be read, or is not there: the files of the backup become the book."""
    session, progress = shell.session, Progress()
    with watched(progress, _stopped()):
        records = session.backups.read(data, name, progress)
    if damage:
        diagnostics.say(damage)
        diagnostics.say(_("kam doctor --repair may save more of it than a backup has: look there first."))
        diagnostics.say(_("The files of {name} would take the place of the book's.").format(name=clean(name)))
        if args.no_backup:
            diagnostics.say(_("What is there now would not be kept."))
    if not shell.out.as_json:
        shell.out.line(_counted(len(records), name))
    kept: Backup | None = None
    if not args.dry_run:
        question = _("Put them there?") if damage else _("Make it the book?")
        must_agree(question, _hint(), agreed=args.yes)
        try:
            with watched(progress, _stopped()):
                progress.begin_last(_("Putting the backup in the place of the book"))
                kept = session.put_back(data, name, keep=not args.no_backup)
        except Unwritable as problem:
            hint = _("See to that and do it again. --no-backup does it without keeping the damaged book.")
            raise Unwritable(
                str(problem), hint if damage and not args.no_backup else problem.hint
            ) from problem
        diagnostics.say(_("It is the book now, with its history. Undo does not reach behind this."))
        if kept:
            told = _("The damaged book is kept as it was in {path}: unzip it to look into it.")
            diagnostics.say(told.format(path=clean(kept.path)))
    if shell.out.as_json:
        shell.out.json(
            {
                "from": name,
                "written": not args.dry_run,
                "damage": damage or None,
                "records": len(records),
                "damaged_kept": kept.path if kept else None,
            }
        )
    return 0


def _whole(book: Book, progress: Progress) -> Book:
    """The book, all of it read. Raises Damaged, Stopped."""
    for table in progress.over(_("Reading the book"), SCHEMAS, len(SCHEMAS)):
        book.table(table)
    return book


def _stopped() -> str:
    return _("Stopped: nothing was restored. The book is as it was.")


def _hint() -> str:
    return _("Say --yes to restore it, or --dry-run to look only.")


def _path_of(session: Session, text: str) -> str:
    """The file that is meant. Raises NotFound, Ambiguous."""
    some = session.backups.all()
    named = [each for each in some if each.name.startswith(text)]
    exact = [each for each in named if each.name in (text, f"{text}.zip")]
    if len(exact or named) == 1:
        return (exact or named)[0].path
    if os.path.isfile(os.path.expanduser(text)):
        return os.path.expanduser(text)
    if named:
        raise Ambiguous(
            _("{text} may be any of several backups.").format(text=clean(text)), [b.name for b in named]
        )
    if os.sep in text or text.endswith((".zip", ".age")):
        raise NotFound(_("There is no file {path}.").format(path=clean(text)))
    if text.casefold() in ("latest", _("latest")):
        found = next((each for each in some if each.is_good), None)
        missing = _("There is no good backup of this book.")
    else:
        found = _by_time(session, some, text)
        missing = _("There is no good backup from {text}, or from before that.").format(text=clean(text))
    if found is None:
        raise NotFound(missing, _("kam backup list shows them all. One from elsewhere is named by its file."))
    return found.path


def _by_time(session: Session, some: Iterable[Backup], text: str) -> Backup | None:
    try:
        moment = read_when(text, session.reading(past=True))
    except KamError as problem:
        raise NotFound(
            _("{text} is no backup, no file and no day.").format(text=shorten(clean(text), 60)),
            _("kam backup list shows the backups there are."),
        ) from problem
    until = moment.day if moment.clock is None else moment.instant(session.now().tzinfo).replace(tzinfo=None)
    return newest_until(some, until)


def _when(name: str) -> str:
    """When a backup was made, as its name tells; else what it is called."""
    named = Named.read(name)
    return show_moment(Moment(named.at.date(), named.at.time())) if named else clean(name)


def _outcome(edit: Edit) -> str:
    return BACK if edit.before is None else GOES if edit.after is None else CHANGES


def _show(out: Output, book: Book, found: Return, name: str) -> None:
    out.line(Styled(name, "bold"), _when(name) if Named.read(name) else "")
    after = book.after(found.edits)
    rows = [
        (
            Styled(_(OUTCOMES[_outcome(edit)]), STYLES[_outcome(edit)]),
            Styled(_(NOUNS[table_of(edit.record)]), "dim"),
            shorten(_called(book, after, edit.record), 80),
        )
        for edit in found.edits[:BRIEF]
    ]
    out.table(rows, indent=2, give=((2, 20),))
    if len(found.edits) > BRIEF:
        left = len(found.edits) - BRIEF
        out.line(ngettext("… and {count} more.", "… and {count} more.", left).format(count=left), indent=2)
    for sentence in found.refused:
        out.line(Styled(sentence, "now"), indent=2)
    if not found.edits:
        out.line(_("The book holds just this already."))
        return
    back, changes, goes = _counts(found).values()
    told = (
        (back, ngettext("{count} comes back", "{count} come back", back)),
        (changes, ngettext("{count} changes back", "{count} change back", changes)),
        (goes, ngettext("{count} goes", "{count} go", goes)),
    )
    out.line(", ".join(text.format(count=count) for count, text in told if count) + ".")


def _called(book: Book, after: Book, record: Record) -> str:
    def name(table: str, record_id: str) -> str:
        found = book.name_of(table, record_id)
        return found if found != record_id else after.name_of(table, record_id)

    return called(record, name)


def _counts(found: Return) -> dict[str, int]:
    outcomes = [_outcome(edit) for edit in found.edits]
    return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}


def _counted(count: int, name: str) -> str:
    text = ngettext("{name} holds {count} record.", "{name} holds {count} records.", count)
    return text.format(name=name, count=count)


def _json(book: Book, found: Return, path: str, kept: Backup | None, *, written: bool) -> dict[str, Any]:
    after = book.after(found.edits)
    return {
        "from": os.path.basename(path),
        "written": written,
        "counts": _counts(found),
        "changes": [
            {
                "outcome": _outcome(edit),
                "table": table_of(edit.record),
                "id": edit.record.id,
                "name": _called(book, after, edit.record),
            }
            for edit in found.edits
        ],
        "refused": list(found.refused),
        "backup": kept.path if kept else None,
    }
