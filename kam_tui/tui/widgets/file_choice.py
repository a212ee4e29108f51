"""FileChoice: a line in which a path is typed, and what it could become beneath."""

from __future__ import annotations

import os

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from kam_tui.i18n import _
from kam_tui.tui.widgets.file_list import FileList, here
from kam_tui.tui.widgets.path_line import PathLine, begun_anew
from kam_tui.tui.widgets.rows import Rows


class FileChoice(Vertical):
    """Where a file is chosen."""

    class Typed(Message):
        """Another path is typed."""

    class Chosen(Message):
        """A file was chosen."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path
            """As typed: `~` is not resolved."""

    def __init__(self) -> None:
        super().__init__()
        self._dropped: list[str] = []
        """Several files that are offered in place of what is in the folder."""

    def compose(self) -> ComposeResult:
        """The line and the list."""
        with Horizontal(id="top"):
            yield Static(_("File"), id="label")
            yield PathLine(here(), compact=True, select_on_focus=False, id="filter")
        yield FileList()

    @property
    def line(self) -> PathLine:
        """The line for the path."""
        return self.query_one(PathLine)

    @property
    def files(self) -> FileList:
        """What is there."""
        return self.query_one(FileList)

    def begin(self) -> None:
        """Look anew, and have the person type."""
        self.line.focus()
        if self._dropped:
            self.files.offer(self._dropped)
        else:
            self.files.find(self.line.value)

    def forget(self) -> bool:
        """Offer what is in the folder again; False where that is offered already."""
        was_offered, self._dropped = bool(self._dropped), []
        if was_offered:
            self.begin()
        return was_offered

    def has_more(self, path: str) -> bool:
        """This file is dealt with: whether others are offered still."""
        self._dropped = [each for each in self._dropped if each != path]
        return bool(self._dropped)

    def complete(self) -> None:
        """Take the highlighted name into the line."""
        if found := self.files.highlighted:
            self.line.take(found.path)

    @on(Input.Changed)
    def _find(self) -> None:
        meant = begun_anew(self.line.value)
        if meant != self.line.value:
            self.line.take(meant)  # which is told as another change
            return
        self.post_message(self.Typed())
        self._dropped = []
        self.files.find(meant)

    @on(PathLine.Dropped)
    def _offer(self, message: PathLine.Dropped) -> None:
        with self.prevent(Input.Changed):
            self.line.take(here())
        self.post_message(self.Typed())
        self._dropped = message.paths
        self.begin()

    @on(Input.Submitted)
    @on(Rows.Picked)
    async def _choose(self, message: Input.Submitted | Rows.Picked) -> None:
        """Go into a folder, choose a file; what is typed in full comes before what is highlighted."""
        message.stop()
        typed = self.line.value
        await self.files.looked()
        if not self.is_attached:
            return  # the person has left meanwhile
        found = self.files.highlighted
        if found is None or os.path.isfile(os.path.expanduser(typed)):
            self.post_message(self.Chosen(typed))
        elif found.is_folder:
            self.complete()
        else:
            self.post_message(self.Chosen(found.path))
