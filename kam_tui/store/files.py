"""The few things the store does to files, one function for each call to the operating system.

The rest of the store goes through here alone, so that a test can make any single step fail.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING

from kam_tui.domain.errors import Unwritable
from kam_tui.i18n import N_, _

if TYPE_CHECKING:
    from typing_extensions import Buffer

FILE_MODE = 0o600
"""What a book is kept under: its owner alone reads and writes it."""

FOLDER_MODE = 0o700
"""As `FILE_MODE`, for folders."""

KEEPS_OPEN_FILES = os.name == "posix"
"""Whether an open file stays as it was when another one takes its name."""

_BINARY = getattr(os, "O_BINARY", 0)

Stamp = tuple[int, int, int]
"""What tells that a file has been written: its inode, size in bytes and time of change in ns."""


def open_read(path: str) -> int:
    """A descriptor to read a file; raises FileNotFoundError."""
    return os.open(path, os.O_RDONLY | _BINARY)


def open_write(path: str, *, fresh: bool = False) -> int:
    """A descriptor to read and write a file, made where there is none; emptied when `fresh`."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _BINARY | (os.O_TRUNC if fresh else 0), FILE_MODE)


def close(fd: int) -> None:
    """Let a descriptor go."""
    os.close(fd)


def read(fd: int, size: int, offset: int) -> bytes:
    """Up to `size` bytes from `offset`; less only at the end of the file."""
    found = _read_at(fd, size, offset)
    while len(found) < size and (more := _read_at(fd, size - len(found), offset + len(found))):
        found += more
    return found


def write(fd: int, data: bytes, offset: int) -> None:
    """All of `data` from `offset` on."""
    done = _write_at(fd, data, offset)
    while done < len(data):
        done += _write_at(fd, memoryview(data)[done:], offset + done)


def truncate(fd: int, size: int) -> None:
    """Cut a file to `size` bytes."""
    os.ftruncate(fd, size)


def sync(fd: int) -> None:
    """Return when what was written is on the disk itself, as far as the system can tell."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    else:
        os.fsync(fd)


def sync_folder(path: str) -> None:
    """Return when the names in a folder are on the disk; nothing to do on Windows."""
    if KEEPS_OPEN_FILES:
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def replace(path: str, target: str) -> None:
    """Give a file another name, in place of what had that name, in one step."""
    os.replace(path, target)


def remove(path: str) -> None:
    """Remove a file; nothing to do where it is gone."""
    try:
        os.remove(path)
    except FileNotFoundError:
        return


def make_folder(path: str) -> None:
    """Make a folder, with the folders above it, and return when they are on the disk; an existing one is
    left as it is."""
    if not os.path.isdir(path):
        above = os.path.dirname(os.path.abspath(path))
        make_folder(above)
        add_folder(path)
        sync_folder(above)


def add_folder(path: str) -> None:
    """Make one folder for its owner alone; nothing to do where it is there."""
    try:
        os.mkdir(path, FOLDER_MODE)
    except FileExistsError:
        if not os.path.isdir(path):
            raise


def remove_folder(path: str) -> None:
    """Remove a folder that is empty."""
    os.rmdir(path)


def is_folder(path: str) -> bool:
    """Whether there is a folder at `path`."""
    return os.path.isdir(path)


def is_file(path: str) -> bool:
    """Whether there is a file at `path`, and neither a folder nor a device."""
    return os.path.isfile(path)


def in_the_way(path: str) -> str:
    """The file that stands where a folder should be, at `path` or above it; empty where none does."""
    while path and not os.path.lexists(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return "" if os.path.isdir(path) else path


def names(path: str) -> list[str]:
    """The names in a folder, sorted; none where there is no folder."""
    try:
        return sorted(os.listdir(path))
    except (FileNotFoundError, NotADirectoryError):
        return []


def stamp(path: str) -> Stamp | None:
    """The stamp of the file at `path`; None where there is none."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def stamp_of(fd: int) -> Stamp:
    """The stamp of an open file."""
    found = os.fstat(fd)
    return found.st_ino, found.st_size, found.st_mtime_ns


def mode(path: str) -> int | None:
    """Who may do what with what is at `path`, as the bits of `chmod`; None where there is nothing."""
    try:
        return os.stat(path).st_mode & 0o7777
    except (FileNotFoundError, NotADirectoryError):
        return None


def may_write(path: str) -> bool:
    """Whether this process may write what is at `path`."""
    return os.access(path, os.W_OK)


def set_mode(path: str, mode: int) -> None:
    """Say who may do what with a file or a folder."""
    os.chmod(path, mode)


def is_running(process: int) -> bool:
    """Whether a process of this number runs on this computer; True where that cannot be told."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def read_whole(path: str) -> bytes:
    """A file's bytes; raises FileNotFoundError."""
    fd = open_read(path)
    try:
        return read(fd, stamp_of(fd)[1], 0)
    finally:
        close(fd)


def write_new(path: str, parts: Iterable[bytes]) -> None:
    """A file of these bytes, on the disk when this returns. What cannot be finished is removed."""
    fd = open_write(path, fresh=True)
    end = 0
    try:
        for part in parts:
            write(fd, part, end)
            end += len(part)
        sync(fd)
    except BaseException:
        close(fd)
        remove(path)
        raise
    close(fd)


def append(path: str, data: bytes, end: int) -> Stamp:
    """Write `data` from `end`, where the file ends, and return its stamp when it is on the disk.

    A write that fails is taken back, so that the file is as it was.
    """
    fd = open_write(path)
    try:
        return append_to(fd, data, end)
    finally:
        close(fd)


def append_to(fd: int, data: bytes, end: int) -> Stamp:
    """As `append`, to a file that is open."""
    try:
        write(fd, data, end)
        sync(fd)
        return stamp_of(fd)
    except BaseException:
        truncate(fd, end)
        raise


class Refusal:
    """Says an operating system's refusal as a whole sentence: `with writing(path): …`."""

    def __init__(self, path: str, sentence: str) -> None:
        """`sentence` is marked for translation: it is translated when somebody is to read it."""
        self._path = path
        self._sentence = sentence

    def __enter__(self) -> None: ...

    def __exit__(
        self, sort: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(problem, OSError):
            raise Unwritable(
                _(self._sentence).format(path=self._path, problem=problem.strerror or problem),
                _("Nothing of the book was lost. Look at the free space and the rights of that folder."),
            ) from problem


def writing(path: str) -> Refusal:
    """A context in which a refusal of the operating system becomes Unwritable, naming `path`."""
    return Refusal(path, _UNWRITTEN)


def reading(path: str) -> Refusal:
    """As `writing`, for reading."""
    return Refusal(path, _UNREAD)


_UNWRITTEN = N_("The book at {path} cannot be written: {problem}.")
_UNREAD = N_("The book at {path} cannot be read: {problem}.")


if hasattr(os, "pread"):
    _read_at = os.pread
    _write_at = os.pwrite
else:

    def _read_at(fd: int, size: int, offset: int, /) -> bytes:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, size)

    def _write_at(fd: int, data: Buffer, offset: int, /) -> int:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.write(fd, data)
