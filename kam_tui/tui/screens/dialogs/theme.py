"""ThemeChoice: the themes, each worn while it is highlighted."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from kam_tui.i18n import _
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.themes import CALLED
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows


class ThemeChoice(Dialog[str]):
    """One of the themes; who leaves it has the old one again."""

    AUTO_FOCUS = "Rows"

    def __init__(self, worn: str) -> None:
        super().__init__(_("Theme"), _("↑ ↓  try      Enter  keep      {dialog.cancel}  as before"))
        self.worn = worn

    def body(self) -> ComposeResult:
        """The list."""
        columns: list[Column[str]] = [
            Column("", lambda name: Cell("●" if name == self.worn else "", "key"), 1),
            Column("", lambda name: _(CALLED.get(name, name)), 36, grow=1),
        ]
        yield Rows(columns, lambda name: name)

    def on_mount(self) -> None:
        """Begin at the one that is worn. Textual's own come after kam's."""
        others = sorted(name for name in self.app.available_themes if name not in CALLED)
        rows = self.query_one(Rows)
        rows.seek(self.worn)
        rows.show([*CALLED, *others])
        self.fit()

    def fit(self) -> None:
        """As high as there are themes, where there is room."""
        rows = self.query_one(Rows)
        rows.styles.height = max(4, min(len(rows.lines), self.room - 9))

    @on(Rows.Highlighted)
    def _try(self, message: Rows.Highlighted) -> None:
        if message.item:
            self.app.theme = message.item

    @on(Rows.Picked)
    def action_save(self) -> None:
        """Keep what is worn now."""
        self.dismiss(self.query_one(Rows).highlighted)
