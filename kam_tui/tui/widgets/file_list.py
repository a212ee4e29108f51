"""FileList: the folders and readable files that what is typed could become."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual.worker import Worker, WorkerCancelled

from kam_tui.formats.registry import READERS
from kam_tui.i18n import N_, _, ngettext
from kam_tui.tui.widgets.columns import Cell, Column, Heading
from kam_tui.tui.widgets.lines import Lines
from kam_tui.tui.widgets.rows import Rows

NO_FILES = """No vCard, CSV or JSON file is here.

    Type the path of a file or folder; Tab completes it."""

ENDINGS = tuple(ending for known in READERS.values() for ending in known.endings)
"""How the names of files end that can be read."""

MOST = 500
"""Files that are offered at once; typing narrows them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file or a folder that can be chosen."""

    path: str
    """Its path; a folder's ends with a slash."""
    name: str
    """Its name."""
    size: int
    """In bytes; 0 of a folder."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.path.endswith(os.sep)


class FileList(Rows[Found]):
    """What is there, folders first; led from the line where a path is typed."""

    def __init__(self) -> None:
        columns: list[Column[Found]] = [
            Column(
                "", lambda found: Cell(found.name + os.sep * found.is_folder, "key" * found.is_folder), 30, 1
            ),
            Column(
                "", lambda found: Cell("" if found.is_folder else show_size(found.size), "dim"), 8, right=True
            ),
        ]
        super().__init__(columns, lambda found: found.path, led=True, id="files")
        self._looking: Worker[None] | None = None

    def find(self, typed: str) -> None:
        """Look on the disk for what is typed; what was being looked for is given up."""
        self._looking = self.run_worker(self._find(typed), group="search", exclusive=True)

    def offer(self, paths: Sequence[str]) -> None:
        """Show these, wherever they are."""
        self._looking = self.run_worker(self._offer(paths), group="search", exclusive=True)

    async def _offer(self, paths: Sequence[str]) -> None:
        found = await asyncio.to_thread(lambda: [found_at(path) for path in paths])
        self.set_reactive(Lines.cursor, 0)
        told = ngettext("{count} file", "{count} files", len(found)).format(count=len(found))
        self.show([Heading(_("Dropped here"), told), *found])

    async def looked(self) -> None:
        """Wait until what is there is what was typed last."""
        if self._looking:
            with suppress(WorkerCancelled):  # the person has left
                await self._looking.wait()

    async def _find(self, typed: str) -> None:
        found = await asyncio.to_thread(files_at, typed)
        self.set_reactive(Lines.cursor, 0)
        self.show(found, empty=_(NO_FILES))


def here() -> str:
    """The folder where kam was started, to begin in; the home folder by its short name."""
    folder = os.path.join(os.getcwd(), "")
    home = os.path.join(os.path.expanduser("~"), "")
    return "~/" + folder.removeprefix(home) if folder.startswith(home) else folder


def files_at(typed: str) -> list[Found]:
    """Folders and readable files that what is typed could become; none where there is no such folder."""
    whole = os.path.expanduser(typed)
    folder, begun = os.path.split(whole)
    found = [
        each for each in _in_folder(folder or os.curdir, begun.casefold()) if each.is_folder or _fits(each)
    ]
    found.sort(key=lambda each: (not each.is_folder, each.name.casefold()))
    shown = typed[: len(typed) - len(begun)] if typed.endswith(begun) else folder + os.sep
    return [Found(shown + each.path, each.name, each.size) for each in found[:MOST]]


def found_at(path: str) -> Found:
    """What is at a path; a file of no size where nothing is."""
    whole = os.path.expanduser(path)
    if os.path.isdir(whole):
        return Found(os.path.join(path, ""), path, 0)
    try:
        return Found(path, path, os.stat(whole).st_size)
    except (OSError, ValueError):  # looking into it tells why
        return Found(path, path, 0)


def _fits(found: Found) -> bool:
    return found.name.casefold().endswith(ENDINGS)


def _in_folder(folder: str, begun: str) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.casefold().startswith(begun) or (entry.name.startswith(".") and not begun):
                    continue
                try:
                    is_folder = entry.is_dir()
                    size = 0 if is_folder else entry.stat().st_size
                except OSError:
                    continue  # it went away, or leads nowhere
                yield Found(entry.name + (os.sep if is_folder else ""), entry.name, size)
    except (OSError, ValueError):  # no folder has a nought in its name
        return


def show_size(size: int) -> str:
    """A size in bytes, short enough for a column."""
    for unit in (N_("B"), N_("kB"), N_("MB")):
        if size < 1000:
            return f"{size} {_(unit)}"
        size = round(size / 1000)
    return f"{size} {_('GB')}"
