"""Names: what a file in a book's folder is, as far as its name tells."""

from __future__ import annotations

import re

from kam_tui.domain.change import SCHEMAS
from kam_tui.store import files
from kam_tui.store.folder import JOURNAL, LOCK, Folder
from kam_tui.store.history import is_history
from kam_tui.store.layout import table_name

LEFT_OVER, KEPT, COPY, OTHER = "left over", "kept", "copy", "other"
"""What a file in a book's folder may be that is none of the book's own."""

OURS = ""
"""A file of the book, or one that is nobody's concern."""

_KEPT = re.compile(r".+\.(?:(?:torn|damaged)-\d+|merged(?:-\d+)?)")
_COPY = re.compile(r"(.+?)[^a-z0-9].*\.(jsonl?)", re.DOTALL)
_NOBODYS = ("desktop.ini", "thumbs.db", "icon\r")


def sort_of(name: str) -> str:
    """What a file in a book's folder is, told by its name. A copy is what sync tools make of a file that
    two machines wrote at once; each calls it otherwise, and in its user's language."""
    if name.endswith(".tmp"):
        return LEFT_OVER
    if _KEPT.fullmatch(name):
        return KEPT
    if name in (JOURNAL, LOCK, "backups") or is_history(name) or table_name(name):
        return OURS
    found = _COPY.fullmatch(name)
    if found and found[1] in (("journal", "history") if found[2] == "jsonl" else SCHEMAS):
        return COPY
    return OURS if name.startswith(".") or name.casefold() in _NOBODYS else OTHER


def copies(folder: Folder) -> list[str]:
    """The copies of files of the book that a sync tool, or somebody, has put into its folder.

    Raises Unwritable.
    """
    with files.reading(folder.path):
        return [folder.file(name) for name in files.names(folder.path) if sort_of(name) == COPY]
