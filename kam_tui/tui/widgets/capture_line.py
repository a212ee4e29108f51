"""CaptureLine: one line of plain words, with the names it may mean and what is understood of it beneath."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled

from kam_tui.delivery.written import Written
from kam_tui.domain import template
from kam_tui.domain.account import Account
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.completing import Names, Offer, mark_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.one_line import Understood
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.commands import CAPTURE, bindings
from kam_tui.tui.recall import Earlier, Recall
from kam_tui.tui.widgets.kind_line import KindLine
from kam_tui.tui.widgets.offer_list import OfferList
from kam_tui.tui.widgets.said_back import SaidBack, Typed
from kam_tui.usecases.capture import understand

TEMPLATES = -1
"""In place of where a mark begins: templates are offered, which take the place of the whole line."""

KEEPING = 0.5
"""Seconds between two looks whether what is typed is kept as a draft."""


class Words(Input):
    """The line itself."""

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line, take the offered name."""
        line = self.query_ancestor(CaptureLine)
        if select or self.cursor_position < len(self.value) or not line.take():
            super().action_cursor_right(select)


class CaptureLine(Vertical):
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
        super().__init__()
        self.session = session
        self.book = book
        self.recall = recall
        self.lived = lived
        """Whether the timeline is looked at for what is offered."""
        self.who = f"@{mark_of(book, about)} " if about else ""
        self.prefix = self.who + _on(day, session.now().date())
        self.template = template
        # Held, and not looked for: what is still being read when the line goes finds them all the same.
        hint = _("@acme Liisa liked the samples. remind: fri send the offer")
        self.words = Words(self.prefix, placeholder=hint, compact=True, select_on_focus=False)
        self.offers = OfferList()
        self.kinds = KindLine(kind)
        self._said_back = SaidBack(self._understand, self._named)
        self._names: Names | None = None
        self._naming: Worker[None] | None = None
        self._start = TEMPLATES
        self._note = ""
        self._holes: list[int] = []
        self._account_id: str | None = None
        self._earlier = Earlier(recall)

    def compose(self) -> ComposeResult:
        """The kind, the line, what is offered, and what is understood."""
        yield from (self.kinds, self.words, self.offers, self._said_back)

    def on_mount(self) -> None:
        """Begin with what was left unsaved, where that is so; find out meanwhile what can be offered."""
        self._begin()
        self._naming = self._find_names()
        self.set_interval(KEEPING, self._keep)
        self._say_back()

    @property
    def whole(self) -> str:
        """The line, with whom the page is about where it names nobody."""
        text = self.words.value
        return text if "@" in text else self.who + text

    @work(group="loading")
    async def _begin(self) -> None:
        await self.recall.load()
        if self.template:
            await self.recall.put_by()
            self._fill(self.template)
        elif (draft := self.recall.kept.draft) and self.words.value == self.prefix:
            self._put(draft)

    @work(group="reading")
    async def _find_names(self) -> None:
        today = self.session.now().date()
        self._names = await asyncio.to_thread(Names, self.book, today, lived=self.lived)
        self._offer()

    async def _named(self) -> None:
        """Wait until it is known what can be offered: the tables of the book are loaded then."""
        if self._naming is not None and not self._naming.is_finished:
            with suppress(WorkerCancelled):
                await self._naming.wait()

    def _put(self, written: Written) -> None:
        if written.kind in ACTIVITY_KINDS:
            self.kinds.kind = written.kind
        self._holes = []
        self.words.value = written.line
        self.words.cursor_position = len(written.line)
        self._say_back()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._earlier.line not in (None, self.words.value):
            self._earlier.leave()
        self._note = ""
        self._offer()
        self._say_back()

    def _offer(self) -> None:
        """Show what the end of the line may mean."""
        head, rest = (
            self.words.value[: self.words.cursor_position],
            self.words.value[self.words.cursor_position :],
        )
        is_end = not rest.strip(" ") or rest[0] == " "
        is_own = self._earlier.line is None
        # Whose people come first, a name before this one says: not the one that is being typed.
        account_id = self._account_id if head.count("@") > 1 else None
        found = self._names.offers(head, account_id) if self._names and is_end and is_own else None
        self._start = found.start if found else TEMPLATES
        self.offers.offer(found.offers if found else ())

    def close(self) -> bool:
        """Put away what is offered; False where nothing is."""
        was = self.offers.is_open
        self.offers.offer(())
        return was

    def take(self) -> bool:
        """Put what is highlighted in the line; False where nothing is offered."""
        offer, words = self.offers.highlighted, self.words
        if not self.offers.is_open or self._names is None or offer is None:
            return False
        start = self._start
        self.close()
        if start == TEMPLATES:
            self._fill(offer.name)
            return True
        head = f"{words.value[: start + 1]}{self._names.mark(offer)} "
        words.value = head + words.value[words.cursor_position :].lstrip(" ")
        words.cursor_position = len(words.value) - self._holes.pop(0) if self._holes else len(head)
        return True

    def action_template(self) -> None:
        """Offer the templates; where there is one alone, take it."""
        offers = [Offer(name, None, line) for name, line in self.session.settings.templates.items()]
        self._start = TEMPLATES
        self.offers.offer(offers)
        if not offers:
            self._note = _("There is no template yet. Write one in the settings, under [templates].")
            self._say_back()
        elif len(offers) == 1:
            self.take()

    def _fill(self, name: str) -> None:
        """Put a template in the line, with what was typed in its blanks."""
        line = self.session.settings.templates[name]
        who = self.who.removeprefix("@").strip()
        filled = template.fill(line, self.book, self.session.now().date(), self.words.value, who)
        if self.kinds.kind == NOTE:
            self.kinds.kind = template.kind_of(name) or NOTE
        self.words.value = filled.line
        self.words.cursor_position = filled.cursor
        self._holes = list(filled.holes[1:])
        self._offer()
        self._say_back()

    def _say_back(self) -> None:
        """Say what the line is, and what it is understood as."""
        text, draft = self.words.value, self.recall.kept.draft
        self.kinds.say(is_draft=bool(draft and text == draft.line and self._earlier.line is None))
        is_begun = text.strip() != self.prefix.strip()
        line = self.whole if text.strip() else ""
        self._said_back.say(Typed(line, self.kinds.kind, self._note, is_begun))

    @on(SaidBack.Read)
    def _name_people_of(self, message: SaidBack.Read) -> None:
        """Whose people are offered first."""
        message.stop()
        if message.account_id != self._account_id:
            self._account_id = message.account_id
            if self.offers.is_open and self._start != TEMPLATES and not self.offers.has_moved:
                self._offer()

    def _understand(self, line: str, kind: str) -> Understood:
        return understand(self.book, self.session.now(), line, self.session.settings, kind)

    async def action_take(self, step: int) -> None:
        """Take what is offered; where nothing is, make it another kind of activity."""
        await self._named()
        if step < 0 or not self.take():
            self.kinds.step(step)
            self._say_back()

    def action_step(self, step: int) -> None:
        """Go down or up in what is offered; where nothing is, in the lines written before."""
        if self.offers.is_open:
            self.offers.choose(step)
        elif line := self._earlier.step(step, Written(self.words.value, self.kinds.kind)):
            self._put(line)

    @on(OfferList.Picked)
    def _picked(self, message: OfferList.Picked) -> None:
        message.stop()
        self.take()

    @on(Input.Submitted)
    async def action_save(self) -> None:
        """Hand the line on, if all of it is understood; else take a name that is offered, or keep it here.

        A template is gone through to its last blank first.
        """
        await self._named()
        is_typed = bool(self.words.value.strip())
        is_clear = is_typed and not self._understand(self.whole, self.kinds.kind).problems
        is_asked = self.offers.has_moved or self._start == TEMPLATES
        if (is_asked or not is_clear) and self.take():
            return
        if is_clear and self._holes:
            self.words.cursor_position = len(self.words.value) - self._holes.pop(0)
        elif is_clear:
            self.post_message(self.Finished(self.whole, self.kinds.kind))
        else:
            self.app.bell()
            self._say_back()

    def _keep(self) -> None:
        """Keep the draft as it stands, so that nothing is lost with the power."""
        self.app.run_worker(self._keep_draft(), group="drafts")

    async def _keep_draft(self) -> None:
        text = self.words.value
        if self.is_attached and text.strip() and text != self.prefix:
            await self.recall.keep_draft(self.whole, self.kinds.kind)

    async def leave(self) -> None:
        """Keep what is not saved; an empty line drops what was kept."""
        if own := self._earlier.leave():
            self._put(own)
        text = self.words.value.strip()
        draft = self.whole if text and text != self.prefix.strip() else ""
        await self.recall.keep_draft(draft, self.kinds.kind)


def _on(day: date | None, today: date) -> str:
    """The mark that says when it was, or when it is to be done; nothing for today."""
    if day is None or day == today:
        return ""
    return f"{'on' if day < today else 'remind'}: {day.isoformat()} "
