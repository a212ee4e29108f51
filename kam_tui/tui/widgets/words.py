"""Words: the line that a note is typed in; and Beneath: the lines that follow it, as they were pasted."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import Input, Static

from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import ngettext
from kam_tui.tui.wording import plain


class Beneath(Static):
    """The lines that follow the first one; not there while there are none."""

    DEFAULT_CSS = """
    Beneath { display: none; height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def put(self, text: str) -> None:
        """Have these lines."""
        self.text = text
        self.display = bool(text)
        count = text.count("\n") + 1
        said = ngettext("+{count} line: {text}", "+{count} lines: {text}", count)
        self.update(plain(said.format(count=count, text=shorten(clean(text), 200))))

    def add(self, text: str) -> None:
        """Have these lines behind those that are there."""
        self.put(f"{self.text}\n{text}" if self.text else text)


class Words(Input):
    """The line itself."""

    class Pasted(Message):
        """Several lines were pasted."""

    def __init__(
        self, line: str, hint: str, beneath: Beneath, take: Callable[[], bool], clear: Callable[[], None]
    ) -> None:
        """Begin with a `line`. `take` takes what is offered at its end, and is False where nothing is;
        `clear` is told when all was cleared away."""
        super().__init__(line, placeholder=hint, compact=True, select_on_focus=False)
        self._begun = line
        self._beneath = beneath
        self._clear = clear
        self._take = take

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line, take the offered name."""
        if select or self.cursor_position < len(self.value) or not self._take():
            super().action_cursor_right(select)

    def action_delete_left_all(self) -> None:
        """Clear what is left of the cursor; where that was all, the line begins anew, and with the second
        time it is empty."""
        was = self.value
        super().action_delete_left_all()
        if not self.value:
            self._beneath.put("")
            if was != self._begun:
                self.value = self._begun
                self.cursor_position = len(self.value)
            self._clear()

    def _on_paste(self, event: events.Paste) -> None:
        """Of several lines the first one comes in here, and all others beneath."""
        if len(event.text.splitlines()) < 2:
            return
        event.prevent_default()
        event.stop()
        text = clean(event.text, multiline=True)
        if not self._beneath.text:
            first, _newline, text = text.partition("\n")
            self.replace(first, *self.selection)
        if text:
            self._beneath.add(text)
        self.post_message(self.Pasted())
