"""Outward: what goes from a screen to other programs: clipboard, mail, telephone, web, and the editor."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

from kam_tui.delivery import clipboard, opening, written
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record, table_of
from kam_tui.domain.errors import KamError
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.session import Session
from kam_tui.tui.editor import edit_or_tell
from kam_tui.tui.messages import Do
from kam_tui.tui.reach import addresses_of, texts_of
from kam_tui.tui.screens.dialogs.choice import pick_text
from kam_tui.usecases import texts

SHOWN = 60
"""Letters of what was copied that are said back."""


async def copy(app: App[Any], book: Book, record: Record) -> None:
    """Copy one of the record's texts, which the person chooses where there are several."""
    if text := await pick_text(app, _("Copy"), texts_of(book, record)):
        await put_on_clipboard(app, text)


async def put_on_clipboard(app: App[Any], text: str, told: str = "") -> None:
    """Hand a text to the terminal and, where there is one, to the desktop; say what became of it."""
    app.copy_to_clipboard(text)
    taken = await asyncio.to_thread(clipboard.put, text)
    how = _("to the clipboard") if taken else _("sent to the terminal's clipboard")
    said = _("Copied: {text}").format(text=shorten(text, SHOWN))
    _say(app, "\n".join(filter(None, [told, f"{said} ({how})"])))


async def reach(app: App[Any], book: Book, record: Record) -> None:
    """Open one of the record's addresses in the program for it; where there is none, copy it."""
    found = addresses_of(book, record)
    if not found:
        _say(app, _("There is no mail address, telephone number or page here."))
        return
    address = await pick_text(app, _("Open"), found)
    if not address:
        return
    if not opening.has_desktop():
        await put_on_clipboard(app, opening.bare(address), _("There is no desktop here to open it."))
        return
    try:
        await asyncio.to_thread(opening.open_address, address)
    except KamError as problem:
        _say(app, f"{problem}\n{problem.hint}", error=True)
    else:
        _say(app, _("Opened: {address}").format(address=shorten(address, SHOWN)))


async def rewrite(app: App[Any], session: Session, record: Record) -> Do | None:
    """Have the record's long text written in the person's editor; None where it stays as it is.

    A text that the book does not take is not lost: it is kept in a file that is named.
    """
    table = table_of(record)
    field = texts.LONG.get(table)
    if field is None:
        app.bell()
        return None
    before = getattr(record, field)
    after = edit_or_tell(app, before)
    if after is None:
        return None
    wanted = Do(texts.rewrite, table, record.id, before, after, session.settings.reading)
    return wanted.told(None, lambda: _set_aside(app, session, record.id, after))


def _say(app: App[Any], text: str, *, error: bool = False) -> None:
    app.notify(clean(text, multiline=True), severity="error" if error else "information", markup=False)


async def _set_aside(app: App[Any], session: Session, name: str, text: str) -> None:
    """Keep a text that the book did not take."""
    if session.posting is not None:
        try:
            path = await asyncio.to_thread(written.set_aside, session.outbox.folder, name, text)
        except OSError:
            pass
        else:
            said = _("Your text is kept in {path}").format(path=path)
            app.notify(said, severity="warning", markup=False)
            return
    app.copy_to_clipboard(text)
    said = _("Your text could not be kept in a file; it was sent to the terminal's clipboard.")
    app.notify(said, severity="error", markup=False)
