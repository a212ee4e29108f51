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
from kam_tui.tui.keymap import USUALLY, Keymap
from kam_tui.tui.widgets.columns import Cell, Column, widest
from kam_tui.tui.widgets.panels import Reader
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import plain, show_near


class Timeline(Vertical):
    """The entries of an account or a person."""

    DEFAULT_CSS = """
    Timeline { height: 1fr; }
    Timeline VerticalScroll { height: 35%; min-height: 6; max-height: 14; }
    Timeline VerticalScroll { border-top: solid $border-blurred; border-title-color: $quiet; padding: 0 2; }
    Timeline.-none VerticalScroll { display: none; }
    """

    def __init__(self, session: Session, empty: str) -> None:
        super().__init__()
        self.session = session
        self.book = Book()
        self.of = ""
        self.empty = empty
        self._told_of: Activity | None = None

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

    def show(self, book: Book, entries: Sequence[Activity], of: str = "") -> None:
        """Show these entries of this book, which are all `of` a person where that is said."""
        self.book, self.of = book, of
        self.set_class(not entries, "-none")
        self.rows.show(entries)

    @on(Rows.Highlighted)
    def _read(self, message: Rows.Highlighted) -> None:
        self._told_of = message.item
        self._tell()

    def on_resize(self) -> None:
        """There is other room for the text."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        """The highlighted entry; where it is longer than the room for it, how to read on."""
        scroll, entry = self.query_one(VerticalScroll), self._told_of
        scroll.scroll_to(y=0, animate=False, force=True, immediate=True)
        fits = self.query_one(Reader).say(self._told(entry) if entry else Content(""))
        keymap: Keymap = getattr(self.screen, "keymap", USUALLY)
        told = "" if fits else keymap.told(_("{page.read} reads on"))
        if told != (scroll.border_title or ""):
            scroll.border_title = told

    def read(self, step: int) -> None:
        """Scroll the text: down by some lines, or up."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * max(1, scroll.size.height - 2), animate=False, force=True)

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

    def _names(self, entry: Activity, but: str = "") -> str:
        return ", ".join(self.book.name_of("contacts", each) for each in entry.contact_ids if each != but)

    def _who(self, entry: Activity) -> Cell:
        return Cell(self._names(entry, but=self.of), "dim")


def _what(entry: Activity) -> str:
    """The first line of its text, with its amount."""
    return with_amount(entry.text.partition("\n")[0], entry.amount)
