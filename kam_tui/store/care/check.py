"""Check: looks at every file, line and record of a book and says what is wrong. It changes nothing.

What is damaged in one place hides nothing in another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kam_tui.domain.change import SCHEMAS, Record, references_of
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.progress import Progress
from kam_tui.domain.report import Report
from kam_tui.i18n import _, ngettext
from kam_tui.store import files, migrations
from kam_tui.store.care import bystanders
from kam_tui.store.care.check_lines import history_findings, journal_findings
from kam_tui.store.care.sheet import Entry, Sheet, name_of_document
from kam_tui.store.care.survey import Story, Survey
from kam_tui.store.folder import Folder
from kam_tui.store.layout import file_name, key_of
from kam_tui.store.misfits import of_another
from kam_tui.store.records import refused

FEW = 20
"""So many lines of one file are named one by one."""

_SOME = 5

Found = dict[str, dict[str, Record]]
"""Table and id to each record that could be read."""


def check(folder: Folder, now: datetime | None = None, progress: Progress | None = None) -> Report:
    """What is wrong, and what is worth knowing. `now` is local time; without it no age is told.

    Raises Stopped.
    """
    progress = progress or Progress()
    progress.begin(_("Reading the files of the book"))
    try:
        if not folder.exists:
            return Report((_("There is no book at {folder}.").format(folder=folder.path),))
        with folder.lock.shared(), files.reading(folder.path):
            survey = Survey(folder)
        tables = _tables(survey)
    except KamError as problem:
        return Report((str(problem),))
    if survey.is_half_restored:
        return Report((half_restored(survey),))
    found: Found = {}
    findings = [*bystanders.findings(survey), *bystanders.open_to_others(folder)]
    progress.begin(_("Looking through the history"))
    findings += [*journal_findings(survey), *history_findings(survey)]
    for table in progress.over(_("Looking through the tables"), tables, len(tables)):
        findings += _table(survey, table, found)
    findings += survey.refusals.values()
    progress.begin(_("Looking at who names whom"))
    findings += _references(survey, found)
    progress.begin(_("Comparing the tables with the history"))
    remarks = [*_by_hand(survey), *bystanders.remarks(survey, now)]
    return Report(tuple(findings or _opening(folder)), tuple(remarks))


def half_restored(survey: Survey) -> str:
    """The sentence for a book of which some files are of a backup, and some are not."""
    return _("A restore of {folder} was cut short. Do it again: kam restore.").format(
        folder=survey.folder.path
    )


def _tables(survey: Survey) -> list[str]:
    return list(dict.fromkeys([*SCHEMAS, *survey.expected, *survey.sheets]))


def _opening(folder: Folder) -> Iterator[str]:
    """What keeps a book from being opened in which nothing was found to be wrong."""
    try:
        with folder.lock.shared():
            folder.newest()
    except KamError as problem:
        yield str(problem)


def _table(survey: Survey, table: str, into: Found) -> Iterator[str]:
    path = survey.folder.file(file_name(table))
    sheet = survey.sheets.get(table)
    if sheet is None:
        if table in survey.expected and file_name(table) not in survey.refusals:
            yield _("{path} is missing.").format(path=path)
    elif survey.is_stray(table):
        yield _(
            "{path} has the name of a table and is none: beside it kam cannot open the book. "
            "Give it another name, or have kam doctor --repair do it."
        ).format(path=path)
        return
    else:
        yield from _file(survey, sheet)
    if table in SCHEMAS:
        yield from _records(survey, table, sheet, into)


def _file(survey: Survey, sheet: Sheet) -> Iterator[str]:
    damaged = [entry for entry in sheet.entries if entry.document is None]
    yield from (damaged_entry(sheet, entry) for entry in damaged[:FEW])
    if len(damaged) > FEW:
        yield _("{path} has {count} more lines that are damaged.").format(
            path=sheet.path, count=len(damaged) - FEW
        )
    if sheet.refusal and not damaged:
        yield sheet.refusal
    elif not sheet.as_written and not sheet.refusal:
        yield _("{path} was written by something else than kam; it is read as it is.").format(path=sheet.path)
    keys = [entry.key for entry in sheet.entries if entry.key is not None]
    if keys != sorted(set(keys)):
        yield _("{path} is not in order: some of its documents may not be found.").format(path=sheet.path)
    yield from out_of_step(survey, sheet)


def damaged_entry(sheet: Sheet, entry: Entry) -> str:
    """The sentence for a line that is not as it was written, with what can be read of it."""
    said = _("Line {line} of {path} is damaged.")
    if entry.called:
        said = _("Line {line} of {path} is damaged: {name}")
    return said.format(line=entry.at, path=sheet.path, name=entry.called)


def out_of_step(survey: Survey, sheet: Sheet) -> Iterator[str]:
    """Whether a table file and the journal are of different days."""
    wanted = survey.expected.get(sheet.table, 0)
    if sheet.number is None:
        if wanted:
            yield _("{path} does not say which changes it holds.").format(path=sheet.path)
    elif not wanted <= sheet.number <= survey.number:
        yield _(
            "{path} holds the changes up to {found}, but the journal says {wanted}: "
            "one of the two comes from another day."
        ).format(path=sheet.path, found=sheet.number, wanted=max(wanted, min(sheet.number, survey.number)))
    elif survey.is_of_another(sheet):
        yield of_another(sheet.path)
    elif survey.is_ahead(sheet):
        yield _("{path} says that it holds the changes up to {found}, and does not.").format(
            path=sheet.path, found=sheet.number
        )


def _records(survey: Survey, table: str, sheet: Sheet | None, into: Found) -> Iterator[str]:
    """The records of a table as they are now; a sentence for each document that is refused."""
    documents = dict(sheet.documents) if sheet else {}
    path = sheet.path if sheet else survey.folder.journal
    for line in survey.lines:
        if line.touches(table) and line.number > (survey.holds(sheet) if sheet else 0):
            for name, key, _before, after in line.ops:
                if name == table:
                    documents.pop(key, None)
                    if after is not None:
                        documents[key] = migrations.upgrade(table, after, line.version)
    found = into[table] = {}
    for key, document in documents.items():
        try:
            record = SCHEMAS[table].decode(document)
        except Invalid as problem:
            yield str(refused(path, problem))
            continue
        if record.id in found:
            yield _("{path} holds {id} twice.").format(path=path, id=record.id)
        elif key != key_of(record.id):
            yield _("{path}: {id} stands at the key of another id.").format(path=path, id=record.id)
        found[record.id] = record


def _by_hand(survey: Survey) -> Iterator[str]:
    """What in the table files is not as the history tells it: somebody edited it, or it is damaged so that
    it can still be read."""
    story = Story((*survey.old, *survey.changes))
    for table, sheet in survey.sheets.items():
        if sheet.refusal or table not in SCHEMAS:
            continue
        found, until = sheet.documents, survey.holds(sheet)
        told = story.state(table, until)
        odd = {
            key: found.get(key) or document for key, document in told.items() if found.get(key) != document
        }
        if until and story.is_whole(until):
            odd |= {key: document for key, document in found.items() if key not in told}
        if odd:
            names = [name_of_document(document) for document in odd.values() if document][:_SOME]
            yield ngettext(
                "{path}: {count} document is not as the history tells; was it edited by hand? {names}",
                "{path}: {count} documents are not as the history tells; were they edited by hand? {names}",
                len(odd),
            ).format(path=sheet.path, count=len(odd), names=", ".join(names))


def _references(survey: Survey, tables: Found) -> Iterator[str]:
    """Who names somebody who is not there. What was in a damaged file may well have been there."""
    sound = {table for table in SCHEMAS if (s := survey.sheets.get(table)) is None or not s.refusal}
    sound -= {table for table, s in survey.sheets.items() if any(e.document is None for e in s.entries)}
    for table, records in tables.items():
        for record in records.values():
            for field, target, other in references_of(record):
                if other not in tables.get(target, ()) and target in sound:
                    yield _("{table} {id}: {field} names {other}, which is not in the book.").format(
                        table=table, id=record.id, field=field, other=other
                    )
