"""JSON: the whole book in one file, every field of every record, and back again.

It is the format for keeping and moving a book; an import of it gives an equal book.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from math import isfinite
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Record
from kam_tui.domain.draft import Options, Parsed, Reject
from kam_tui.domain.errors import Invalid
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean, shorten
from kam_tui.formats.table_text import LARGEST_FILE
from kam_tui.i18n import N_, _

FORMAT = "kam-book"
"""What the file says it is."""

VERSION = 1
"""Version of the layout that is written; a newer one is not read."""

DEEPEST = 50
"""Levels of what no field knows in a record that is read."""


def write(book: Book, now: datetime, progress: Progress | None = None) -> str:
    """The whole book, a record a line, so that versions of the file can be compared. Raises Stopped."""
    progress = progress or Progress()
    progress.begin(_("Putting the file together"), sum(len(book.table(table)) for table in SCHEMAS))
    head = {"format": FORMAT, "version": VERSION, "exported": now.isoformat(timespec="seconds")}
    tables = []
    for table, schema in SCHEMAS.items():
        encode: Any = schema.encode
        documents = []
        for record in sorted(book.table(table).values(), key=lambda record: record.id):
            documents.append(json.dumps(encode(record), ensure_ascii=False, default=_plain))
            progress.step()
        tables.append(f"{json.dumps(table)}: [\n" + ",\n".join(documents) + "\n]")
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start}, "tables": {{\n' + ",\n".join(tables) + "\n}}\n"


def fits(data: bytes) -> bool:
    """Whether the bytes hold a book that kam wrote."""
    head = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith(b"{") and f'"{FORMAT}"'.encode() in head


def read(
    data: bytes,
    options: Options,  # noqa: ARG001 - nothing in the file is left open
    progress: Progress | None = None,
) -> Parsed:
    """The records of a book. Raises Invalid for what is no such file, or is one of a newer kam; and Stopped.

    A record that cannot be read is rejected by itself.
    """
    progress = progress or Progress()
    document = _parse(data, progress)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Invalid(
            _("The file is JSON, but not a book that kam wrote."),
            _("Export what it holds as vCard or CSV, and import that."),
        )
    version = document.get("version")
    if type(version) is not int or version > VERSION:
        raise Invalid(
            _("The file was written by a newer kam (version {version} of the format).").format(
                version=version
            ),
            _("Update kam, then import it again."),
        )
    tables = document.get("tables")
    if not isinstance(tables, dict):
        raise Invalid(_("The file has no tables."))
    records: list[Record] = []
    rejects: list[Reject] = []
    count = sum(len(entries) for entries in tables.values() if isinstance(entries, list))
    for table, where, entry in progress.over(_("Reading"), _entries(tables, rejects), count):
        try:
            decode: Any = SCHEMAS[table].decode
            records.append(decode(entry))
        except Invalid as problem:
            rejects.append(Reject(where, str(problem)))
    return Parsed(N_("Book of kam (JSON)"), (), tuple(rejects), (), tuple(records))


def _entries(
    tables: Mapping[str, Any], rejects: list[Reject]
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every document with its table and where it stands; what is none is rejected."""
    seen: set[tuple[str, Any]] = set()
    for table, entries in tables.items():
        if table not in SCHEMAS or not isinstance(entries, list):
            rejects.append(Reject(clean(str(table)), _("There is no such table.")))
            continue
        for number, entry in enumerate(entries, 1):
            where = f"{table} {number}"
            if not isinstance(entry, dict) or type(entry.get("id")) is not str:
                rejects.append(Reject(where, _("It is no record with an id.")))
            elif _is_deep(entry, DEEPEST):
                rejects.append(Reject(where, _("It is nested too deeply.")))
            elif (table, entry["id"]) in seen:
                rejects.append(Reject(where, _("Its id is there twice.")))
            else:
                seen.add((table, entry["id"]))
                yield table, where, entry


def _parse(data: bytes, progress: Progress) -> Any:
    if len(data) > LARGEST_FILE * 10:
        raise Invalid(_("The file is larger than {size} MB.").format(size=LARGEST_FILE * 10 // 1024 // 1024))

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        progress.step()
        return _unique(pairs)

    progress.begin(_("Reading"))
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=unique, parse_constant=_number, parse_float=_number
        )
    except UnicodeDecodeError:
        raise Invalid(_("The file is not UTF-8 text.")) from None
    except json.JSONDecodeError as problem:
        raise Invalid(
            _("The file is not JSON: line {line}, column {column}.").format(
                line=problem.lineno, column=problem.colno
            )
        ) from None
    except RecursionError:
        raise Invalid(_("The file is nested too deeply.")) from None
    except ValueError:  # as Python says it of a number of thousands of digits
        raise Invalid(_("The file holds a number that is too long.")) from None


def _is_deep(value: Any, left: int) -> bool:
    """Whether something is nested more than `left` levels deep."""
    if not isinstance(value, dict | list):
        return False
    return left == 0 or any(_is_deep(x, left - 1) for x in (value.values() if type(value) is dict else value))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a name that stands in it twice would lose a value in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Invalid(_("The file has {name} twice in one place.").format(name=clean(double)))
    return found


def _number(text: str) -> float:
    found = float(text)
    if not isfinite(found):
        raise Invalid(_("The file holds {text}, which is no number.").format(text=shorten(text, 30)))
    return found


def _plain(value: object) -> object:
    """What a record keeps for others may be a read-only mapping."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
