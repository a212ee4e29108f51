"""vCard: the cards of a file as drafts of people and companies.

A property that no field knows is kept as its raw line, and so are the name's and the address's
parts, which say more than the field does. So an export has them again.
"""

from __future__ import annotations

from kam_tui.domain.draft import Draft, Options, Parsed, Reject
from kam_tui.domain.errors import Invalid
from kam_tui.domain.identity import stamped
from kam_tui.domain.progress import Progress
from kam_tui.formats.table_text import LARGEST_FILE, LONGEST_FIELD, MOST_ROWS
from kam_tui.formats.vcard_lines import Line, read_cards, split, unescape
from kam_tui.formats.vcard_properties import PROPERTIES
from kam_tui.formats.vcard_sketch import CardSketch
from kam_tui.i18n import N_, _

_IDLE = ("REV", "PRODID", "VERSION", "X-ABUID", "CLIENTPIDMAP", "N", "X-ABSHOWAS", "X-ABLABEL")
"""Properties about the card and not about anybody, and those that are read together with others."""

_KIND_NAMES = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


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
        sketched = CardSketch(card, options.date_order)
        if draft := _draft(sketched):
            drafts.append(draft)
        else:
            reason = _("The card has neither a name, a company nor a mail address.")
            rejects.append(Reject(card.where, " ".join([reason, *sketched.sketch.warnings])))
    if not drafts and not rejects:
        raise Invalid(_("There is no vCard in the file."))
    return Parsed(N_("vCard"), tuple(stamped(drafts, "vcard")), tuple(rejects))


def _draft(card: CardSketch) -> Draft | None:
    """The card's draft; None when it names nobody."""
    for line in sorted(card.lines, key=_preference):
        take = PROPERTIES.get(line.name)
        if take and len(line.value) > LONGEST_FIELD:
            card.leave_out(line, len(line.value))
        elif take:
            take(card, line)
        elif line.name not in _IDLE:
            card.keep(line)
    card.keep_labels()
    _name(card)
    return card.sketch.draft()


def _preference(line: Line) -> int:
    """The preferred of several values first: PREF=1 to 100, or the type `pref`."""
    pref = next(iter(line.params.get("PREF", ())), "")
    return int(pref) if pref.isdecimal() and len(pref) < 4 else 1 if "pref" in line.types else 101


def _name(card: CardSketch) -> None:
    """A card with a company and no person's name is the company's."""
    sketch, lines = card.sketch, card.lines
    structured = next((line.value for line in lines if line.name == "N"), "")
    parts = [_spoken(part, card.version) for part in split(structured, ";")]
    if any(part.strip() for part in parts):
        order = ("last", "first", "middle", "prefix", "suffix")
        sketch.names = dict(zip(order, parts, strict=False))
    kinds = [line.value.strip().casefold() for line in lines if line.name == "KIND"]
    shown_as = any(line.name == "X-ABSHOWAS" and "COMPANY" in line.value.upper() for line in lines)
    if "org" in kinds or shown_as:
        sketch.is_company = True
        sketch.names = {}
        if sketch.company.get("name"):
            sketch.person.pop("name", None)


def _spoken(part: str, version: str) -> str:
    """A part of a name, of which there may be several (`Maria,Anna`), as it is said."""
    names = [unescape(name, version).strip() for name in split(part, ",")]
    return " ".join(filter(None, names))
