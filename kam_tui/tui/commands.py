"""Commands: one table of everything a key does; bindings, palette, key line and help come out of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from kam_tui.i18n import N_, _
from kam_tui.tui.command import Command
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
    Command(
        "app.quit",
        "ctrl+q",
        N_("Quit"),
        N_("Leave kam; everything is saved already."),
        "quit",
        words=N_("exit close end leave"),
    ),
    Command(
        "app.palette",
        "ctrl+p",
        N_("Commands"),
        N_("Find a command, an account or a person by name."),
        "command_palette",
        15,
        words=N_("palette menu find go"),
    ),
    Command(
        "app.theme",
        "T",
        N_("Theme"),
        N_("Try other colours on, and keep them."),
        "theme",
        words=N_("colours colors dark light contrast appearance look"),
    ),
    Command(
        "app.suspend",
        "ctrl+z",
        N_("Suspend"),
        N_("Go to the shell; fg comes back."),
        "suspend_process",
        words=N_("shell background terminal"),
    ),
    Command(
        "everywhere.note",
        "n",
        N_("Note"),
        N_("Write a note, a call or a meeting down in one line."),
        "note",
        5,
        words=N_("log jot capture call meeting mail visit gift sale memo"),
    ),
    Command(
        "everywhere.add",
        "a",
        N_("Add"),
        N_("Add an account, a person, what happened, a reminder, a promise or a contract."),
        "add",
        6,
        words=N_("new create insert contact customer company activity log"),
    ),
    Command(
        "everywhere.reminder",
        "r",
        N_("Remind"),
        N_("Set a reminder."),
        "remind",
        10,
        words=N_("reminder task todo follow-up alarm new"),
    ),
    Command(
        "everywhere.promise",
        "p",
        N_("Promise"),
        N_("Write down what you have promised."),
        "promise",
        words=N_("commitment owe deliver agreed new"),
    ),
    Command(
        "everywhere.search",
        "slash",
        N_("Search"),
        N_("Search everything: accounts, people, what happened."),
        "open('search')",
        7,
        words=N_("find look where"),
    ),
    Command(
        "everywhere.edit",
        "e",
        N_("Edit"),
        N_("Edit what is highlighted, or the page you are on."),
        "edit",
        11,
        words=N_("change form modify update correct rename"),
    ),
    Command(
        "everywhere.remove",
        "delete",
        N_("Remove"),
        N_("Archive or remove what is highlighted, or the page you are on; u brings it back."),
        "remove",
        words=N_("delete erase drop unarchive restore bring back"),
    ),
    Command(
        "everywhere.rewrite",
        "E",
        N_("Editor"),
        N_("Write the text of what is highlighted in your own editor ($EDITOR)."),
        "rewrite",
        words=N_("vim nano emacs text external"),
    ),
    Command(
        "everywhere.copy",
        "y",
        N_("Copy"),
        N_("Copy a mail address, a number or the text of what is highlighted."),
        "copy",
        words=N_("clipboard yank paste"),
    ),
    Command(
        "everywhere.reach",
        "w",
        N_("Reach"),
        N_("Open the mail, the telephone or the web page of what is highlighted."),
        "reach",
        words=N_("call dial phone email write website browser link"),
    ),
    Command(
        "everywhere.undo",
        "u",
        N_("Undo"),
        N_("Take back the last change."),
        "undo",
        12,
        words=N_("revert take back restore mistake"),
    ),
    Command(
        "everywhere.redo",
        "U",
        N_("Redo"),
        N_("Do again what the last undo took back."),
        "redo",
        words=N_("again repeat"),
    ),
    Command(
        "everywhere.notices",
        "exclamation_mark",
        N_("Notices"),
        N_("Read again what was said lately, such as a reminder that rang."),
        "notices",
        words=N_("messages notifications log errors said"),
    ),
    Command(
        "everywhere.help",
        "question_mark,f1",
        N_("Keys"),
        N_("Show every key."),
        "open('help')",
        8,
        words=N_("help shortcuts keyboard manual bindings"),
    ),
    Command(
        "everywhere.today",
        "1",
        N_("Today"),
        N_("Go to what needs you today."),
        "open('today')",
        words=N_("home start due late overdue dashboard"),
    ),
    Command(
        "everywhere.accounts",
        "2",
        N_("Accounts"),
        N_("Go to the accounts."),
        "open('accounts')",
        words=N_("customers companies firms clients list"),
    ),
    Command(
        "everywhere.people",
        "3",
        N_("People"),
        N_("Go to the people."),
        "open('people')",
        words=N_("contacts persons customers names list"),
    ),
    Command(
        "everywhere.agenda",
        "4",
        N_("Agenda"),
        N_("Go to the whole agenda, day by day."),
        "open('agenda')",
        words=N_("calendar plan upcoming schedule month week"),
    ),
    Command(
        "everywhere.history",
        "5",
        N_("History"),
        N_("Go to the changes made, newest first."),
        "open('history')",
        words=N_("changes journal log audit undo versions"),
    ),
    Command(
        "everywhere.settings",
        "comma",
        N_("Settings"),
        N_("Go to the settings, and change them."),
        "open('settings')",
        words=N_("preferences options configuration config"),
    ),
    Command(
        "everywhere.import",
        "i",
        N_("Import"),
        N_("Bring in contacts and accounts from a file; what would come is shown first."),
        "open('import')",
        words=N_("csv vcard vcf json load restore contacts upload"),
    ),
    Command(
        "everywhere.back",
        "escape",
        N_("Back"),
        N_("Go back to where you were."),
        "back",
        14,
        words=N_("return previous close cancel"),
    ),
    Command(
        "everywhere.quit",
        "q",
        N_("Quit"),
        N_("Leave kam; everything is saved already."),
        "app.quit",
        9,
        words=N_("exit close end leave"),
    ),
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
