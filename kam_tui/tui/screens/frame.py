"""Frame: around every full screen the places and the keys; and when what is between them is shown anew."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.reactive import var

from kam_tui.domain.book import Book
from kam_tui.rules.agenda import Agenda
from kam_tui.session import Session
from kam_tui.tui.keymap import Keymap, keymap_of
from kam_tui.tui.terminal import OneFrame
from kam_tui.tui.whereabouts import Left
from kam_tui.tui.widgets.bars import KeyBar, PlaceBar
from kam_tui.tui.widgets.notice_line import NoticeLine


class Frame(OneFrame):
    """A screen that shows the book anew when it has changed, and is found again as it was left."""

    book: var[Book] = var(Book, init=False)
    agenda: var[Agenda | None] = var(None, init=False)
    is_early: var[bool] = var(False, init=False)
    BEGINS_EARLY: ClassVar[bool] = False
    """Whether there is something to show before all of the book has been read."""

    def __init__(self, session: Session, place: str, record_id: str = "") -> None:
        super().__init__()
        self.session = session
        self.place = place
        self.record_id = record_id
        self.is_drawn = False
        """Whether it has shown the book."""
        self._left: Left = {}
        self._stale = False

    @property
    def here(self) -> tuple[str, str]:
        """Where this is: the place and the record it shows."""
        return self.place, self.record_id

    @property
    def today(self) -> date:
        """The local day."""
        return self.session.now().date()

    @property
    def keymap(self) -> Keymap:
        """Which keys do what."""
        return keymap_of(self.session.settings.keys)

    @property
    def due(self) -> Agenda:
        """The agenda; an empty one before the book has been read."""
        return self.agenda or Agenda()

    def compose(self) -> ComposeResult:
        """The frame; the rest is the business of `body`."""
        yield PlaceBar(self.place, lambda: self.keymap)
        yield from self.body()
        yield NoticeLine()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What is between the two bars."""
        yield from ()

    def on_mount(self) -> None:
        """Show what there is already."""
        self._redraw_soon()

    def watch_book(self) -> None:
        """The book has changed."""
        self._redraw_soon()

    def watch_agenda(self) -> None:
        """Something has become due."""
        self._redraw_soon()

    def on_screen_resume(self) -> None:
        """Catch up with what has changed and was said while it was not seen."""
        app: Any = self.app
        app.voice.show(self.query_exactly_one(NoticeLine))
        if self._stale:
            self._redraw_once()

    def has_room_for(self, name: str) -> bool:
        """Whether it is as wide as what is called `name` in its breakpoints. It has that class a little later
        only, and beneath a dialog is not told when."""
        points = self.HORIZONTAL_BREAKPOINTS or ()
        return any(name == called and self.size.width >= least for least, called in points)

    @property
    def has_book(self) -> bool:
        """Whether as much of the book has been read as this shows."""
        return self.agenda is not None and (self.BEGINS_EARLY or not self.is_early)

    @property
    def is_about_to_show(self) -> bool:
        """Whether it has the book, and has not shown it yet."""
        return self._stale and self.has_book and not self.is_drawn

    def _redraw_soon(self) -> None:
        """Once for all that changes together; a screen that is not seen, when it is seen again."""
        if not self._stale and self.is_mounted:
            self._stale = True
            self.call_next(self._redraw_once)

    def _redraw_once(self) -> None:
        if not self._stale or not self.is_seen:
            return
        self._stale = False
        if self.has_book:
            with self.app.batch_update():
                self.query_one(PlaceBar).day = self.today
                left, self._left = self._left, {}
                if left:
                    self.recall(left)
                self.redraw()
                self.is_drawn = True

    def use(self, session: Session) -> None:
        """Go on with a session that has other settings."""
        for node in self.walk_children(with_self=True):
            if hasattr(node, "session"):
                node.session = session
        self._redraw_soon()

    def redraw(self) -> None:
        """Show the book as it is now."""

    def remember(self) -> Left:
        """How the screen is left now; nothing, where all is as it begins."""
        return {}

    def recall(self, left: Left) -> None:
        """Bring the screen to how it was `left`, just before it shows the book. What is gone is skipped."""

    def find_again(self, left: Left) -> None:
        """Show the screen as it was `left`."""
        if left:
            self._left = left
            self._redraw_soon()
