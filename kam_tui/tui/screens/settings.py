"""SettingsDesk: every setting with its value and what it is for; changed here, in the person's own file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from kam_tui import paths
from kam_tui.delivery.settings_file import as_toml, begun, change, meanings, plain, rewrite, text_of, value_of
from kam_tui.domain.dates.workdays import untold_holidays
from kam_tui.domain.errors import KamError
from kam_tui.domain.frozen import defaults_of
from kam_tui.i18n import N_, _, ngettext
from kam_tui.settings import CHOICES, Settings
from kam_tui.tui.commands import FINDER, SETTINGS, bindings
from kam_tui.tui.keymap import keymap_of
from kam_tui.tui.messages import Configured
from kam_tui.tui.screens.desk import Desk
from kam_tui.tui.screens.dialogs.setting import Option, PickSetting, Texts, TypeSetting
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.filter_line import FilterLine
from kam_tui.tui.widgets.panels import Headline, Panel
from kam_tui.tui.widgets.rows import Rows
from kam_tui.tui.wording import in_words
from kam_tui.tui.wording import plain as shown

AT_THE_START = frozenset(
    "book language timezone keep_history_days backup_recipient reopen mouse name_day_calendar".split()
)
"""Settings that are read once, when kam is opened."""

PAIRS = {"quiet_from": "quiet_until", "quiet_until": "quiet_from"}
"""Settings that are set together, or not at all."""

TABLES = frozenset(
    name for name, sort in Settings.__annotations__.items() if sort not in ("str", "int", "bool")
)
"""Settings that are written under a heading of their own, and changed in the file itself."""

NOTHING_SUCH = N_("No setting is like that: {everywhere.back} shows all again.")
"""What is said where the filter lets nothing through."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as it is."""

    name: str
    """What it is called in the file."""
    value: Any
    """What it is."""
    default: Any
    """What it is where nobody has set it."""
    meaning: str
    """What it is for."""

    @property
    def text(self) -> str:
        """Its value, as a person types it."""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return str(self.value)


