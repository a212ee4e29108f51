"""Slots: what a column of a table fills. Presets and `--map "Column=slot"` are written in them.

A slot is a word, some with a detail after a colon: `phone:mobile`, `occasion:wedding`,
`street:work`, `source:hubspot`. Those that begin with `account` are the company's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kam_tui.domain.account import CUSTOMER, FORMER, PROSPECT
from kam_tui.domain.errors import Invalid, did_you_mean
from kam_tui.domain.text import clean, fold, words_of
from kam_tui.formats.sketch import ADDRESS_PARTS, NAME_PARTS, Sketch
from kam_tui.i18n import _

KEEP = "keep"
"""The slot of a column that no field knows: its text stays beside the record."""

SKIP = "skip"
"""The slot of a column that says nothing about anybody."""

GROUPED, OWN = "grouped", "own"
"""What is said of a column that belongs with others by its number, and of one of a table that kam wrote."""

SEPARATOR = " ::: "
"""Between several values in one cell, as Google writes them."""

_STATUSES = {
    "customer": CUSTOMER, "customerdirect": CUSTOMER, "customerchannel": CUSTOMER, "evangelist": CUSTOMER,
    "asiakas": CUSTOMER, "prospect": PROSPECT, "lead": PROSPECT, "subscriber": PROSPECT,
    "marketingqualifiedlead": PROSPECT, "salesqualifiedlead": PROSPECT, "opportunity": PROSPECT,
    "prospekti": PROSPECT, "formercustomer": FORMER, "former": FORMER, "entinenasiakas": FORMER,
}  # fmt: skip
"""HubSpot's life-cycle stages, Salesforce's account types and our own words, to the status they mean."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is to be filed."""

    column: str
    """The column's name in the file."""
    detail: str
    """What the slot says after its colon."""
    text: str
    """The text, not empty."""


Filler = Callable[[Sketch, Cell], object]
"""Files a cell in a sketch."""


def _texts(field: str, *, multiline: bool = False) -> Filler:
    return lambda sketch, cell: sketch.text(field, cell.text, multiline=multiline)


def _company_texts(field: str, *, multiline: bool = False) -> Filler:
    return lambda sketch, cell: sketch.company_text(field, cell.text, multiline=multiline)


def _labeled(field: str) -> Filler:
    def file(sketch: Sketch, cell: Cell) -> None:
        for value in cell.text.split(SEPARATOR):
            sketch.labeled(field, value, cell.detail)

    return file


def _name_part(part: str) -> Filler:
    def file(sketch: Sketch, cell: Cell) -> None:
        sketch.names[part] = cell.text

    return file


def _address_part(part: str) -> Filler:
    def file(sketch: Sketch, cell: Cell) -> None:
        parts = sketch.addresses.setdefault(cell.detail, {})
        parts[part] = f"{parts[part]}\n{cell.text}" if part in parts else cell.text

    return file


def _company_address_part(sketch: Sketch, cell: Cell) -> None:
    lines = sketch.company.get("address", "")
    mark = " " if cell.detail == "city" and lines else "\n"
    sketch.company["address"] = clean(f"{lines}{mark if lines else ''}{cell.text}", multiline=True)


def _company_name(sketch: Sketch, cell: Cell) -> None:
    """Of several companies in one cell the first is the person's; the slot's detail may name a separator."""
    for mark in filter(None, (SEPARATOR, cell.detail)):
        if mark in cell.text:
            sketch.company_text("name", cell.text.partition(mark)[0])
            sketch.keep(cell.column, cell.text)
            return
    sketch.company_text("name", cell.text)


def _tags(sketch: Sketch, cell: Cell) -> None:
    text = cell.text.replace(SEPARATOR, ";")
    mark = next((each for each in (";", ",", "\n") if each in text), "\n")
    for tag in text.split(mark):
        if not tag.strip().startswith("*"):  # `* myContacts`: a group of the system's own
            sketch.tag(tag)


def _interests(sketch: Sketch, cell: Cell) -> None:
    for each in cell.text.replace(SEPARATOR, ",").replace(";", ",").split(","):
        sketch.interest(each)


def _status(sketch: Sketch, cell: Cell) -> None:
    status = _STATUSES.get("".join(words_of(cell.text)))
    if status:
        sketch.company["status"] = status
    sketch.keep(cell.column, cell.text)


