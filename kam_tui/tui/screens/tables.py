"""TableDesk: a long list with titles, narrowed as one types and put in another order with a key."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar, Generic

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from kam_tui.domain.book import Book
from kam_tui.domain.query.answers import Circumstances
from kam_tui.domain.query.completion import Values, without_begun
from kam_tui.domain.query.query import SEGMENT, Misread, Query
from kam_tui.domain.query.term import Term
from kam_tui.domain.text import fold
from kam_tui.i18n import N_, _
from kam_tui.rules.next_due import circumstances
from kam_tui.tui.brief import party_brief
from kam_tui.tui.commands import FINDER, TABLE, bindings
from kam_tui.tui.party_lines import Line, T, account_lines, people_lines
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.columns import Column
from kam_tui.tui.widgets.filter_bar import FilterBar
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.marked_rows import MarkedRows
from kam_tui.tui.widgets.panels import Panel
from kam_tui.tui.widgets.query_line import QueryLine
from kam_tui.tui.widgets.rows import Rows

NARROW = 72
"""Cells below which names need the place of what matters less."""

BREAKPOINTS = [(0, "-narrow"), (160, "-broad")]
"""From which width on what one needs to know stands beside the list."""

NOTHING_SUCH = N_("Nothing here is like that: {everywhere.back} shows everything again.")
"""What is said where a filter lets nothing through."""

ALL_ARCHIVED = N_("All is archived here.\n\n    {table.filter:4}  then archived:yes shows it")
"""What is said where there is nothing that is not archived."""


def look_ahead(book: Book, today: date) -> None:
    """Work out what takes longest of the lists, before somebody goes to one. For a thread."""
    account_lines(book, today, {})
    for line in people_lines(book, today):
        fold(line.record.name)


class TableDesk(Desk, Generic[T]):
    """A desk that is one list."""

    CSS_PATH = "../styles/tables.tcss"
    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TABLE, FINDER)]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    ORDERS: ClassVar[dict[str, Callable[[Line[Any]], Any]]] = {}
    HOLDS: ClassVar[str]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.lines: list[Line[T]] = []
        """All of them, in their order; those that are archived too."""
        self.shown: list[Line[T]] = []
        """Those that are there where no filter asks for what is archived."""
        self.known = Circumstances(date.min)
        self.order = next(iter(self.ORDERS))
        self.reverse = False

    @abstractmethod
    def columns(self) -> Sequence[Column[Line[T]]]:
        """What the list shows of a line."""

    @abstractmethod
    def gather(self) -> list[Line[T]]:
        """All the lines, those that are archived too."""

    @abstractmethod
    def empty(self) -> str:
        """What is said where there is nothing at all."""

    def body(self) -> ComposeResult:
        """The filter, the count, what is to be said of the filter, and the list."""
        yield FilterBar()
        with Horizontal(id="desk"):
            yield MarkedRows(
                self.columns(), lambda line: line.record.id, titles=True, holds=self.HOLDS, led=True
            )
            yield Panel(id="brief")

    @property
    def bar(self) -> FilterBar:
        """The filter."""
        return self.query_one(FilterBar)

    @property
    def field(self) -> QueryLine:
        """The line that it is typed in."""
        return self.bar.line

    @property
    def rows(self) -> MarkedRows[Line[T]]:
        """The list."""
        return self.query_one(MarkedRows)

    @property
    def is_narrow(self) -> bool:
        """Whether the list has columns for what matters most alone."""
        return self.rows.size.width < NARROW

    def remember(self) -> Left:
        """The filter, the order and the highlight."""
        return {
            "filter": self.field.value,
            "order": self.order,
            "reverse": "yes" if self.reverse else "",
            "highlight": self.rows.standing_at,
        }

    def recall(self, left: Left) -> None:
        """The filter, the order and the highlight."""
        if left.get("order") in self.ORDERS:
            self.order, self.reverse = left["order"], bool(left.get("reverse"))
        field = self.field
        with field.prevent(Input.Changed):
            field.value = left.get("filter", "")
        self.rows.seek(left.get("highlight", ""))

    def point_at(self, entry_id: str) -> None:
        """Narrow the list by a query."""
        self.find_again({**self._left, "filter": entry_id, "highlight": ""})

    def redraw(self) -> None:
        """Gather the lines anew, and show those that the filter lets through."""
        self.known = circumstances(self.due, self.session.settings, self.today)
        self.lines = self.gather()
        self.field.placeholder = self.keymap.told(_("{table.filter}, then type"))
        self.field.values = Values(self.book, self.session.settings.segments)
        self._arrange()

    def _arrange(self) -> None:
        """Put the lines in their order; those that the filter lets through stay in it."""
        self.lines.sort(key=self.ORDERS[self.order], reverse=self.reverse)
        self.shown = [line for line in self.lines if not line.record.archived]
        self.rows.sorted_by = (self.order, self.reverse)
        self._show()

    def _show(self) -> None:
        lines, among = self._narrowed(self.field.value)
        nothing = _(NOTHING_SUCH if self.shown or self.field.value else ALL_ARCHIVED)
        self.bar.count(len(lines), len(among))
        if self.rows.marked:
            self.rows.keep_marks({line.record.id for line in among})
        self.rows.show(lines, empty=nothing if self.lines else self.empty())
        self.paint_with(self.rows)  # the last to say so: what changes beside it is painted with it

    def _narrowed(self, typed: str) -> tuple[list[Line[T]], list[Line[T]]]:
        """The lines that the filter lets through, and those it chooses among; what cannot be read is told,
        and lets all through."""
        segments = self.session.settings.segments
        query, problem = Query.readable(typed, segments)
        self.bar.say(problem)
        among = self.lines if query.minds_archived else self.shown
        lines = query.narrow(self.book, self.known, among)
        begun = without_begun(typed)
        if not (lines or problem or begun == typed):
            # On the way to `tier:` there is `tie`, and nothing is called that.
            lines = Query.typed(begun, segments).narrow(self.book, self.known, among)
        return lines, among

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self.rows.set_reactive(Lines.cursor, 0)
        self._show()

    @on(Input.Submitted, "#filter")
    def _go_to_lines(self) -> None:
        """The filter is done: on to what it lets through."""
        try:
            Query.read(self.field.value, self.session.settings.segments)
        except Misread as problem:  # what was only begun while one typed is wrong now
            self.bar.say(problem)
            self.app.bell()
            return
        if self.rows.lines:
            self.rows.focus()
        else:
            self.app.bell()

    def on_resize(self) -> None:
        """A broad screen has room for more."""
        self._show_brief()

    @on(MarkedRows.Highlighted)
    def _show_brief(self) -> None:
        """What one needs to know about the highlighted line, where there is room beside the list."""
        if self.has_room_for("-broad"):
            line = self.rows.highlighted
            told = party_brief(line.record, self.book, self.today) if line else ""
            self.query_one("#brief", Panel).update(told, layout=False)

    @on(MarkedRows.Asked)
    @work
    async def _do_with_marked(self, message: MarkedRows.Asked) -> None:
        from kam_tui.tui.screens.dialogs.bulk import ask_bulk

        chosen = set(message.rows.chosen)
        some = [line.record for line in self.lines if line.record.id in chosen]
        wanted = await ask_bulk(self.app, self.session, self.book, some)
        if wanted is not None:
            message.rows.drop_marks()
            self.post_message(wanted)

    @on(Rows.SortAsked)
    def _sort_by(self, message: Rows.SortAsked) -> None:
        self.reverse = not self.reverse if message.sort == self.order else False
        self.order = message.sort
        self._arrange()

    def action_filter(self) -> None:
        """Type to narrow the list."""
        self.field.focus()

    @work
    async def action_name_filter(self) -> None:
        """Give what the filter says a name in the settings."""
        from kam_tui.tui.screens.dialogs.segment import NameSegment, keep

        typed = self.field.value.strip()
        if not typed or self.field.wrong:
            self.notify(_("Filter the list first: f. What the filter says then gets a name."), markup=False)
            return
        name = await self.app.push_screen_wait(NameSegment(self.session.settings, typed))
        if name and (configured := await keep(self.app, name, typed)):
            self.post_message(configured)
            word = str(Term(SEGMENT, (name,)))
            self.notify(_("{word} means it from now on.").format(word=word), markup=False)

    def action_sort(self) -> None:
        """The next order."""
        orders = list(self.ORDERS)
        self.order, self.reverse = orders[(orders.index(self.order) + 1) % len(orders)], False
        self._arrange()

    def action_reverse(self) -> None:
        """The other way round."""
        self.reverse = not self.reverse
        self._arrange()

    def action_move(self, step: int) -> None:
        """Go from the filter to the lines."""
        if self.rows.lines:
            self.rows.focus()
            self.rows.action_move(step)

    def action_back(self) -> None:
        """Leave the filter, drop the marks, drop the filter, go back: one after the other."""
        field = self.field
        if field.has_focus or (field.value and not self.rows.marked):
            field.value = ""
            self.rows.focus()
        else:
            super().action_back()

    def target(self) -> Any:
        """The highlighted record."""
        line = self.rows.highlighted
        return line.record if line else None
