"""Files that a person names: read whole, written whole or not at all. OS errors become sentences."""

from __future__ import annotations

import os

from kam_tui.cli import diagnostics
from kam_tui.delivery.whole_file import LARGEST, put_in_place, read_whole
from kam_tui.domain.errors import Conflict, Unwritable
from kam_tui.domain.text import clean
from kam_tui.i18n import _


def read(path: str) -> bytes:
    """The content of a file, of standard input for `-`. Raises NotFound, and Invalid for what cannot be
    read or is larger than `LARGEST`."""
    if path == "-":
        return diagnostics.read_bytes()
    return read_whole(path, LARGEST)


def write(path: str, content: str | bytes, *, overwrite: bool = False) -> None:
    """Write a file that its owner alone may read: whole, or not at all. Text is written as UTF-8.

    Raises Conflict for a file that is there already, unless it may be overwritten or the person at
    the terminal agrees; Unwritable where the disk refuses.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    target = os.path.realpath(path)
    if os.path.exists(target) and not overwrite and os.path.isfile(target):
        question = _("The file {path} is there already.").format(path=clean(path))
        if not diagnostics.can_ask():
            raise Conflict(question, _("Give another name, or --overwrite."))
        if not diagnostics.confirm(question + " " + _("Overwrite it?")):
            raise diagnostics.Cancelled
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as device:
                device.write(data)
        else:
            put_in_place(target, data)
    except OSError as problem:
        raise Unwritable(
            _("The file {path} cannot be written: {problem}.").format(
                path=clean(path), problem=problem.strerror
            )
        ) from None
