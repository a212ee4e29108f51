"""Registry: the one list of the formats that kam reads and writes. A format is loaded when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.draft import Options, Parsed
from kam_tui.domain.errors import Invalid
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _

PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks and packed files begin: ZIP, which .xlsx and .ods are, and that of .xls."""

ASK = Options()
"""Nothing is said about a file beyond what is in it."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files."""

    label: str
    """What a person calls it; marked for translation."""
    endings: tuple[str, ...]
    """How the names of such files end, with the dot; the first is the one that is written."""
    module: str
    """Dotted name of the module that holds its functions."""


READERS: Mapping[str, Format] = {
    "vcard": Format(N_("vCard 2.1, 3.0 and 4.0"), (".vcf", ".vcard"), "kam_tui.formats.vcard_reader"),
    "json": Format(N_("Book of kam (JSON)"), (".json",), "kam_tui.formats.json_book"),
    "csv": Format(
        N_("CSV of Google, Outlook, HubSpot, Salesforce, LinkedIn, kam, or with plain column names"),
        (".csv", ".tsv", ".txt"),
        "kam_tui.formats.csv_reader",
    ),
}
"""Name to format, in the order in which the content is looked at. Each module has `fits` and `read`."""

WRITERS: Mapping[str, Format] = {
    "vcard": Format(N_("vCard, for phones and address books"), (".vcf",), "kam_tui.formats.vcard_writer"),
    "csv": Format(N_("CSV, for spreadsheets"), (".csv",), "kam_tui.formats.csv_writer"),
    "json": Format(N_("JSON, the whole book"), (".json",), "kam_tui.formats.json_book"),
}
"""Name to format, for `write_file`."""

TABLES = ("contacts", "accounts")
"""What a vCard or CSV file can hold."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says about a file that is to be written."""

    table: str = "contacts"
    """One of `TABLES`; the whole book is written regardless in JSON."""
    version: str = "4.0"
    """Version of vCards: `4.0` or `3.0`."""
    apple: bool = False
    """Whether vCards have anniversaries the way Apple's programs read them."""
    raw: bool = False
    """Whether CSV goes without the guard against formulas, for programs that are no spreadsheet."""
    archived: bool | None = None
    """Whether archived records are in it; None as is usual: in a table, which says so of each, and not in
    vCards. In JSON they always are."""


def read_file(name: str, data: bytes, options: Options = ASK, progress: Progress | None = None) -> Parsed:
    """What a file holds: its format told by `options`, else by its content, else by its name's ending.

    Raises Invalid for a format that is not read, or a file that is not what it seems to be; and Stopped.
    """
    progress = progress or Progress()
    progress.begin(_("Reading"))
    if options.format:
        if options.format not in READERS:
            raise Invalid(
                _("{name} is no format that kam reads.").format(name=clean(options.format)), readable()
            )
        return _read(options.format, data, options, progress)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"):
        raise Invalid(_("The file {name} is empty.").format(name=clean(name)))
    if data.startswith(PACKED):
        raise Invalid(
            _("The file {name} is a workbook, or packed.").format(name=clean(name)),
            _("Unpack it, or save the sheet as CSV, and import that."),
        )
    for reader, known in READERS.items():
        if import_module(known.module).fits(data):
            return _read(reader, data, options, progress)
    for reader, known in READERS.items():
        if name.casefold().endswith(known.endings):
            return _read(reader, data, options, progress)
    raise Invalid(_("The file {name} is in no format that kam reads.").format(name=clean(name)), readable())


def readable() -> str:
    """A sentence that lists what can be read."""
    return _("kam reads: {formats}.").format(formats="; ".join(_(known.label) for known in READERS.values()))


def write_file(
    name: str, book: Book, now: datetime, wanted: Wanted | None = None, progress: Progress | None = None
) -> str:
    """The text of a file in a format of `WRITERS`, with its own line ends; to be stored as UTF-8.

    Raises Invalid for a format, table or version that is not written; and Stopped.
    """
    wanted, progress = wanted or Wanted(), progress or Progress()
    if name not in WRITERS:
        raise Invalid(
            _("{name} is no format that kam writes.").format(name=clean(name)),
            _("One of: {names}.").format(names=", ".join(WRITERS)),
        )
    if wanted.table not in TABLES:
        raise Invalid(_("A file holds contacts or accounts, not {name}.").format(name=clean(wanted.table)))
    if wanted.version not in ("3.0", "4.0"):
        raise Invalid(_("vCards are written as 4.0 or 3.0, not {name}.").format(name=clean(wanted.version)))
    module: Any = import_module(WRITERS[name].module)
    if name == "json":
        return str(module.write(book, now, progress))
    records = _records(book, wanted, name)
    told = progress.over(_("Putting the file together"), records, len(records))
    if name == "csv":
        return str(module.write(book, wanted.table, told, raw=wanted.raw))
    if wanted.table == "accounts":
        return str(module.write_accounts(told, now, wanted.version))
    return str(module.write_contacts(book, told, now, wanted.version, apple=wanted.apple))


def _read(reader: str, data: bytes, options: Options, progress: Progress) -> Parsed:
    parsed: Parsed = import_module(READERS[reader].module).read(data, options, progress)
    return parsed


def _records(book: Book, wanted: Wanted, name: str) -> list[Any]:
    some: list[Any] = list(book.table(wanted.table).values())
    archived = name == "csv" if wanted.archived is None else wanted.archived
    kept = (each for each in some if archived or not each.archived)
    return sorted(kept, key=lambda each: (each.name.casefold(), each.id))
