"""Bystanders: what is in and around a book's folder and is none of its files."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta

from kam_tui.domain.dates.when import show_day
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.care import places
from kam_tui.store.care.names import KEPT, OTHER, copies, sort_of
from kam_tui.store.care.salvage import Row, rows_of
from kam_tui.store.care.survey import Survey
from kam_tui.store.folder import Folder
from kam_tui.store.folding import UNFINISHED
from kam_tui.store.history import is_history
from kam_tui.store.journal import DUE
from kam_tui.store.vault.backups import FOLDER, Backups

WEEK = timedelta(7)
"""How old the newest backup may be when the book has changed since."""


def findings(survey: Survey) -> Iterator[str]:
    """Files that somebody should do something about."""
    for path in left_over(survey.folder):
        yield _("{path} was left over by something that was cut short.").format(path=path)
    yield from map(copy_found, copies(survey.folder))
    if any(line.past for line in survey.lines):
        yield _("Somebody was erased, and is still in files that the next tidying leaves behind.")


def left_over(folder: Folder) -> list[str]:
    """The files that processes which run no more did not come to finish."""
    found = [(name, UNFINISHED.fullmatch(name)) for name in files.names(folder.path)]
    return [folder.file(name) for name, process in found if process and not files.is_running(int(process[1]))]


def copy_found(path: str) -> str:
    """The sentence for a copy of a file of the book."""
    return _(
        "{path} is a copy, as a sync tool makes it when two machines wrote at once. "
        "It may hold what the book does not: kam doctor --merge {name} looks, and brings it in."
    ).format(path=path, name=shlex.quote(os.path.basename(path)))


def exposed(folder: Folder) -> list[str]:
    """What of a book others on this computer may read or write."""
    names = [name for name in files.names(folder.path) if sort_of(name) != OTHER and name[0] != "."]
    paths = [folder.path, *map(folder.file, names)]
    backups = folder.file(FOLDER)
    paths += [os.path.join(backups, name) for name in files.names(backups)]
    return [path for path in paths if places.is_open_to_others(path)]


def open_to_others(folder: Folder) -> Iterator[str]:
    """A sentence for each of those."""
    return map(places.open_to_others, exposed(folder))


def remarks(survey: Survey, now: datetime | None) -> Iterator[str]:
    """What may well be right, and is worth knowing."""
    for name in survey.names:
        path = survey.folder.file(name)
        sort = sort_of(name)
        if sort == KEPT and ".merged" in name:
            yield _("{path} has been merged. Delete it when you like.").format(path=path)
        elif sort == KEPT and any(row.number for row in rows_of(survey.read(name) or b"")):
            yield _(
                "{path} keeps changes that did not fit in, as of another machine: "
                "kam doctor --merge {name} looks, and brings them in. Then delete it."
            ).format(path=path, name=shlex.quote(name))
        elif sort == KEPT:
            yield _(
                "{path} keeps what could not be read. Look whether you miss anything, then delete it."
            ).format(path=path)
        elif sort == OTHER:
            yield _("{path} is none of kam's files; kam leaves it alone.").format(path=path)
        elif is_history(name) and name != survey.past.file:
            yield _("{path} is an earlier history; the next tidying removes it.").format(path=path)
    if survey.torn:
        yield _(
            "{path} ends in what is left of a change that was cut short while it was written. "
            "The next change puts it aside."
        ).format(path=survey.folder.journal)
    for path in (survey.folder.path, survey.folder.lock.path, survey.folder.journal):
        if files.mode(path) is not None and not files.may_write(path):
            yield _("{path} may not be written by you: this book can only be read.").format(path=path)
    yield from places.remarks(survey.folder.path)
    if now is not None:
        yield from _backups(survey, now)
    size = len(survey.journal or b"")
    if size > 4 * DUE:
        yield _("The journal has grown to {size} kB. Closing the screen folds it into the tables.").format(
            size=size // 1000
        )


def _backups(survey: Survey, now: datetime) -> Iterator[str]:
    """What is to be said of the newest good backup, at this time."""
    rows = [item for item in (*survey.old, *survey.changes) if isinstance(item, Row)]
    if not rows:
        return
    first, last = (
        datetime.fromisoformat(row.line.fields["at"]).astimezone(now.tzinfo).replace(tzinfo=None)
        for row in (rows[0], rows[-1])
    )
    newest = Backups(survey.folder).newest_good()
    if now.replace(tzinfo=None) - (newest.at if newest else first) < WEEK:
        return
    if newest is None:
        yield _("There is no backup of the book yet: kam backup makes one.")
    elif newest.at < last:
        yield _(
            "The newest backup is of {day}, and the book has changed since: kam backup makes one."
        ).format(day=show_day(newest.at.date()))
