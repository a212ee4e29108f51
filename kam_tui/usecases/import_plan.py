"""Import plan: what an import would do, card by card and row by row, for a person to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    lines: tuple[Line, ...]
    """One for each card and row."""

    edits: tuple[Edit, ...]
    """What would be written."""

    new_accounts: int = 0
    """How many accounts would be made, for rows of their own or for the companies of people."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Outcome to the number of cards and rows; every outcome is there."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

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