class SettingsDesk(Desk):
    """The list of settings."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SETTINGS, FINDER)]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.file = paths.config_file()
        self.meanings = meanings()
        self._refused = ""
        """What was written in the editor and could not be taken."""
        self._before: list[Texts] = []
        """What was set before each change made here, the newest last."""

    def body(self) -> ComposeResult:
        """Where the file is, the list, and all of the highlighted setting."""
        yield Headline(Content.styled(_("Settings file:"), "$quiet") + Content(" ") + shown(self.file))
        columns: list[Column[Setting]] = [
            Column(_("Setting"), lambda setting: Cell(setting.name, "strong"), 22),
            Column("", lambda setting: Cell("•" if setting.value != setting.default else "", "key"), 1),
            Column(_("Value"), self._value, 18, grow=1),
            Column(_("Meaning"), _meaning, 30, grow=4, needs=76),
        ]
        yield FilterLine()
        yield Rows(columns, lambda setting: setting.name, titles=True)
        yield Panel(classes="whole")

    @property
    def rows(self) -> Rows[Setting]:
        """The list."""
        return self.query_one(Rows)

    def redraw(self) -> None:
        """Show what is set now."""
        now, defaults = self.session.settings, defaults_of(Settings)
        every = [Setting(name, getattr(now, name), defaults[name], self.meanings[name]) for name in defaults]
        field = self.query_one(FilterLine)
        left = [each for each in every if field.narrows(f"{each.name} {each.text} {each.meaning}")]
        field.count(len(left), len(every))
        lines: list[Setting | Heading] = [each for each in left if each.name not in TABLES]
        if tables := [each for each in left if each.name in TABLES]:
            lines += [Heading(_("Tables"), _("E opens the file in your editor")), *tables]
        self.rows.show(lines, empty=_(NOTHING_SUCH))

    @on(FilterLine.Changed)
    def _narrow(self) -> None:
        self.rows.set_reactive(Rows.cursor, 0)
        self.redraw()

    @on(FilterLine.Left)
    def _go_to_lines(self) -> None:
        self.rows.focus()

    def action_filter(self) -> None:
        """Type to narrow the list."""
        self.query_one(FilterLine).begin()

    def action_move(self, step: int) -> None:
        """Go from the filter to the lines."""
        self.rows.focus()
        self.rows.action_move(step)

    def action_back(self) -> None:
        """Show all settings again, then go back."""
        if not self.query_one(FilterLine).end():
            super().action_back()

    def _value(self, setting: Setting) -> Cell:
        if setting.name in TABLES:
            count = len(setting.value)
            return Cell(ngettext("{count} row", "{count} rows", count).format(count=count), "dim")
        return Cell(_(setting.text) if isinstance(setting.value, bool) else setting.text or "—")

    @on(Rows.Highlighted)
    def _show_whole(self, message: Rows.Highlighted) -> None:
        setting: Setting | None = message.item
        self.query_one(Panel).update(Content("\n").join(self._told(setting)) if setting else "", layout=False)

    def _told(self, setting: Setting) -> Iterator[Content]:
        """What it is for, what it would be, and from when on a change counts; of a table, what is in it."""
        yield in_words(setting.meaning)
        if setting.name in TABLES:
            yield shown("  ".join(as_toml(setting.name, plain(setting.value))), "$quiet")
            return
        usual = Setting("", setting.default, None, "").text or _("empty")
        when = (
            _("A change counts when kam is opened next.")
            if setting.name in AT_THE_START
            else _("A change counts at once.")
        )
        yield shown(_("Default: {value}.").format(value=usual) + " " + when, "$quiet")

    @on(Rows.Picked)
    @work
    async def _edit(self, message: Rows.Picked) -> None:
        """Change it: a yes becomes a no, a few choices are offered, anything else is typed."""
        texts = await self._ask(message.item)
        if texts:
            self._set(texts)

    async def _ask(self, setting: Setting) -> Texts | None:
        if setting.name in TABLES:
            self.action_rewrite()
            return None
        if isinstance(setting.value, bool):
            return {setting.name: "no" if setting.value else "yes"}
        if setting.name == "theme":
            await self.app.run_action("app.theme")
            return None
        if words := CHOICES.get(setting.name):
            options: list[Option] = [(word, word or _("empty: what the meaning says")) for word in words]
            return await self.app.push_screen_wait(
                PickSetting(setting.name, setting.meaning, setting.value, options)
            )
        names = sorted(filter(None, (setting.name, PAIRS.get(setting.name))))
        texts = {name: str(getattr(self.session.settings, name)) for name in names}
        return await self.app.push_screen_wait(TypeSetting(texts, self.meanings, self._check))

    def _check(self, texts: Texts) -> object:
        values: dict[str, Any] = {name: value_of(name, text) for name, text in texts.items()}
        return replace(self.session.settings, **values)

    def action_default(self) -> None:
        """Back to the default."""
        setting = self.rows.highlighted
        if setting is None or setting.name in TABLES or setting.value == setting.default:
            self.app.bell()
            return
        names = filter(None, (setting.name, PAIRS.get(setting.name)))
        defaults = defaults_of(Settings)
        self._set({name: Setting(name, defaults[name], None, "").text for name in names})

    def action_undo(self) -> None:
        """Take back the last change that was made here; after that, of the book."""
        if self._before:
            self.run_worker(self._set_soon(self._before.pop(), is_undo=True), group="loading")
        else:
            super().action_undo()

    def action_edit(self) -> None:
        """Change the highlighted setting."""
        self.rows.action_pick()

    @work
    async def action_rewrite(self) -> None:
        """Write the file in the person's own editor. What cannot be taken is there again the next time."""
        from kam_tui.tui.editor import edit_or_tell

        try:
            text = self._refused or await asyncio.to_thread(text_of, self.file) or begun()
        except KamError as problem:
            self._tell(problem)
            return
        after = edit_or_tell(self.app, text)
        if after is not None:
            self._refused = after
            if await self._write(lambda: rewrite(self.file, after.rstrip("\n") + "\n")):
                self._refused = ""

    def _tell(self, problem: KamError) -> None:
        self.notify(f"{problem}\n{problem.hint}".strip(), severity="error", markup=False)

    def _set(self, texts: Texts) -> None:
        self.run_worker(self._set_soon(texts), group="loading")

    async def _write(self, write: Callable[[], Settings]) -> bool:
        try:
            self.post_message(Configured(await asyncio.to_thread(write)))
        except KamError as problem:
            self._tell(problem)
            return False
        return True

    async def _set_soon(self, texts: Texts, *, is_undo: bool = False) -> None:
        now = self.session.settings
        before = {name: Setting(name, getattr(now, name), None, "").text for name in texts}
        if not await self._write(lambda: change(self.file, texts)):
            return
        if not is_undo:
            self._before.append(before)
        later = AT_THE_START & texts.keys()
        said = ", ".join(f"{name}: {text or _('empty')}" for name, text in texts.items())
        unknown = await asyncio.to_thread(untold_holidays, texts.get("country", ""))
        hint = _("It counts when kam is opened next.") if later else unknown
        undo = "" if is_undo else keymap_of(now.keys).told(_("{everywhere.undo} sets it back"))
        told = "\n".join(filter(None, (said, hint, undo)))
        self.notify(told, severity="warning" if unknown else "information", markup=False)


def _meaning(setting: Setting) -> Cell:
    return Cell(setting.meaning.replace("`", ""), "dim")
