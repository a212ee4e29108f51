"""`kam portfolio`: all customer relationships at a glance, and how they have changed over a year."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from kam_tui.cli import diagnostics
from kam_tui.cli.output import Output, Part, Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.account import TIERS
from kam_tui.domain.text import shorten
from kam_tui.formats.portfolio_words import portfolio_json, show_change, show_value, sparkline
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.portfolio import Figure, Group, Portfolio, portfolio

NAMES = 200
"""Characters of the names beside a count, before the terminal cuts them."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """None."""


def run(shell: Shell, args: Arguments) -> int:  # noqa: ARG001
    """Print the figures."""
    session = shell.session
    now = session.now()
    today, book = now.date(), session.read()
    due = agenda(book, session.settings, today, clock=now.timetz())
    found = portfolio(book, session.settings, due, today)
    if shell.out.as_json:
        shell.out.json(portfolio_json(found, due))
    elif found.groups or found.figures:
        _show(shell.out, found, due.told_apart(today))
    else:
        diagnostics.say(_("There are no customers in the book yet."))
    return 0


def _show(out: Output, found: Portfolio, due: Agenda) -> None:
    out.line(Styled(_("Now"), "bold"))
    rows: list[Sequence[Part]] = [
        (_("Late"), Styled(str(len(due.overdue)), "late" if due.overdue else ""), ""),
        (_("Today"), Styled(str(len(due.today)), "now" if due.today else ""), ""),
        (_("Going quiet"), str(len(due.quiet)), _names(due.quiet)),
        (_("At risk"), Styled(str(len(due.at_risk)), "late" if due.at_risk else ""), _names(due.at_risk)),
    ]
    out.table(rows, indent=2, give=((2, 10), (2, 0)))
    if found.figures:
        out.line()
        out.line(Styled(_("The last 30 days, and the year before them"), "bold"))
        out.table(map(_figure, found.figures), indent=2, give=((3, 0), (0, 12)))
    if found.groups:
        out.line()
        out.line(Styled(_("By tier"), "bold"))
        out.table(map(_group, found.groups), indent=2, give=((4, 0), (3, 0)))


def _names(lines: Sequence[AgendaItem]) -> Part:
    return Styled(shorten(_(", ").join(line.who for line in lines), NAMES), "dim")


def _figure(figure: Figure) -> Sequence[Part]:
    value = show_value(figure.now, figure.unit)
    return figure.label, value, Styled(show_change(figure), "dim"), Styled(sparkline(figure), "mark")


def _group(group: Group) -> Sequence[Part]:
    return (
        _(TIERS[group.tier]),
        ngettext("{count} account", "{count} accounts", group.accounts).format(count=group.accounts),
        _("{count} of {all} in touch").format(count=group.in_touch, all=group.awaited),
        Styled(_("{count} going quiet").format(count=group.quiet), "" if group.quiet else "dim"),
        Styled(_("{count} at risk").format(count=group.at_risk), "late" if group.at_risk else "dim"),
        Styled(_("{count} late").format(count=group.late), "late" if group.late else "dim"),
    )
