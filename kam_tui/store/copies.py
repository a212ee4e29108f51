"""Copies: where a person is beside the files of a book: in its backups, and in what lies in its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime

from kam_tui.domain.backup import DAMAGED, Named
from kam_tui.domain.errors import KamError
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.erasing import erase
from kam_tui.store.folder import LOCK, Folder
from kam_tui.store.vault import bundle
from kam_tui.store.vault.backups import FOLDER, Backups
from kam_tui.usecases.erasing import Copy, Erased, Erasing, again

IsIn = Callable[[str], bool]
"""Whether a text tells of somebody."""

_OF_OLD = re.compile(r"schema-\d+-change-\d+")
_GIT = ".git"


def holding(folder: Folder, is_in: IsIn, progress: Progress | None = None) -> list[Copy]:
    """The backups and other files in a book's folder that hold somebody; and those of which nobody can
    tell. The files of the book itself are not among them. Raises Unwritable, Stopped."""
    with files.reading(folder.path):
        some = _backups(folder.file(FOLDER), is_in, progress or Progress())
        return [*some, *_others(folder.path, is_in, _is_known_here)]


def erase_everywhere(
    folder: Folder,
    plan: Erasing,
    at: datetime,
    by: str,
    keep_days: int = 0,
    progress: Progress | None = None,
) -> Erased:
    """Erase somebody from the backups of a book, and then from the book. Raises as `erasing.erase` does.

    A backup that cannot be written is left for a person to delete, and named. Raises Stopped before the
    first is written.
    """
    progress = progress or Progress()
    progress.begin_last(_("Writing the book without them"))
    decide, is_in = again(plan, at), plan.person.signs.are_in
    cleared: list[str] = []
    refused: dict[str, str] = {}

    def clear() -> None:
        found = holding(folder, is_in, progress)
        for copy in progress.over(_("Writing the backups without them"), found, len(found)):
            if not copy.why and copy.path not in refused:
                try:
                    Backups(folder).rewrite(copy.path, lambda inside: erase(inside, decide, at, by))
                    cleared.append(copy.path)
                except KamError as problem:
                    refused[copy.path] = str(problem)

    clear()
    done, unfinished = erase(folder, again(plan, at, progress), at, by, keep_days, progress)
    clear()  # One may have been made meanwhile.
    still = _("It could not be written without them.")
    left = [
        Copy(each.path, each.why or refused.get(each.path, still))
        for each in holding(folder, is_in, progress)
    ]
    return Erased(done, unfinished, tuple(cleared), tuple(left))


def _backups(path: str, is_in: IsIn, progress: Progress) -> Iterator[Copy]:
    names = files.names(path)
    for name in progress.over(_("Looking into the backups"), names, len(names)):
        place = os.path.join(path, name)
        named = Named.read(name)
        if named and named.mark:
            yield Copy(place, _("It is sealed, so kam cannot look into it."))
        elif named or _OF_OLD.fullmatch(name):
            found = _content(place)
            if found is None:
                yield Copy(place, _("It is damaged, so kam cannot look into all of it."))
            elif any(map(is_in, found)):
                is_ruin = named is not None and named.reason == DAMAGED
                yield Copy(place, _("It keeps a damaged book as it was.") if is_ruin else "")
    yield from _others(path, is_in, lambda name: bool(Named.read(name) or _OF_OLD.fullmatch(name)))


def _is_known_here(name: str) -> bool:
    return bundle.belongs(name) or name in (LOCK, FOLDER)


def _others(path: str, is_in: IsIn, is_known: Callable[[str], bool]) -> Iterator[Copy]:
    for name in files.names(path):
        place = os.path.join(path, name)
        if name == _GIT:
            yield Copy(place, _("It keeps earlier versions of the files, which kam does not look into."))
        elif not is_known(name):
            found = _content(place)
            if found is None or any(map(is_in, found)):
                yield Copy(place, _("It is none of the files of the book."))


def _content(path: str) -> list[str] | None:
    """The texts in a file, in a zip, or in all files below a folder; None where it cannot be read."""
    if os.path.islink(path) and not files.is_file(path):
        return []
    try:
        if not files.is_file(path):
            some = [_content(os.path.join(path, name)) for name in files.names(path)]
            return None if None in some else [text for texts in some for text in texts or ()]
        data = files.read_whole(path)
        held = bundle.unpack(data, path, of_ruin=True) if data.startswith(b"PK") else {path: data}
        return [text for each in held.values() for text in _texts(each)]
    except (OSError, KamError):
        return None


def _texts(data: bytes) -> list[str]:
    """The lines of a file, with letters in place of what JSON may have made of them."""
    lines = data.decode("utf-8", "replace").split("\n")
    return [re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), line) for line in lines]
