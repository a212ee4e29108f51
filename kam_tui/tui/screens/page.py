"""Page: one record on a screen, in parts. A small screen shows a part at a time, a wide one all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Record
from kam_tui.domain.dates.when import show_partial
from kam_tui.domain.day_kinds import Partial
from kam_tui.domain.fields import Field, Schema
from kam_tui.i18n import _
from kam_tui.rules.item import origin
from kam_tui.tui.commands import PAGE, bindings
from kam_tui.tui.messages import Open
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.agenda_list import AgendaList
from kam_tui.tui.widgets.bars import Bar
from kam_tui.tui.widgets.fact_list import Fact, FactList
from kam_tui.tui.widgets.panels import Headline
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.widgets.timeline import Timeline
from kam_tui.tui.wording import plain

WHOLE = 99
"""More cells than the name of any part takes."""


class PartBar(Bar):
    """The parts of a page, the one shown underlined; only where not all of them are seen."""

    def __init__(self, parts: Callable[[], list[tuple[str, str]]], choose: Callable[[str], object]) -> None:
        super().__init__()
        self.parts = parts
        self.choose = choose
        self.current = ""

    def render(self) -> Content:
        """The line as it is now; where it is narrow, closer together, and the names of the others cut."""
        for gap, most in ((4, WHOLE), (2, WHOLE), (2, 14), (1, 9)):
            line = self.line_up([self._part(name, title, most) for name, title in self.parts()], gap)
            if line.cell_length <= self.size.width + gap:  # nothing stands behind the last gap
                break
        return line

    def _part(self, name: str, title: str, most: int) -> tuple[Content, Callable[[], object]]:
        if name == self.current:
            return Content.styled(title, "bold $primary underline"), self._chooser(name)
        return Content.styled(title, "$foreground").truncate(most, ellipsis=True), self._chooser(name)

    def _chooser(self, name: str) -> Callable[[], object]:
        return lambda: self.choose(name)


class Page(Desk):
    """The frame of an account's or a person's page."""

    CSS_PATH = "../styles/page.tcss"
    AUTO_FOCUS = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAGE)]
    LEFT: ClassVar[dict[str, str]]
    RIGHT: ClassVar[dict[str, str]]
    WHERE_ANY: ClassVar[frozenset[str]] = frozenset()
    """Parts that are seen only where there is something in them. All others say, where they are empty, what
    fills them."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.current = next(reversed(self.RIGHT))
        self.counts: dict[str, int] = {}
        self.is_archived = False
        """Whether whom it is about is in no list."""
        self._sought = ""

    def body(self) -> ComposeResult:
        """The headline, the names of the parts, and the parts."""
        yield Headline()
        yield PartBar(self._titles, self.show_part)
        with Horizontal(id="parts"):
            for side, parts in (("left", self.LEFT), ("right", self.RIGHT)):
                with Vertical(id=side, classes="-current" if self.current in parts else None):
                    for name in parts:
                        with Vertical(id=f"part-{name}", classes=f"part {self._current_class(name)}"):
                            yield self.part(name)

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

    def _titles(self) -> list[tuple[str, str]]:
        names = (*reversed(self.RIGHT), *self.LEFT)
        return [(name, self._title(name)) for name in names if not self._is_hidden(name)]

    def _is_hidden(self, name: str) -> bool:
        return name in self.WHERE_ANY and not self.counts.get(name)

    def _title(self, name: str) -> str:
        title = _({**self.LEFT, **self.RIGHT}[name])
        return f"{title} {self.counts[name]}" if self.counts.get(name) else title

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
        names = [name for name, _title in self._titles()]
        self.show_part(names[(names.index(self.current) + step) % len(names)])

    def fill(self, headline: Content, facts: list[Fact], counts: dict[str, int]) -> None:
        """Show what all pages have."""
        self.query_one(Headline).update(headline)
        unknown = self.keymap.told(_("Nothing is known yet.\n\n    {everywhere.edit:4}  fill something in"))
        self.query_one(FactList).show(facts, plain(unknown, "$quiet"))
        if self.is_archived != (is_archived := getattr(self.subject(), "archived", False)):
            self.is_archived = is_archived
            self.refresh_bindings()
        if self._sought and self.query_one(Timeline).rows.highlight(self._sought):
            self._sought = ""
        self.counts = counts
        for name in (*self.LEFT, *self.RIGHT):
            part = self.query_one(f"#part-{name}")
            part.border_title = self._title(name)
            part.set_class(self._is_hidden(name), "-none")
        if self._is_hidden(self.current):
            self.show_part(next(reversed(self.RIGHT)))
        self.query_one(PartBar).refresh()

    def point_at(self, entry_id: str) -> None:
        """Highlight an entry of the timeline, now or when it is shown."""
        if not self.query_one(Timeline).rows.highlight(entry_id):
            self._sought = entry_id

    def target(self) -> Record | None:
        """The line of a reminder, promise or contract stands for it, any other for whom the page is about."""
        if isinstance(self.focused, AgendaList) and (item := self.focused.highlighted):
            return origin(self.book, item) or self.subject()
        return super().target()

    @on(Rows.Picked, "#timeline")
    def _edit_entry(self, message: Rows.Picked) -> None:
        assert isinstance(message.item, Activity)
        self.action_edit()

    @work
    async def _edit_one(self, fact: Fact) -> None:
        record = self.subject()
        if record is None or not fact.field:
            self.app.bell()
            return
        from kam_tui.tui.screens.dialogs.forms import ask_edit

        wanted = await ask_edit(self.app, self.session, self.book, record, only=fact.field)
        if wanted is not None:
            self.post_message(wanted)

    @on(FactList.Picked)
    def _edit_fact(self, message: FactList.Picked) -> None:
        self._edit_one(message.fact)

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who is archived can be brought back."""
        if action == "restore":
            return self.is_archived
        return super().check_action(action, parameters)

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
