"""Mending table files: what is damaged in them is put back from what the lines of the book tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Invalid
from kam_tui.domain.frozen import frozen
from kam_tui.i18n import _, ngettext
from kam_tui.store import migrations
from kam_tui.store.care.check import damaged_entry, out_of_step
from kam_tui.store.care.salvage import is_record, upgraded
from kam_tui.store.care.sheet import Entry, Sheet, name_of_document
from kam_tui.store.care.survey import Story, Survey
from kam_tui.store.journal import Document
from kam_tui.store.layout import file_name, key_of


@dataclass(slots=True)
class Table:
    """What becomes of a table file."""

    name: str
    """Of the table."""

    path: str
    """Where it is."""

    number: int
    """The number of the last change that it holds."""

    rows: dict[int, Document] = field(default_factory=dict)
    """Key to document, of the present schema version."""

    aside: list[bytes] = field(default_factory=list)
    """The damaged lines, as they are."""

    is_copied: bool = False
    """Whether the file that is there is kept whole beside the new one, for a merge."""

    done: list[str] = field(default_factory=list)
    """What is mended, a sentence each; empty where there was nothing to mend."""

    lost: list[str] = field(default_factory=list)
    """What can be read of what could not be put back, a sentence each."""

    refused: list[str] = field(default_factory=list)
    """Why it is left as it is, a sentence each."""


@frozen
class Frame:
    """What the other files of the book say of its tables."""

    story: Story
    """What the lines of history and journal tell."""

    start: int
    """The change after which the journal begins: the tables hold all up to there."""

    last: int
    """The last change of the book."""

    expected: Mapping[str, int]
    """Table to the change that its file holds at least."""


def mended_table(survey: Survey, frame: Frame, table: str) -> Table:
    """A table file, mended."""
    made = Table(table, survey.folder.file(file_name(table)), frame.start)
    sheet = survey.sheets.get(table)
    if sheet is None or not sheet.is_readable:
        _make_anew(made, frame)
        return made
    made.number = survey.holds(sheet)
    told = frame.story.state(table, made.number) if _is_damaged(sheet) else {}
    lost = list(_sorted_out(made, sheet, told))
    is_whole = bool(lost or sheet.refusal) and frame.story.is_whole(made.number)
    _put_back(made, sheet, lost, told, is_whole=is_whole)
    keys = [entry.key for entry in sheet.entries if entry.key is not None]
    if keys != sorted(set(keys)):
        made.done.append(_("{path} is put in order.").format(path=made.path))
    _put_in_step(made, survey, sheet, frame)
    return made


def _is_damaged(sheet: Sheet) -> bool:
    entries = sheet.entries
    if sheet.refusal or len({entry.key for entry in entries}) < len(entries):
        return True
    if any(entry.document is None for entry in entries):
        return True
    return any(not is_record(sheet.table, key, document) for key, document in sheet.documents.items())


def _make_anew(made: Table, frame: Frame) -> None:
    """Make a table file in the place of one that is gone, or of which nothing can be read."""
    if not frame.story.is_whole(frame.start):
        said = _("{path} cannot be made anew, as the history does not tell all of it. {hint}")
        made.refused.append(said.format(path=made.path, hint=_restore()))
        return
    told = frame.story.state(made.name, frame.start)
    made.rows = {key: document for key, document in told.items() if document is not None}
    made.done.append(
        ngettext(
            "{path} is made anew from the history: {count} document.",
            "{path} is made anew from the history: {count} documents.",
            len(made.rows),
        ).format(path=made.path, count=len(made.rows))
    )


def _restore() -> str:
    return _("kam restore brings back a backup.")


def _sorted_out(made: Table, sheet: Sheet, told: dict[int, Document | None]) -> Iterator[Entry]:
    """Take over the documents that are sound, or can be mended by themselves; what is left are the
    lines that are lost."""
    odd: list[tuple[Entry, int, Document]] = []
    for entry in sheet.entries:
        if entry.document is None or entry.key is None:
            made.aside.append(entry.raw)
            yield entry
            continue
        document = upgraded(sheet.table, entry.document, sheet.version)
        if not is_record(sheet.table, entry.key, document):
            odd.append((entry, entry.key, document))
        elif made.rows.setdefault(entry.key, document) != document:
            right = told.get(entry.key)
            made.rows[entry.key] = right if right == made.rows[entry.key] else document
            made.aside.append(entry.raw)
            made.done.append(
                _("{path} had {name} twice: one is kept, the other put aside.").format(
                    path=sheet.path, name=name_of_document(document)
                )
            )
    for entry, key, document in odd:
        if not _set_right(made, sheet, key, document, told):
            yield entry
        made.aside.append(entry.raw)


def _set_right(
    made: Table, sheet: Sheet, key: int, document: Document, told: dict[int, Document | None]
) -> bool:
    """Put a document that stands at a wrong key, or of which a field is refused, right; False where
    that cannot be done."""
    proper = _proper_key(document)
    known = told.get(key)
    if proper != key and known is None and proper is not None and proper not in made.rows:
        fixed, names = _with_told(sheet.table, document, told.get(proper))
        said = _("{path}: {name} stood at the key of another id, and is put at its own.")
        key = proper
    else:
        fixed, names = _with_told(sheet.table, document, known)
        said = _("{path}: {fields} of {name} could not be taken, and is put back as it was, or left out.")
        if proper != key or not names:
            return False
    if key in made.rows or not is_record(sheet.table, key, fixed):
        return False
    made.rows[key] = fixed
    made.done.append(said.format(path=sheet.path, name=name_of_document(fixed), fields=", ".join(names)))
    return True


def _with_told(table: str, document: Document, known: Document | None) -> tuple[Document, list[str]]:
    """The document with what its schema refuses as the history tells it, or left out; and which fields."""
    fields: Any = SCHEMAS[table].fields
    refused = [
        name for name, value in document.items() if name in fields and not _decodes(fields[name].kind, value)
    ]
    kept = {name: value for name, value in document.items() if name not in refused}
    return kept | {name: known[name] for name in refused if known and name in known}, refused


def _decodes(kind: Any, value: object) -> bool:
    try:
        kind.decode(value)
    except (ValueError, TypeError, LookupError, AttributeError, Invalid):
        return False
    return True


def _put_back(
    made: Table, sheet: Sheet, lost: list[Entry], told: dict[int, Document | None], *, is_whole: bool
) -> None:
    """Put back what was in lost lines, as far as it is told; say what is not."""
    if not (lost or sheet.refusal):
        return
    # All that is missing, since a damaged line may be several that have lost their ends.
    missing = {key: doc for key, doc in told.items() if doc is not None and key not in made.rows}
    for document in missing.values():
        said = _("{path}: {name} is put back as the history tells it.")
        made.done.append(said.format(path=sheet.path, name=name_of_document(document)))
    made.rows |= missing
    untold = [entry for entry in lost if entry.key not in missing]
    if sheet.refusal and not (is_whole or sheet.has_end):
        said = _("{path} is cut short, and the history does not tell all of it. {hint}")
        made.refused.append(said.format(path=sheet.path, hint=_restore()))
    elif not is_whole:
        others = len(missing) - len(lost) + len(untold)
        made.lost += [damaged_entry(sheet, entry) for entry in untold[max(0, others) :]]
    if sheet.refusal or untold:
        made.done.append(_("{path} is written anew from what can be read.").format(path=sheet.path))


def _put_in_step(made: Table, survey: Survey, sheet: Sheet, frame: Frame) -> None:
    """Make a table file that is not of the journal's day hold what it should, where the lines prove it."""
    wanted = frame.expected.get(made.name, 0)
    is_of_another = frame.start == survey.start and survey.is_of_another(sheet)
    if wanted <= (sheet.number or 0) <= frame.last and not (survey.is_ahead(sheet) or is_of_another):
        return
    state = frame.story.state(made.name, frame.start)
    if is_of_another and frame.story.is_whole(frame.start):
        told = {key: document for key, document in state.items() if document is not None}
        made.is_copied, made.rows = made.rows != told, told
    if made.is_copied:
        made.number = frame.start
        said = _("{path} was of another book or day: it is kept as a copy, and made anew from the history.")
        made.done.append(said.format(path=made.path))
    elif state and _is_of(made, frame, state):
        made.number = frame.start
        said = _("{path} holds what the history tells; what it says of its last change is put right.")
        made.done.append(said.format(path=made.path))
    elif sheet.number is not None and sheet.number < wanted and _go_on(made, frame, wanted):
        made.number = wanted
        said = _("{path} was of an earlier day, and is brought to change {number} by the history.")
        made.done.append(said.format(path=made.path, number=wanted))
    else:
        said = _("{finding} The history does not prove what is right. {hint}")
        findings = [*out_of_step(survey, sheet)] or [_("{path} is too old.").format(path=made.path)]
        made.refused += [said.format(finding=finding, hint=_restore()) for finding in findings]


