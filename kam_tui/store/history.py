"""The history: the journal lines that compaction has moved out of the way.

The journal says which file it is and how many bytes of it count. What follows them was left by a
compaction that was cut short; the journal still has those lines. A history of which lines are taken
out goes into a new file, and the old one stays until the journal names the new one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from kam_tui.domain.errors import Damaged
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.journal import Line, Past, damaged_line, is_sound, ways_out

_BLOCK = 1 << 16
_NAME = re.compile(r"history(?:-(\d+))?\.jsonl")


def lines_backwards(path: str, size: int) -> Iterator[Line]:
    """The lines within the first `size` bytes, newest first. Raises Damaged."""
    if not size:
        return
    with files.reading(path):
        fd = _open(path, size)
        try:
            for begin, raw in _raw_backwards(fd, size):
                if not is_sound(raw):
                    raise damaged_line(path, files.read(fd, begin, 0).count(b"\n") + 1)
                yield Line(raw)
        finally:
            files.close(fd)


def is_history(name: str) -> bool:
    """Whether a file of a book's folder is a history, the present one or an earlier one."""
    return _NAME.fullmatch(name) is not None


def append(folder: str, past: Past, lines: list[bytes]) -> Past:
    """Put lines behind those that count, in place of what a compaction left there unfinished.

    They are on the disk when this returns. Raises Damaged and OSError.
    """
    path = os.path.join(folder, past.file)
    if past.size:
        files.close(_open(path, past.size))
    data = b"".join(raw + b"\n" for raw in lines)
    files.append(path, data, past.size)
    return Past(past.file, past.size + len(data))


def trimmed(folder: str, past: Past, now: datetime, keep_days: int) -> Past:
    """The history of the last `keep_days` days, in a new file that is on the disk when this returns.

    Older lines are let go a tenth of that time late, so that this is not done again and again; until
    then the history is left as it is. An older line that stands behind a younger one, as a clock that went
    wrong leaves it, stays. Raises Damaged and OSError.
    """
    if not past.size:
        return past
    since = now - timedelta(keep_days)
    path = os.path.join(folder, past.file)
    fd = _open(path, past.size)
    try:
        if _time(_first(fd, past.size), path) >= since - timedelta(keep_days / 10):
            return past
        data, cut = files.read(fd, past.size, 0), 0
    finally:
        files.close(fd)
    while cut < len(data) and _time(data[cut : (end := data.index(b"\n", cut))], path) < since:
        cut = end + 1
    return rewritten(folder, [data[cut:]])


def rewritten(folder: str, parts: list[bytes]) -> Past:
    """A history of these bytes, in a file of a name that none has there; the others are left as they are.

    It is on the disk when this returns. Raises OSError.
    """
    path, size = aside(folder, parts)
    return in_place(folder, path, size)


def aside(folder: str, parts: list[bytes]) -> tuple[str, int]:
    """A file of these bytes that is no history yet, on the disk, and its size: whoever writes it needs no
    lock, and removes it again. Raises OSError."""
    path = os.path.join(folder, f"history.{os.getpid()}.tmp")
    text = b"".join(parts)
    files.write_new(path, [text])
    return path, len(text)


def in_place(folder: str, path: str, size: int) -> Past:
    """Make such a file a history. Whoever calls holds the lock. Raises OSError."""
    numbers = [int(found[1] or 1) for name in files.names(folder) if (found := _NAME.fullmatch(name))]
    later = Past(f"history-{max(numbers, default=0) + 1}.jsonl", size)
    files.replace(path, os.path.join(folder, later.file))
    files.sync_folder(folder)
    return later


def _first(fd: int, size: int) -> bytes:
    data, reach = b"", _BLOCK
    while b"\n" not in data and len(data) < size:
        data, reach = files.read(fd, min(reach, size), 0), reach * 4
    return data.partition(b"\n")[0]


def _time(raw: bytes, path: str) -> datetime:
    if not is_sound(raw):
        raise Damaged(_("{path} is damaged, so nothing is taken out of it.").format(path=path))
    return datetime.fromisoformat(Line(raw).fields["at"])


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
        _("The book itself is whole, a part of its history is not.") + " " + ways_out(),
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
