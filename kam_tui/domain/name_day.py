"""Name day: by which name a person keeps theirs, where that is not the name they are written by."""

from __future__ import annotations

import re

from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.kinds import Kind, unique
from kam_tui.domain.text import clean, fold
from kam_tui.i18n import _

NONE = "none"
"""In place of a name: they keep no name day."""


class NameDay(Kind):
    """A given name, or several; or `none`."""

    def parse(self, text: str, reading: Reading) -> str:  # noqa: ARG002
        """The names, or `none`. Raises ValueError for a day: that is an occasion."""
        names = unique(filter(None, map(clean, re.split("[,;]", text))))
        if any(map(str.isdigit, text)):
            raise ValueError(
                _("{text} is not a name. A day goes into the occasions, such as name day: --07-26.").format(
                    text=clean(text)
                )
            )
        return NONE if [fold(name) for name in names] in ([NONE], [fold(_("none"))]) else ", ".join(names)


NAME_DAY = NameDay()


def names_kept(name_day: str) -> tuple[str, ...]:
    """The names that a person's own field says; nothing for `none`."""
    return () if name_day == NONE else tuple(name_day.split(", "))
