"""Draft: what a file says about one person or company, before the book is asked who that is.

A format reads text into drafts and knows nothing of the book; `usecases/merging.py` matches drafts
with the book and knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kam_tui.domain.change import Record
from kam_tui.domain.fields import NOTHING

COLUMNS = "columns"
"""Key in a record's `extra`: column name to text, for columns of imports that no field knows."""

VCARD = "vcard"
"""Key in a record's `extra`: raw vCard lines that no field knows, or that say more than a field."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One card or row. It is about a person, a company, or a person at a company."""

    where: str
    """Where it stands in its file (`line 12`), as a person finds it again."""

    contact: Mapping[str, Any] = NOTHING
    """Field of a Contact to its value, `name`, `sources` and `extra` among them; empty for none."""

    account: Mapping[str, Any] = NOTHING
    """Field of an Account to its value; only a name when the file says no more; empty for none."""

    refs: Mapping[str, str] = NOTHING
    """Field that names another record (`account_id`, `reports_to`, `via`) to that record's source."""

    warnings: tuple[str, ...] = ()
    """Whole sentences on what could not be taken as it is; its text is kept in `extra`."""

    passed_over: tuple[str, ...] = ()
    """What no book of kam holds, such as a photo, and nobody need look at: a whole sentence each."""

    has_two_dates: bool = False
    """Whether a date of it could be two: `Options.date_order` settles which."""

    @property
    def name(self) -> str:
        """The person's name, else the company's."""
        return str(self.contact.get("name") or self.account.get("name") or "")


@dataclass(frozen=True, slots=True)
class Reject:
    """A card or row that did not come in."""

    where: str
    """Where it stands in its file."""

    reason: str
    """Why, as a whole sentence."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader made of a file: every card and row is in one of its parts."""

    format: str
    """What the file was taken for, as a person calls it; marked for translation."""

    drafts: tuple[Draft, ...] = ()
    """In the order of the file."""

    rejects: tuple[Reject, ...] = ()
    """In the order of the file."""

    warnings: tuple[str, ...] = ()
    """Whole sentences about the file as a whole."""

    records: tuple[Record, ...] = ()
    """Whole records, from a book that kam itself wrote; such a file has no drafts."""

    columns: Mapping[str, str] = NOTHING
    """Column of a table to the slot it fills, see `formats/slots.py`; empty for any other file."""

    @property
    def with_two_dates(self) -> frozenset[str]:
        """Where the cards and rows stand of which a date could be two."""
        return frozenset(draft.where for draft in self.drafts if draft.has_two_dates)


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a file that the file itself does not."""

    date_order: str = ""
    """`dmy` or `mdy`: how `3/4/1980` is read; empty when that is not said."""

    columns: Mapping[str, str] = NOTHING
    """Column name to the slot it fills (`--map "Column=slot"`); see `formats/slots.py`."""

    format: str = ""
    """Name of the reader to use; empty to tell by the content, then by the file's ending."""
