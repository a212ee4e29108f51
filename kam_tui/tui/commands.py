"""Commands: one table of everything a key does; bindings, palette, key line and help come out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding

from kam_tui.i18n import N_, _

APP, EVERYWHERE, LIST, AGENDA, TABLE, PAGE, HISTORY, DIALOG, CAPTURE, FINDER = (
    "app", "everywhere", "list", "agenda", "table", "page", "history", "dialog", "capture", "finder",
)  # fmt: skip

SCOPES = {
    APP: N_("Always"),
    EVERYWHERE: N_("On every screen"),
    LIST: N_("In a list"),
    AGENDA: N_("On what is due"),
    TABLE: N_("In Accounts and People"),
    PAGE: N_("On the page of an account or a person"),
    HISTORY: N_("In the history"),
    FINDER: N_("While searching"),
    DIALOG: N_("In a form"),
    CAPTURE: N_("While writing a note"),
}
"""Where a command is at hand, and how help calls it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do with a key."""

    id: str
    """Its name in a keymap: scope and word."""

    keys: str
    """The keys, separated by commas; the first is the one that is shown."""

    title: str
    """One or two words for the key line; marked for translation."""

    help: str
    """A sentence for help and palette; marked for translation."""

    action: str
    """The Textual action that does it."""

    rank: int = 0
    """Place on the key line, 1 first; 0 keeps it off."""

    @property
    def scope(self) -> str:
        """Where it is at hand: one of `SCOPES`."""
        return self.id.partition(".")[0]

    @property
    def key_list(self) -> list[str]:
        """The keys as a person knows them."""
        return [show_key(key) for key in self.keys.split(",")]


COMMANDS: tuple[Command, ...] = (
    Command("app.quit", "ctrl+q", N_("Quit"), N_("Leave kam; everything is saved already."), "quit"),
    Command(
        "app.palette",
        "ctrl+p",
        N_("Commands"),
        N_("Find a command, an account or a person by name."),
        "command_palette",
        15,
    ),
    Command(
        "everywhere.note",
        "n",
        N_("Note"),
        N_("Write a note, a call or a meeting down in one line."),
        "note",
        5,
    ),
    Command(
        "everywhere.add",
        "a",
        N_("Add"),
        N_("Add an account, a person, what happened, a reminder, a promise or a contract."),
        "add",
        6,
    ),
    Command("everywhere.reminder", "r", N_("Remind"), N_("Set a reminder."), "remind", 10),
    Command("everywhere.promise", "p", N_("Promise"), N_("Write down what you have promised."), "promise"),
    Command(
        "everywhere.search",
        "slash",
        N_("Search"),
        N_("Search everything: accounts, people, what happened."),
        "open('search')",
        7,
    ),
    Command(
        "everywhere.edit",
        "e",
        N_("Edit"),
        N_("Edit what is highlighted, or the page you are on."),
        "edit",
        11,
    ),
    Command(
        "everywhere.remove",
        "delete",
        N_("Remove"),
        N_("Archive or remove what is highlighted, or the page you are on; u brings it back."),
        "remove",
    ),
    Command("everywhere.undo", "u", N_("Undo"), N_("Take back the last change."), "undo", 12),
    Command("everywhere.redo", "U", N_("Redo"), N_("Do again what the last undo took back."), "redo"),
    Command("everywhere.help", "question_mark,f1", N_("Keys"), N_("Show every key."), "open('help')", 8),
    Command("everywhere.today", "1", N_("Today"), N_("Go to what needs you today."), "open('today')"),
    Command("everywhere.accounts", "2", N_("Accounts"), N_("Go to the accounts."), "open('accounts')"),
    Command("everywhere.people", "3", N_("People"), N_("Go to the people."), "open('people')"),
    Command(
        "everywhere.history",
        "4",
        N_("History"),
        N_("Go to the changes made, newest first."),
        "open('history')",
    ),
    Command("everywhere.back", "escape", N_("Back"), N_("Go back to where you were."), "back", 14),
    Command("everywhere.quit", "q", N_("Quit"), N_("Leave kam; everything is saved already."), "app.quit", 9),
    Command("list.open", "enter", N_("Open"), N_("Open the highlighted line."), "pick", 4),
    Command("list.down", "down,j", N_("Down"), N_("Go down a line."), "move(1)"),
    Command("list.up", "up,k", N_("Up"), N_("Go up a line."), "move(-1)"),
    Command("list.page_down", "pagedown,ctrl+d", N_("Page down"), N_("Go down a page."), "page(1)"),
    Command("list.page_up", "pageup,ctrl+u", N_("Page up"), N_("Go up a page."), "page(-1)"),
    Command("list.first", "home,g", N_("First"), N_("Go to the first line."), "jump(0)"),
    Command("list.last", "end,G", N_("Last"), N_("Go to the last line."), "jump(-1)"),
    Command("agenda.done", "d", N_("Done"), N_("It is done; you may say how it went."), "complete", 1),
    Command("agenda.snooze", "s", N_("Snooze"), N_("Put it off to another day."), "snooze", 2),
    Command("agenda.skip", "x", N_("Skip"), N_("Let it pass this time."), "skip", 3),
    Command(
        "table.filter",
        "f",
        N_("Filter"),
        N_("Narrow the list as you type; Escape shows all again."),
        "filter",
        1,
    ),
    Command("table.sort", "o", N_("Order"), N_("Order the list by the next column."), "sort", 2),
    Command("table.reverse", "O", N_("Reverse"), N_("Turn the order round."), "reverse"),
    Command(
        "page.next",
        "tab,right_square_bracket",
        N_("Next part"),
        N_("Go to the next part of the page."),
        "part(1)",
        13,
    ),
    Command(
        "page.previous",
        "shift+tab,left_square_bracket",
        N_("Previous part"),
        N_("Go to the previous part of the page."),
        "part(-1)",
    ),
    Command("page.history", "h", N_("Changes"), N_("See who changed what here, and when."), "history", 16),
    Command("history.undo", "u", N_("Undo this"), N_("Take back the highlighted change."), "undo_this", 1),
    Command(
        "history.redo",
        "U",
        N_("Redo this"),
        N_("Do the highlighted change again, where it was taken back."),
        "redo_this",
        2,
    ),
    Command("finder.down", "down", N_("Down"), N_("Go down a line while you type."), "move(1)"),
    Command("finder.up", "up", N_("Up"), N_("Go up a line while you type."), "move(-1)"),
    Command(
        "dialog.save",
        "ctrl+s",
        N_("Save"),
        N_("Save the form from any field; Enter does it from a one-line field."),
        "save",
        1,
    ),
    Command("dialog.cancel", "escape", N_("Cancel"), N_("Leave the form without saving."), "cancel", 2),
    Command("capture.kind", "tab", N_("Kind"), N_("Make it a call, a meeting, a sale."), "kind(1)"),
    Command("capture.kind_back", "shift+tab", N_("Kind"), N_("The kind before."), "kind(-1)"),
)
"""Every command, in the order of help."""

BY_ID = {command.id: command for command in COMMANDS}

_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "delete": "Del",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "up": "↑",
    "down": "↓",
    "f1": "F1",
}


def show_key(key: str) -> str:
    """A key of Textual's as it is printed on the keyboard."""
    if key.startswith("ctrl+"):
        return "Ctrl+" + key.removeprefix("ctrl+").upper()
    return _KEY_NAMES.get(key, key)


def bindings(*scopes: str) -> list[Binding]:
    """The bindings of the commands of these scopes; each has an id, so that a keymap can move it."""
    return [
        Binding(
            command.keys,
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
