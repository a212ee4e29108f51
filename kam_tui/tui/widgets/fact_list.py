"""FactList: what is known of somebody, with one fact highlighted that can be edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from kam_tui.tui.commands import LIST, bindings
from kam_tui.tui.widgets.panels import Facts


class Fact(NamedTuple):
    """One thing that is known."""

    label: str
    """What it is."""
    value: Content
    """As it is shown."""
    field: str = ""
    """The field of the record that holds it; empty for what follows from others."""


class FactList(VerticalScroll, can_focus=True):
    """Facts, moved in like a list."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LIST)]

    class Picked(Message):
        """A person wants to edit a fact."""

        def __init__(self, fact: Fact) -> None:
            super().__init__()
            self.fact = fact

    def __init__(self) -> None:
        super().__init__()
        self.facts: Sequence[Fact] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        """All of them are one text."""
        yield Facts()

    @property
    def highlighted(self) -> Fact | None:
        """The fact in use; None without the focus."""
        return self.facts[self._at] if self.has_focus and self._at < len(self.facts) else None

    def show(self, facts: Sequence[Fact], empty: Content) -> None:
        """Show these; where there are none, say what is for an `empty` list. The highlight stays on its
        field."""
        self.query_one(Facts).empty = empty
        kept = self.facts[self._at].field if self._at < len(self.facts) else ""
        self.facts = facts
        same = (at for at, fact in enumerate(facts) if kept and fact.field == kept)
        self._at = next(same, max(0, min(self._at, len(facts) - 1)))
        self._draw()

    def _draw(self) -> None:
        mark = self._at if self.has_focus else -1
        self.query_one(Facts).show([(fact.label, fact.value) for fact in self.facts], mark)

    def _go(self, at: int) -> None:
        self._at = max(0, min(at, len(self.facts) - 1))
        self._draw()
        starts = self.query_one(Facts).starts
        if self._at + 1 < len(starts):
            first, after = starts[self._at], starts[self._at + 1]
            self.scroll_to_region(Region(0, first, 1, after - first), animate=False, force=True)

    def action_move(self, step: int) -> None:
        """Go to the next fact, or the one before."""
        self._go(self._at + step)

    def action_page(self, step: int) -> None:
        """Go a few facts on, or back."""
        self._go(self._at + step * max(1, self.size.height // 2))

    def action_jump(self, where: int) -> None:
        """Go to the first (0) or the last (-1) fact."""
        self._go(0 if where == 0 else len(self.facts) - 1)

    def action_pick(self) -> None:
        """Edit the fact."""
        if (fact := self.highlighted) is not None:
            self.post_message(self.Picked(fact))

    def on_click(self, event: events.Click) -> None:
        """Highlight the fact; a second click edits it."""
        line = event.y + int(self.scroll_offset.y)
        starts = self.query_one(Facts).starts
        self._go(sum(1 for start in starts[:-1] if start <= line) - 1)
        if event.chain == 2:
            self.action_pick()

    def on_focus(self) -> None:
        """The highlight is seen with the focus."""
        self.call_next(self._draw)

    def on_blur(self) -> None:
        """The highlight is not seen without the focus."""
        self.call_next(self._draw)
