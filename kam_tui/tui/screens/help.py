"""Help: every key, where it works, and what it does; straight out of the table of commands."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from kam_tui.i18n import _
from kam_tui.tui.command import Command
from kam_tui.tui.commands import SCOPES, commands_of
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.rows import Rows

BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]
"""From which width on every sentence fits its line."""


class Help(Desk):
    """The list of keys; Enter on one does what it does."""

    AUTO_FOCUS = "Rows"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def body(self) -> ComposeResult:
        """The headline and the list."""
        yield Headline(
            Content.styled(_("Everything can be reached by these keys, by Ctrl+P, or by mouse."), "$quiet")
        )
        columns: list[Column[Command]] = [
            Column("", lambda command: Cell("  ".join(self.keymap.shown(command.id)), "key"), 16),
            Column("", lambda command: Cell(_(command.title), "strong"), 14),
            Column("", lambda command: _(command.help), 30, grow=1),
        ]
        yield Rows(columns, lambda command: command.id)
        yield Panel(classes="whole")

    def redraw(self) -> None:
        """The keys never change while kam is open."""
        lines: list[Command | Heading] = []
        for scope, title in SCOPES.items():
            lines += [Heading(_(title)), *commands_of((scope,))]
        self.query_one(Rows).show(lines)

    @on(Rows.Picked)
    def _do_it(self, message: Rows.Picked) -> None:
        """Go back to where one came from, and do it there; say where it is at hand, if not there."""
        command: Command = message.item
        there = self.app.screen_stack[-2].active_bindings
        key = next((key for key, active in there.items() if active.binding.id == command.id), "")
        if key:
            self.post_message(Open("back"))
            self.app.simulate_key(key)
        else:
            where = _(SCOPES[command.scope])
            self.notify(_("This works elsewhere: {where}.").format(where=where), markup=False)

    @on(Rows.Highlighted)
    def _show_whole(self, message: Rows.Highlighted) -> None:
        """The whole sentence, which a narrow line cuts off."""
        command: Command | None = message.item
        self.query_one(Panel).update(_(command.help) if command else "", layout=False)
