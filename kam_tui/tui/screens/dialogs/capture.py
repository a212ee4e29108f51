"""Capture: one line of plain words, with what is understood of it shown while it is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kam_tui.domain.account import Account
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import KamError
from kam_tui.domain.lookup import find_party
from kam_tui.domain.one_line import Understood
from kam_tui.domain.when import show_moment
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.commands import CAPTURE, bindings
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.wording import plain
from kam_tui.usecases.capture import understand

QUICK_KINDS = (
    "note",
    "call",
    "meeting",
    "mail",
    "message",
    "received",
    "visit",
    "gift",
    "card",
    "share",
    "sale",
    "thank-you",
    "complaint",
    "hand-off",
)
"""What can be captured; Tab goes through them."""


class Capture(Dialog[tuple[str, str]]):
    """One line and its kind."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CAPTURE)]

    def __init__(self, session: Session, book: Book, about: Account | Contact | None) -> None:
        keys = _("Enter save   Tab kind   Esc cancel      @who  +tag  on: fri  remind: tue")
        super().__init__("", keys)
        self.session = session
        self.book = book
        self.kind = NOTE
        self.prefix = _prefix(book, about)

    def body(self) -> ComposeResult:
        """The line, and what it says."""
        yield Input(self.prefix, placeholder=_("@acme Liisa liked the samples. remind: fri send the offer"),
                    compact=True, select_on_focus=False, classes="line")  # fmt: skip
        yield Static(classes="reading")

    def on_mount(self) -> None:
        """Begin at the end of what is filled in."""
        self.add_class("bottom")
        self._say_back()

    def action_kind(self, step: int) -> None:
        """The next kind of activity."""
        at = QUICK_KINDS.index(self.kind) + step
        self.kind = QUICK_KINDS[at % len(QUICK_KINDS)]
        self._say_back()

    @on(Input.Changed)
    def _say_back(self) -> None:
        kind = ACTIVITY_KINDS[self.kind]
        self.query_one(".title", Static).update(plain(f"{kind.mark} {_(kind.label)}"))
        text = self.query_one(Input).value
        understood = self._understand(text) if text.strip() else None
        if understood and text.strip() == self.prefix.strip():
            understood = replace(understood, problems=())  # nothing is wrong before anything is typed
        self.query_one(".reading", Static).update(_told(understood) if understood else Content(""))

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the line back, if all of it is understood; else keep it here."""
        text = self.query_one(Input).value
        if not text.strip() or self._understand(text).problems:
            self.app.bell()
            self._say_back()
            return
        self.dismiss((self._whole(text), self.kind))

    def _understand(self, text: str) -> Understood:
        return understand(self.book, self.session.now(), self._whole(text), self.session.settings, self.kind)

    def _whole(self, text: str) -> str:
        """The line, with whom the page is about where it names nobody."""
        return text if "@" in text else self.prefix + text


def _prefix(book: Book, about: Account | Contact | None) -> str:
    """The mark that names whom the page is about, by id where the name alone would leave it open."""
    if about is None:
        return ""
    name = about.name.replace('"', "'")
    try:
        known = find_party(book, name) == about
    except KamError:
        known = False
    return f'@"{name}" ' if known and " " in name else f"@{name if known else about.id} "


def _told(line: Understood) -> Content:
    """What was understood, a line for each part; problems with their next step."""
    parts: list[Content] = []
    who = [contact.name for contact in line.contacts]
    if line.account:
        who.append(line.account.name)
    if who:
        parts.append(_pair(_("Who"), plain(", ".join(who))))
    elif not any(problem.words.startswith("@") for problem in line.problems):
        parts.append(_pair(_("Who"), plain(_("nobody: it is kept on its own"), "$quiet")))
    parts.append(_pair(_("When"), plain(show_moment(line.when), "" if line.backdated else "$quiet")))
    if line.tags:
        parts.append(_pair(_("Tags"), plain(" ".join(f"+{tag}" for tag in line.tags))))
    if line.reminder:
        parts.append(
            _pair(_("Remind"), plain(f"{show_moment(line.reminder.due)}: {line.reminder.text}", "$success"))
        )
    if line.promise:
        parts.append(
            _pair(_("Promise"), plain(f"{show_moment(line.promise.due)}: {line.promise.text}", "$success"))
        )
    for problem in line.problems:
        hint = f" {problem.error.hint}" if problem.error.hint else ""
        parts.append(plain(f"{problem.error}{hint}", "$error"))
    return Content("\n").join(parts)


def _pair(label: str, value: Content) -> Content:
    return Content.assemble((label.ljust(8), "$quiet"), value)
