"""Typing commands: what keys do while something is typed, where a letter is a letter."""

from __future__ import annotations

from kam_tui.i18n import N_
from kam_tui.tui.command import Command

TYPING_COMMANDS: tuple[Command, ...] = (
    Command(
        "finder.down",
        "down",
        N_("Down"),
        N_("Go down a line while you type; from a filter, go to its lines."),
        "move(1)",
    ),
    Command("finder.up", "up", N_("Up"), N_("Go up a line while you type."), "move(-1)"),
    Command("search.open", "enter", N_("Open"), N_("Open the highlighted hit."), "submit", 1),
    Command(
        "filter.list",
        "enter",
        N_("To the lines"),
        N_("Go to the lines that are left: open one, or mark some; the filter stays."),
        "submit",
        1,
    ),
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
    Command("fields.next", "down", N_("Next field"), N_("Go to the next field, or offered name."), "go(1)"),
    Command("fields.previous", "up", N_("Field before"), N_("Go to the field or name before."), "go(-1)"),
    Command("names.take", "tab", N_("Take"), N_("Take the offered name, and go to the next field."), "take"),
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
"""In the order of help."""
