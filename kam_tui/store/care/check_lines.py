"""What is wrong with the lines of a journal and of a history, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam_tui.domain.errors import KamError
from kam_tui.domain.text import shorten
from kam_tui.i18n import _, ngettext
from kam_tui.store.care.salvage import Gap, Row, told_by
from kam_tui.store.care.sheet import SHOWN
from kam_tui.store.care.survey import Survey
from kam_tui.store.folder import JOURNAL
from kam_tui.store.records import edits_of


def journal_findings(survey: Survey) -> Iterator[str]:
    """What is wrong with the journal."""
    path = survey.folder.journal
    if survey.journal is None:
        if JOURNAL not in survey.refusals:
            yield _("{path} is missing.").format(path=path)
        return
    for row in survey.before:
        yield _("Line {line} of {path} is damaged.").format(line=row.at, path=path)
    if survey.head is None and not survey.before:
        yield _("{path} does not begin as a journal does.").format(path=path)
    yield from _unended(survey.changes, path)
    for item in survey.changes:
        if isinstance(item, Row):
            yield from _change(item, path)
        elif item is not survey.torn:
            yield from _gap(item, path)


def history_findings(survey: Survey) -> Iterator[str]:
    """What is wrong with the history."""
    path = survey.folder.file(survey.past.file)
    found = len(survey.history or b"")
    if survey.past.file in survey.refusals:
        return
    if found < survey.past.size:
        yield _("{path} has {found} bytes, {wanted} belong there.").format(
            path=path, found=found, wanted=survey.past.size
        )
    last = None
    yield from _unended(survey.old, path)
    for item in survey.old:
        if isinstance(item, Gap):
            yield from _gap(item, path)
        else:
            yield from _change(item, path)
            last = item.number
    if last is not None and last > survey.start:
        yield _("{path} goes on to change {found}, but the journal begins after change {wanted}.").format(
            path=path, found=last, wanted=survey.start
        )


def _unended(items: Sequence[Row | Gap], path: str) -> Iterator[str]:
    """Lines without an end, or with one that an editor gave them."""
    if some := [item.at for item in items if isinstance(item, Row) and not item.ended]:
        yield ngettext(
            "Line {line} of {path} does not end as it should.",
            "{count} lines of {path} do not end as they should, from line {line} on.",
            len(some),
        ).format(line=some[0], count=len(some), path=path)


def _change(row: Row, path: str) -> Iterator[str]:
    try:
        edits_of(row.line, path)
    except KamError as problem:
        yield str(problem)


def _gap(gap: Gap, path: str) -> Iterator[str]:
    for row in gap.rows:
        if row.number is not None:
            yield _("Line {line} of {path} is change {number}, which does not belong there.").format(
                line=row.at, path=path, number=row.number
            )
        elif what := told_by(row.raw).what:
            yield _("Line {line} of {path} is damaged: {what}").format(
                line=row.at, path=path, what=shorten(what, SHOWN)
            )
        else:
            yield _("Line {line} of {path} is damaged.").format(line=row.at, path=path)
    if len(gap.numbers) > sum(row.number is None for row in gap.rows):
        yield _("{changes} cannot be read in {path}.").format(changes=called(gap.numbers), path=path)


def called(numbers: range) -> str:
    """`Change 17`, or `Changes 17 to 20`."""
    said = ngettext("Change {first}", "Changes {first} to {last}", len(numbers))
    return said.format(first=numbers.start, last=numbers.stop - 1)
