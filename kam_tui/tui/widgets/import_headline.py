"""ImportHeadline: what is told above an import: what to do, how far it is, and what would come in."""

from __future__ import annotations

import os

from textual.content import Content

from kam_tui.domain.errors import KamError
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _
from kam_tui.tui.keymap import USUALLY, Keymap
from kam_tui.tui.preview import Preview
from kam_tui.tui.widgets.panels import Headline
from kam_tui.tui.wording import plain


class ImportHeadline(Headline):
    """The lines at the top, with the keys as they are."""

    def ask(self) -> None:
        """Have a file chosen."""
        asks = _("Choose a vCard, CSV or JSON file. Nothing is written yet.")
        self.say(Content.styled(asks, "$quiet"))

    def refuse(self, problem: KamError) -> None:
        """Tell why a file cannot be looked at."""
        self.say(plain(f"{problem} {problem.hint}".strip(), "$error"))

    def wait(self, path: str, progress: Progress) -> None:
        """Tell how far it is with a file, and whether it can be stopped."""
        ends = self._told(_("{everywhere.back} stops it; nothing is written yet."))
        if progress.is_last:
            ends = _("It cannot be stopped now.")
        elif progress.is_stopped:
            ends = _("Stopping …")
        said = _pair(_name(path), plain(progress.told, "$primary"))
        self.say(Content("\n").join([said, Content.styled(ends, "$quiet")]))

    def show(self, seen: Preview, summary: str, *, brings: bool) -> None:
        """Tell what a file is, what would come of it, and what to press."""
        hint = _("There is nothing to bring in.")
        if brings:
            keys = _("{list.open} brings it in, {import.leave_out} leaves a line out.")
            hint = f"{self._told(keys)} {self._told(_('{everywhere.back} leaves it.'))}"
        lines = [
            _pair(_name(seen.path), plain(_(seen.parsed.format), "$quiet")),
            _pair(plain(summary), Content.styled(hint, "$primary")),
            *(plain(warning, "$warning") for warning in seen.parsed.warnings),
        ]
        self.say(Content("\n").join(lines))

    def _told(self, hint: str) -> str:
        keymap: Keymap = getattr(self.screen, "keymap", USUALLY)
        return keymap.told(hint)


def _name(path: str) -> Content:
    return plain(os.path.basename(path), "bold")


def _pair(one: Content, other: Content) -> Content:
    """Two texts beside each other."""
    return one + Content("  ") + other
