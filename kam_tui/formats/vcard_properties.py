"""What becomes of each property of a vCard (RFC 2426, RFC 6350) in the sketch of a person or a company."""

from __future__ import annotations

from collections.abc import Callable

from kam_tui.domain.dates.zone import zone_of
from kam_tui.domain.text import clean
from kam_tui.formats.sketch import written_address
from kam_tui.formats.vcard_lines import Line
from kam_tui.formats.vcard_sketch import CardSketch
from kam_tui.i18n import _

Take = Callable[[CardSketch, Line], None]
"""Takes a line of a card into its sketch."""

ADDRESS = ("pobox", "extended", "street", "city", "region", "postal", "country")
"""The parts of an ADR (RFC 6350 §6.3.1)."""

ANNIVERSARIES = ("ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY")


def _text(field: str, *, multiline: bool = False) -> Take:
    def take(card: CardSketch, line: Line) -> None:
        if field in card.sketch.person and field != "about":
            card.keep(line)
        else:
            card.sketch.text(field, card.text(line), multiline=multiline)

    return take


def _labeled(field: str) -> Take:
    def take(card: CardSketch, line: Line) -> None:
        value = card.text(line) if field != "links" else line.value.replace(r"\:", ":").replace(r"\,", ",")
        card.sketch.labeled(field, value, card.label(line))

    return take


def _profile(card: CardSketch, line: Line) -> None:
    """A profile is a link that goes by the name of its service."""
    service = next((each for each in line.types if each != "pref"), "")
    card.sketch.labeled("links", line.value, service)


def _organization(card: CardSketch, line: Line) -> None:
    name, *units = (clean(part) for part in card.parts(line))
    if "name" in card.sketch.company:
        card.keep(line)
        return
    card.sketch.company_text("name", name)
    card.sketch.text("department", ", ".join(filter(None, units)))


def _address(card: CardSketch, line: Line) -> None:
    """The first address is the person's. Its line is kept where it says more than its text does, and
    where there are others: then the first line kept is always the one that the field comes from."""
    parts = card.parts(line)
    if not any(part.strip() for part in parts):
        return
    if "address" not in card.sketch.person:
        values = dict(zip(ADDRESS, parts, strict=False))
        card.sketch.text("address", written_address(values), multiline=True)
    is_plain = not line.params and not line.group and not any(parts[:2] + parts[3:])
    if not is_plain or sum(other.name == "ADR" for other in card.lines) > 1:
        card.keep(line)


def _categories(card: CardSketch, line: Line) -> None:
    for part in card.parts(line, ";" if ";" in line.value and "," not in line.value else ","):
        card.sketch.tag(part)


def _date(label: str) -> Take:
    def take(card: CardSketch, line: Line) -> None:
        name = label or card.label(line) or _("Date")
        text = card.text(line).strip().strip('"')
        stand_in = next(iter(line.params.get("X-APPLE-OMIT-YEAR", ())), "")
        if stand_in and text.startswith(stand_in):
            text = "--" + text.removeprefix(stand_in).lstrip("-")
        is_words = "text" in [each.casefold() for each in line.params.get("VALUE", ())]
        before = len(card.sketch.warnings)
        whole = card.sketch.occasion(name, text)
        if not whole:
            card.keep(line)
        if not whole and is_words and len(card.sketch.warnings) > before:
            card.sketch.warnings[before] = _("{label} is in words and stays so: {text}").format(
                label=name, text=clean(text)
            )

    return take


def _source(card: CardSketch, line: Line) -> None:
    card.sketch.source("uid", line.value.strip())


def _note_death(card: CardSketch, line: Line) -> None:
    """Nobody is to be reminded of the birthday of the dead (RFC 6474)."""
    card.sketch.person["standing"] = "deceased"
    card.keep(line)


def _role(card: CardSketch, line: Line) -> None:
    """A function (`Project leader`) is a title where none is given."""
    if any(other.name == "TITLE" and other.value.strip() for other in card.lines):
        card.keep(line)
    else:
        _text("title")(card, line)


def _interest(card: CardSketch, line: Line) -> None:
    for part in card.parts(line, ","):
        card.sketch.interest(part)


def _zone(card: CardSketch, line: Line) -> None:
    """A zone by name; an offset (RFC 6350 6.5.1) says less than that, and stays as its line."""
    name = zone_of(card.text(line))
    if not name or card.sketch.person.setdefault("timezone", name) != name:
        card.keep(line)


def _kind(card: CardSketch, line: Line) -> None:
    if line.value.strip().casefold() not in ("individual", "org"):
        card.keep(line)


PROPERTIES: dict[str, Take] = {
    "FN": _text("name"),
    "NICKNAME": _text("nickname"),
    "ORG": _organization,
    "TITLE": _text("title"),
    "ROLE": _role,
    "EMAIL": _labeled("emails"),
    "TEL": _labeled("phones"),
    "URL": _labeled("links"),
    "X-SOCIALPROFILE": _profile,
    "ADR": _address,
    "NOTE": _text("about", multiline=True),
    "CATEGORIES": _categories,
    "BDAY": _date("Birthday"),
    **dict.fromkeys(ANNIVERSARIES, _date("Anniversary")),
    "X-ABDATE": _date(""),
    "DEATHDATE": _note_death,
    "TZ": _zone,
    **dict.fromkeys(("LANG", "X-LANG"), _text("language")),
    **dict.fromkeys(("INTEREST", "X-INTEREST", "HOBBY"), _interest),
    "UID": _source,
    "KIND": _kind,
}
"""Property to what becomes of it; any other is kept as its line."""
