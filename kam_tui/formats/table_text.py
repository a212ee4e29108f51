"""Table text: the bytes of a CSV file as rows of cells, each with its line; one bad row loses no other.

It knows nothing of columns and people. Encoding and delimiter are told by the content.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kam_tui.domain.draft import Reject
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file that is read."""

MOST_ROWS = 50_000
"""Rows of a table that is read."""

MOST_COLUMNS = 2000
"""Columns of a table that is read."""

LONGEST_FIELD = 128 * 1024
"""Characters of a cell (also the csv module's own limit)."""

MOST_BROKEN = 1000
"""Broken rows after which a file is not taken for a table any more."""

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    """The line of the file it begins on, from 1."""

    cells: tuple[str, ...]
    """The text of its cells, as written."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(cell.strip() for cell in self.cells)


def decode(data: bytes) -> str:
    """The text of a file: by its byte-order mark, else UTF-8, else UTF-16 told by its noughts, else cp1252.

    Raises Invalid for a file that is too large or is no text.
    """
    if len(data) > LARGEST_FILE:
        raise Invalid(
            _("The file is larger than {size} MB.").format(size=LARGEST_FILE // 1024 // 1024),
            _("Split it, or export fewer columns."),
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif data[:200].count(0) > len(data[:200]) // 4:
        text = data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\0", "")


def read_rows(text: str) -> tuple[list[Row], list[Reject]]:
    """All rows of a table, blank ones among them, and the lines that are no row.

    Raises Invalid when there are more rows, or more broken ones, than are read.
    """
    lines = list(io.StringIO(text, newline=""))
    start = 0
    named = re.fullmatch(r"\s*\"?sep=(.)\"?\s*", lines[0], re.IGNORECASE) if lines else None
    if named:
        delimiter, start = named[1], 1
    else:
        delimiter = choose_delimiter(lines)
    rows: list[Row] = []
    rejects: list[Reject] = []
    while start < len(lines):
        try:
            for row, end in _strictly(lines, start, delimiter):
                rows.append(row)
                start = end
                if len(rows) > MOST_ROWS:
                    reason = _("The table has more than {count} rows.").format(count=MOST_ROWS)
                    raise Invalid(reason, _("Split the file."))
            start = len(lines)
        except csv.Error as problem:
            _one_line(lines[start], start, delimiter, problem, rows, rejects)
            start += 1
            if len(rejects) > MOST_BROKEN:
                raise Invalid(
                    _("More than {count} rows are broken, from {line} on; this is not a table.").format(
                        count=MOST_BROKEN, line=rejects[0].where
                    )
                ) from None
    return rows, rejects


def choose_delimiter(lines: list[str]) -> str:
    """The delimiter by which most of the first rows come out equally wide, the wider the better."""
    best = (0, 0, ",")
    for delimiter in DELIMITERS:
        widths = Counter(len(cells) for cells in _loosely(lines[:300], delimiter) if any(cells))
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if wide:
            count, width = max(wide)
            best = max(best, (count, width, delimiter))
    return best[2]


def _loosely(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _strictly(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[Row, int]]:
    """Rows from line `start` on, each with the line after it. Raises csv.Error for a stray quotation mark."""
    source = (lines[i] for i in range(start, len(lines)))
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    begin = start
    for cells in reader:
        end = start + reader.line_num
        yield Row(begin + 1, tuple(cells)), end
        begin = end


def _one_line(
    line: str, at: int, delimiter: str, problem: csv.Error, rows: list[Row], rejects: list[Reject]
) -> None:
    """Take a line by itself that began no well-formed row, where it is as wide as the row before it."""
    where = _("line {line}").format(line=at + 1)
    if "field limit" in str(problem):
        reason = _("A cell is longer than {size} KB.").format(size=LONGEST_FIELD // 1024)
    else:
        reason = _("A quotation mark is opened or closed in the wrong place.")
        cells = next(_loosely([line], delimiter), [])
        width = max((len(row.cells) for row in rows), default=0)
        if len(cells) == width and width > 1:
            rows.append(Row(at + 1, tuple(cells)))
            return
    rejects.append(Reject(where, reason))
