"""Mending the lines of a journal and a history: each change that cannot be read gets a line in its place.

That line has the same number, so that the later ones are read as always. What it says and does is
what can be read of the damaged one, and what later lines tell of the documents it touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_tui.domain.ids import new_id
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.store import migrations
from kam_tui.store.care.check_lines import called
from kam_tui.store.care.salvage import Gap, Row, Told, is_spoilt, told_by
from kam_tui.store.care.sheet import SHOWN
from kam_tui.store.care.survey import UNREAD, Survey
from kam_tui.store.journal import Document, Line, Op, Past, seal

_BOOK = re.compile(rb'"book":"(b-[0-9a-z]{10})"')
_NEVER = "1970-01-01T00:00:00+00:00"

Place = tuple[str, int]
"""Table and key of a document."""


@dataclass(slots=True)
class Lines:
    """What becomes of a journal or of a history."""

    raws: list[bytes] = field(default_factory=list)
    """The lines, mended."""

    aside: list[bytes] = field(default_factory=list)
    """The damaged ones, as they are."""

    done: list[str] = field(default_factory=list)
    """What is mended, a sentence each."""

    lost: list[str] = field(default_factory=list)
    """What nobody can tell any more, a sentence each."""

    is_whole: bool = True
    """Whether there was nothing to mend."""

    def keep(self, row: Row, path: str) -> None:
        """Take over a sound line."""
        self.raws.append(row.raw)
        if not row.ended:
            self.is_whole = False
            self.done.append(_("{path}: its lines end as they should again.").format(path=path))

    def tell(self, number: int, told: Told, path: str, *, is_told: bool) -> None:
        """Say what has become of a damaged change; `is_told` where its line says what was missing."""
        into = self.done if told.ops else self.lost
        if told.ops and is_told:
            said = _("{path}: change {number} is read from its damaged line; see whether it is right.")
        elif told.ops:
            said = _("{path}: change {number} could not be read; what it did is in the tables.")
        elif is_told:
            said = _("{path}: of change {number} only what later ones say of it is left.")
        else:
            said = _("{path}: nobody can tell what change {number} did.")
        sentence = said.format(path=path, number=number)
        into.append(f"{sentence} ({shorten(told.what, SHOWN)})" if told.what else sentence)


def mended_journal(survey: Survey) -> Lines:
    """The lines of the journal after its head."""
    lines = Lines()
    present = _Present(survey)
    path = survey.folder.journal
    for place, item in enumerate(survey.changes):
        if isinstance(item, Row):
            lines.keep(item, path)
            present.follow(item.line)
            continue
        later = present.differing(_first_befores(survey.changes[place + 1 :]))
        for number, told in _told(item):
            edits = {(table, key): (present.of((table, key)), after) for table, key, _b, after in told.ops}
            if number == item.numbers[-1]:
                edits |= later
            missing = [(*at, *pair) for at, pair in edits.items() if not present.has(at, number)]
            lines.raws.append(stand_in(number, told, _time_near(survey.changes, place), missing))
            lines.tell(number, told, path, is_told=bool(missing))
            present.follow(Line(lines.raws[-1]))
        _put_aside(lines, item, path)
    return lines


def mended_history(survey: Survey) -> Lines:
    """The lines of the history that count. What is not there at its beginning is gone."""
    lines = Lines(is_whole=len(survey.history or b"") >= survey.past.size)
    path = survey.folder.file(survey.past.file)
    for place, item in enumerate(survey.old):
        if isinstance(item, Row):
            lines.keep(item, path)
        elif not lines.raws and not item.rows:
            lines.is_whole = False
            lines.done.append(
                _("{path}: {changes} are gone from the history; the book itself is whole.").format(
                    path=path, changes=called(item.numbers)
                )
            )
        else:
            for number, told in _told(item):
                lines.raws.append(stand_in(number, told, _time_near(survey.old, place), told.ops))
                lines.tell(number, told, path, is_told=bool(told.ops))
            _put_aside(lines, item, path)
    return lines


def book_of(survey: Survey) -> str:
    """The book's own id, as the journal's first line says; another one where that cannot be read."""
    if survey.head:
        return str(survey.head.fields["book"])
    known = _BOOK.search(b"".join(row.raw for row in survey.before))
    return known[1].decode() if known else new_id("b")


def stand_in(number: int, told: Told, at: str, ops: Sequence[Op]) -> bytes:
    """A line in the place of one that cannot be read."""
    fields: dict[str, Any] = {"n": number, "v": migrations.SCHEMA}
    fields |= {"at": at, "by": told.fields.get("by", "kam")}
    fields["what"] = _("Change {number} could not be read.").format(number=number)
    if told.what:
        fields["what"] = _("{what} (put together again from a damaged line)").format(what=told.what)
    fields |= {name: told.fields[name] for name in ("undoes", "past") if name in told.fields}
    edits = [(table, str(key), before, after) for table, key, before, after in ops]
    return seal(fields | {UNREAD: True, "edits": edits})


def closing_line(number: int, at: str, past: Past) -> bytes:
    """A change that does nothing but tell where the history is from now on."""
    fields = {"n": number, "v": migrations.SCHEMA, "at": at, "by": "kam", "what": _("Mended the history")}
    return seal(fields | {"past": {"file": past.file, "size": past.size}, "edits": []})


def _told(gap: Gap) -> Iterator[tuple[int, Told]]:
    """Each change of a gap, with what can be read of it."""
    damaged = list(filter(is_spoilt, gap.rows))
    for place, number in enumerate(gap.numbers):
        is_told = len(damaged) == len(gap.numbers)
        yield number, told_by(damaged[place].raw) if is_told else Told({}, ())


def _put_aside(lines: Lines, gap: Gap, path: str) -> None:
    lines.is_whole = False
    lines.aside += [row.raw for row in gap.rows if row.raw]
    if not gap.numbers and gap.rows:
        lines.done.append(
            _("{path}: what does not belong at line {line} is put aside.").format(
                path=path, line=gap.rows[0].at
            )
        )


def _time_near(told: Sequence[Row | Gap], place: int) -> str:
    """The time of the nearest change before or after a place that can be read."""
    for item in (*told[:place][::-1], *told[place:]):
        if isinstance(item, Row):
            return str(item.line.fields["at"])
    return _NEVER


def _first_befores(later: Sequence[Row | Gap]) -> dict[Place, Document | None]:
    """What the lines up to the next gap tell of how documents were before them."""
    found: dict[Place, Document | None] = {}
    for item in later:
        if isinstance(item, Gap):
            break
        line = item.line
        for table, key, before, after in line.ops:
            if before != after:  # else somebody was erased, and what was before is not told
                found.setdefault((table, key), before and migrations.upgrade(table, before, line.version))
    return found


class _Present:
    """What is known of the documents of a book, change after change."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._newer: dict[Place, Document | None] = {}
        self._files: dict[str, Mapping[int, Document]] = {}

    def follow(self, line: Line) -> None:
        """Take a change in."""
        for table, key, _before, after in line.ops:
            self._newer[table, key] = after and migrations.upgrade(table, after, line.version)

    def of(self, place: Place) -> Document | None:
        """A document as it is at this point."""
        return self._newer[place] if place in self._newer else self._file(place[0]).get(place[1])

    def has(self, place: Place, number: int) -> bool:
        """Whether the file of a table holds a change already."""
        sheet = self._survey.sheets.get(place[0])
        return sheet is not None and self._survey.holds(sheet) >= number

    def differing(
        self, wanted: Mapping[Place, Document | None]
    ) -> dict[Place, tuple[Document | None, Document | None]]:
        """The documents that are not as wanted: as they are, and as they should be."""
        found = {place: (self.of(place), document) for place, document in wanted.items()}
        return {place: pair for place, pair in found.items() if pair[0] != pair[1]}

    def _file(self, table: str) -> Mapping[int, Document]:
        if table not in self._files:
            sheet = self._survey.sheets.get(table)
            self._files[table] = sheet.documents if sheet else {}
        return self._files[table]
