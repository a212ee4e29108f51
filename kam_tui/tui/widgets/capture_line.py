"""CaptureLine: one line of plain words, with the names it may mean and what is understood of it beneath."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled

from kam_tui.delivery.written import Written
from kam_tui.domain import template
from kam_tui.domain.account import Account
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.completing import Offer, mark_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.one_line import Understood
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.blanks import Blanks
from kam_tui.tui.commands import CAPTURE, bindings
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.recall import Earlier, Recall
from kam_tui.tui.widgets.kind_line import KindLine
from kam_tui.tui.widgets.named_line import TEMPLATES, NamedLine
from kam_tui.tui.widgets.said_back import SaidBack, Typed
from kam_tui.tui.widgets.words import Words
from kam_tui.usecases.capture import foreseen, understand

KEEPING = 0.5
"""Seconds between two looks whether what is typed is kept as a draft."""


class CaptureLine(NamedLine):
    """One line and its kind."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CAPTURE)]
    DEFAULT_CSS = """
    CaptureLine { height: auto; }
    CaptureLine .kind { height: 1; color: $primary; text-style: bold; }
    CaptureLine Words { background: $panel; }
    CaptureLine .reading { height: auto; min-height: 5; max-height: 8; margin-top: 1; }
    """

    class Finished(Message):
        """The line is finished, and all of it is understood."""

        def __init__(self, line: str, kind: str) -> None:
            super().__init__()
            self.line = line
            self.kind = kind

    def __init__(
        self,
        session: Session,
        book: Book,
        about: Account | Contact | None,
        recall: Recall,
        kind: str = NOTE,
        *,
        day: date | None = None,
        lived: bool = True,
        template: str = "",
    ) -> None:
        """`about` whom a line is that names nobody, for which `day`, and with which template it begins."""
        self.who = f"@{mark_of(book, about)} " if about else ""
        self.prefix = self.who + _on(day, session.now().date())
        hint = _("call: @acme Liisa liked the samples. remind: fri send the offer")
        super().__init__(session, book, self.prefix, hint, lived=lived)
        self.recall = recall
        self.template = template
        self.kinds = KindLine(kind)
        self._said_back = SaidBack(self._understand, self.named)
        self._beginning: Worker[None] | None = None
        self._note = ""
        self._blanks = Blanks()
        self._refilled = ""
        self._earlier = Earlier(recall)

    def compose(self) -> ComposeResult:
        """The kind, the line, what is offered, and what is understood."""
        yield from (self.kinds, self.words, self.beneath, self.offers, self._said_back)

    def on_mount(self) -> None:
        """Begin with what was left unsaved, where that is so; find out meanwhile what can be offered."""
        self._beginning = self._begin()
        self.find_names()
        self.set_interval(KEEPING, self._keep)
        self._say_back()

    @property
    def text(self) -> str:
        """All that is typed and pasted."""
        return "\n".join(filter(None, (self.words.value, self.beneath.text)))

    @property
    def whole(self) -> str:
        """The same, with whom the page is about where it names nobody."""
        return self.text if re.search(r"(?:^|\s)@\S", self.words.value) else self.who + self.text

    @property
    def is_begun(self) -> bool:
        """Whether anything is written in it yet."""
        return self.text.strip() not in ("", self.prefix.strip())

    @property
    def is_own(self) -> bool:
        """Whether it is no line written before, which is looked at."""
        return self._earlier.line is None

    @work(group="loading")
    async def _begin(self) -> None:
        await self.recall.load()
        draft = self.recall.draft
        if self.template:
            await self.recall.put_by()
            self.fill(self.template)
        elif draft and self._is_for(draft):
            self._refilled = draft.line
            self.put(draft)
        elif draft:
            await self.recall.put_by()
        self._say_back()

    def _is_for(self, draft: Written) -> bool:
        """Whether what was left unsaved has its place here: nothing was typed faster than that is read, and
        no other kind was asked for."""
        is_untouched = self.words.value == self.prefix and not self.beneath.text
        return is_untouched and self.kinds.kind in (NOTE, draft.kind)

    def put(self, written: Written) -> None:
        """Have this line in place of what is there, with its kind."""
        if written.kind in ACTIVITY_KINDS:
            self.kinds.kind = written.kind
        self._blanks = Blanks()
        line, _newline, beneath = written.line.partition("\n")
        self.beneath.put(beneath)
        self.words.value = line
        self.words.cursor_position = len(line)
        self._say_back()

    def clear(self) -> None:
        """The line was cleared: drop what was left of it, and its kind."""
        self.kinds.kind = self.kinds.begun
        self._blanks = Blanks()
        self._earlier.leave()
        self._note = self._refilled = ""
        self.app.run_worker(self.recall.keep_draft("", NOTE), group="drafts")
        self._say_back()

    @on(Input.Changed)
    @on(Words.Pasted)
    def _typed(self) -> None:
        if self._earlier.line not in (None, self.text):
            own = self._earlier.go_on()
            if own and own.line.strip() not in ("", self.prefix.strip()):
                self.app.run_worker(self.recall.put_by(own), group="drafts")
        self._note = ""
        self.offer()
        self._say_back()

    def after(self, head: str) -> int:
        """The next blank of a template, else behind the name."""
        blank = self._blanks.next(self.words.value)
        return len(head) if blank is None else blank

    def action_template(self) -> None:
        """Offer the templates; where there is one alone, take it."""
        offers = [Offer(name, None, line) for name, line in self.session.settings.templates.items()]
        self.start = TEMPLATES
        self.offers.offer(offers)
        if not offers:
            self._note = _("There is no template yet. Write one in the settings, under [templates].")
            self._say_back()
        elif len(offers) == 1:
            self.take()

    def fill(self, name: str) -> None:
        """Put a template in the line, with what was typed in its blanks."""
        line = self.session.settings.templates[name]
        who = self.who.removeprefix("@").strip()
        filled = template.fill(line, self.book, self.session.now().date(), self.words.value, who)
        if self.kinds.kind == NOTE:
            self.kinds.kind = template.kind_of(name) or NOTE
        self.words.value = filled.line
        self.words.cursor_position = filled.cursor
        self._blanks = Blanks(filled.line, filled.holes)
        self.offer()
        self._say_back()

    def _say_back(self) -> None:
        """Say what the line is, and what it is understood as."""
        self.kinds.say(self._left())
        line = self.whole if self.text.strip() else ""
        self._said_back.say(Typed(line, self.kinds.kind, self._note, self.is_begun))

    def _left(self) -> str:
        """What to say of a line that was left unsaved, here or elsewhere."""
        if not self.is_own:
            return ""
        if self._refilled and self._refilled == self.text:
            return _("not saved yet: Ctrl+U begins anew")
        left = "" if self.is_begun else shorten(clean(self.recall.elsewhere), 40)
        told = keymap_of(self.session.settings.keys).told(_("{capture.up} what you left unsaved: "))
        return told + left if left and told else ""

    @on(SaidBack.Read)
    def _heed(self, message: SaidBack.Read) -> None:
        """Show the kind that the line says; offer the people of its account first."""
        message.stop()
        self.kinds.mean(message.kind)
        self.prefer(message.account_id)

    def _understand(self, line: str, kind: str) -> Understood:
        now, settings = self.session.now(), self.session.settings
        understood = understand(self.book, now, line, settings, kind)
        return replace(understood, notes=foreseen(self.book, now, understood, settings, kind))

    async def action_take(self, step: int) -> None:
        """Take what is offered; where nothing is, make it another kind of activity."""
        await self.named()
        if step < 0 or not self.take():
            self.kinds.step(step)
            self._say_back()

    def action_step(self, step: int) -> None:
        """Go down or up in what is offered; where nothing is, in the lines written before."""
        if self.offers.is_open:
            self.offers.choose(step)
        elif line := self._earlier.step(step, Written(self.text, self.kinds.kind)):
            self.put(line)

    @on(Input.Submitted)
    async def action_save(self) -> None:
        """Hand the line on, if all of it is understood; else take a name that is offered, or keep it here.

        A template is gone through to its last blank first.
        """
        await self.named()
        is_clear = bool(self.text.strip()) and not self._understand(self.whole, self.kinds.kind).problems
        is_asked = self.offers.has_moved or self.start == TEMPLATES
        if (is_asked or not is_clear) and self.take():
            return
        was = self.words.cursor_position
        blank = self._blanks.go_on(self.words.value, was)
        if blank is not None:
            self.words.cursor_position = blank
            self._note = _("This blank is still empty. Enter once more leaves it so.") if blank == was else ""
            self._say_back()
        elif is_clear:
            self.post_message(self.Finished(self.whole, self.kinds.kind))
        else:
            self.app.bell()
            self._say_back()

    def _keep(self) -> None:
        """Keep the draft as it stands, so that nothing is lost with the power."""
        self.app.run_worker(self._keep_draft(), group="drafts")

    async def _keep_draft(self) -> None:
        if self.is_attached and self.is_begun and self._beginning and self._beginning.is_finished:
            await self.recall.keep_draft(self.whole, self.kinds.kind)

    async def leave(self) -> None:
        """Keep what is not saved; an empty line drops what was kept."""
        if self._beginning is not None and not self._beginning.is_finished:
            with suppress(WorkerCancelled):
                await self._beginning.wait()
        if own := self._earlier.leave():
            self.put(own)
        await self.recall.keep_draft(self.whole if self.is_begun else "", self.kinds.kind)


def _on(day: date | None, today: date) -> str:
    """The mark that says when it was, or when it is to be done; nothing for today."""
    if day is None or day == today:
        return ""
    return f"{'on' if day < today else 'remind'}: {day.isoformat()} "
