"""FilterLine: one line that narrows a list beneath it to the lines that have all the words typed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.tui.commands import FILTER, bindings


class Words(Input):
    """What is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [each for each in bindings(FILTER) if each.id == "filter.list"]


class FilterLine(Horizontal):
    """The line, its label and how many lines are left; seen only while it narrows."""

    DEFAULT_CSS = """
    FilterLine { display: none; height: 2; padding: 0 2; }
    FilterLine.-narrowing { display: block; }
    FilterLine > Static { width: auto; color: $quiet; margin-right: 1; }
    FilterLine > Words { width: 1fr; background: $surface; }
    FilterLine > Words:focus { background: $panel; }
    FilterLine > .count { width: 12; text-align: right; margin: 0 0 0 2; }
    """

    class Changed(Message):
        """Other words are typed."""

    class Left(Message):
        """The person goes to the lines: the words stay, unless all is to be shown again."""

    def compose(self) -> ComposeResult:
        """The three of them."""
        yield Static(_("Filter"))
        yield Words(compact=True, select_on_focus=False)
        yield Static(classes="count")

    def narrows(self, text: str) -> bool:
        """Whether a text has all the words."""
        said = fold(text)
        return all(word in said for word in fold(self.query_one(Words).value).split())

    def count(self, left: int, of: int) -> None:
        """Say how many lines are left of how many."""
        self.query_one(".count", Static).update(f"{left} / {of}", layout=False)

    def begin(self) -> None:
        """Go to the line."""
        self.add_class("-narrowing")
        self.query_one(Words).focus()

    def end(self) -> bool:
        """Show all lines again. False where all are shown."""
        if not self.has_class("-narrowing"):
            return False
        self.query_one(Words).value = ""
        self.remove_class("-narrowing")
        self.post_message(self.Left())
        return True

    @on(Input.Changed)
    def _narrow(self, message: Input.Changed) -> None:
        message.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _leave(self, message: Input.Submitted) -> None:
        message.stop()
        self.post_message(self.Left())
