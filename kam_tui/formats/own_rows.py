"""Own rows: people and accounts as rows of a table that comes back without a loss.

The columns are the fields of the schema. Several values in one cell are joined as Google joins
them; a value's label stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.day_kinds import Occasions, Partial
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

OTHER = "other"
"""The kind of an occasion that only its label says."""

REF_ID = "{field} id"
"""Beside a column with the name of another record stands one with that record's id."""


OF_ACCOUNT = {"account status": "status", "account archived": "archived"}
"""Columns beside a person's account: what it would otherwise be taken for where the table of the accounts
themselves comes later, or never. Each with the field it holds."""


def columns_of(table: str) -> list[str]:
    """The column names of a table of contacts or accounts."""
    schema, first = (CONTACT, CONTACT_ID) if table == "contacts" else (ACCOUNT, ACCOUNT_ID)
    names = [first]
    for field in schema.fields.values():
        if field.name not in ("id", "created"):
            names.append(_column(field))
            if isinstance(field.kind, Ref):
                names.append(REF_ID.format(field=_column(field)))
            if field.name == "account_id":
                names += OF_ACCOUNT
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
            if field.name == "account_id":
                account = book.accounts.get(value or "")
                of_it = (ACCOUNT.fields[name] for name in OF_ACCOUNT.values())
                cells += [_cell(each, getattr(account, each.name)) if account else "" for each in of_it]
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
            values[field.name] = _read(field, _column(field), text)
    if "name" not in values:
        return None
    if record_id := cells.get(own, "").strip():
        values["sources"] = (f"kam:{clean(record_id)}", *values.get("sources", ()))
    if not is_contact:
        return Draft(where, account=values, refs=refs)
    return Draft(where, values, _account_of(cells, refs.get("account_id", "")), refs)


def _account_of(cells: Mapping[str, str], source: str) -> dict[str, Any]:
    """What a person's row says of their account; nothing where it names none."""
    name = clean(cells.get("account", ""))
    if not name:
        return {}
    values: dict[str, Any] = {"name": name} | ({"sources": (source,)} if source else {})
    for column, field in OF_ACCOUNT.items():
        if text := cells.get(column, "").strip():
            values[field] = _read(ACCOUNT.fields[field], column, text)
    return values


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
        return SEPARATOR.join(f"{_called(each)}: {each.on}{_notice(each)}" for each in value)
    if isinstance(kind, Words):
        return SEPARATOR.join(value)
    return "yes" if value is True else str(value)


def _called(occasion: Occasion) -> str:
    """`wedding`, `Founding day`, or `wedding (Silver)` where both are known."""
    if occasion.label and occasion.kind != OTHER:
        return f"{occasion.kind} ({occasion.label})"
    return occasion.label or occasion.kind


def _notice(occasion: Occasion) -> str:
    return "" if occasion.lead_days is None else f" ({occasion.lead_days} days)"


def _needs_label(item: Labeled) -> bool:
    return bool(item.label) or ": " in item.value


def _read(field: Field, column: str, text: str) -> Any:
    """The value of a cell. Raises Invalid naming the column."""
    try:
        return _value(field, text)
    except (ValueError, Invalid) as problem:
        raise Invalid(f"{column}: {problem}") from None


def _value(field: Field, text: str) -> Any:
    kind = field.kind
    parts = [part for part in text.split(SEPARATOR) if part.strip()]
    if isinstance(kind, LabeledList):
        return tuple(_labeled(part) for part in parts)
    if isinstance(kind, Occasions):
        return tuple(_occasion(part) for part in parts)
    if isinstance(kind, Words):
        return tuple(dict.fromkeys(filter(None, map(clean, parts))))
    if isinstance(kind, Partial):
        return PartialDate.parse(clean(text)).believed
    return kind.parse(text, PLAIN)


def _labeled(part: str) -> Labeled:
    label, colon, value = part.partition(": ")
    return Labeled(clean(value), clean(label)) if colon else Labeled(clean(part))


def _occasion(part: str) -> Occasion:
    label, colon, day = part.rpartition(": ")
    if not colon:
        raise ValueError(_("{text} needs a name and a date.").format(text=clean(part)))
    notice = re.search(r"\s*\((\d{1,3}) days\)\s*$", day, re.ASCII)
    on = PartialDate.parse(clean(day[: notice.start()] if notice else day)).believed
    name = clean(label)
    both = re.fullmatch(r"(\w+) \((.+)\)", name)
    if both and both[1] in OCCASION_KINDS:
        kind, name = both[1], both[2]
    else:
        kind, name = (name, "") if name in OCCASION_KINDS else (OTHER, name)
    return Occasion(kind, on, name, int(notice[1]) if notice else None)
