"""Preview: what a file would bring into the book, worked out off the screen."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from kam_tui.delivery.whole_file import read_whole
from kam_tui.domain.book import Book
from kam_tui.domain.draft import Options, Parsed
from kam_tui.domain.errors import Invalid
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean, fold
from kam_tui.formats.registry import read_file
from kam_tui.formats.slots import FILLERS, GROUPED, KEEP, OWN, SKIP
from kam_tui.i18n import N_, _
from kam_tui.sealing import is_sealed
from kam_tui.session import Session
from kam_tui.tui.widgets.columns import Heading
from kam_tui.usecases.import_plan import CONFLICT, NEW, OUTCOMES, REJECTED, SAME, UPDATED, Line, Plan
from kam_tui.usecases.merging import plan
from kam_tui.usecases.restoring import where_of

LOOK = "look"
"""The part of what comes in, but not as the file has it."""

PARTS = {
    LOOK: (N_("Look at these"), "soon"),
    REJECTED: (N_("Refused"), "late"),
    CONFLICT: (N_("Differ: what the book has is kept"), "soon"),
    NEW: (N_("New"), "heading"),
    UPDATED: (N_("Filled in"), "heading"),
    SAME: (N_("In the book already"), "dim"),
}
"""Part to its heading and look; what needs a look comes first. A part is an outcome, but for `LOOK`."""

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
    words: tuple[str, ...]
    """What each line of the plan is found by, folded."""

    def without(self, left_out: Collection[str]) -> Parsed:
        """What the file holds but for what stands where a person leaves it out."""
        if not left_out:
            return self.parsed
        return replace(
            self.parsed,
            drafts=tuple(each for each in self.parsed.drafts if each.where not in left_out),
            records=tuple(each for each in self.parsed.records if where_of(each) not in left_out),
        )


def look_at(session: Session, book: Book, path: str, options: Options, progress: Progress) -> Preview:
    """Read a file and compare it with the book. Raises NotFound, Invalid and Stopped."""
    name = os.path.basename(path)
    progress.begin(_("Reading"))
    data = read_whole(os.path.expanduser(path))
    if is_sealed(data):
        raise Invalid(
            _("The file {name} is sealed.").format(name=clean(name)),
            _("Bring it in with kam import in the shell, which asks for what opens it."),
        )
    parsed = read_file(name, data, options, progress)
    planned = plan(book, session.now(), parsed.drafts, parsed.rejects, parsed.records, progress)
    words = tuple(map(_words, planned.lines))
    return Preview(path, options, book, parsed, planned, words)


def _words(line: Line) -> str:
    return fold(" ".join((line.name, *line.details, line.where, _(OUTCOMES[line.outcome]))))


def lines_of(some: Iterable[Line]) -> list[Line | Heading]:
    """The lines of a plan by what becomes of them."""
    parts: dict[str, list[Line]] = {part: [] for part in PARTS}
    for line in some:
        parts[LOOK if line.needs_a_look else line.outcome].append(line)
    lines: list[Line | Heading] = []
    for part, (title, look) in PARTS.items():
        if parts[part]:
            lines += [Heading(_(title), str(len(parts[part])), look), *parts[part]]
    return lines


def show_slot(slot: str) -> str:
    """What a column fills, in words."""
    word, _colon, detail = slot.partition(":")
    told = _(SLOTS[word]) if word in SLOTS else word.replace("account_", "company: ").replace("_", " ")
    return f"{told} ({detail})" if detail else told
