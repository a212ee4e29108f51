"""The commands of lists: moving in them, what is due, and several lines at once."""

from __future__ import annotations

from kam_tui.i18n import N_
from kam_tui.tui.command import Command

IN_LISTS: tuple[Command, ...] = (
    Command("list.open", "enter", N_("Open"), N_("Open the highlighted line."), "pick", 4),
    Command("list.down", "down,j", N_("Down"), N_("Go down a line."), "move(1)"),
    Command("list.up", "up,k", N_("Up"), N_("Go up a line."), "move(-1)"),
    Command("list.page_down", "pagedown,ctrl+d", N_("Page down"), N_("Go down a page."), "page(1)"),
    Command("list.page_up", "pageup,ctrl+u", N_("Page up"), N_("Go up a page."), "page(-1)"),
    Command("list.first", "home,g", N_("First"), N_("Go to the first line."), "jump(0)"),
    Command("list.last", "end,G", N_("Last"), N_("Go to the last line."), "jump(-1)"),
    Command(
        "welcome.demo",
        "d",
        N_("Demo"),
        N_("Look around in a made-up book; q comes back."),
        "app.demo",
        1,
        words=N_("example sample try tour"),
    ),
    Command(
        "agenda.done",
        "d",
        N_("Done"),
        N_("It is done; you may say how it went."),
        "complete",
        1,
        words=N_("complete finish check tick"),
    ),
    Command(
        "agenda.snooze",
        "s",
        N_("Snooze"),
        N_("Let it rest until another day or time."),
        "snooze",
        2,
        words=N_("put off later postpone defer delay"),
    ),
    Command(
        "agenda.skip",
        "x",
        N_("Skip"),
        N_("Let it pass this time."),
        "skip",
        3,
        words=N_("ignore pass dismiss cancel"),
    ),
    Command(
        "agenda.move",
        "m",
        N_("Move"),
        N_("Give it another day, due then instead."),
        "reschedule",
        14,
        words=N_("reschedule date postpone shift"),
    ),
    Command(
        "marks.mark",
        "space",
        N_("Mark"),
        N_("Mark the line, or take its mark away; so does a click in the margin, or with Ctrl."),
        "mark",
        17,
        words=N_("select tick choose several"),
    ),
    Command(
        "marks.all",
        "asterisk",
        N_("Mark all"),
        N_("Mark all lines shown, or none."),
        "mark_all",
        words=N_("select everything none"),
    ),
    Command(
        "marks.bulk",
        "b",
        N_("With marked"),
        N_("Do something with all marked lines at once: tags, a note for all, fields, archive, snooze."),
        "bulk",
        18,
        words=N_("several bulk batch selected segment unarchive restore"),
    ),
)
"""In the order of help."""
