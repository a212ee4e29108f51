"""PathLine: a line in which a path is typed, pasted, or dropped as a terminal writes it."""

from __future__ import annotations

import os
import re
import shlex
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from textual import events
from textual.widgets import Input

_ANEW = re.compile(r"/(?=/|~/)")
"""Where a path ends because another one begins: nobody means a folder without a name."""


class PathLine(Input):
    """The line. What is pasted takes the place of what stands there, where it is a path from the root or from
    the home folder."""

    def on_paste(self, event: events.Paste) -> None:
        """Take a whole path as a whole."""
        if path := pasted(event.text):
            event.prevent_default()
            event.stop()
            self.take(path)

    def take(self, path: str) -> None:
        """Have it be this path, and go on behind it."""
        self.value = path
        self.cursor_position = len(path)


def begun_anew(typed: str) -> str:
    """The last of several paths that are typed one behind the other: `/` or `~/` begins another one."""
    return _ANEW.split(typed)[-1]


def pasted(text: str) -> str:
    """The whole path that a pasted text is, however the terminal writes it: in quotes, with a backslash
    before each space, as an address `file://…`, with a space behind it. Empty where it is none."""
    line = text.strip("\r\n").partition("\n")[0]
    if _is_there(line):
        return line
    line = line.strip()
    if line.startswith("file://"):
        return unquote(urlsplit(line.replace("?", "%3F").replace("#", "%23")).path)
    if not _is_there(line):
        with suppress(ValueError):  # a quotation mark that is part of the name
            words = shlex.split(line)
            line = words[0] if len(words) == 1 else line
    return line if line.startswith(("/", "~")) else ""


def _is_there(path: str) -> bool:
    """Whether it is a whole path of something."""
    try:
        return path.startswith(("/", "~")) and os.path.lexists(os.path.expanduser(path))
    except ValueError:  # no path has a nought in it
        return False
