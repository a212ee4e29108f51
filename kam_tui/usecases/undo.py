"""Taking back what was done, and doing again what was taken back; all of it told by the history alone.

An undo is a change that takes back another one, and a redo is a change that takes back an undo. So
nothing is ever rewritten, and what stands can be worked out anew at any time, on any machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Entry, History
from kam_tui.domain.errors import Conflict, NotFound
from kam_tui.i18n import _
from kam_tui.usecases.reversing import REDO, UNDO, reversed_change


class Undone(NamedTuple):
    """Something that can be done again."""

    change: Entry
    """What was done."""
    by: Entry
    """The undo that took it back."""


def undone(history: Iterable[Entry]) -> dict[int, Entry]:
    """The number of each change that is taken back, with what took it back. An undo that was itself
    taken back counts for nothing.

    `history` is newest first, from the newest change on; it may leave out what takes nothing back.
    """
    found: dict[int, Entry] = {}
    for entry in history:
        if entry.change.undoes is not None and entry.number not in found:
            found.setdefault(entry.change.undoes, entry)
    return found


def undoable(history: Iterable[Entry]) -> Entry:
    """The newest change that stands. Raises NotFound where there is none.

    An erasure is such a change, though `undo` refuses it: what came before is not taken back unasked.
    `history` is newest first; it is read no further than needed.
    """
    taken_back: set[int] = set()
    for entry in history:
        if entry.number in taken_back:
            continue
        if entry.change.undoes is not None:
            taken_back.add(entry.change.undoes)
        elif entry.final or entry.change.edits:  # else nothing of it is left, or was ever kam's own
            return entry
    raise NotFound(_("There is nothing to undo."))


def undoable_at(told: History, number: int) -> Entry:
    """The change of this number, where it stands; a redo is the change that it did again.

    Raises NotFound where there is none such, where it is taken back, or is an undo itself.
    """
    change, is_undo = _origin(told, number)
    is_taken_back = change.number in undone(told.undoing(change.number))
    hint = _redo_hint(change.number) if is_taken_back else ""
    if is_undo:
        said = _("Change {number} is an undo: it took back change {other}.")
        raise NotFound(said.format(number=number, other=change.number), hint)
    if is_taken_back:
        raise NotFound(_("Change {number} is taken back already.").format(number=change.number), hint)
    if not change.change.edits and not change.final:
        raise NotFound(_("Change {number} did nothing that can be taken back.").format(number=number))
    return change


def redoable(told: History, by: str) -> Undone:
    """What the last undo that stands took back. Raises NotFound where there is none.

    As in an editor, something new ends it: a change made since by whoever took it back, or by `by`, who
    wants to redo. What others have done meanwhile does not.
    """
    taken_back: set[int] = set()
    for entry in told.undoing():
        target = entry.change.undoes
        if target is None or entry.number in taken_back:
            continue
        taken_back.add(target)
        change = told.entry(target)
        if change is None or change.change.undoes is not None or not entry.change.edits:
            continue
        if _has_moved_on(told, entry.number, {entry.by, by}):
            why = _("Something new was done since the last undo.")
            raise NotFound(_("There is nothing to redo."), f"{why} {_redo_hint(change.number)}")
        return Undone(change, entry)
    raise NotFound(_("There is nothing to redo."))


def redoable_at(told: History, number: int) -> Undone:
    """The change of this number, or that this undo took back. Raises NotFound where it is not taken back."""
    change, _is_undo = _origin(told, number)
    undo_of_it = undone(told.undoing(change.number)).get(change.number)
    if undo_of_it is None or not undo_of_it.change.edits:
        raise NotFound(
            _("Change {number} is not taken back, so it cannot be redone.").format(number=change.number)
        )
    return Undone(change, undo_of_it)


def standing(told: History, entry: Entry) -> str:
    """What has become of a change and what it is itself, as sentences; empty where there is none to say."""
    change, is_undo = _root(told, entry)
    if change is None:
        return _("It took back a change that the history no longer holds.")
    said = []
    undoers = undone(told.undoing(change.number))
    by = undoers.get(entry.number)
    if change.number != entry.number:
        which = _("It took back change {number}.") if is_undo else _("It did change {number} again.")
        said.append(which.format(number=change.number))
        if is_undo and by:
            said.append(_("Change {number} did that again.").format(number=by.number))
            by = None
        elif not is_undo:
            by = undoers.get(change.number)
    if by:
        said.append(_("Change {number} took it back.").format(number=by.number))
    return " ".join(said)


def undo(book: Book, now: datetime, entry: Entry) -> Change:  # noqa: ARG001
    """Take back one change. Raises Conflict where a record has been changed again since, or where
    a record would be left that refers to one that is gone; and for an erasure, which is for good."""
    if entry.final:
        raise Conflict(
            _("Change {number} erased a person, and nobody who was erased is brought back.").format(
                number=entry.number
            ),
            _("What was done before it is taken back by its number, which kam history tells."),
        )
    return reversed_change(book, entry, _("Undid: {summary}"), entry.change.summary, UNDO)


def redo(book: Book, now: datetime, again: Undone) -> Change:  # noqa: ARG001
    """Do again what was taken back. Raises Conflict as `undo` does."""
    return reversed_change(book, again.by, _("Redid: {summary}"), again.change.change.summary, REDO)


def _origin(told: History, number: int) -> tuple[Entry, bool]:
    """The change at the root of this one, which took it back or did it again; and whether it took it back.

    Raises NotFound where the history does not hold it.
    """
    change, is_undo = _root(told, told.entry(number))
    if change is None:
        raise NotFound(
            _("There is no change {number} in the history.").format(number=number),
            _("The history lists the changes with their numbers."),
        )
    return change, is_undo


def _root(told: History, entry: Entry | None) -> tuple[Entry | None, bool]:
    is_undo = False
    while entry is not None and entry.change.undoes is not None:
        entry, is_undo = told.entry(entry.change.undoes), not is_undo
    return entry, is_undo


def _has_moved_on(told: History, number: int, authors: set[str]) -> bool:
    """Whether one of the authors has done something new since a change."""
    for entry in told.history():
        if entry.number <= number:
            return False
        if entry.change.undoes is None and entry.by in authors:
            return True
    return False


def _redo_hint(number: int) -> str:
    return _("To do it again: kam redo {number}, or U on it in the history.").format(number=number)
