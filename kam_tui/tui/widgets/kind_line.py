"""KindLine: what kind of activity a line is captured as; Tab goes through the kinds."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.i18n import _
from kam_tui.tui.wording import plain

QUICK_KINDS = (
    "note", "call", "meeting", "mail", "message", "received", "visit", "gift", "card", "share", "sale",
    "thank-you", "complaint", "hand-off",
)  # fmt: skip
"""What can be captured."""


class KindLine(Static):
    """One kind of them."""

    def __init__(self, kind: str) -> None:
        super().__init__(classes="kind")
        self.begun = kind
        """The kind that a line is begun as."""
        self.kind = kind
        """The kind that is chosen."""
        self._meant = ""
        self._note = ""

    def step(self, step: int) -> None:
        """Make it another kind."""
        kinds = list(dict.fromkeys((*QUICK_KINDS, self.kind)))
        self.kind, self._meant = kinds[(kinds.index(self.kind) + step) % len(kinds)], ""

    def mean(self, kind: str) -> None:
        """Show the kind that the line itself says it is; empty for the one that is chosen."""
        if kind != self._meant:
            self._meant = kind
            self.say(self._note)

    def say(self, note: str) -> None:
        """Show it, with a note beside it."""
        self._note = note
        row = ACTIVITY_KINDS[self._meant or self.kind]
        said = plain(f"{row.mark} {_(row.label)}")
        told = Content.assemble(said, "   ", plain(note, "not bold $quiet")) if note else said
        self.update(told, layout=False)
