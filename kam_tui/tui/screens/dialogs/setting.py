"""What is asked about a setting: one of its choices, or its value; of a pair that belongs together, both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from kam_tui.domain.errors import KamError
from kam_tui.i18n import _
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.widgets.columns import Cell, Column
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import in_words, plain

Texts = Mapping[str, str]
"""Setting to what is typed for it."""

Option = tuple[str, str]
"""A value, and how it is called."""


class PickSetting(Dialog[Texts]):
    """One of a few values."""

    AUTO_FOCUS = "Rows"

    def __init__(self, name: str, meaning: str, value: str, options: Sequence[Option]) -> None:
        super().__init__(name, _("↑ ↓  choose      Enter  save      {dialog.cancel}  cancel"))
        self.name_of = name
        self.meaning = meaning
        self.value = value
        self.options = options

    def body(self) -> ComposeResult:
        """What it is for, and the choices."""
        yield Static(in_words(self.meaning, "$quiet"))
        columns: list[Column[Option]] = [
            Column("", lambda option: Cell("●" if option[0] == self.value else "", "key"), 1),
            Column("", lambda option: option[1], 30, grow=1),
        ]
        yield Rows(columns, lambda option: option[0])

    def on_mount(self) -> None:
        """Begin at what it is now."""
        rows = self.query_one(Rows)
        rows.show(self.options)
        rows.highlight(self.value)
        self.fit()

    def fit(self) -> None:
        """As high as there are values, where there is room."""
        self.query_one(Rows).styles.height = min(len(self.options), max(4, self.room - 11))

    @on(Rows.Picked)
    def action_save(self) -> None:
        """Hand back what is highlighted."""
        option = self.query_one(Rows).highlighted
        self.dismiss({self.name_of: option[0]} if option else None)


class TypeSetting(Dialog[Texts]):
    """Values in a line each; what is wrong with them is said while they are typed."""

    AUTO_FOCUS = "Input"

    def __init__(self, texts: Texts, meanings: Mapping[str, str], check: Callable[[Texts], object]) -> None:
        super().__init__(", ".join(texts), _("Enter  save   Tab  next   {dialog.cancel}  cancel"))
        self.texts = texts
        self.meanings = meanings
        self.check = check

    def body(self) -> ComposeResult:
        """What each is for, and a line for it."""
        for name, text in self.texts.items():
            if len(self.texts) > 1:
                yield Label(plain(name, "bold"))
            yield Static(in_words(self.meanings[name], "$quiet"))
            yield Input(text, compact=True, id=f"setting-{name}", classes="line", select_on_focus=False)
        yield Static(classes="reading")

    def values(self) -> dict[str, str]:
        """As they are typed."""
        return {name: self.query_one(f"#setting-{name}", Input).value for name in self.texts}

    @on(Input.Changed)
    def _say_back(self) -> None:
        problem = self._problem()
        said = f"{problem} {problem.hint}".strip() if problem else ""
        self.query_one(".reading", Static).update(plain(said, "$error"))

    def _problem(self) -> KamError | None:
        try:
            self.check(self.values())
        except KamError as problem:
            return problem
        return None

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the texts back when they can be taken; else say what is in the way, and stay."""
        if self._problem():
            self.app.bell()
            self._say_back()
        else:
            self.dismiss(self.values())
