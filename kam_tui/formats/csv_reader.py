"""CSV: tables of people and companies, as address books and customer systems export them.

The header row is found by its content, so that a preamble does no harm; the preset tells what the
columns are; each row becomes a draft or is rejected by its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kam_tui.domain.draft import Draft, Options, Parsed, Reject
from kam_tui.domain.errors import Invalid
from kam_tui.domain.identity import stamped
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean, shorten
from kam_tui.formats import own_rows
from kam_tui.formats.dates import column_order
from kam_tui.formats.formulas import unguarded
from kam_tui.formats.numbered_groups import Groups
from kam_tui.formats.presets import GENERIC, Preset, column_key, find_preset
from kam_tui.formats.sketch import Sketch
from kam_tui.formats.slots import GROUPED, KEEP, OWN, SKIP, check_slot, fill_slot
from kam_tui.formats.table_text import MOST_COLUMNS, Row, decode, read_rows
from kam_tui.i18n import N_, _, ngettext

HEADER_WITHIN = 30
"""Rows among which the header is looked for."""

MOST_NAMES = 40
"""Columns that a sentence names."""

LONGEST_NAME = 60
"""Characters of a column's name in a sentence."""

_TOTALS = re.compile(r"Grand Totals \(([\d,.\s]+) records?\)", re.IGNORECASE)
_FOOTER = re.compile(
    r"Grand Totals \(|Confidential Information - Do Not Distribute|Copyright \(c\) .*salesforce",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of one file are."""

    preset: Preset
    """The kind of table."""
    names: tuple[str, ...]
    """Column names as written, each different."""
    slots: tuple[str, ...]
    """What each column fills."""
    groups: Groups
    """The columns that belong together by a number."""
    order: str
    """How `3/4` is read where the column does not show it; empty when that is not said."""


def fits(data: bytes) -> bool:
    """Whether the bytes hold a table with a header row that names people or companies."""
    try:
        # Up to a line end, so that no character is cut in two.
        head = data if len(data) <= 65536 else data[:65536].rpartition(b"\n")[0]
        rows, _rejects = read_rows(decode(head))
    except Invalid:
        return False
    return _find_header(rows, {}) is not None


def read(data: bytes, options: Options, progress: Progress | None = None) -> Parsed:
    """The drafts of a table. Raises Invalid for a file without rows or without a header row; and Stopped."""
    progress = progress or Progress()
    rows, rejects = read_rows(decode(data))
    if all(row.is_blank for row in rows):
        if rejects:
            told = _("Nothing in the file can be read, from {where} on: {reason}")
            raise Invalid(told.format(where=rejects[0].where, reason=rejects[0].reason))
        raise Invalid(_("The file is empty."))
    mapped = {column_key(name): check_slot(slot) for name, slot in options.columns.items()}
    found = _find_header(rows, mapped)
    if found is None:
        raise Invalid(
            _("No header row was found: no column is called Name, Last Name, Email, Company or the like."),
            _('Say what the columns are: --map "Column=name" --map "Other column=email".'),
        )
    at, preset = found
    if len(rows[at].cells) > MOST_COLUMNS:
        raise Invalid(
            _("The table has {count} columns, more than the {most} that are read.").format(
                count=len(rows[at].cells), most=MOST_COLUMNS
            ),
            _("Export fewer columns."),
        )
    names = _distinct(rows[at].cells)
    _check_mapped(names, options)
    body, warnings = _without_footer(rows[at + 1 :])
    body = [row for row in body if not row.is_blank]
    counted = progress.over(_("Reading"), body, len(body))
    if column_key(own_rows.CONTACT_ID) in map(column_key, names) or own_rows.ACCOUNT_ID in names:
        drafts = list(_own(counted, names, rejects))
        label = N_("Table from kam")
        columns = dict.fromkeys(names, OWN)
    else:
        layout = _layout(preset, names, rows[at].cells, mapped, options.date_order)
        drafts = stamped(_drafts(counted, _orders(body, layout), layout, rejects), preset.name)
        warnings += _unknown(body, layout)
        label = preset.label
        grouped = dict.fromkeys(layout.groups.columns, GROUPED)
        columns = {**dict(zip(layout.names, layout.slots, strict=True)), **grouped}
    rejects.sort(key=lambda each: int(re.sub(r"\D", "", each.where) or 0))
    return Parsed(label, tuple(drafts), tuple(rejects), tuple(warnings), columns=columns)


def _find_header(rows: list[Row], mapped: dict[str, str]) -> tuple[int, Preset] | None:
    """The header row and its preset: a known program's before one of plain names."""
    plain: tuple[int, Preset] | None = None
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        keys = {column_key(cell) for cell in row.cells}
        if {column_key(own_rows.CONTACT_ID), column_key(own_rows.ACCOUNT_ID)} & keys:
            return at, GENERIC
        preset = find_preset(row.cells)
        if preset and preset is not GENERIC:
            return at, preset
        if plain is None and (preset or (mapped and keys >= mapped.keys())):
            plain = at, GENERIC
    return plain


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Column names, the second of two equal ones numbered and the nameless ones by their letter."""
    names: dict[str, None] = {}
    counts: Counter[str] = Counter()
    for number, cell in enumerate(cells, 1):
        first = name = clean(cell) or _("Column {number}").format(number=number)
        while name in names:
            counts[first] += 1
            name = f"{first} ({counts[first] + 1})"
        names[name] = None
    return tuple(names)


def _check_mapped(names: tuple[str, ...], options: Options) -> None:
    keys = {column_key(name) for name in names}
    for name in options.columns:
        if column_key(name) not in keys:
            raise Invalid(
                _("There is no column {name} in the file.").format(name=clean(name)),
                _("Its columns are: {names}.").format(names=_some(names)),
            )


def _layout(
    preset: Preset, names: tuple[str, ...], cells: tuple[str, ...], mapped: dict[str, str], order: str
) -> Layout:
    """A column that has its name a second time (`Email,Email`) fills the same once more."""
    known = mapped.keys() | preset.columns.keys()  # `E-mail 2 Address` of Outlook is a column by itself
    groups = Groups(names, {name for name in names if column_key(name) in known})
    slots = tuple(
        mapped.get(column_key(name))
        or (SKIP if name in groups.columns else preset.columns.get(column_key(cell), KEEP))
        for name, cell in zip(names, cells, strict=True)
    )
    return Layout(preset, names, slots, groups, order)


def _drafts(
    body: Iterable[Row], orders: dict[int, str], layout: Layout, rejects: list[Reject]
) -> Iterator[Draft]:
    deleted = next((i for i, n in enumerate(layout.names) if column_key(n) == "isdeleted"), None)
    for row in body:
        where = _("line {line}").format(line=row.line)
        cells = [unguarded(cell) for cell in row.cells[: len(layout.names)]]
        cells += [""] * (len(layout.names) - len(cells))
        if any(cell.strip() for cell in row.cells[len(layout.names) :]):
            rejects.append(Reject(where, _too_wide(row, layout.names)))
        elif deleted is not None and cells[deleted].strip().casefold() in ("true", "1"):
            rejects.append(Reject(where, _("It is deleted where it comes from.")))
        elif draft := _draft(where, cells, layout, orders):
            yield draft
        else:
            rejects.append(Reject(where, _("The row has neither a name, a company nor a mail address.")))


def _draft(where: str, cells: list[str], layout: Layout, orders: dict[int, str]) -> Draft | None:
    sketch = Sketch(where)
    for index, (name, slot, cell) in enumerate(zip(layout.names, layout.slots, cells, strict=True)):
        text = cell.strip()
        if not text or slot == SKIP or (slot == KEEP and text in layout.preset.idle):
            continue
        sketch.order = orders.get(index, layout.order)
        fill_slot(sketch, slot, name, text)
    sketch.order = layout.order
    layout.groups.fill(sketch, dict(zip(layout.names, cells, strict=True)))
    return sketch.draft()


def _orders(body: list[Row], layout: Layout) -> dict[int, str]:
    """Date column to the order its own values show, which is stronger than what is said for the file."""
    shown: dict[int, str] = {}
    for index, slot in enumerate(layout.slots):
        if slot.partition(":")[0] in ("birthday", "occasion"):
            order = column_order(row.cells[index] for row in body if index < len(row.cells))
            shown[index] = order or layout.order
    return shown


def _own(body: Iterable[Row], names: tuple[str, ...], rejects: list[Reject]) -> Iterator[Draft]:
    for row in body:
        where = _("line {line}").format(line=row.line)
        try:
            draft = own_rows.draft_of(dict(zip(names, map(unguarded, row.cells), strict=False)), where)
        except Invalid as problem:
            rejects.append(Reject(where, str(problem)))
            continue
        if draft:
            yield draft
        else:
            rejects.append(Reject(where, _("The row has no name.")))


def _too_wide(row: Row, names: tuple[str, ...]) -> str:
    return _(
        "The row has {cells} cells and the header {columns}; is there a separator in a text without quotes?"
    ).format(cells=len(row.cells), columns=len(names))


def _without_footer(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The rows before the footer of a Salesforce report, and whether its count differs from them."""
    at = next((i for i, row in enumerate(rows) if _alone(row) and _FOOTER.match(row.cells[0].strip())), None)
    if at is None:
        return rows, []
    totals = _TOTALS.match(rows[at].cells[0].strip())
    # The report's name may stand before its footer, after a blank line.
    while at and (rows[at - 1].is_blank or (_alone(rows[at - 1]) and at > 1 and rows[at - 2].is_blank)):
        at -= 1
    body = rows[:at]
    count = sum(1 for row in body if not row.is_blank)
    said = int(re.sub(r"\D", "", totals[1])) if totals else count
    if said == count:
        return body, []
    return body, [
        _("The report says that it has {said} records, and {count} were found; is it whole?").format(
            said=said, count=count
        )
    ]


def _alone(row: Row) -> bool:
    """Whether only the first cell of a row is filled."""
    return bool(row.cells and row.cells[0].strip() and not any(cell.strip() for cell in row.cells[1:]))


def _unknown(body: list[Row], layout: Layout) -> list[str]:
    """A sentence on the columns that no field knows, where anything is in them."""
    idle = layout.preset.idle
    unknown = [
        name
        for index, (name, slot) in enumerate(zip(layout.names, layout.slots, strict=True))
        if slot == KEEP
        and any(r.cells[index].strip() not in ("", *idle) for r in body if index < len(r.cells))
    ]
    if not unknown:
        return []
    text = ngettext(
        "This column has no field of its own and is kept beside the record: {names}.",
        "These columns have no field of their own and are kept beside the record: {names}.",
        len(unknown),
    )
    return [text.format(names=_some(unknown))]


def _some(names: Sequence[str]) -> str:
    """Names of columns, as many as one reads."""
    shown = ", ".join(shorten(name, LONGEST_NAME) for name in names[:MOST_NAMES])
    left = len(names) - MOST_NAMES
    return _("{names} and {count} more").format(names=shown, count=left) if left > 0 else shown
