"""Dealing with what is due: what is asked about some lines of the agenda, and the verb the answer goes to.

Each dialog is loaded when it is asked for: a line that is only let pass waits for none of them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from textual.app import App

from kam_tui.domain.book import Book
from kam_tui.domain.residence import zone_for
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.contracts import RENEWAL, proposal
from kam_tui.rules.promises import RULE as PROMISE
from kam_tui.session import Session
from kam_tui.tui.messages import Do
from kam_tui.usecases import promises, reminders, renewing, several

Items = Sequence[AgendaItem]


async def deal(act: str, app: App[Any], session: Session, book: Book, items: Items) -> Do | None:
    """What is wanted of these lines, once it is asked how it went, or until when; None where that is left.

    `act` is one of `_ACTS`, or `bulk` where it is asked for as well.
    """
    if act == "bulk":
        from kam_tui.tui.screens.dialogs.bulk import ask_lines

        act = await ask_lines(app, len(items))
    return await _ACTS[act](app, session, book, items) if act else None


async def _complete(app: App[Any], session: Session, book: Book, items: Items) -> Do | None:
    """Ask how it went; where the end of a contract was dealt with, until when it holds now."""
    from kam_tui.tui.screens.dialogs.agenda import Outcome, Renewal

    first = items[0]
    if len(items) == 1 and first.rule == RENEWAL:
        proposed = proposal(book, first, session.now().date())
        answer = await app.push_screen_wait(Renewal(session, first, proposed))
        return Do(renewing.complete, session.settings, first.key, "", *answer) if answer is not None else None
    text = await app.push_screen_wait(Outcome(*items))
    if text is None:
        return None
    if len(items) > 1:
        return Do(several.complete, session.settings, _keys(items), text)
    return Do(reminders.complete, session.settings, first.key, text)


async def _snooze(app: App[Any], session: Session, book: Book, items: Items) -> Do | None:
    from kam_tui.tui.screens.dialogs.agenda import Snooze

    until = await app.push_screen_wait(Snooze(session, *items, there=_there(book, items)))
    return Do(several.snooze, session.settings, _keys(items), until) if until is not None else None


async def _move(app: App[Any], session: Session, book: Book, items: Items) -> Do | None:
    from kam_tui.tui.screens.dialogs.agenda import Move

    to = await app.push_screen_wait(Move(session, *items, there=_there(book, items)))
    return Do(several.move, session.settings, _keys(items), to) if to is not None else None


async def _skip(app: App[Any], session: Session, book: Book, items: Items) -> Do | None:  # noqa: ARG001
    """Of a promise, ask why it is not kept."""
    if len(items) > 1 or items[0].rule != PROMISE:
        return Do(several.skip, session.settings, _keys(items))
    from kam_tui.tui.screens.dialogs.agenda import Reason

    reason = await app.push_screen_wait(Reason(items[0]))
    return Do(promises.break_, items[0].key.split(":")[1], reason) if reason is not None else None


def _keys(items: Items) -> list[str]:
    return [item.key for item in items]


def _there(book: Book, items: Items) -> str:
    """Where those are whom some lines are for; empty where they live by several clocks."""
    zones = {zone_for(book, item.account_id, item.contact_ids) for item in items}
    return zones.pop() if len(zones) == 1 else ""


_Ask = Callable[[App[Any], Session, Book, Items], Awaitable[Do | None]]

_ACTS: Mapping[str, _Ask] = {"complete": _complete, "snooze": _snooze, "reschedule": _move, "skip": _skip}
