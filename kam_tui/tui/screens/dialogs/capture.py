"""Capture: one line of plain words, with what is understood of it shown while it is typed."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult

from kam_tui.delivery.written import Written
from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.messages import Do
from kam_tui.tui.recall import Recall
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.capture_line import CaptureLine


class Capture(Dialog[Do]):
    """A line at the bottom of the screen; the answer is what keeps it."""

    AUTO_FOCUS = "Words"

    def __init__(
        self, session: Session, book: Book, about: Account | Contact | None, day: date | None = None
    ) -> None:
        super().__init__("", keys(session))
        self.session = session
        day = day if day != session.now().date() else None
        place = " ".join(str(each) for each in (about and about.id, day) if each)
        self.recall = Recall(session, place)
        self.line = CaptureLine(session, book, about, self.recall, day=day)

    def body(self) -> ComposeResult:
        """The line, and what it says."""
        yield self.line

    def on_mount(self) -> None:
        """It leaves in view what one writes about."""
        self.add_class("bottom")

    async def action_save(self) -> None:  # type: ignore[override]
        """Save the line."""
        await self.line.action_save()

    @on(CaptureLine.Finished)
    def _hand_back(self, message: CaptureLine.Finished) -> None:
        from kam_tui.usecases.capture import capture

        line, kind = message.line, message.kind
        wanted = Do(capture, line, self.session.settings, kind)
        self.dismiss(
            wanted.told(lambda: self.recall.saved(line, kind), lambda: self.recall.refused(line, kind))
        )

    def action_rewrite(self) -> None:
        """Write all of it in an editor, the pasted lines as well."""
        from kam_tui.tui.editor import edit_or_tell

        text = edit_or_tell(self.app, self.line.whole)
        if text is not None:
            self.line.put(Written(clean(text, multiline=True), self.line.kinds.kind))

    async def action_cancel(self) -> None:  # type: ignore[override]
        """Put away what is offered; then leave, keeping what is typed for the next time."""
        if not self.line.close():
            await self.line.leave()
            self.dismiss(None)


def keys(session: Session) -> str:
    """What can be done in the line."""
    parts = [_("Enter save"), _("{capture.take} take"), _("{capture.up} earlier"), _("{dialog.cancel} leave")]
    parts += [_("{capture.template} template")] if session.settings.templates else []
    told = filter(None, map(keymap_of(session.settings.keys).told, parts))
    return "  ".join([*told, "  " + _("@who +tag on: fri remind: tue")])
