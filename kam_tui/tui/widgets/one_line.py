"""OneLine: a field of one line; of a text that is pasted in it nothing is cut off."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from kam_tui.domain.text import clean


class OneLine(Input):
    """A field in which several pasted lines become one."""

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.prevent_default()
            event.stop()
            self.replace(clean(event.text), *self.selection)
