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
        self.kind = kind

    def step(self, step: int) -> None:
        """Make it another kind."""
        kinds = list(dict.fromkeys((*QUICK_KINDS, self.kind)))
        self.kind = kinds[(kinds.index(self.kind) + step) % len(kinds)]

    def say(self, *, is_draft: bool) -> None:
        """Show it, and whether the line is a draft that was left."""
        row = ACTIVITY_KINDS[self.kind]
        said = plain(f"{row.mark} {_(row.label)}")
        note = plain(_("not saved yet: Ctrl+U begins anew"), "not bold $quiet")
        self.update(Content.assemble(said, "   ", note) if is_draft else said, layout=False)
