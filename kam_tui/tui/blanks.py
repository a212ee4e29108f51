"""Blanks: what a template has left open in a line, found again while the line is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BLANK = """("[^"]*"|'[^']*'|.*?)"""


class Blanks:
    """The blanks of one line, in their order. Where the words between them were changed, there are none."""

    def __init__(self, line: str = "", holes: Sequence[int] = ()) -> None:
        """`holes` tells how many letters stand behind each blank in the line, from the first to the last."""
        ends = [0, *(len(line) - behind for behind in holes), len(line)]
        self._count = len(holes)
        self._pattern = _BLANK.join(re.escape(line[start:end]) for start, end in pairwise(ends))
        self._left: set[int] = set()
        self._is_asked = False

    def next(self, line: str) -> int | None:
        """Where the first one begins that is empty, and not so on purpose."""
        found = re.fullmatch(self._pattern, line) if self._count else None
        for blank in range(1, self._count + 1) if found else ():
            if found and not found[blank].strip("\"' ") and blank not in self._left:
                return found.start(blank)
        return None

    def go_on(self, line: str, cursor: int) -> int | None:
        """Where to go from the cursor; None where all is filled. In one that is empty one stays, and leaves
        it so with the second try."""
        at = self.next(line)
        if at != cursor or at is None:
            self._is_asked = False
            return at
        if not self._is_asked:
            self._is_asked = True
            return at
        self._is_asked = False
        found = re.fullmatch(self._pattern, line)
        self._left |= {each for each in range(1, self._count + 1) if found and found.start(each) == at}
        return self.next(line)
