"""Notices: what was said lately, the newest first, with all of the highlighted one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kam_tui.domain.dates.moment import Moment
from kam_tui.i18n import _
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.notice_line import DONE, ERROR, MARKS, RING, SAID, WARNING, Notice
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain, show_when

LOOKS = {SAID: "dim", DONE: "good", WARNING: "soon", ERROR: "late", RING: "soon"}
"""How the sign of a notice looks in the list."""

AROUND = 8
"""Lines of the box that are not the list's, nor those of the whole notice."""

WHOLE = 8
"""Lines that the whole of a notice takes at most."""


class Notices(Dialog[str]):
    """The list; the answer is the text that is to be copied."""

    AUTO_FOCUS = "Rows"

    def __init__(self, kept: Sequence[Notice], today: date) -> None:
        super().__init__(_("What was said"), _("↑ ↓  read      Enter  copy      {dialog.cancel}  leave"))
        self.kept = [*reversed(kept)]
        self.today = today

    def body(self) -> ComposeResult:
        """When, how and what."""
        columns: list[Column[Notice]] = [
            Column("", lambda notice: Cell(self._when(notice), "dim"), 5 if self._is_of_today() else 16),
            Column("", lambda notice: Cell(MARKS[notice.tone], LOOKS[notice.tone]), 1),
            Column("", lambda notice: " · ".join(notice.text.split("\n")), 30, grow=1),
        ]
        yield Rows(columns, lambda notice: str(notice.number), empty=_("Nothing has been said yet."))
        yield Static(classes="reading")

    def on_mount(self) -> None:
        """Begin at the newest."""
        self.query_one(Rows).show(self.kept)
        self.fit()

    def fit(self) -> None:
        """As high as there are notices, where there is room."""
        self.query_one(Rows).styles.height = max(3, min(len(self.kept), self.room - AROUND - WHOLE))

    def _is_of_today(self) -> bool:
        return all(notice.at.date() == self.today for notice in self.kept)

    def _when(self, notice: Notice) -> str:
        is_new = notice.at.date() == self.today
        return f"{notice.at:%H:%M}" if is_new else show_when(Moment.of(notice.at), self.today)

    @on(Rows.Highlighted)
    def _show_whole(self, message: Rows.Highlighted) -> None:
        self.query_one(".reading", Static).update(plain(message.item.text if message.item else ""))

    @on(Rows.Picked)
    def action_save(self) -> None:
        """Hand back the text of what is highlighted."""
        notice = self.query_one(Rows).highlighted
        self.dismiss(notice.text if notice else None)
