"""Written: the lines written before, and what was typed and not saved; of one book, on this computer.

They are in the folder for states, beside what was sent when. A file that cannot be read is as if there were
none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.errors import Unwritable
from kam_tui.domain.text import clean
from kam_tui.i18n import _

NEWEST = 100
"""How many lines are kept."""

LONGEST = 4000
"""Letters up to which a line that is in the book is kept; what is not in it is kept however long it is."""

DRAFTS = 20
"""How many places of the screen keep a draft of their own."""

FILE = "captured.json"
"""The lines, and the draft."""

SCREEN = "screen.json"
"""How the screen was left: among it, the words that were searched for."""

UNSAVED = "unsaved-"
"""How the name of a text begins that did not get into the book."""


class Written(NamedTuple):
    """One line, as it was typed."""

    line: str
    """The line."""
    kind: str
    """The kind of activity it was meant as."""
    place: str = ""
    """Of a draft, where it was left: whom the page is about, and the day; empty for neither."""


class Kept(NamedTuple):
    """What is kept of the lines of a book."""

    lines: tuple[Written, ...] = ()
    """The newest first."""
    drafts: tuple[Written, ...] = ()
    """What was typed and not saved, the newest first; one for each place."""

    def draft(self, place: str) -> Written | None:
        """What was left in a place."""
        return next((each for each in self.drafts if each.place == place), None)

    def with_line(self, written: Written) -> Kept:
        """The same with a line in front, which is there once at most."""
        others = (each for each in self.lines if each.line != written.line)
        return self._replace(lines=(written._replace(place=""), *others)[:NEWEST])

    def with_draft(self, draft: Written) -> Kept:
        """The same with a draft in front, in the place of what was left there; an empty one drops that. The
        oldest of very many goes among the lines."""
        others = tuple(each for each in self.drafts if each.place != draft.place)
        drafts = (draft, *others) if draft.line.strip() else others
        kept = self._replace(drafts=drafts[:DRAFTS])
        return kept.with_line(drafts[DRAFTS]) if len(drafts) > DRAFTS else kept

    def without_draft(self, line: str) -> Kept:
        """The same without the drafts of this line."""
        return self._replace(drafts=tuple(each for each in self.drafts if each.line != line))

    def put_by(self, place: str) -> Kept:
        """The same with the draft of a place among the lines."""
        draft = self.draft(place)
        return self.with_line(draft).with_draft(Written("", "", place)) if draft else self


def read(folder: str) -> Kept:
    """What is kept in a folder."""
    try:
        with open(os.path.join(folder, FILE), "rb") as file:
            found = json.loads(file.read())
        lines = tuple(_written(each) for each in found["lines"])[:NEWEST]
        drafts = found["drafts"] if "drafts" in found else [found["draft"]] if found["draft"] else []
        return Kept(lines, tuple(map(_written, drafts))[:DRAFTS])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Kept()


def write(folder: str, kept: Kept) -> None:
    """Keep it, for its owner alone. Raises OSError."""
    write_whole(os.path.join(folder, FILE), json.dumps(kept._asdict(), ensure_ascii=False))


def set_aside(folder: str, name: str, text: str) -> str:
    """Keep a text that did not get into the book, in a file of its own whose path is returned.

    Raises OSError.
    """
    path, number = os.path.join(folder, f"{UNSAVED}{name}.md"), 2
    while os.path.lexists(path):
        path, number = os.path.join(folder, f"{UNSAVED}{name}-{number}.md"), number + 1
    write_whole(path, text)
    return path


def forget(folder: str, is_in: Callable[[str], bool]) -> None:
    """Drop what holds somebody who is erased, told by its text. Raises Unwritable."""
    kept = read(folder)
    lines = tuple(each for each in kept.lines if not is_in(each.line))
    left = Kept(lines, tuple(each for each in kept.drafts if not is_in(each.line)))
    try:
        if left != kept:
            write(folder, left)
        for path in _set_aside(folder):
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
            if is_in(text):
                os.unlink(path)
    except OSError as problem:
        raise Unwritable(
            _("Lines written before may still hold them, and the disk refused: {problem}.").format(
                problem=problem.strerror or problem
            ),
            _("Delete the folder {path} by hand.").format(path=clean(folder)),
        ) from None


def _set_aside(folder: str) -> Iterable[str]:
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in names if name.startswith(UNSAVED) or name == SCREEN]


def _written(found: list[str]) -> Written:
    line, kind, *place = found
    return Written(clean(str(line), multiline=True), clean(str(kind)), clean(str(*place)))
