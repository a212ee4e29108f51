"""PathLine: a line in which a path is typed, pasted, or dropped as a terminal writes it."""

from __future__ import annotations

import os
import re
import shlex
from urllib.parse import unquote, urlsplit

from textual import events
from textual.message import Message
from textual.widgets import Input

_ANEW = re.compile(r"/(?=/|~/)")
"""Where a path ends because another one begins: nobody means a folder without a name."""

_ADDRESS = "file://"
"""How the address of a file begins."""

_NEXT = re.compile(rf"\s+(?=/|~/|{_ADDRESS})")
"""Where another path may begin in a line that has no quotation marks."""


class PathLine(Input):
    """The line. What is pasted takes the place of what stands there, where it is a path from the root or from
    the home folder."""

    class Dropped(Message):
        """Several files were pasted, or dropped on the terminal, at once."""

        def __init__(self, paths: list[str]) -> None:
            super().__init__()
            self.paths = paths
            """Each once."""

    def on_paste(self, event: events.Paste) -> None:
        """Take a whole path as a whole."""
        paths = pasted(event.text)
        if not paths:
            return
        event.prevent_default()
        event.stop()
        if len(paths) == 1:
            self.take(paths[0])
        else:
            self.post_message(self.Dropped(paths))

    def take(self, path: str) -> None:
        """Have it be this path, and go on behind it."""
        self.value = path
        self.cursor_position = len(path)


def begun_anew(typed: str) -> str:
    """The last of several paths that are typed one behind the other: `/` or `~/` begins another one."""
    return _ANEW.split(typed)[-1]


def pasted(text: str) -> list[str]:
    """The whole paths that a pasted text is made of, each once: a line for each, or one behind the other, as
    the terminal writes them: in quotes, with a backslash before each space, as addresses `file://…`. Nothing
    where it is anything else."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [_paths(line) for line in lines]
    return list(dict.fromkeys(path for paths in found for path in paths)) if all(found) else []


def _paths(line: str) -> list[str]:
    """The paths of one line; what is there as it stands is one."""
    for whole in (line, line.strip()):
        if _is_there(whole):
            return [whole]
    line = line.strip()
    parts = [_meant(part) for part in _NEXT.split(line)]
    if all(map(_is_there, parts)):
        return parts
    try:
        words = shlex.split(line)
    except ValueError:  # a quotation mark that is part of the name
        words = []
    if words and all(map(_is_whole, words)):
        return [_meant(word) for word in words]
    return [_meant(line)] if _is_whole(line) else []


def _is_whole(path: str) -> bool:
    """Whether it begins as a path from the root or from the home folder."""
    return path.startswith(("/", "~", _ADDRESS))


def _meant(path: str) -> str:
    """The path that an address means; any other as it is."""
    if not path.startswith(_ADDRESS):
        return path
    return unquote(urlsplit(path.replace("?", "%3F").replace("#", "%23")).path)


def _is_there(path: str) -> bool:
    """Whether it is a whole path of something."""
    try:
        return path.startswith(("/", "~")) and os.path.lexists(os.path.expanduser(path))
    except ValueError:  # no path has a nought in it
        return False
