"""Page: one record on a screen, in parts. A small screen shows a part at a time, a wide one all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.dates.when import show_partial
from kam_tui.domain.day_kinds import Partial
from kam_tui.domain.fields import Field, Schema
from kam_tui.i18n import _
from kam_tui.rules.item import AgendaItem, origin
from kam_tui.tui.commands import PAGE, bindings
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.columns import Heading
from kam_tui.tui.widgets.fact_list import Fact, FactList
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.part_bar import Part, PartBar
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.widgets.timeline import Timeline
from kam_tui.tui.wording import last_touch, plain, show_ago


class Page(Desk):
    """The frame of an account's or a person's page."""

    CSS_PATH = "../styles/page.tcss"
    AUTO_FOCUS = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]
    WHOLE: ClassVar[tuple[str, ...]] = ("agenda",)
    """Parts with lines that may be cut off: the highlighted one is told whole below them."""
    LEFT: ClassVar[dict[str, str]]
    RIGHT: ClassVar[dict[str, str]]
    WHERE_ANY: ClassVar[frozenset[str]] = frozenset()
    """Parts that are seen only where there is something in them. All others say, where they are empty, what
    fills them."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.current = next(reversed(self.RIGHT))
        self.counts: dict[str, int] = {}
        self.offers: set[str] = set()
        """The actions that there is something for, of those that are not always at hand."""
        self._sought = ""

    def body(self) -> ComposeResult:
        """The headline, the names of the parts, and the parts."""
        yield Headline()
        yield PartBar(self._parts, self.show_part)
        with Horizontal(id="parts"):
            for side, parts in (("left", self.LEFT), ("right", self.RIGHT)):
                with Vertical(id=side, classes="-current" if self.current in parts else None):
                    for name in parts:
                        with Vertical(id=f"part-{name}", classes=f"part {self._current_class(name)}"):
                            yield self.part(name)
                            if name in self.WHOLE:
                                yield Panel(classes="whole")

    def _current_class(self, name: str) -> str:
        return "-current" if name == self.current else ""

    def part(self, name: str) -> Widget:
        """The widget of a part."""
        if name == "facts":
            return FactList()
        if name == "agenda":
            return AgendaList(self.session, whose=False, holds="reminders")
        empty = _("Nothing has happened yet.\n\n    {everywhere.note:4}  write something down")
        return Timeline(self.session, empty)

    def _parts(self) -> list[Part]:
        names = (*reversed(self.RIGHT), *self.LEFT)
        return [self._told(name) for name in names if not self._is_hidden(name)]

    def _is_hidden(self, name: str) -> bool:
        return name in self.WHERE_ANY and not self.counts.get(name)

    def _told(self, name: str) -> Part:
        return Part(name, _({**self.LEFT, **self.RIGHT}[name]), self.counts.get(name, 0))

    def on_mount(self) -> None:
        """Begin with the timeline."""
        super().on_mount()
        self.show_part(self.current)

    def remember(self) -> Left:
        """The part, and the highlight in it."""
        rows = self.query_one(f"#part-{self.current}").query(Rows)
        return {"part": self.current, "highlight": rows.first().standing_at if rows else ""}

    def recall(self, left: Left) -> None:
        """The part, and the highlight in it."""
        name = left.get("part", "")
        if name in {**self.LEFT, **self.RIGHT}:
            self.show_part(name)
            for rows in self.query_one(f"#part-{name}").query(Rows):
                rows.seek(left.get("highlight", ""))

    def show_part(self, name: str) -> None:
        """Go to a part."""
        self._mark_part(name)
        for widget in self.query_one(f"#part-{name}").query("*"):
            if widget.focusable:
                widget.focus()
                break

    def _mark_part(self, name: str) -> None:
        self.current = name
        for side in (self.LEFT, self.RIGHT):
            self.query_one("#left" if side is self.LEFT else "#right").set_class(name in side, "-current")
            for part in side:
                self.query_one(f"#part-{part}").set_class(part == name, "-current")
        bar = self.query_one(PartBar)
        bar.current = name
        bar.refresh()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The part that is used is the current one."""
        for widget in event.widget.ancestors:
            if widget.id and widget.id.startswith("part-"):
                if not widget.has_class("-current"):
                    self._mark_part(widget.id.removeprefix("part-"))
                return

    def action_part(self, step: int) -> None:
        """The next part."""
        names = [part.name for part in self._parts()]
        self.show_part(names[(names.index(self.current) + step) % len(names)])

    def action_read(self, step: int) -> None:
        """Scroll the text of the highlighted entry."""
        self.query_one(Timeline).read(step)

    def fill(self, headline: Content, facts: list[Fact], counts: dict[str, int]) -> None:
        """Show what all pages have."""
        self.query_one(Headline).update(headline)
        unknown = self.keymap.told(_("Nothing is known yet.\n\n    {everywhere.edit:4}  fill something in"))
        self.query_one(FactList).show(facts, plain(unknown, "$quiet"))
        record = self.subject()
        offers = {"restore"} if record is not None and record.archived else set()
        offers |= {"account"} if getattr(record, "account_id", None) else set()
        if offers != self.offers:
            self.offers = offers
            self.refresh_bindings()
        self.counts = counts
        for name in (*self.LEFT, *self.RIGHT):
            part = self.query_one(f"#part-{name}")
            part.border_title = self._told(name).told
            part.set_class(self._is_hidden(name), "-none")
        if self._is_hidden(self.current):
            self.show_part(next(reversed(self.RIGHT)))
        self.query_one(PartBar).refresh()
        self._seek()
        self._sought = ""

    def point_at(self, entry_id: str) -> None:
        """Highlight what has this id, in whichever part it is, now or when it is shown."""
        self._sought = entry_id
        self._seek()

    def _seek(self) -> None:
        # A line of the agenda is named by its rule as well, and by its day.
        for name in reversed((*self.LEFT, *self.RIGHT)) if self._sought else ():
            for rows in self.query_one(f"#part-{name}").query(Rows):
                names = (rows.identity(line) for line in rows.lines if not isinstance(line, Heading))
                if found := next((each for each in names if self._sought in each.split(":")), ""):
                    rows.highlight(found)
                    self.show_part(name)
                    return

    def target(self) -> Record | None:
        """The line of a reminder, promise or contract stands for it, any other for whom the page is about."""
        if isinstance(self.focused, AgendaList) and (item := self.focused.highlighted):
            return origin(self.book, item) or self.subject()
        return super().target()

    @on(Rows.Picked, "#timeline")
    def _edit_entry(self, message: Rows.Picked) -> None:
        assert isinstance(message.item, Activity)
        self.action_edit()

    @on(FactList.Picked)
    def _edit_fact(self, message: FactList.Picked) -> None:
        name = message.fact.field
        self.edit(self.subject() if name else None, only=name)

    @on(AgendaList.Picked, "AgendaList")
    def _open_item(self, message: AgendaList.Picked) -> None:
        """Go to whom a line is about beside the one of the page; else edit what was written down."""
        there, record = self.beside(message.item), origin(self.book, message.item)
        if there is not None:
            self.post_message(there)
        elif record is not None:
            self.edit(record)
        else:
            self.notify(_("This follows from what is known."), markup=False)

    def beside(self, item: AgendaItem) -> Open | None:
        """The page of somebody else whom a line is about; None where there is nobody else."""

    @on(AgendaList.Highlighted, "AgendaList")
    def _tell_item(self, message: AgendaList.Highlighted) -> None:
        item: AgendaItem | None = message.item
        told = [plain(item.told, "bold"), plain(item.why, "$quiet")] if item else []
        self.query_one("#part-agenda Panel", Panel).update(Content("\n").join(told), layout=False)

    def field_in_use(self) -> str:
        """The field of the highlighted fact."""
        fact = self.query_one(FactList).highlighted
        return fact.field if fact else ""

    @work
    async def action_copy(self) -> None:
        """Copy the highlighted fact; else a text of what is highlighted, or of whom the page is about."""
        from kam_tui.tui.screens.outward import copy, put_on_clipboard

        fact, record = self.query_one(FactList).highlighted, self.target()
        if fact is not None:
            await put_on_clipboard(self.app, fact.value.plain)
        elif record is not None:
            await copy(self.app, self.book, record)
        else:
            self.tell_nothing()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who is archived can be brought back, and only a person has an account to go to."""
        if action in ("restore", "account"):
            return action in self.offers
        return super().check_action(action, parameters)

    def action_account(self) -> None:
        """Go from a person to their account."""
        if account_id := getattr(self.subject(), "account_id", None):
            self.post_message(Open("account", account_id))

    def action_restore(self) -> None:
        """Bring whom the page is about back."""
        if (record := self.subject()) is not None:
            from kam_tui.tui.screens.dialogs.forms import removal

            self.post_message(removal(record))

    def action_history(self) -> None:
        """Who changed what here."""
        self.post_message(Open("history", self.record_id))

    def gone(self) -> None:
        """The record is no longer in the book: somebody has taken it back."""
        self.post_message(Open("back"))


def touched(book: Book, party_id: str, today: date) -> str:
    """How long ago the last real touch of an account or a person was, for the headline."""
    last = last_touch(book, party_id, today)
    return _("last touch {when}").format(when=show_ago(last, today)) if last else _("no touch yet")


def facts_of(schema: Schema[Any], record: Any, naming: Callable[[str, str], str]) -> list[Fact]:
    """Every field that has a value, but the name, which stands above."""
    return [
        Fact(_(field.label), plain(shown), field.name)
        for field in schema.form
        if field.name != "name" and (shown := _shown(schema, record, field, naming))
    ]


def _shown(schema: Schema[Any], record: Any, field: Field, naming: Callable[[str, str], str]) -> str:
    value = getattr(record, field.name)
    if isinstance(field.kind, Partial) and value is not None:
        return show_partial(value)
    options = getattr(field.kind, "options", None)
    text = schema.show(record, field, naming)
    return (
        _(options[text]) if options and text in options else text.replace("; ", "\n") if ";" in text else text
    )
