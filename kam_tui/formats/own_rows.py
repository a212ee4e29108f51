"""Own rows: people and accounts as rows of a table that comes back without a loss.

The columns are the fields of the schema. Several values in one cell are joined as Google joins
them; a value's label stands before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.day_kinds import Occasions
from kam_tui.domain.draft import Draft
from kam_tui.domain.errors import Invalid
from kam_tui.domain.fields import Field
from kam_tui.domain.kinds import Labeled, LabeledList, Ref, Words
from kam_tui.domain.occasion import OCCASION_KINDS, Occasion
from kam_tui.domain.text import clean
from kam_tui.formats.slots import SEPARATOR
from kam_tui.i18n import _

CONTACT_ID, ACCOUNT_ID = "kam contact", "kam account"
"""First column of each table: the record's own id, by which the row is known again."""

REF_ID = "{field} id"
"""Beside a column with the name of another record stands one with that record's id."""


def columns_of(table: str) -> list[str]:
    """The column names of a table of contacts or accounts."""
    schema, first = (CONTACT, CONTACT_ID) if table == "contacts" else (ACCOUNT, ACCOUNT_ID)
    names = [first]
    for field in schema.fields.values():
        if field.name not in ("id", "created"):
            names.append(_column(field))
            if isinstance(field.kind, Ref):
                names.append(REF_ID.format(field=_column(field)))
    return names


def row_of(book: Book, record: Contact | Account) -> list[str]:
    """A record as the cells of `columns_of`."""
    schema = CONTACT if isinstance(record, Contact) else ACCOUNT
    cells = [record.id]
    for field in schema.fields.values():
        if field.name in ("id", "created"):
            continue
        value = getattr(record, field.name)
        if isinstance(field.kind, Ref):
            known = bool(value) and book.get(value, field.kind.table) is not None
            cells += [book.name_of(field.kind.table, value), value] if known else ["", value or ""]
        else:
            cells.append(_cell(field, value))
    return cells


def draft_of(cells: Mapping[str, str], where: str) -> Draft | None:
    """The draft of a row, column to text. Raises Invalid naming the column for what is none of its values."""
    is_contact = bool(cells.get(CONTACT_ID)) or "account" in cells
    schema, own = (CONTACT, CONTACT_ID) if is_contact else (ACCOUNT, ACCOUNT_ID)
    values: dict[str, Any] = {}
    refs: dict[str, str] = {}
    for field in schema.fields.values():
        text = cells.get(_column(field), "")
        if isinstance(field.kind, Ref):
            if record_id := cells.get(REF_ID.format(field=_column(field)), "").strip():
                refs[field.name] = f"kam:{clean(record_id)}"
        elif text.strip() and field.name not in ("id", "created"):
            try:
                values[field.name] = _value(field, text)
            except (ValueError, Invalid) as problem:
                raise Invalid(f"{_column(field)}: {problem}") from None
    if "name" not in values:
        return None
    if record_id := cells.get(own, "").strip():
        values["sources"] = (f"kam:{clean(record_id)}", *values.get("sources", ()))
    if not is_contact:
        return Draft(where, account=values, refs=refs)
    company = clean(cells.get("account", ""))
    sources = {"sources": (refs["account_id"],)} if "account_id" in refs else {}
    return Draft(where, values, {"name": company, **sources} if company else {}, refs)


def _column(field: Field) -> str:
    return field.name.removesuffix("_id") if isinstance(field.kind, Ref) else field.name


def _cell(field: Field, value: Any) -> str:
    if value is None or value == () or value == "" or value is False:
        return ""
    kind = field.kind
    if isinstance(kind, LabeledList):
        parts = [f"{each.label}: {each.value}" if _needs_label(each) else each.value for each in value]
        return SEPARATOR.join(parts)
    if isinstance(kind, Occasions):
        return SEPARATOR.join(f"{each.label or each.kind}: {each.on}" for each in value)
    if isinstance(kind, Words):
        return SEPARATOR.join(value)
    return "yes" if value is True else str(value)


def _needs_label(item: Labeled) -> bool:
    return bool(item.label) or ": " in item.value


def _value(field: Field, text: str) -> Any:
    kind = field.kind
    parts = [part for part in text.split(SEPARATOR) if part.strip()]
    if isinstance(kind, LabeledList):
        return tuple(_labeled(part) for part in parts)
    if isinstance(kind, Occasions):
        return tuple(_occasion(part) for part in parts)
    if isinstance(kind, Words):
        return tuple(dict.fromkeys(filter(None, map(clean, parts))))
    return kind.parse(text, PLAIN)


def _labeled(part: str) -> Labeled:
    label, colon, value = part.partition(": ")
    return Labeled(clean(value), clean(label)) if colon else Labeled(clean(part))


def _occasion(part: str) -> Occasion:
    label, colon, day = part.rpartition(": ")
    if not colon:
        raise ValueError(_("{text} needs a name and a date.").format(text=clean(part)))
    name = clean(label)
    on = PartialDate.parse(clean(day))
    return Occasion(name, on) if name in OCCASION_KINDS else Occasion("other", on, name)
