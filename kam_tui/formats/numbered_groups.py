"""Numbered groups: columns that belong together by a number, such as `E-mail 1 - Label` and `- Value`.

Google's layouts have them, old and new; how many there are varies from file to file.
"""

from __future__ import annotations

from collections.abc import Mapping

from kam_tui.formats.presets import group_of
from kam_tui.formats.sketch import Sketch
from kam_tui.formats.slots import SEPARATOR

LABELS = ("label", "type")
"""Part of a group that names its value: `Label` in the new layout, `Type` in the old one."""

_LISTS = {"email": "emails", "phone": "phones", "website": "links"}
_ADDRESS = {
    "formatted": "formatted", "street": "street", "city": "city", "po box": "pobox", "region": "region",
    "postal code": "postal", "country": "country", "extended address": "extended",
}  # fmt: skip
_USUAL = (
    "work", "home", "mobile", "other", "main", "pager", "work fax", "home fax", "profile", "homepage", "blog",
)  # fmt: skip
"""Labels that Google offers; kept in lower case as everywhere else in the book."""


class Groups:
    """The numbered groups of one header."""

    def __init__(self, names: tuple[str, ...], without: set[str]) -> None:
        self.columns: set[str] = set()
        """The columns that are part of a group."""
        self._groups: dict[tuple[str, int], dict[str, str]] = {}
        for name in names:
            found = group_of(name) if name not in without else None
            if found:
                kind, number, part = found
                self._groups.setdefault((kind, number), {})[part] = name
                self.columns.add(name)

    def fill(self, sketch: Sketch, row: Mapping[str, str]) -> None:
        """File the groups of a row, column to text, in their order."""
        for (kind, _number), columns in sorted(self._groups.items()):
            cells = {part: row[name].strip() for part, name in columns.items() if row[name].strip()}
            label, first = _label(next((cells[each] for each in LABELS if each in cells), ""))
            value = cells.get("value", "")
            if kind in _LISTS and value:
                for each in value.split(SEPARATOR):
                    sketch.labeled(_LISTS[kind], each, label, first=first)
            elif kind == "event" and value:
                sketch.occasion(label or columns["value"], value)
            elif kind == "address" and cells.keys() - {*LABELS}:
                sketch.addresses.setdefault(_free(label, sketch), _address(cells))
            elif kind == "organization":
                _organization(sketch, cells, columns)
            elif kind == "customfield" and value:
                sketch.keep(label or columns["value"], value)
            elif kind != "address":
                for part, cell in cells.items():
                    if part not in LABELS or kind not in (*_LISTS, "event", "customfield"):
                        sketch.keep(columns[part], cell)


def _label(text: str) -> tuple[str, bool]:
    """A label as it is kept, and whether it marks the preferred value (`* Work`)."""
    first = text.startswith("*")
    name = text.lstrip("* ").strip()
    return (name.casefold() if name.casefold() in _USUAL else name), first


def _free(label: str, sketch: Sketch) -> str:
    name, count = label, 1
    while name in sketch.addresses:
        count += 1
        name = f"{label} {count}".strip()
    return name


def _address(cells: Mapping[str, str]) -> dict[str, str]:
    return {_ADDRESS[part]: cell.partition(SEPARATOR)[0] for part, cell in cells.items() if part in _ADDRESS}


def _organization(sketch: Sketch, cells: Mapping[str, str], columns: Mapping[str, str]) -> None:
    for part, cell in cells.items():
        head, several, _rest = cell.partition(SEPARATOR)
        if several:
            sketch.keep(columns[part], cell)
        if part == "name":
            sketch.company_text("name", head)
        elif part in ("title", "department"):
            sketch.text(part, head)
        elif part not in LABELS:
            sketch.keep(columns[part], cell)
