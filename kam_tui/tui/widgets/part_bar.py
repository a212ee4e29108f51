"""PartBar: the parts of a page in a line, with how much there is in each; a click goes to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.content import Content

from kam_tui.tui.widgets.bars import Bar

ANY = 99
"""More cells than the name of any part takes."""


class Part(NamedTuple):
    """One part of a page, as it is told."""

    name: str
    """Of the part."""
    title: str
    """What it is called."""
    amount: int
    """How much there is in it."""

    @property
    def told(self) -> str:
        """Its title, with how much there is in it."""
        return f"{self.title} {self.amount}" if self.amount else self.title


class PartBar(Bar):
    """The parts of a page, the one shown underlined; only where not all of them are seen."""

    def __init__(self, parts: Callable[[], list[Part]], choose: Callable[[str], object]) -> None:
        super().__init__()
        self.parts = parts
        self.choose = choose
        self.current = ""

    def render(self) -> Content:
        """The line as it is now; where it is narrow, closer together, and the names of the others cut."""
        for gap, most in ((4, ANY), (2, ANY), (2, 14), (1, 9), (1, 5)):
            line = self.line_up([self._show(part, most) for part in self.parts()], gap)
            if line.cell_length <= self.size.width + gap:  # nothing stands behind the last gap
                break
        return line

    def _show(self, part: Part, most: int) -> tuple[Content, Callable[[], object]]:
        if part.name == self.current:
            return Content.styled(part.told, "bold $primary underline"), self._chooser(part.name)
        title = Content(part.title).truncate(most, ellipsis=True).plain
        return Content.styled(part._replace(title=title).told, "$foreground"), self._chooser(part.name)

    def _chooser(self, name: str) -> Callable[[], object]:
        return lambda: self.choose(name)
