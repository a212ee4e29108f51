"""Portfolio: all customers at a glance: who needs what now, key figures and their trends, each tier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size

from kam_tui.domain.account import TIERS
from kam_tui.domain.frozen import frozen
from kam_tui.formats.portfolio_words import show_change, show_value, sparkline
from kam_tui.i18n import _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem
from kam_tui.rules.portfolio import SPANS, Figure, Group, Portfolio, portfolio
from kam_tui.tui.aside import aside
from kam_tui.tui.chart import chart
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.panels import Drawn, Headline
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain, show_due

BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]
"""From which width on the plot stands beside the list."""

HEIGHTS = [(0, "-low"), (24, "-tall")]
"""From which height on there is a plot below it."""

EMPTY = """There are no customers yet.

    {everywhere.accounts:4}  see the accounts
    {everywhere.add:4}  add one
    {everywhere.import:4}  bring in what you have"""


@frozen
class Part:
    """A part of the agenda, and how many lines are in it."""

    name: str
    """By which it is found again."""
    label: str
    """What people call it."""
    look: str
    """How its number looks, where there is something in it: one of `LOOKS`, or empty."""
    lines: tuple[AgendaItem, ...]
    """What is in it."""


Row = Part | Group | Figure


class PortfolioDesk(Desk):
    """The dashboard."""

    CSS_PATH = "../styles/portfolio.tcss"
    AUTO_FOCUS = "Rows"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    found: Portfolio | None = None

    def body(self) -> ComposeResult:
        """The headline, the list, and the plot of what is highlighted or what is behind it."""
        yield Headline()
        columns: list[Column[Row]] = [
            Column("", _label, 21, grow=1),
            Column("", _value, 11, right=True),
            Column("", _change, 7, right=True),
            Column("", _plot, SPANS),
        ]
        with Container(id="desk"):
            yield Rows(columns, _name, empty=_(EMPTY))
            yield Drawn(id="brief")

    def remember(self) -> Left:
        """The highlight."""
        return {"highlight": self.query_one(Rows).standing_at}

    def recall(self, left: Left) -> None:
        """The highlight."""
        self.query_one(Rows).seek(left.get("highlight", ""))

    def redraw(self) -> None:
        """Work the figures out anew."""
        work = partial(portfolio, self.book, self.session.settings, self.due, self.today)
        self.run_worker(self._load(work), group="loading", exclusive=True)

    async def _load(self, work: partial[Portfolio]) -> None:
        found = self.found = await aside(work)
        accounts = sum(group.accounts for group in found.groups)
        said = ngettext("{count} customer or prospect", "{count} customers and prospects", accounts)
        self.query_one(Headline).say(plain(said.format(count=accounts)))
        self.query_one(Rows).show(_lines(found, self.due.told_apart(self.today)) if accounts else [])

    @on(Rows.Highlighted)
    def _show_more(self, message: Rows.Highlighted) -> None:
        row: Row | None = message.item
        self.query_one(Drawn).show(lambda room: self._more(row, room))

    def _more(self, row: Row | None, room: Size) -> Content:
        """What is behind a line, in the room that there is."""
        if isinstance(row, Figure) and self.found:
            return chart(row, self.found.spans, room.width, room.height)
        if isinstance(row, Part):
            return _told(row.label, row.lines, self, room)
        if isinstance(row, Group):
            return _told(_(TIERS[row.tier]), _about(row, self), self, room)
        return Content("")

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        """Go where the lines or the accounts are that were counted."""
        row: Row = message.item
        if isinstance(row, Part) and row.lines:
            self.post_message(Open("today", entry_id=row.lines[0].key))
        elif isinstance(row, Group):
            self.post_message(Open("accounts", entry_id=f"tier:{row.tier}"))
        else:
            self.tell_nothing()


def _lines(found: Portfolio, due: Agenda) -> list[Row | Heading]:
    parts = (
        Part("late", _("Late"), "late", due.overdue),
        Part("today", _("Today"), "soon", due.today),
        Part("quiet", _("Going quiet"), "", due.quiet),
        Part("risk", _("At risk"), "late", due.at_risk),
    )
    lines: list[Row | Heading] = [Heading(_("Now")), *parts]
    if found.figures:
        lines += [Heading(_("The last 30 days, and the year before them")), *found.figures]
    return [*lines, Heading(_("By tier")), *found.groups]


def _name(row: Row) -> str:
    return row.tier if isinstance(row, Group) else row.name


def _label(row: Row) -> str:
    return _(TIERS[row.tier]) if isinstance(row, Group) else row.label


def _value(row: Row) -> Cell:
    if isinstance(row, Part):
        return Cell(str(len(row.lines)), row.look if row.lines else "dim")
    if isinstance(row, Group):
        return Cell(str(row.accounts), "strong")
    return Cell(show_value(row.now, row.unit), "strong")


def _change(row: Row) -> Cell:
    return Cell(show_change(row), "dim") if isinstance(row, Figure) else Cell("")


def _plot(row: Row) -> Cell:
    """The trend; of a tier, with how many one is in touch."""
    if isinstance(row, Figure):
        return Cell(sparkline(row), "key")
    if isinstance(row, Group) and row.awaited:
        return Cell(_("{count} in touch").format(count=row.in_touch))
    return Cell("")


def _about(group: Group, desk: Desk) -> Sequence[AgendaItem]:
    """What is open with the accounts of a tier, those at risk and going quiet first."""
    due, accounts = desk.due.told_apart(desk.today), desk.book.accounts
    return [
        line
        for line in (*due.at_risk, *due.quiet, *due.overdue, *due.today)
        if (account := accounts.get(line.account_id or "")) and account.tier == group.tier
    ]


def _told(title: str, lines: Iterable[AgendaItem], desk: Desk, room: Size) -> Content:
    """Lines of the agenda below each other, each on one line, as many as there is room for."""
    now = desk.session.now()
    told = [
        Content.assemble((show_due(line, now), "$quiet"), "  ", plain(line.line)).truncate(
            room.width, ellipsis=True
        )
        for line in islice(lines, max(0, room.height - 1))
    ]
    return Content("\n").join([plain(title, "bold"), *(told or [Content.styled(_("Nobody."), "$quiet")])])
