"""The sketch of one vCard: its texts and labels, and the lines of it that are kept as they are."""

from __future__ import annotations

import re

from kam_tui.domain.text import clean
from kam_tui.formats.sketch import Sketch
from kam_tui.formats.vcard_lines import Card, Line, split, unescape
from kam_tui.i18n import _

LONGEST_LINE = 8 * 1024
"""Characters of a raw line that is kept: a link to a picture is, the picture itself is not."""

MOST_LINES = 100
"""Raw lines that are kept of one card."""

_FILES = ("PHOTO", "LOGO", "SOUND", "KEY")
"""Properties that hold a file."""

_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_KINDS = {"cell": "mobile", "iphone": "mobile", "main": "main", "fax": "fax", "pager": "pager"}
_PLACES = ("work", "home", "other")


class CardSketch:
    """What is known of a card while it is read."""

    def __init__(self, card: Card, date_order: str) -> None:
        self.lines = card.lines
        """All its lines."""
        self.version = card.version
        """Which vCard it is, such as `3.0`."""
        self.sketch = Sketch(card.where, date_order)
        """Whom it is about."""
        for problem in card.some_problems:
            self.sketch.warn(problem)
        self._labels = {
            line.group.casefold(): unescape(line.value, card.version)
            for line in card.lines
            if line.name == "X-ABLABEL" and line.group
        }
        """Group in lower case to the label that Apple's programs give it."""
        self._kept_groups: set[str] = set()
        self._kept = 0

    def keep(self, line: Line) -> None:
        """Keep a line as it is, unless it is too long."""
        raw = line.raw
        if len(raw) > LONGEST_LINE or self._kept >= MOST_LINES:
            self.leave_out(line, len(raw))
            return
        self._kept += 1
        self._kept_groups.add(line.group.casefold())
        raw = clean(raw)
        if raw not in self.sketch.lines:
            self.sketch.lines.append(raw)

    def leave_out(self, line: Line, size: int) -> None:
        """Tell that a line of so many characters does not come in."""
        told = _("{name} ({size} KB) was left out.").format(name=line.name, size=size // 1024 + 1)
        if line.name in _FILES:
            self.sketch.passed_over.append(told)
        else:
            self.sketch.warn(told)

    def keep_labels(self) -> None:
        """Keep the labels of Apple's programs for the lines that are kept."""
        for line in self.lines:
            if line.name == "X-ABLABEL" and line.group.casefold() in self._kept_groups:
                self.keep(line)

    def text(self, line: Line) -> str:
        """The whole value as text."""
        return unescape(line.value, self.version)

    def parts(self, line: Line, mark: str = ";") -> list[str]:
        """The parts of a structured value as texts."""
        return [unescape(part, self.version) for part in split(line.value, mark)]

    def label(self, line: Line) -> str:
        """What a value goes by: Apple's label, else its types in our words."""
        label = self._labels.get(line.group.casefold(), "") if line.group else ""
        if label:
            known = _APPLE_LABEL.fullmatch(label)
            return known[1].casefold() if known else label
        place = next((each for each in _PLACES if each in line.types), "")
        kind = next((word for name, word in _KINDS.items() if name in line.types), "")
        return " ".join(filter(None, (place, kind)))