def _source(*, company: bool) -> Filler:
    return lambda sketch, cell: sketch.source(
        cell.detail, source_id(cell.detail, cell.text.strip()), company=company
    )


def _ref(field: str) -> Filler:
    def file(sketch: Sketch, cell: Cell) -> None:
        # HubSpot joins several companies with semicolons; the first is the primary one.
        first = cell.text.partition(";")[0].strip()
        sketch.refs[field] = f"{cell.detail}:{source_id(cell.detail, first)}"
        if first != cell.text.strip():
            sketch.keep(cell.column, cell.text)

    return file


def source_id(system: str, text: str) -> str:
    """An id as a source has it. Salesforce shows the first 15 of an id's 18 characters in reports."""
    return text[:15] if system == "salesforce" else text


FILLERS: Mapping[str, Filler] = {
    "name": _texts("name"),
    **{part: _name_part(part) for part in NAME_PARTS},
    "nickname": _texts("nickname"),
    "title": _texts("title"),
    "department": _texts("department"),
    "email": _labeled("emails"),
    "phone": _labeled("phones"),
    "link": _labeled("links"),
    "address": _address_part("formatted"),
    **{part: _address_part(part) for part in ADDRESS_PARTS},
    "birthday": lambda sketch, cell: sketch.occasion("Birthday", cell.text),
    "occasion": lambda sketch, cell: sketch.occasion(cell.detail or cell.column, cell.text),
    "timezone": lambda sketch, cell: sketch.zone(cell.column, cell.text),
    "language": _texts("language"),
    "interests": _interests,
    "cares_about": _texts("cares_about", multiline=True),
    "gift_ideas": _texts("gift_ideas", multiline=True),
    "about": _texts("about", multiline=True),
    "tags": _tags,
    "source": _source(company=False),
    "reports_to": _ref("reports_to"),
    "account": _company_name,
    "account_id": _ref("account_id"),
    "account_source": _source(company=True),
    "account_status": _status,
    "account_industry": _company_texts("industry"),
    "account_city": _company_texts("city"),
    "account_country": _company_texts("country"),
    "account_timezone": lambda sketch, cell: sketch.zone(cell.column, cell.text, company=True),
    "account_address": _company_address_part,
    "account_phone": lambda sketch, cell: sketch.company_labeled("phones", cell.text, cell.detail),
    "account_link": lambda sketch, cell: sketch.company_labeled("links", cell.text, cell.detail),
    "account_domain": lambda sketch, cell: sketch.company_text("domain", fold_domain(cell.text)),
    "account_about": _company_texts("about", multiline=True),
    KEEP: lambda sketch, cell: sketch.keep(cell.column, cell.text),
    SKIP: lambda _sketch, _cell: None,
}
"""Slot to what it does with a cell: the one list of what a column can be."""


def fold_domain(text: str) -> str:
    """The mail domain in a domain or a web address."""
    host = text.strip().casefold().partition("://")[2] or text.strip().casefold()
    return host.partition("/")[0].removeprefix("www.")


def fill_slot(sketch: Sketch, slot: str, column: str, text: str) -> None:
    """File one non-empty cell."""
    word, _colon, detail = slot.partition(":")
    FILLERS[word](sketch, Cell(column, detail, text))


def check_slot(slot: str) -> str:
    """The slot as it is kept. Raises Invalid with near words for one there is not."""
    word, colon, detail = slot.strip().partition(":")
    word = _FIELDS.get(fold(word).replace(" ", "_"), fold(word).replace(" ", "_"))
    if word not in FILLERS:
        import difflib

        near = difflib.get_close_matches(word, FILLERS, 3)
        raise Invalid(
            _("There is no field {name} that a column can fill.").format(name=clean(slot)),
            did_you_mean(near) or _("One of: {names}.").format(names=", ".join(FILLERS)),
        )
    return word + colon + detail.strip()


_FIELDS = {
    "emails": "email", "mail": "email", "phones": "phone", "links": "link", "tag": "tags", "notes": "about",
    "note": "about", "company": "account", "occasions": "occasion", "first_name": "first",
    "last_name": "last", "interest": "interests", "time_zone": "timezone",
}  # fmt: skip
"""Other words that people say for a slot."""
