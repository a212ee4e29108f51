"""Commands: one table of everything a key does; bindings, palette, key line and help come out of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from kam_tui.i18n import N_, _
from kam_tui.tui.command import Command
from kam_tui.tui.everywhere_commands import ON_EVERY_SCREEN
from kam_tui.tui.key_names import NO_KEY
from kam_tui.tui.list_commands import IN_LISTS
from kam_tui.tui.place_commands import AT_PLACES
from kam_tui.tui.typing_commands import TYPING_COMMANDS

APP, EVERYWHERE, LIST, AGENDA, TABLE, PAGE, HISTORY, DIALOG, CAPTURE, FINDER = (
    "app", "everywhere", "list", "agenda", "table", "page", "history", "dialog", "capture", "finder",
)  # fmt: skip
CALENDAR, MONTH, SETTINGS, IMPORT, WELCOME = "calendar", "month", "settings", "import", "welcome"
FILTER, SEARCH, MARKS, KINDS, FIELDS, NAMES = "filter", "search", "marks", "kinds", "fields", "names"

SCOPES = {
    APP: N_("Always"),
    EVERYWHERE: N_("On every screen"),
    LIST: N_("In a list"),
    MARKS: N_("With several lines"),
    AGENDA: N_("On what is due"),
    WELCOME: N_("In an empty book"),
    CALENDAR: N_("In the agenda"),
    MONTH: N_("In the month"),
    TABLE: N_("In Accounts and People"),
    PAGE: N_("On the page of an account or a person"),
    HISTORY: N_("In the history"),
    SETTINGS: N_("In the settings"),
    IMPORT: N_("While bringing in a file"),
    FINDER: N_("While searching"),
    SEARCH: N_("In the search"),
    FILTER: N_("While filtering"),
    DIALOG: N_("In a form"),
    FIELDS: N_("In a field of a form"),
    NAMES: N_("In a field for names"),
    CAPTURE: N_("While writing a note"),
    KINDS: N_("While writing a line for several"),
}
"""Where a command is at hand, and how help calls it."""

TOGETHER = (
    (APP, EVERYWHERE, LIST, MARKS, AGENDA, CALENDAR),
    (APP, EVERYWHERE, CALENDAR, MONTH),
    (APP, EVERYWHERE, LIST, MARKS, AGENDA, PAGE),
    (APP, EVERYWHERE, LIST, MARKS, TABLE),
    (APP, EVERYWHERE, LIST, HISTORY),
    (APP, EVERYWHERE, LIST, WELCOME),
    (APP, EVERYWHERE, LIST, SETTINGS),
    (APP, EVERYWHERE, LIST, IMPORT),
    (APP, FINDER, FILTER),
    (APP, FINDER, SEARCH),
    (APP, DIALOG, CAPTURE),
    (APP, DIALOG, FIELDS, NAMES),
    (APP, DIALOG, KINDS),
    (APP, DIALOG, LIST),
)
"""Scopes that are at hand on the same screen: there, a key does one thing only."""

TYPING = (DIALOG, FIELDS, NAMES, CAPTURE, KINDS, FINDER, SEARCH, FILTER)
"""Scopes in which a letter is what is typed."""

COMMANDS: tuple[Command, ...] = (
    *ON_EVERY_SCREEN,
    *IN_LISTS,
    *AT_PLACES,
    *TYPING_COMMANDS,
)
"""Every command, in the order of help."""

BY_ID = {command.id: command for command in COMMANDS}


def bindings(*scopes: str) -> list[Binding]:
    """The bindings of the commands of these scopes; each has an id, so that a keymap can move it.

    And each has a key that no other one takes from it: a letter is taken by a field to type in, and with
    it Textual would lose what a keymap puts in the place of the letter.
    """
    return [
        Binding(
            f"{command.keys},{NO_KEY}{command.id}",
            command.action,
            _(command.title),
            show=command.rank > 0,
            key_display=command.key_list[0],
            tooltip=_(command.help),
            priority=command.id == "app.quit",
            id=command.id,
        )
        for command in commands_of(scopes)
    ]


def commands_of(scopes: Sequence[str]) -> list[Command]:
    """The commands of these scopes, in the order of help."""
    return [command for command in COMMANDS if command.scope in scopes]
