"""Form: any record filled in or changed, field by field, made out of the record's schema.

What was typed is never lost: a form is left only when the book would take it, or on purpose.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Label, Select, Static, TextArea

from kam_tui.domain.account import Account
from kam_tui.domain.completing import Names
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.day_kinds import When
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.fields import Field
from kam_tui.domain.kinds import Choice, Flag, Ref
from kam_tui.domain.lookup import find_account
from kam_tui.i18n import N_, _
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.fields import ChoiceField, LineField, NameField, TextField
from kam_tui.tui.widgets.offer_list import OfferList
from kam_tui.tui.wording import plain

Reader = Callable[[Field, str], object]
"""Reads the text of one field; raises Invalid."""

Check = Callable[[Mapping[str, str]], object]
"""Tries the whole form on the book; raises a KamError where it is refused."""

KEYS: Mapping[type[Widget], str] = {
    LineField: N_("Enter or {dialog.save}  save   Tab  next field   {dialog.cancel}  cancel"),
    ChoiceField: N_("Enter  pick   {dialog.save}  save   Tab  next   {dialog.cancel}  cancel"),
    TextField: N_("{dialog.save}  save   Tab  next field   {dialog.cancel}  cancel"),
    Widget: N_("Enter  take it   Esc  leave it as it is"),
}
"""What the keys do in each sort of field; last, in the list of one that is open."""


class Form(Dialog[Mapping[str, str]]):
    """A box with a line for each field."""

    AUTO_FOCUS = ".field"

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        texts: Mapping[str, str],
        read: Reader,
        check: Check,
        find_names: Callable[[], Names],
    ) -> None:
        """`find_names` finds what can be offered in a field for names."""
        super().__init__(title, _(KEYS[LineField]))
        self.fields = {field.name: field for field in fields}
        self.texts = {name: texts.get(name, "") for name in self.fields}
        self.read = read
        self.check = check
        self.find_names = find_names
        self._first = ""

    def begin_at(self, name: str) -> None:
        """Begin in a field other than the first."""
        self._first = name

    def on_mount(self) -> None:
        """Begin where it is wanted."""
        self._offer_names()
        if self._first in self.fields:
            self.query_one(f"#field-{self._first}").focus()

    def body(self) -> ComposeResult:
        """The fields, and a line that explains the one in use."""
        with VerticalScroll(can_focus=False):
            for field in self.fields.values():
                with Horizontal(classes="row"):
                    yield Label(plain(_(field.label)))
                    yield (widget := self._widget(field))
                if isinstance(widget, NameField):
                    yield widget.offers
                yield Static(id=f"problem-{field.name}", classes="problem")
        yield Static(classes="reading")

    def fit(self) -> None:
        """As high as its fields, and no higher than the screen: the rest is scrolled to."""
        self.query_one(VerticalScroll).styles.max_height = max(4, self.room - 8)

    def _widget(self, field: Field) -> Widget:
        text, kind, name = self.texts[field.name], field.kind, f"field-{field.name}"
        if isinstance(kind, Choice | Flag):
            words = kind.options if isinstance(kind, Choice) else {"yes": _("yes"), "no": _("no")}
            options = [(plain(_(label)), word) for word, label in words.items()]
            return ChoiceField(options, text, name)
        if kind.multiline:
            return TextField(text, name)
        return NameField(text, name, kind) if isinstance(kind, Ref) else LineField(text, name)

    @work(group="reading")
    async def _offer_names(self) -> None:
        if fields := self.query(NameField):
            names = await asyncio.to_thread(self.find_names)
            for field in fields:
                field.names = names

    def _account_id(self) -> str | None:
        """The account that the form says, whose people are offered first."""
        for field in self.query(NameField):
            if field.sort is Account and field.names is not None:
                with suppress(KamError):
                    return find_account(field.names.book, field.value).id
        return None

    @on(OfferList.Picked)
    def _take(self, message: OfferList.Picked) -> None:
        message.stop()
        for field in self.query(NameField):
            field.take()

    def values(self) -> dict[str, str]:
        """Name to text, as it stands in the form."""
        return {name: self._text(self.query_one(f"#field-{name}")) for name in self.fields}

    def _text(self, widget: Widget) -> str:
        if isinstance(widget, Select):
            return "" if widget.is_blank() else str(widget.value)
        return (
            widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""
        )

    def changed(self) -> dict[str, str]:
        """Only what is no longer as it was."""
        return {name: text for name, text in self.values().items() if text != self.texts[name]}

    @on(Input.Changed)
    @on(Select.Changed)
    @on(TextArea.Changed)
    def _look_again(self, message: Input.Changed | Select.Changed | TextArea.Changed) -> None:
        self._stay()
        widget = message.control
        if widget is not None and widget.id and self.is_mounted:
            name = widget.id.removeprefix("field-")
            if isinstance(widget, NameField):
                widget.offer(self._account_id())
            if widget.has_focus:
                self._keep_in_view(name)
            if self.query_one(f"#problem-{name}").display or widget.has_focus:
                self._read_field(name, quiet=not self.query_one(f"#problem-{name}").display)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that is left is looked at."""
        name = (event.widget.id or "").removeprefix("field-")
        if isinstance(event.widget, NameField):
            event.widget.offers.offer(())
        if name in self.fields and name in self.changed():
            self._read_field(name)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The lines below explain the field in use, and its keys."""
        if self.keys == _(KEYS[LineField]):
            told = next((keys for sort, keys in KEYS.items() if isinstance(event.widget, sort)), "")
            self.query_one(".keys", Static).update(plain(self.keymap.told(_(told))))
        name = (event.widget.id or "").removeprefix("field-")
        if name in self.fields:
            field = self.fields[name]
            editor = _("{dialog.rewrite} writes it in your own editor.") if field.kind.multiline else ""
            editor = self.keymap.told(editor)
            self._explain("  ".join(filter(None, [field.help and _(field.help), editor])))

    def _read_field(self, name: str, *, quiet: bool = False) -> bool:
        """Say what is wrong with a field; `quiet` while it is still being typed. Days are said back.

        Returns whether it can be read.
        """
        field = self.fields[name]
        text = self._text(self.query_one(f"#field-{name}"))
        try:
            value = self.read(field, text)
        except KamError as problem:
            if not quiet:
                self._show_problem(name, problem)
            return False
        self._show_problem(name, None)
        if isinstance(field.kind, When) and text.strip():
            self._explain(show_moment(value), "$success")  # type: ignore[arg-type]
        return True

    def _show_problem(self, name: str, problem: KamError | str | None) -> None:
        said = self.query_one(f"#problem-{name}", Static)
        said.display = problem is not None
        if problem is not None:
            hint = problem.hint if isinstance(problem, KamError) else ""
            said.update(plain(f"{problem} {hint}".strip(), "$error"))

    def _keep_in_view(self, name: str) -> None:
        """Have a field seen, with what is offered for it or wrong with it."""

        def scroll() -> None:
            field = self.query_one(f"#field-{name}")
            offers = [field.offers] if isinstance(field, NameField) else []
            for widget in (*offers, self.query_one(f"#problem-{name}"), field):
                if widget.display:
                    widget.scroll_visible(animate=False, immediate=True)

        self.call_after_refresh(scroll)

    def _explain(self, text: str, style: str = "$quiet") -> None:
        self.query_one(".reading", Static).update(plain(text, style))

    @on(Input.Submitted)
    def _enter(self) -> None:
        """Take a name that was chosen; else save."""
        field = self.focused
        if not (isinstance(field, NameField) and field.offers.has_moved and field.take()):
            self.action_save()

    def action_save(self) -> None:
        """Hand the texts back when the book would take them; else say what is in the way, and stay."""
        for name in self.fields:
            self._show_problem(name, None)
        values = self.changed()
        try:
            self.check(values)
        except Invalid as problem:
            known = {name: text for name, text in problem.problems.items() if name in self.fields}
            for name, text in known.items():
                self._show_problem(name, text)
            if known:
                self._go_to(next(iter(known)))
            else:
                self._refuse(problem)
        except KamError as problem:
            self._refuse(problem)
        else:
            self.dismiss(values)

    def _refuse(self, problem: KamError) -> None:
        """Say it under the fields that cannot be read; where they all can, below."""
        wrong = [name for name in self.changed() if not self._read_field(name)]
        if wrong:
            self._go_to(wrong[0])
            return
        self._explain(f"{problem} {problem.hint}".strip(), "$error")

    def _go_to(self, name: str) -> None:
        self.query_one(f"#field-{name}").focus()
        self._keep_in_view(name)

    def action_cancel(self) -> None:
        """Put away what is offered; then leave."""
        field = self.focused
        if isinstance(field, NameField) and field.offers.is_open:
            field.offers.offer(())
        else:
            super().action_cancel()

    def is_unsaved(self) -> bool:
        """Whether any field is no longer as it was."""
        return bool(self.changed())

    def warn(self, text: str) -> None:
        """Say it below the fields."""
        self._explain(text, "$warning")
