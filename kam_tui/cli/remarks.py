"""Remarks: what in the settings can be taken, but not as it is meant: no such theme, key, country, file or
recipient."""

from __future__ import annotations

from collections.abc import Callable

from kam_tui.delivery.channels import read_channels
from kam_tui.domain.dates.workdays import untold_holidays
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _, use_language
from kam_tui.name_calendar import name_calendar
from kam_tui.settings import Settings


def remarks_on(settings: Settings) -> list[str]:
    """What is to be said of some settings, a sentence each."""
    told = [untold_holidays(settings.country), name_calendar(settings.name_day_calendar).problem]
    if settings.backup_recipient:
        told.append(_trouble("backup_recipient", lambda: _recipients(settings.backup_recipient)))
    told.append(_trouble("channels", lambda: read_channels(settings.channels)))
    if settings.language and not use_language(settings.language):
        said = _("Setting language: there is no translation for {language}, so kam speaks English.")
        told.append(said.format(language=clean(settings.language)))
    if settings.keys:  # the screen is loaded for who has set something of it
        from kam_tui.tui.keymap import keymap_of

        told += keymap_of(settings.keys).problems
    if settings.theme:
        from kam_tui.tui.themes import untold_theme

        told.append(untold_theme(settings.theme))
    return [sentence for sentence in told if sentence]


def _trouble(name: str, read: Callable[[], object]) -> str:
    """What is wrong with a setting, in sentences; empty where it can be read."""
    try:
        read()
    except Invalid as problem:
        return _("Setting {name}: {problem}").format(name=name, problem=f"{problem} {problem.hint}".strip())
    return ""


def _recipients(text: str) -> object:
    from kam_tui import sealing  # loads the library of age

    return sealing.for_recipients(text.split(","))
