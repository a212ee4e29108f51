"""Preview: what a file would bring into the book, worked out off the screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from kam_tui.delivery.whole_file import read_whole
from kam_tui.domain.book import Book
from kam_tui.domain.draft import Options, Parsed
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.formats.registry import read_file
from kam_tui.formats.slots import FILLERS, GROUPED, KEEP, OWN, SKIP
from kam_tui.i18n import N_, _
from kam_tui.sealing import is_sealed
from kam_tui.session import Session
from kam_tui.tui.widgets.columns import Heading
from kam_tui.usecases.import_plan import CONFLICT, NEW, REJECTED, SAME, UPDATED, Line, Plan
from kam_tui.usecases.merging import plan

PARTS = {
    REJECTED: (N_("Refused"), "late"),
    CONFLICT: (N_("Differ: what the book has is kept"), "soon"),
    NEW: (N_("New"), "heading"),
    UPDATED: (N_("Filled in"), "heading"),
    SAME: (N_("In the book already"), "dim"),
}
"""Outcome to its heading and look; what needs a look comes first."""

SLOTS = {
    KEEP: N_("kept beside the record"),
    SKIP: N_("left out"),
    GROUPED: N_("goes with the columns of its number"),
    OWN: N_("as kam wrote it"),
    "prefix": N_("title before the name"),
    "first": N_("first name"),
    "middle": N_("middle name"),
    "last": N_("last name"),
    "suffix": N_("title behind the name"),
    "account": N_("company"),
}
"""Slots whose name does not say what they are, and what is said of them."""

CHOICES = (KEEP, SKIP, *(slot for slot in FILLERS if slot not in (KEEP, SKIP)))
"""What a column can be made to fill."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring."""

    path: str
    """Of the file."""
    options: Options
    """What a person said about it."""
    book: Book
    """The book it was compared with."""
    parsed: Parsed
    """What the file holds."""
    plan: Plan
    """What would become of it."""


def look_at(
    session: Session, book: Book, path: str, options: Options, say: Callable[[str], object]
) -> Preview:
    """Read a file and compare it with the book; `say` is told how far it is. Raises NotFound and Invalid."""
    name = os.path.basename(path)
    say(_("Reading {name} …").format(name=clean(name)))
    data = read_whole(os.path.expanduser(path))
    if is_sealed(data):
        raise Invalid(
            _("The file {name} is sealed.").format(name=clean(name)),
            _("Bring it in with kam import in the shell, which asks for what opens it."),
        )
    parsed = read_file(name, data, options)
    count = len(parsed.drafts) + len(parsed.records)
    say(_("Comparing {count} entries with the book …").format(count=count))
    planned = plan(book, session.now(), parsed.drafts, parsed.rejects, parsed.records)
    return Preview(path, options, book, parsed, planned)


def lines_of(planned: Plan) -> list[Line | Heading]:
    """The lines of a plan by what becomes of them."""
    lines: list[Line | Heading] = []
    counts = planned.counts
    for outcome, (title, look) in PARTS.items():
        if counts[outcome]:
            lines.append(Heading(_(title), str(counts[outcome]), look))
            lines += [line for line in planned.lines if line.outcome == outcome]
    return lines


def show_slot(slot: str) -> str:
    """What a column fills, in words."""
    word, _colon, detail = slot.partition(":")
    told = _(SLOTS[word]) if word in SLOTS else word.replace("account_", "company: ").replace("_", " ")
    return f"{told} ({detail})" if detail else told
