"""Commands: one table of everything a key does; bindings, palette, key line and help come out of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from kam_tui.domain.frozen import frozen
from kam_tui.i18n import N_, _
from kam_tui.tui.key_names import NO_KEY, show_key

APP, EVERYWHERE, LIST, AGENDA, TABLE, PAGE, HISTORY, DIALOG, CAPTURE, FINDER = (
    "app", "everywhere", "list", "agenda", "table", "page", "history", "dialog", "capture", "finder",
)  # fmt: skip
CALENDAR, MONTH, SETTINGS, IMPORT, WELCOME = "calendar", "month", "settings", "import", "welcome"
FILTER, MARKS, KINDS = "filter", "marks", "kinds"

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
    FILTER: N_("While filtering"),
    DIALOG: N_("In a form"),
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
    (APP, DIALOG, CAPTURE),
    (APP, DIALOG, KINDS),
    (APP, DIALOG, LIST),
)
"""Scopes that are at hand on the same screen: there, a key does one thing only."""

TYPING = (DIALOG, CAPTURE, KINDS, FINDER, FILTER)
"""Scopes in which a letter is what is typed."""


@frozen
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
    Command("app.theme", "T", N_("Theme"), N_("Try other colours on, and keep them."), "theme"),
    Command("app.suspend", "ctrl+z", N_("Suspend"), N_("Go to the shell; fg comes back."), "suspend_process"),
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
    Command(
        "everywhere.rewrite",
        "E",
        N_("Editor"),
        N_("Write the text of what is highlighted in your own editor ($EDITOR)."),
        "rewrite",
    ),
    Command(
        "everywhere.copy",
        "y",
        N_("Copy"),
        N_("Copy a mail address, a number or the text of what is highlighted."),
        "copy",
    ),
    Command(
        "everywhere.reach",
        "w",
        N_("Reach"),
        N_("Open the mail, the telephone or the web page of what is highlighted."),
        "reach",
    ),
    Command("everywhere.undo", "u", N_("Undo"), N_("Take back the last change."), "undo", 12),
    Command("everywhere.redo", "U", N_("Redo"), N_("Do again what the last undo took back."), "redo"),
    Command("everywhere.help", "question_mark,f1", N_("Keys"), N_("Show every key."), "open('help')", 8),
    Command("everywhere.today", "1", N_("Today"), N_("Go to what needs you today."), "open('today')"),
    Command("everywhere.accounts", "2", N_("Accounts"), N_("Go to the accounts."), "open('accounts')"),
    Command("everywhere.people", "3", N_("People"), N_("Go to the people."), "open('people')"),
    Command(
        "everywhere.agenda", "4", N_("Agenda"), N_("Go to the whole agenda, day by day."), "open('agenda')"
    ),
    Command(
        "everywhere.history",
        "5",
        N_("History"),
        N_("Go to the changes made, newest first."),
        "open('history')",
    ),
    Command(
        "everywhere.settings",
        "comma",
        N_("Settings"),
        N_("Go to the settings, and change them."),
        "open('settings')",
    ),
    Command(
        "everywhere.import",
        "i",
        N_("Import"),
        N_("Bring in contacts and accounts from a file; what would come is shown first."),
        "open('import')",
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
    Command(
        "welcome.demo", "d", N_("Demo"), N_("Look around in a made-up book; q comes back."), "app.demo", 1
    ),
    Command("agenda.done", "d", N_("Done"), N_("It is done; you may say how it went."), "complete", 1),
    Command("agenda.snooze", "s", N_("Snooze"), N_("Put it off to another day."), "snooze", 2),
    Command("agenda.skip", "x", N_("Skip"), N_("Let it pass this time."), "skip", 3),
    Command("agenda.move", "m", N_("Move"), N_("Give it another day, due then instead."), "reschedule", 14),
    Command(
        "marks.mark",
        "space",
        N_("Mark"),
        N_("Mark the line, or take its mark away; so does a click in the margin, or with Ctrl."),
        "mark",
        17,
    ),
    Command("marks.all", "asterisk", N_("Mark all"), N_("Mark all lines shown, or none."), "mark_all"),
    Command(
        "marks.bulk",
        "b",
        N_("With marked"),
        N_("Do something with all marked lines at once: tags, a note for all, fields, archive, put off."),
        "bulk",
        18,
    ),
    Command(
        "calendar.toggle",
        "c",
        N_("Month"),
        N_("Change between the month and the list of all days."),
        "flip",
        4,
    ),
    Command("month.lines", "enter", N_("Lines"), N_("Go to what is on the picked day."), "lines", 1),
    Command("month.left", "left,h", N_("Day before"), N_("Go to the day before."), "go(-1)"),
    Command("month.right", "right,l", N_("Day after"), N_("Go to the next day."), "go(1)"),
    Command("month.up", "up,k", N_("Week before"), N_("Go to the week before."), "go(-7)"),
    Command("month.down", "down,j", N_("Week after"), N_("Go to the next week."), "go(7)"),
    Command("month.next", "pagedown", N_("Next month"), N_("Go to the next month."), "turn(1)", 2),
    Command("month.previous", "pageup", N_("Month before"), N_("Go to the month before."), "turn(-1)", 3),
    Command("month.today", "t", N_("Today"), N_("Go back to today."), "today", 3),
    Command(
        "table.filter",
        "f",
        N_("Filter"),
        N_("Narrow the list as you type; Escape shows all again."),
        "filter",
        1,
    ),
    Command(
        "table.name",
        "K",
        N_("Name it"),
        N_("Give what the filter says a name: a segment, for other filters, the shell and the settings."),
        "name_filter",
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
    Command(
        "settings.default",
        "D",
        N_("Default"),
        N_("Set the highlighted setting to its default."),
        "default",
        1,
    ),
    Command(
        "import.complete", "tab", N_("Complete"), N_("Take the highlighted name of a file."), "complete", 1
    ),
    Command(
        "import.columns", "m", N_("Columns"), N_("See what each column fills, and change that."), "columns", 2
    ),
    Command(
        "import.dates",
        "o",
        N_("Date order"),
        N_("Read dates such as 3/4 the other way round, and compare again."),
        "dates",
        3,
    ),
    Command("finder.down", "down", N_("Down"), N_("Go down a line while you type."), "move(1)"),
    Command("finder.up", "up", N_("Up"), N_("Go up a line while you type."), "move(-1)"),
    Command(
        "filter.complete",
        "tab",
        N_("Complete"),
        N_("Take the name or value that is offered; → at the end does so too."),
        "complete",
        3,
    ),
    Command(
        "dialog.save",
        "ctrl+s",
        N_("Save"),
        N_("Save the form from any field; Enter does it from a one-line field."),
        "save",
        1,
    ),
    Command(
        "dialog.rewrite",
        "ctrl+g,f4",
        N_("Editor"),
        N_("Write the text in use in your own editor ($EDITOR)."),
        "rewrite",
    ),
    Command("dialog.cancel", "escape", N_("Cancel"), N_("Leave the form without saving."), "cancel", 2),
    Command(
        "capture.take",
        "tab",
        N_("Take"),
        N_("Take the offered name or tag; where none is, make it a call, a meeting, a sale."),
        "take(1)",
    ),
    Command("capture.kind_back", "shift+tab", N_("Kind"), N_("The kind before."), "take(-1)"),
    Command(
        "capture.template",
        "ctrl+t",
        N_("Template"),
        N_("Choose a line that you write again and again, from your settings."),
        "template",
    ),
    Command(
        "capture.up", "up", N_("Earlier"), N_("Go up in what is offered, else to earlier lines."), "step(-1)"
    ),
    Command(
        "capture.down", "down", N_("Later"), N_("Go down in what is offered, else to later lines."), "step(1)"
    ),
    Command("kinds.next", "tab", N_("Kind"), N_("Make it a call, a meeting, a newsletter."), "kind(1)", 3),
    Command("kinds.back", "shift+tab", N_("Kind"), N_("Make it the kind before."), "kind(-1)"),
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
