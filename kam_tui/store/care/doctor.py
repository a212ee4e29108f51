"""Doctor: looks a book over, mends it, and reads what another copy of it holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kam_tui.store.folder import Folder

if TYPE_CHECKING:  # each of these is loaded when it is asked for
    from kam_tui.domain.progress import Progress
    from kam_tui.domain.report import Mending, Report
    from kam_tui.usecases.versions import Other


class Doctor:
    """What can be done for the files of one book."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def look_over(self, now: datetime | None = None, progress: Progress | None = None) -> Report:
        """What is wrong with the book, and what is worth knowing. Nothing is changed.

        `now` is the time that ages are told by; without it none is told. Raises Stopped.
        """
        from kam_tui.store.care.check import check

        return check(self._folder, now, progress)

    def repair(self, by: str, *, dry_run: bool = False, progress: Progress | None = None) -> Mending:
        """Mend what can be mended without losing anything; with `dry_run`, only tell what that would be.

        Raises Busy, TooNew, Unwritable, Stopped.
        """
        from kam_tui.domain.progress import Progress
        from kam_tui.store.care import repair

        progress = progress or Progress()
        if dry_run:
            return repair.plan(self._folder, progress)
        return repair.repair(self._folder, by, progress)

    def place(self) -> list[str]:
        """What somebody should know who keeps a book in this folder, a sentence each."""
        from kam_tui.store.care import places

        return list(places.warnings(self._folder.path))

    def copies(self) -> list[str]:
        """The copies of files of the book that a sync tool, or somebody, has put beside them."""
        from kam_tui.store.care import names

        return names.copies(self._folder)

    def read_copy(self, path: str) -> Other:
        """What the copy at `path` of the book, or of a file of it, holds that the book may not have.

        Raises NotFound, Invalid, TooNew, and Damaged for a book that is to be repaired first.
        """
        from kam_tui.store.care import conflicts

        return conflicts.read(self._folder, path)

    def put_away(self, path: str) -> str:
        """Give a copy that was brought in a name by which it is not found again, which is returned; empty
        for one that lies elsewhere. Raises Unwritable."""
        from kam_tui.store.care import conflicts

        return conflicts.put_away(self._folder, path)
