"""vCard: the cards of a file as drafts of people and companies.

A property that no field knows is kept as its raw line, and so are the name's and the address's
parts, which say more than the field does. So an export has them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kam_tui.domain.dates.zone import zone_of
from kam_tui.domain.draft import Draft, Options, Parsed, Reject
from kam_tui.domain.errors import Invalid
from kam_tui.domain.identity import stamped
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean
from kam_tui.formats.sketch import Sketch, written_address
from kam_tui.formats.table_text import LARGEST_FILE, LONGEST_FIELD, MOST_ROWS
from kam_tui.formats.vcard_lines import Card, Line, read_cards, split, unescape
from kam_tui.i18n import N_, _

LONGEST_LINE = 8 * 1024
"""Characters of a raw line that is kept: a link to a picture is, the picture itself is not."""

MOST_LINES = 100
"""Raw lines that are kept of one card."""

ANNIVERSARIES = ("ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY")

_IDLE = ("REV", "PRODID", "VERSION", "X-ABUID", "CLIENTPIDMAP", "N", "X-ABSHOWAS", "X-ABLABEL")
"""Properties about the card and not about anybody, and those that are read together with others."""

_FILES = ("PHOTO", "LOGO", "SOUND", "KEY")
"""Properties that hold a file."""

_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
ADDRESS = ("pobox", "extended", "street", "city", "region", "postal", "country")
"""The parts of an ADR (RFC 6350 §6.3.1)."""

_KINDS = {"cell": "mobile", "iphone": "mobile", "main": "main", "fax": "fax", "pager": "pager"}
_PLACES = ("work", "home", "other")


def fits(data: bytes) -> bool:
    """Whether the bytes hold a vCard."""
    return b"BEGIN:VCARD" in data[:4096].replace(b"\0", b"").upper()


def read(data: bytes, options: Options, progress: Progress | None = None) -> Parsed:
    """The drafts of all cards. Raises Invalid for a file that is too large or has no card at all; and
    Stopped."""
    if len(data) > LARGEST_FILE:
        raise Invalid(_("The file is larger than {size} MB.").format(size=LARGEST_FILE // 1024 // 1024))
    drafts: list[Draft] = []
    rejects: list[Reject] = []
    progress = progress or Progress()
    count = data.upper().count(b"BEGIN:VCARD")
    if count > MOST_ROWS:
        raise Invalid(
            _("The file has more than {count} cards.").format(count=MOST_ROWS), _("Split the file.")
        )
    for card in progress.over(_("Reading"), read_cards(data), count):
        kind = next((line.value.strip().casefold() for line in card.lines if line.name in _KIND_NAMES), "")
        if kind == "group":
            rejects.append(Reject(card.where, _("The card is a group of others, not a person or a company.")))
            continue
        reader = _Reader(card, options.date_order)
        if draft := reader.draft():
            drafts.append(draft)
        else:
            reason = _("The card has neither a name, a company nor a mail address.")
            rejects.append(Reject(card.where, " ".join([reason, *reader.sketch.warnings])))
    if not drafts and not rejects:
        raise Invalid(_("There is no vCard in the file."))
    return Parsed(N_("vCard"), tuple(stamped(drafts, "vcard")), tuple(rejects))


_KIND_NAMES = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


class _Reader:
    """The reading of one card."""

    def __init__(self, card: Card, date_order: str) -> None:
        self.card = card
        self.sketch = Sketch(card.where, date_order)
        self.labels = {
            line.group.casefold(): unescape(line.value, card.version)
            for line in card.lines
            if line.name == "X-ABLABEL" and line.group
        }
        """Group in lower case to the label that Apple's programs give it."""
        self.kept_groups: set[str] = set()
        self.kept = 0

    def draft(self) -> Draft | None:
        """The card's draft; None when it names nobody."""
        sketch = self.sketch
        for problem in self.card.some_problems:
            sketch.warn(problem)
        for line in sorted(self.card.lines, key=_preference):
            file = _PROPERTIES.get(line.name)
            if file and len(line.value) > LONGEST_FIELD:
                self._leave_out(line, len(line.value))
            elif file:
                file(self, line)
            elif line.name not in _IDLE:
                self.keep(line)
        for line in self.card.lines:
            if line.name == "X-ABLABEL" and line.group.casefold() in self.kept_groups:
                self.keep(line)
        self._name()
        return sketch.draft()

    def keep(self, line: Line) -> None:
        """Keep a line as it is, unless it is too long."""
        raw = line.raw
        if len(raw) > LONGEST_LINE or self.kept >= MOST_LINES:
            self._leave_out(line, len(raw))
            return
        self.kept += 1
        self.kept_groups.add(line.group.casefold())
        raw = clean(raw)
        if raw not in self.sketch.lines:
            self.sketch.lines.append(raw)

    def _leave_out(self, line: Line, size: int) -> None:
        told = _("{name} ({size} KB) was left out.").format(name=line.name, size=size // 1024 + 1)
        if line.name in _FILES:
            self.sketch.passed_over.append(told)
        else:
            self.sketch.warn(told)

    def text(self, line: Line) -> str:
        """The whole value as text."""
        return unescape(line.value, self.card.version)

    def parts(self, line: Line, mark: str = ";") -> list[str]:
        """The parts of a structured value as texts."""
        return [unescape(part, self.card.version) for part in split(line.value, mark)]

    def label(self, line: Line) -> str:
        """What a value goes by: Apple's label, else its types in our words."""
        label = self.labels.get(line.group.casefold(), "") if line.group else ""
        if label:
            known = _APPLE_LABEL.fullmatch(label)
            return known[1].casefold() if known else label
        place = next((each for each in _PLACES if each in line.types), "")
        kind = next((word for name, word in _KINDS.items() if name in line.types), "")
        return " ".join(filter(None, (place, kind)))

    def _spoken(self, part: str) -> str:
        """A part of a name, of which there may be several (`Maria,Anna`), as it is said."""
        names = [unescape(name, self.card.version).strip() for name in split(part, ",")]
        return " ".join(filter(None, names))

    def _name(self) -> None:
        """A card with a company and no person's name is the company's."""
        sketch = self.sketch
        structured = [line for line in self.card.lines if line.name == "N"]
        parts = [self._spoken(part) for part in split(structured[0].value, ";")] if structured else []
        if any(part.strip() for part in parts):
            order = ("last", "first", "middle", "prefix", "suffix")
            sketch.names = dict(zip(order, parts, strict=False))
        kinds = [line.value.strip().casefold() for line in self.card.lines if line.name == "KIND"]
        shown_as = any(
            line.name == "X-ABSHOWAS" and "COMPANY" in line.value.upper() for line in self.card.lines
        )
        if "org" in kinds or shown_as:
            sketch.is_company = True
            sketch.names = {}
            if sketch.company.get("name"):
                sketch.person.pop("name", None)


def _preference(line: Line) -> int:
    """The preferred of several values first: PREF=1 to 100, or the type `pref`."""
    pref = next(iter(line.params.get("PREF", ())), "")
    return int(pref) if pref.isdecimal() and len(pref) < 4 else 1 if "pref" in line.types else 101


def _text(field: str, *, multiline: bool = False) -> Callable[[_Reader, Line], None]:
    def file(reader: _Reader, line: Line) -> None:
        if field in reader.sketch.person and field != "about":
            reader.keep(line)
        else:
            reader.sketch.text(field, reader.text(line), multiline=multiline)

    return file


def _labeled(field: str) -> Callable[[_Reader, Line], None]:
    def file(reader: _Reader, line: Line) -> None:
        value = reader.text(line) if field != "links" else line.value.replace(r"\:", ":").replace(r"\,", ",")
        reader.sketch.labeled(field, value, reader.label(line))

    return file


def _profile(reader: _Reader, line: Line) -> None:
    """A profile is a link that goes by the name of its service."""
    service = next((each for each in line.types if each != "pref"), "")
    reader.sketch.labeled("links", line.value, service)


def _organization(reader: _Reader, line: Line) -> None:
    name, *units = (clean(part) for part in reader.parts(line))
    if "name" in reader.sketch.company:
        reader.keep(line)
        return
    reader.sketch.company_text("name", name)
    reader.sketch.text("department", ", ".join(filter(None, units)))


def _address(reader: _Reader, line: Line) -> None:
    """The first address is the person's. Its line is kept where it says more than its text does, and
    where there are others: then the first line kept is always the one that the field comes from."""
    parts = reader.parts(line)
    if not any(part.strip() for part in parts):
        return
    if "address" not in reader.sketch.person:
        values = dict(zip(ADDRESS, parts, strict=False))
        reader.sketch.text("address", written_address(values), multiline=True)
    is_plain = not line.params and not line.group and not any(parts[:2] + parts[3:])
    if not is_plain or sum(other.name == "ADR" for other in reader.card.lines) > 1:
        reader.keep(line)


def _categories(reader: _Reader, line: Line) -> None:
    for part in reader.parts(line, ";" if ";" in line.value and "," not in line.value else ","):
        reader.sketch.tag(part)


def _date(label: str) -> Callable[[_Reader, Line], None]:
    def file(reader: _Reader, line: Line) -> None:
        name = label or reader.label(line) or _("Date")
        text = reader.text(line).strip().strip('"')
        stand_in = next(iter(line.params.get("X-APPLE-OMIT-YEAR", ())), "")
        if stand_in and text.startswith(stand_in):
            text = "--" + text.removeprefix(stand_in).lstrip("-")
        is_words = "text" in [each.casefold() for each in line.params.get("VALUE", ())]
        before = len(reader.sketch.warnings)
        whole = reader.sketch.occasion(name, text)
        if not whole:
            reader.keep(line)
        if not whole and is_words and len(reader.sketch.warnings) > before:
            reader.sketch.warnings[before] = _("{label} is in words and stays so: {text}").format(
                label=name, text=clean(text)
            )

    return file


def _source(reader: _Reader, line: Line) -> None:
    reader.sketch.source("uid", line.value.strip())


def _note_death(reader: _Reader, line: Line) -> None:
    """Nobody is to be reminded of the birthday of the dead (RFC 6474)."""
    reader.sketch.person["standing"] = "deceased"
    reader.keep(line)


def _role(reader: _Reader, line: Line) -> None:
    """A function (`Project leader`) is a title where none is given."""
    if any(other.name == "TITLE" and other.value.strip() for other in reader.card.lines):
        reader.keep(line)
    else:
        _text("title")(reader, line)


def _interest(reader: _Reader, line: Line) -> None:
    for part in reader.parts(line, ","):
        reader.sketch.interest(part)


def _zone(reader: _Reader, line: Line) -> None:
    """A zone by name; an offset (RFC 6350 6.5.1) says less than that, and stays as its line."""
    name = zone_of(reader.text(line))
    if not name or reader.sketch.person.setdefault("timezone", name) != name:
        reader.keep(line)


def _kind(reader: _Reader, line: Line) -> None:
    if line.value.strip().casefold() not in ("individual", "org"):
        reader.keep(line)


_PROPERTIES: dict[str, Callable[[_Reader, Line], None]] = {
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