def _is_of(made: Table, frame: Frame, state: Mapping[int, Document | None]) -> bool:
    """Whether a file holds this state: all that is there is, and nothing as it was earlier. What is as it
    never was is an edit by hand."""
    differing = {key for key, document in state.items() if made.rows.get(key) != document}
    if any(key not in made.rows or state[key] is None for key in differing):
        return False
    for line, ops in frame.story.ops(made.name, until=frame.start):
        for key, _before, after in ops:
            if (
                key in differing
                and after
                and migrations.upgrade(made.name, after, line.version) == made.rows[key]
            ):
                return False
    return True


def _go_on(made: Table, frame: Frame, until: int) -> bool:
    """Make the changes after those a file holds; False where they do not fit it."""
    if not frame.story.is_whole(until, since=made.number):
        return False
    rows = dict(made.rows)
    for line, ops in frame.story.ops(made.name, made.number, until):
        for key, before, after in ops:
            was = before and migrations.upgrade(made.name, before, line.version)
            if rows.pop(key, None) != was and before != after:
                return False
            if after is not None:
                rows[key] = migrations.upgrade(made.name, after, line.version)
    made.rows = rows
    return True


def _proper_key(document: Document) -> int | None:
    record_id = document.get("id")
    return key_of(record_id) if isinstance(record_id, str) and record_id else None
