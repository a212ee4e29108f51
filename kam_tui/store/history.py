"""The history: the journal lines that compaction has moved out of the way.

The journal's head says how many bytes of the history count. What follows them was left by a
compaction that was cut short; the journal still has those lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from kam_tui.domain.errors import Damaged
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.journal import Line, damaged_line, is_sound

_BLOCK = 1 << 16


def lines_backwards(path: str, size: int) -> Iterator[Line]:
    """The lines within the first `size` bytes, newest first. Raises Damaged."""
    if not size:
        return
    fd = _open(path, size)
    try:
        for begin, raw in _raw_backwards(fd, size):
            if not is_sound(raw):
                raise damaged_line(path, files.read(fd, begin, 0).count(b"\n") + 1)
            yield Line(raw)
    finally:
        files.close(fd)


def append(path: str, lines: list[bytes], size: int) -> int:
    """Put lines behind the first `size` bytes, in place of what a compaction left there unfinished.

    Returns how many bytes count now, when they are on the disk. Raises Damaged and OSError.
    """
    if size:
        files.close(_open(path, size))
    data = b"".join(raw + b"\n" for raw in lines)
    files.append(path, data, size)
    return size + len(data)


def _open(path: str, size: int) -> int:
    try:
        fd = files.open_read(path)
    except FileNotFoundError:
        found = 0
    else:
        found = files.stamp_of(fd)[1]
        if found >= size and files.read(fd, 1, size - 1) == b"\n":
            return fd
        files.close(fd)
    raise Damaged(
        _("{path} has {found} bytes, {wanted} belong there.").format(path=path, found=found, wanted=size),
        _("The book itself is whole, a part of its history is not. Put the file back from a backup."),
    )


def _raw_backwards(fd: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Where each line begins, and the line, from the last to the first."""
    rest = b""
    at = size
    while at > 0:
        step = min(max(_BLOCK, len(rest)), at)
        at -= step
        block = files.read(fd, step, at) + rest
        rest, *lines = block.split(b"\n")
        end = at + len(block)
        for raw in reversed(lines):
            begin = end - len(raw)
            end = begin - 1
            if begin < size:
                yield begin, raw
    yield 0, rest
