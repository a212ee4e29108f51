"""Merging: bring drafts from files into the book, as one Change for a whole import.

Nothing in the book is overwritten or erased, and the same file a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Record
from kam_tui.domain.draft import Draft, Reject
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _
from kam_tui.usecases import restoring
from kam_tui.usecases.import_plan import REJECTED, Line, Plan
from kam_tui.usecases.joining import Joining


def plan(
    book: Book,
    now: datetime,
    drafts: Iterable[Draft],
    rejects: Iterable[Reject] = (),
    records: Sequence[Record] = (),
    progress: Progress | None = None,
    overruling: Collection[str] = (),
) -> Plan:
    """What bringing in these drafts, or these whole records of a book, would do. Nothing is written.

    Where one of them differs from the book, the book's is kept, unless it stands where a person has it be
    `overruling`. Raises Stopped.
    """
    progress = progress or Progress()
    lines = [Line(each.where, REJECTED, "", (each.reason,)) for each in rejects]
    if records:
        restored, edits = restoring.restore(book, records, progress, overruling)
        lines += restored
        return Plan(tuple(lines), edits, book=book)
    joining = Joining(book, now.date(), overruling)
    found = joining.lines(list(drafts), progress)
    return Plan((*found, *lines), joining.edits(), joining.new_accounts, book)


def merge(
    book: Book,
    now: datetime,
    drafts: Iterable[Draft],
    rejects: Iterable[Reject] = (),
    records: Sequence[Record] = (),
    progress: Progress | None = None,
    planned: Plan | None = None,
    overruling: Collection[str] = (),
) -> Change:
    """Bring the drafts in, all of them in one change that can be undone; see `plan`.

    What was `planned` for this very book is not worked out again. Raises Stopped, and then nothing comes in.
    """
    progress = progress or Progress()
    if planned is None or planned.book is not book:
        planned = plan(book, now, drafts, rejects, records, progress, overruling)
    progress.begin_last(_("Writing it into the book"))
    return Change(planned.summary, planned.edits)
