"""Timeline: what happened, newest first, and the whole text of the highlighted entry below."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.money import with_amount
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.widgets.columns import Cell, Column, widest
from kam_tui.tui.widgets.panels import Reader
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain, show_near


class Timeline(Vertical):
    """The entries of an account or a person."""

    DEFAULT_CSS = """
    Timeline { height: 1fr; }
    Timeline VerticalScroll { height: 35%; min-height: 6; max-height: 9; }
    Timeline VerticalScroll { border-top: solid $border-blurred; padding: 0 2; }
    Timeline.-none VerticalScroll { display: none; }
    """

    def __init__(self, session: Session, empty: str) -> None:
        super().__init__()
        self.session = session
        self.book = Book()
        self.empty = empty

    def compose(self) -> ComposeResult:
        """The list and the reader."""
        columns: list[Column[Activity]] = [
            Column(_("When"), self._when, 11),
            Column("", lambda entry: Cell(ACTIVITY_KINDS[entry.kind].mark, "dim"), 1),
            Column(_("Kind"), self._kind, 10, most=widest(kind.label for kind in ACTIVITY_KINDS.values())),
            Column(_("What"), _what, 20, grow=3),
            Column(_("Who"), self._who, 14, grow=1, needs=84),
        ]
        yield Rows(columns, lambda entry: entry.id, empty=self.empty, holds="activities", id="timeline")
        with VerticalScroll(can_focus=False):
            yield Reader()

    @property
    def rows(self) -> Rows[Activity]:
        """The list."""
        return self.query_one(Rows)

    def show(self, book: Book, entries: Sequence[Activity]) -> None:
        """Show these entries of this book."""
        self.book = book
        self.set_class(not entries, "-none")
        self.rows.show(entries)

    @on(Rows.Highlighted)
    def _read(self, message: Rows.Highlighted) -> None:
        self.query_one(Reader).say(self._told(message.item) if message.item else Content(""))

    def _told(self, entry: Activity) -> Content:
        kind = ACTIVITY_KINDS[entry.kind]
        head = [f"{kind.mark} {_(kind.label)}", show_moment(entry.when), self._names(entry)]
        if entry.amount:
            head.append(entry.amount)
        if entry.tags:
            head.append(" ".join(f"+{tag}" for tag in entry.tags))
        return Content("\n").join([plain("  ".join(filter(None, head)), "$quiet"), plain(entry.text)])

    def _when(self, entry: Activity) -> Cell:
        return Cell(show_near(entry.when.day, self.session.now().date()), "dim")

    def _kind(self, entry: Activity) -> Cell:
        return Cell(_(ACTIVITY_KINDS[entry.kind].label), "dim")

    def _names(self, entry: Activity) -> str:
        return ", ".join(self.book.name_of("contacts", each) for each in entry.contact_ids)

    def _who(self, entry: Activity) -> Cell:
        return Cell(self._names(entry), "dim")


def _what(entry: Activity) -> str:
    """The first line of its text, with its amount."""
    return with_amount(entry.text.partition("\n")[0], entry.amount)
