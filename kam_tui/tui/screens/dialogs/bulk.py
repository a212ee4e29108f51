"""What is done with all that is marked: chosen by a letter, then asked for in one line or one form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from kam_tui.domain.account import Account
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, table_of
from kam_tui.domain.completing import Names
from kam_tui.domain.contact import Contact
from kam_tui.domain.fields import Field
from kam_tui.domain.kinds import Choice as Words
from kam_tui.domain.kinds import tag_of
from kam_tui.domain.lookup import reading
from kam_tui.i18n import N_, _, ngettext
from kam_tui.session import Session
from kam_tui.tui.commands import KINDS, bindings
from kam_tui.tui.messages import Do
from kam_tui.tui.screens.dialogs.choice import Choice, Option
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.screens.dialogs.form import Form
from kam_tui.tui.understood import show_understood
from kam_tui.tui.widgets.kind_line import QUICK_KINDS
from kam_tui.tui.widgets.one_line import OneLine
from kam_tui.tui.wording import plain
from kam_tui.usecases import several
from kam_tui.usecases.capture import understand

Party = Account | Contact

ACTS: tuple[Option, ...] = (
    ("t", N_("Tags: put on, take off"), "tag"),
    ("n", N_("Write the same down for all"), "log"),
    ("r", N_("A reminder for each"), "remind"),
    ("f", N_("Fields: the same for all"), "edit"),
    ("x", N_("Archive"), "archive"),
    ("x", N_("Bring back"), "restore"),
)
"""What can be done with several accounts or people: archive some, or bring back those that are archived."""

LINES: tuple[Option, ...] = (
    ("d", N_("Done"), "complete"),
    ("s", N_("Snooze"), "snooze"),
    ("m", N_("Move to another day"), "reschedule"),
    ("x", N_("Let pass this time"), "skip"),
)
"""What can be done with several lines of the agenda."""

CLEAR = "-"
"""In a field of the form: nothing is to stand there."""


async def ask_lines(app: App[Any], count: int) -> str:
    """What to do with some lines of the agenda: the name of an action; empty for nothing."""
    title = ngettext("With {count} line", "With {count} lines", count).format(count=count)
    return await app.push_screen_wait(Choice(title, LINES)) or ""


async def ask_bulk(app: App[Any], session: Session, book: Book, some: Sequence[Party]) -> Do | None:
    """What to do with some accounts or people; None where it is left."""
    ids = [one.id for one in some]
    if not ids:
        return None
    who = several.who(some)
    other = "archive" if all(one.archived for one in some) else "restore"
    acts = tuple(act for act in ACTS if act[2] != other)
    act = await app.push_screen_wait(Choice(_("With {who}").format(who=who), acts))
    if act in ("archive", "restore"):
        return Do(several.archive, ids, act == "archive")
    if act == "tag":
        words = await app.push_screen_wait(Tagging(who, some))
        return Do(several.tag, ids, *words) if words else None
    if act == "edit":
        texts = await app.push_screen_wait(_form(session, book, some))
        return Do(several.edit, ids, _cleared(texts), session.settings.reading) if texts else None
    if act in ("log", "remind"):
        line = await app.push_screen_wait(ForAll(session, book, who, "remind: " if act == "remind" else ""))
        return Do(several.capture, ids, line[0], session.settings, line[1]) if line else None
    return None


class Tagging(Dialog[tuple[list[str], list[str]]]):
    """Which tags to put on, and which to take off, in one line."""

    AUTO_FOCUS = "Input"

    def __init__(self, who: str, some: Sequence[Party]) -> None:
        super().__init__(_("Tags of {who}").format(who=who), _("Enter  save      {dialog.cancel}  cancel"))
        self.count = len(some)
        self.tags = Counter(tag for one in some for tag in one.tags)

    def body(self) -> ComposeResult:
        """What they have, the line, and what it says."""
        has = [tag if count == self.count else f"{tag} ({count})" for tag, count in self.tags.most_common(12)]
        yield Static(plain(_("Now: {tags}").format(tags=" ".join(has) if has else "–"), "$quiet"))
        yield OneLine(placeholder=_("+vip -old"), compact=True, classes="line")
        yield Static(classes="reading")

    @on(Input.Changed)
    def _say_back(self) -> None:
        on, off = self._words()
        said = [_("on: {tags}").format(tags=" ".join(on))] if on else []
        said += [_("off: {tags}").format(tags=" ".join(off))] if off else []
        self.query_one(".reading", Static).update(plain("   ".join(said), "$success"))

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand them back; there has to be one."""
        words = self._words()
        if any(words):
            self.dismiss(words)
        else:
            self.app.bell()

    def _words(self) -> tuple[list[str], list[str]]:
        typed = self.query_one(Input).value.replace(",", " ").split()
        on = [tag_of(word) for word in typed if word[0] != "-"]
        return [tag for tag in on if tag], [tag for w in typed if w[0] == "-" and (tag := tag_of(w[1:]))]


