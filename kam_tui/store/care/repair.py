"""Repair: mends what it can without losing anything, says each thing it does, and refuses the rest.

Before anything is mended a backup keeps every file as it is. What is damaged goes to a file of its
own beside the one it was in, the history and the tables are written next, and the journal comes last:
so a repair that is stopped leaves a book that is no worse, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Damaged
from kam_tui.domain.progress import Progress
from kam_tui.domain.report import Mending
from kam_tui.i18n import _
from kam_tui.store import files, history, migrations
from kam_tui.store.care import bystanders
from kam_tui.store.care.check import half_restored
from kam_tui.store.care.mend_lines import Lines, book_of, closing_line, mended_history, mended_journal
from kam_tui.store.care.mend_tables import Frame, Table, mended_table
from kam_tui.store.care.salvage import Row, in_sequence, rows_of
from kam_tui.store.care.survey import Story, Survey, changes_among
from kam_tui.store.compaction import is_due
from kam_tui.store.folder import Folder
from kam_tui.store.folding import fold
from kam_tui.store.journal import DUE, Past, dumps
from kam_tui.store.layout import render
from kam_tui.store.vault.backups import Backups


def plan(folder: Folder, progress: Progress) -> Mending:
    """What a repair would do. Nothing is written. Raises TooNew, Busy, Stopped, Invalid for a file in its
    place."""
    if not folder.exists:
        return Mending()
    with folder.lock.shared():
        progress.begin(_("Reading the files of the book"))
        survey = Survey(folder)
        return _Repair(survey, progress).told(_closed_to_others(folder)) if survey.is_of_a_book else Mending()


def repair(folder: Folder, by: str, progress: Progress) -> Mending:
    """Mend the book. Raises TooNew, Busy, Unwritable, Invalid for a file in its place; and Stopped, while
    nothing is written yet."""
    if not folder.exists:
        return Mending()
    with folder.lock.exclusive(by) as hold, files.writing(folder.path):
        progress.begin(_("Reading the files of the book"))
        survey = Survey(folder)
        if not survey.is_of_a_book:
            return Mending()
        wanted = _Repair(survey, progress)
        progress.begin_last(_("Mending the book"))
        closed = _closed_to_others(folder)
        for path in bystanders.exposed(folder):
            files.set_mode(path, files.FOLDER_MODE if files.is_folder(path) else files.FILE_MODE)
        kept = Backups(folder).keep_damaged() if wanted.rewrites else None
        wanted.carry_out()
        if not wanted.refused:
            _fold(folder, lambda: fold(folder, hold.since))
    said = [_("All files as they were are kept in {path}.").format(path=kept.path)] if kept else []
    return wanted.told([*closed, *said])


def _closed_to_others(folder: Folder) -> list[str]:
    said = _("{path}: nobody else on this computer may read or write it any more.")
    return [said.format(path=path) for path in bystanders.exposed(folder)]


def _fold(folder: Folder, act: Callable[[], object]) -> None:
    """Put in order what somebody else wrote, and finish an erasure. A book that cannot be read is left."""
    try:
        snapshot = folder.newest()
        if is_due(snapshot):
            if snapshot.is_older:
                Backups(folder).keep_older()
            act()
    except Damaged:
        return  # It is told as refused, or found by the next look.


@dataclass(slots=True)
class _Later:
    """A history that goes on where the journal ends: the journal is an older one."""

    number: int
    """Its last change."""

    past: Past
    """The history up to there."""

    story: Story
    """What it tells."""

    is_other: bool
    """Whether the journal holds changes that are not the same there."""


class _Repair:
    """What a repair does to the files of a book."""

    def __init__(self, survey: Survey, progress: Progress) -> None:
        self.survey = survey
        self.progress = progress
        self.folder = survey.folder
        self.renames: list[tuple[str, str]] = []
        self.tables: list[Table] = []
        self.history, self.journal = Lines(), Lines()
        self.later: _Later | None = None
        self.expected: Mapping[str, int] = {}
        self.done: list[str] = []
        self.tidied: list[str] = []
        self.refused: list[str] = []
        self.left_over = bystanders.left_over(self.folder)
        if survey.is_half_restored:
            self.refused.append(half_restored(survey))
        elif survey.refusals:
            said = _("{finding} Nothing can be mended while that is so.")
            self.refused += [said.format(finding=finding) for finding in survey.refusals.values()]
        else:
            self._decide()
        self.done += [_("{path} is removed: it was left over.").format(path=path) for path in self.left_over]

    @property
    def rewrites(self) -> bool:
        """Whether anything of the book is written anew."""
        return bool(self.renames or self._journal_is_new or self._mended)

    @property
    def _mended(self) -> list[Table]:
        return [table for table in self.tables if table.done and not table.refused]

    @property
    def _journal_is_new(self) -> bool:
        if self.refused or not (self.tables or self.survey.journal is not None):
            return False
        whole = self.journal.is_whole and self.history.is_whole
        return self._head_is_new or not whole or self.later is not None

    @property
    def _head_is_new(self) -> bool:
        return self.survey.head is None or self.survey.head_is_torn or bool(self.survey.before)

    def told(self, before: Sequence[str]) -> Mending:
        """What is done, is lost, is refused; `before` comes first."""
        parts: list[Lines | Table] = [self.history, self.journal, *self._mended]
        refused = [*self.refused, *(said for table in self.tables for said in table.refused)]
        done = [*before, *(said for part in parts for said in part.done), *self.done]
        done += [] if refused else self.tidied
        lost = [said for part in parts for said in part.lost]
        return Mending(tuple(dict.fromkeys(done)), tuple(lost), tuple(refused))

    def carry_out(self) -> None:
        """Do it. Whoever calls holds the lock. Raises OSError."""
        for path, target in self.renames:
            files.replace(path, target)
        if self.rewrites:
            past = self._write_history()
            mended = self._mended
            for table in self.progress.over(_("Writing the tables"), mended, len(mended)):
                if table.is_copied:
                    files.replace(table.path, _free(table.path, " (copy)", ".json"))
                self._keep_aside(table.path, table.aside)
                rows = [(key, dumps(document)) for key, document in sorted(table.rows.items())]
                self.folder.replace_whole(
                    table.path, render(table.name, table.number, migrations.SCHEMA, rows)
                )
            if self._journal_is_new:
                self._write_journal(past)
        for path in self.left_over:
            files.remove(path)

    def _decide(self) -> None:
        survey = self.survey
        self.progress.begin(_("Looking through the history"))
        self.history, self.journal = mended_history(survey), mended_journal(survey)
        self.later = next(self._later(), None)
        frame = Frame(Story((*survey.old, *survey.changes)), survey.start, survey.number, survey.expected)
        if self.later:
            self.history, self.journal = Lines(), Lines()
            frame = Frame(self.later.story, self.later.number, self.later.number, {})
        names = list(dict.fromkeys([*SCHEMAS, *survey.expected, *survey.sheets]))
        if self.later or not survey.head:
            told = {name: frame.story.last_touching(name, frame.start) for name in names}
            frame = replace(frame, expected={name: number for name, number in told.items() if number})
        self.expected = frame.expected
        for name in self.progress.over(_("Looking through the tables"), names, len(names)):
            if name in survey.sheets and survey.is_stray(name):
                path = survey.sheets[name].path
                self.renames.append((path, _free(path, " (copy)", ".json")))
            elif name in survey.sheets or name in frame.expected:
                self.tables.append(mended_table(survey, frame, name))
        self._say()

    def _say(self) -> None:
        survey, path = self.survey, self.folder.journal
        for each in self.renames:
            self.done.append(_("{path} is called {target} now.").format(path=each[0], target=each[1]))
        if self.later:
            said = _("{path} was of an earlier day; it begins anew after change {number} of the history.")
            self.done.append(said.format(path=path, number=self.later.number))
        elif self._head_is_new:
            self.done.append(_("{path}: its first line is made anew.").format(path=path))
            cut = survey.head is None or not (survey.journal or b"").endswith(b"\n")
            if cut and len(self.journal.lost) == len(self.journal.raws):  # nothing of any change was read
                said = _("{path} was lost, and with it whatever was changed after change {number}.")
                self.journal.lost.append(said.format(path=path, number=survey.start))
        for sheet in survey.sheets.values():
            if not (sheet.as_written or sheet.refusal):
                self.tidied.append(_("{path} is put in order.").format(path=sheet.path))
        if any(line.past for line in survey.lines):
            self.tidied.append(_("What was left of somebody who was erased is gone from the files."))
        elif len(survey.journal or b"") > DUE:
            self.tidied.append(_("The journal is folded into the tables."))

    def _later(self) -> Iterator[_Later]:
        """A history that proves the journal to be of an earlier day than the tables."""
        survey = self.survey
        newest = max((sheet.number or 0 for sheet in survey.sheets.values()), default=0)
        if newest <= survey.number and not any(map(survey.is_ahead, survey.sheets.values())):
            return
        ours = {line.number: line.raw for line in survey.lines}
        for name in survey.histories():
            rows = list(in_sequence(changes_among(rows_of(survey.read(name) or b"")), None))
            sound = [item for item in rows if isinstance(item, Row)]
            last = sound[-1] if sound and len(sound) == len(rows) else None
            if last and last.number and last.number >= newest and (sound[0].number or 0) <= survey.start + 1:
                same = {row.number: row.raw for row in sound if row.number in ours}
                past = Past(name, last.begin + len(last.raw) + 1)
                yield _Later(last.number, past, Story(sound), same != ours)

    def _write_history(self) -> Past:
        if self.later:
            return self.later.past
        if self.history.is_whole:
            return self.survey.past
        self._keep_aside(self.folder.file(self.survey.past.file), self.history.aside)
        past = history.rewritten(self.folder.path, [raw + b"\n" for raw in self.history.raws])
        files.sync_folder(self.folder.path)
        return past

    def _write_journal(self, past: Past) -> None:
        survey, path = self.survey, self.folder.journal
        start = self.later.number if self.later else survey.start
        if self.later and self.later.is_other:
            files.write_new(_free(path, " (copy)", ".jsonl"), [survey.journal or b""])
        self._keep_aside(path, [*(row.raw for row in survey.before), *self.journal.aside])
        numbers = {table.name: table.number for table in self.tables if not table.refused}
        first = self.folder.head_line(start, book_of(survey), {**self.expected, **numbers}, past)
        raws = self.journal.raws
        if past != survey.past and any(line.past for line in survey.lines):
            at = str([*survey.lines][-1].fields["at"])
            raws = [*raws, closing_line(survey.number + 1, at, past)]
        self.folder.replace_whole(path, [b"".join([first, *(raw + b"\n" for raw in raws)])])
        if past != survey.past and not self.later:
            files.remove(self.folder.file(survey.past.file))

    def _keep_aside(self, path: str, pieces: Sequence[bytes]) -> None:
        """Keep what is damaged in a file of its own, once."""
        data = b"".join(piece + b"\n" for piece in pieces)
        if not data:
            return
        count = 1
        while files.stamp(kept := f"{path}.damaged-{count}") is not None:
            if files.read_whole(kept) == data:
                return
            count += 1
        files.write_new(kept, [data])
        files.sync_folder(self.folder.path)


def _free(path: str, mark: str, ending: str) -> str:
    """The path with a mark before its ending, and a number where that is taken."""
    stem, count = path.removesuffix(ending), 1
    while files.stamp(found := f"{stem}{mark}{f' {count}' if count > 1 else ''}{ending}") is not None:
        count += 1
    return found
