"""What is asked about a column of a table that is brought in: which field of a record it fills."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import App

from kam_tui.i18n import _
from kam_tui.tui.preview import CHOICES, show_slot
from kam_tui.tui.screens.dialogs.setting import PickSetting
from kam_tui.tui.widgets.column_list import Slot


async def ask_slot(app: App[object], slot: Slot) -> Mapping[str, str]:
    """Have a person choose what a column fills: the column and that; empty where they leave it."""
    options = [(each, show_slot(each)) for each in CHOICES]
    asked = PickSetting(slot[0], _("What this column fills."), slot[1].partition(":")[0], options)
    return await app.push_screen_wait(asked) or {}