class ForAll(Dialog[tuple[str, str]]):
    """One line that is kept for each account of those who are marked, and its kind."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KINDS)]

    def __init__(self, session: Session, book: Book, who: str, begun: str) -> None:
        keys = _("Enter save   {kinds.next} kind   {dialog.cancel} cancel      +tag  on: fri  remind: tue")
        super().__init__("", keys)
        self.session = session
        self.book = book
        self.who = who
        self.begun = begun
        self.kind = NOTE

    def body(self) -> ComposeResult:
        """The kind, the line, and what it says."""
        yield Static(classes="kind")
        yield OneLine(
            self.begun,
            placeholder=_("told them about the new prices. remind: fri ask what they think"),
            compact=True,
            select_on_focus=False,
            classes="line",
        )
        yield Static(classes="reading")

    def on_mount(self) -> None:
        """At the bottom, where all that is written down is."""
        self.add_class("bottom")
        self._say_back()

    def action_kind(self, step: int) -> None:
        """The next kind of activity."""
        self.kind = KINDS_FOR_ALL[(KINDS_FOR_ALL.index(self.kind) + step) % len(KINDS_FOR_ALL)]
        self._say_back()

    @on(Input.Changed)
    def _say_back(self) -> None:
        kind = ACTIVITY_KINDS[self.kind]
        self.query_one(".kind", Static).update(plain(f"{kind.mark} {_(kind.label)}", "bold $primary"))
        text = self.query_one(Input).value
        said: Any = ""
        if text.strip() and text != self.begun:
            line = understand(self.book, self.session.now(), text, self.session.settings, self.kind)
            said = show_understood(line, self.who)
        self.query_one(".reading", Static).update(said)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the line back, if all of it is understood; else keep it here."""
        text = self.query_one(Input).value
        line = understand(self.book, self.session.now(), text, self.session.settings, self.kind)
        if line.problems or line.account or line.contacts:
            self.app.bell()
            self.query_one(".reading", Static).update(show_understood(line, self.who))
        else:
            self.dismiss((text, self.kind))


KINDS_FOR_ALL = (*QUICK_KINDS, "newsletter", "event")
"""What can be kept for several at once."""


def _form(session: Session, book: Book, some: Sequence[Party]) -> Form:
    """The fields that several may have alike; what is left empty stays as it is."""
    schema: Any = SCHEMAS[table_of(some[0])]
    how = reading(book, session.now(), session.settings.reading)
    ids = [one.id for one in some]

    def read(field: Field, text: str) -> object:
        return schema.read_field(field, "" if text.strip() == CLEAR else text, how)

    def names() -> Names:
        return Names(book, session.now().date())

    def check(texts: Mapping[str, str]) -> Change | None:
        now: datetime = session.now()
        return several.edit(book, now, ids, _cleared(texts), session.settings.reading) if texts else None

    fields = [_clearable(schema, field) for field in schema.form if field.name not in several.EACH_ITS_OWN]
    form = Form(_("Fields of {who}").format(who=several.who(some)), fields, {}, read, check, names)
    form.keys = _(
        "{dialog.save}  save   Tab  next field   {dialog.cancel}  cancel      empty: as it is   -: cleared"
    )
    return form


def _clearable(schema: Any, field: Field) -> Field:
    """A field; one that takes one of a few words or none has a word for none as well."""
    kind = field.kind
    if not isinstance(kind, Words) or schema.defaults[field.name]:
        return field
    return Field(field.name, Words({**kind.options, CLEAR: N_("(nothing)")}), field.label, field.help)


def _cleared(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: "" if text.strip() == CLEAR else text for name, text in texts.items()}
