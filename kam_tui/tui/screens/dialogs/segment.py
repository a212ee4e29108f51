"""Segment: a query gets a name, which is written to the person's settings."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from kam_tui import paths
from kam_tui.delivery import segments_file
from kam_tui.domain.errors import KamError
from kam_tui.domain.query.query import SEGMENT
from kam_tui.domain.query.term import Term
from kam_tui.domain.text import clean, fold
from kam_tui.i18n import _
from kam_tui.settings import Settings
from kam_tui.tui.messages import Configured
from kam_tui.tui.screens.dialogs.dialog import Dialog
from kam_tui.tui.wording import plain


class NameSegment(Dialog[str]):
    """A name in one line."""

    AUTO_FOCUS = "Input"

    def __init__(self, settings: Settings, query: str) -> None:
        super().__init__(_("A name for the filter"), _("Enter  save      {dialog.cancel}  cancel"))
        self.settings = settings
        self.query_text = query

    def body(self) -> ComposeResult:
        """What is to have a name, and the line."""
        yield Static(plain(self.query_text, "bold"))
        yield Static(plain(self._meant(_("NAME")), "$quiet"), classes="meant")
        yield Input(placeholder=_("best"), compact=True, classes="line")
        yield Static(classes="reading")

    def _meant(self, name: str) -> str:
        return _("{word} will mean it wherever a query is taken.").format(word=Term(SEGMENT, (name,)))

    @on(Input.Changed)
    def _say_back(self, message: Input.Changed) -> None:
        name = clean(message.value)
        self.query_one(".meant", Static).update(plain(self._meant(name or _("NAME")), "$quiet"))
        known = {fold(name): text for name, text in self.settings.segments.items()}
        told = known.get(fold(message.value))
        said = _("So far it means: {query}").format(query=told) if told and fold(message.value) else ""
        self.query_one(".reading", Static).update(plain(said, "$warning"))

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Hand the name back."""
        name = clean(self.query_one(Input).value)
        if fold(name):
            self.dismiss(name)
        else:
            self.app.bell()


async def keep(app: App[Any], name: str, query: str) -> Configured | None:
    """Write it to the settings; what they are then. A refusal is told."""
    try:
        return Configured(await asyncio.to_thread(segments_file.keep, paths.config_file(), name, query))
    except KamError as problem:
        app.notify(f"{problem} {problem.hint}".strip(), severity="error", markup=False)
        return None
