"""FilterBar: the filter above a list: its line, how many lines it lets through, and what is wrong with it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kam_tui.domain.query.query import Misread
from kam_tui.i18n import N_, _
from kam_tui.tui.widgets.query_line import QueryLine
from kam_tui.tui.wording import plain

EXAMPLES = N_("tier:key quiet>30d birthday<14d tag:vip -status:former")
"""What a filter may say."""


class FilterBar(Vertical):
    """What is typed, and what is said of it."""

    DEFAULT_CSS = "FilterBar { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The line and the count; beneath, what is to be said of the filter."""
        with Horizontal(id="top"):
            yield Static(_("Filter"), id="label")
            yield QueryLine(id="filter")
            yield Static(id="count")
        yield Static(id="said")

    @property
    def line(self) -> QueryLine:
        """The line that the filter is typed in."""
        return self.query_one(QueryLine)

    def count(self, shown: int, among: int) -> None:
        """Tell how many lines are shown, of how many."""
        self._tell("#count", Content(str(shown) if shown == among else f"{shown} / {among}"))

    def say(self, problem: Misread | None) -> None:
        """Say beneath the filter what is wrong with it, under the word; else what may be asked."""
        self.line.point_at(problem)
        said = self.query_one("#said", Static)
        said.set_class(problem is not None, "-wrong")
        if problem is None:
            bare = self.line.has_focus and not self.line.value
            self._tell("#said", plain(_(EXAMPLES) if bare else ""))
            return
        self._tell("#said", self.line.told(problem, said.content_region))

    def _tell(self, where: str, said: Content) -> None:
        """Say something else, where it is something else: laying the screen out takes its time."""
        if self._told.get(where) != said.plain:
            self._told[where] = said.plain
            self.query_one(where, Static).update(said, layout=where != "#count")  # it is always as wide

    @on(events.DescendantFocus, "#filter")
    @on(events.DescendantBlur, "#filter")
    def _offer_examples(self) -> None:
        if not self.line.value:
            self.say(None)
