"""LinePanel: all that is told of the highlighted line of an import."""

from __future__ import annotations

from textual.content import Content

from kam_tui.i18n import _
from kam_tui.tui.keymap import USUALLY, Keymap
from kam_tui.tui.preview import PARTS, Preview
from kam_tui.tui.widgets.panels import Panel
from kam_tui.tui.wording import plain
from kam_tui.usecases.import_plan import Line


class LinePanel(Panel):
    """What stands below the list, with the keys as they are."""

    def show(self, line: Line, seen: Preview) -> None:
        """Tell all of a line of a plan."""
        told = [plain(f"{_(PARTS[line.outcome][0])}  {line.where}", "$quiet"), *map(plain, line.details)]
        if line.where in seen.parsed.with_two_dates:
            asked = self._told(_("Press {import.dates} to read 3/4 as 3 April, again as March 4."))
            told.insert(1, plain(asked, "$primary"))
        self.update(Content("\n").join(told), layout=False)

    def explain_columns(self) -> None:
        """Tell what can be done with a column."""
        told = self._told(_("{list.open} has a column fill something else."))
        self.update(plain(told, "$quiet"), layout=False)

    def _told(self, hint: str) -> str:
        keymap: Keymap = getattr(self.screen, "keymap", USUALLY)
        return keymap.told(hint)
