"""ChangePage: one change of the history, with each field of each record before and after it."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Entry, table_of
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.difference import ADDED, DEEDS, REMOVED, Difference, deed_of, differences
from kam_tui.domain.errors import KamError
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.rules.changes import NOUNS, called, naming
from kam_tui.tui.commands import HISTORY, bindings
from kam_tui.tui.messages import Open, Redo, Undo
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.panels import Facts, Headline
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain
from kam_tui.usecases.undo import standing

SHORT = 30
"""Letters of a value that are looked at for what differs; the whole of it stands below."""


NAME = 50
"""Letters of the name of a record, which for an entry is its text."""


class Line(NamedTuple):
    """One field of one record."""

    edit: Edit
    """What was done to the record."""
    difference: Difference
    """What became of the field."""


class ChangePage(Desk):
    """What one change did."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HISTORY)]

    def body(self) -> ComposeResult:
        """What it was, the fields, and the whole of the highlighted one."""
        yield Headline()
        columns: list[Column[Line]] = [
            Column(_("Field"), lambda line: Cell(line.difference.label, "dim"), 17),
            Column(_("Before"), lambda line: Cell(line.difference.brief(SHORT)[0], "dim"), 12, grow=1),
            Column(_("After"), lambda line: line.difference.brief(SHORT)[1], 12, grow=1),
        ]
        yield Rows(columns, _identity, titles=True)
        with VerticalScroll(id="values"):
            yield Facts()

    @property
    def number(self) -> int:
        """Of the change."""
        return int(self.record_id)

    def redraw(self) -> None:
        """Read the change anew: it may have been taken back meanwhile."""
        self.run_worker(self._load(), group="loading", exclusive=True)

    async def _load(self) -> None:
        try:
            headline, lines = await asyncio.to_thread(self._read, self.book)
        except KamError as problem:
            headline, lines = plain(str(problem)), []
        self.query_one(Headline).update(headline)
        self.query_one(Rows).show(lines)

    def _read(self, book: Book) -> tuple[Content, list[Line | Heading]]:
        entry = self.session.entry(self.number)
        if entry is None:
            return plain(_("That change is no longer in the history.")), []
        name = naming(book, entry.change)
        lines: list[Line | Heading] = []
        for edit in entry.change.edits:
            note = f"{_(NOUNS[table_of(edit.record)])} · {_(DEEDS[deed_of(edit)])}"
            lines.append(Heading(shorten(clean(called(edit.record, name)), NAME), note))
            lines += [Line(edit, difference) for difference in differences(edit, name)]
        return self._told(entry), lines

    def _told(self, entry: Entry) -> Content:
        when = show_moment(Moment.of(entry.at.astimezone(self.session.now().tzinfo)))
        words = [_("Change {number}").format(number=entry.number), when, entry.by]
        said = standing(self.session, entry)
        told = [plain(entry.change.summary, "bold"), plain("  ·  ".join(words), "$quiet")]
        return Content("\n").join([*told, plain(said, "$soon")] if said else told)

    @on(Rows.Highlighted)
    def _show_whole(self, message: Rows.Highlighted) -> None:
        line: Line | None = message.item
        self.query_one(Facts).show(_values(line) if line else [])

    def action_undo_this(self) -> None:
        """Take this change back."""
        self.post_message(Undo(self.number))

    def action_redo_this(self) -> None:
        """Do this change again."""
        self.post_message(Redo(self.number))

    @on(Rows.Picked)
    def _open(self, message: Rows.Picked) -> None:
        """Open whom the record is about, where that has a page."""
        record: Any = message.item.edit.record
        account_id = getattr(record, "account_id", None)
        for place, record_id in (
            ("contact", record.id),
            ("account", record.id),
            ("account", account_id or ""),
            ("contact", next(iter(getattr(record, "contact_ids", ())), "")),
        ):
            if record_id in (self.book.contacts if place == "contact" else self.book.accounts):
                self.post_message(Open(place, record_id))
                return
        self.app.bell()


def _identity(line: Line) -> str:
    return f"{line.edit.record.id} {line.difference.field}"


def _values(line: Line) -> list[tuple[str, Content]]:
    """Both values whole; of a record that is new or gone, the one that there is."""
    before, after = line.difference.before, line.difference.after
    deed = deed_of(line.edit)
    values = [] if deed == ADDED else [(_("Before"), before)]
    values += [] if deed == REMOVED else [(_("After"), after)]
    return [(label, plain(value or _("(empty)"))) for label, value in values]
