"""Import plan: what an import would do, card by card and row by row, for a person to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit
from kam_tui.i18n import N_, _, ngettext

NEW, UPDATED, SAME, CONFLICT, REJECTED = "new", "updated", "same", "conflict", "rejected"
OUTCOMES = {
    NEW: N_("new"),
    UPDATED: N_("updated"),
    SAME: N_("same"),
    CONFLICT: N_("conflict"),
    REJECTED: N_("rejected"),
}
"""What may become of a card or row, and how it is called."""


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one card or row."""

    where: str
    """Where it stands in its file."""

    outcome: str
    """One of `OUTCOMES`. A conflict may have filled other fields as well."""

    name: str
    """Whom it is about; empty for one that could not be read."""

    details: tuple[str, ...] = ()
    """What is filled or added, what differs, what to look at; a line each."""

    remarks: tuple[str, ...] = ()
    """Those of the details that a person may want to look at, though it comes in."""

    @property
    def needs_a_look(self) -> bool:
        """Whether it comes in, but not as the file has it. What is in the book already was looked at then."""
        return bool(self.remarks) and self.outcome in (NEW, UPDATED)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    lines: tuple[Line, ...]
    """One for each card and row."""

    edits: tuple[Edit, ...]
    """What would be written."""

    new_accounts: int = 0
    """How many accounts would be made, for rows of their own or for the companies of people."""

    book: Book | None = field(default=None, compare=False, repr=False)
    """The book it was made for: in any other one, something else may come of it."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Outcome to the number of cards and rows; every outcome is there."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def to_look_at(self) -> int:
        """How many cards and rows come in and need a look."""
        return sum(line.needs_a_look for line in self.lines)

    @property
    def told(self) -> str:
        """The summary for somebody who is about to decide: with how much needs a look."""
        text = self.summary
        if count := self.to_look_at:
            text += "; " + ngettext("{count} to look at", "{count} to look at", count).format(count=count)
        return text

    @property
    def summary(self) -> str:
        """One line that says what is done."""
        counts = self.counts
        text = _("Import: {new} new, {updated} updated, {same} same, {conflict} in conflict").format(**counts)
        if counts[REJECTED]:
            text += _(", {rejected} rejected").format(**counts)
        if self.new_accounts:
            made = ngettext("{count} new account", "{count} new accounts", self.new_accounts)
            text += "; " + made.format(count=self.new_accounts)
        return text
