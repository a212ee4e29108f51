"""Remarks: what in the settings can be taken, but not as it is meant: no such theme, key, country or file."""

from __future__ import annotations

from kam_tui.domain.dates.workdays import untold_holidays
from kam_tui.name_calendar import name_calendar
from kam_tui.settings import Settings


def remarks_on(settings: Settings) -> list[str]:
    """What is to be said of some settings, a sentence each."""
    told = [untold_holidays(settings.country), name_calendar(settings.name_day_calendar).problem]
    if settings.keys:  # the screen is loaded for who has set something of it
        from kam_tui.tui.keymap import keymap_of

        told += keymap_of(settings.keys).problems
    if settings.theme:
        from kam_tui.tui.themes import untold_theme

        told.append(untold_theme(settings.theme))
    return [sentence for sentence in told if sentence]
