"""Bundle: the files of a book as one zip, and back. What a zip says of itself is not believed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import chain

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Damaged, Invalid, Unwritable
from kam_tui.domain.frozen import frozen
from kam_tui.domain.progress import Progress
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.store import files, history
from kam_tui.store.folder import JOURNAL, LOCK, Folder
from kam_tui.store.layout import table_name

Held = Mapping[str, bytes]
"""Name to content of the files of a book."""

MOST_BYTES = 1 << 30
"""Bytes of a book that is taken out of a zip: twenty times those of ten busy years."""

MOST_FILES = 1000
"""Files of a book that is taken out of a zip."""

_LEVEL = 1  # a fifth larger than at 6, in a fifth of the time
_END_RECORD = b"PK\x05\x06"
_TAIL = 1 << 18
_AT_ONCE = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100000
_ENCRYPTED = 1


def belongs(name: str) -> bool:
    """Whether a file in the folder of a book is a part of the book."""
    return name == JOURNAL or history.is_history(name) or table_name(name) is not None


def of_book(folder: Folder) -> Held:
    """The files of a book as they are; whoever calls holds its lock. Raises Damaged or TooNew."""
    snapshot = folder.newest()
    names = {JOURNAL, *(name for name in files.names(folder.path) if table_name(name))}
    if snapshot.past.size:
        names.add(snapshot.past.file)
    return {name: files.read_whole(folder.file(name)) for name in sorted(names)}


def of_ruin(folder: Folder) -> Held:
    """Every file in the folder of a book that cannot be read any more; whoever calls holds its lock."""
    found = {}
    for name in files.names(folder.path):
        if name != LOCK and not name.endswith(".tmp") and files.is_file(folder.file(name)):
            found[name] = files.read_whole(folder.file(name))
    return found


def mark_of(held: Held) -> str:
    """What tells the content of these files from any other: 6 bytes in hexadecimal."""
    return _mark((name, zlib.crc32(data), len(data)) for name, data in held.items())


def packed(
    held: Held,
    path: str,
    at: datetime,
    records: Mapping[str, int] | None,
    progress: Progress | None = None,
) -> bytes:
    """A zip of these files, made at local time `at`, that was unpacked again to see that it is right.

    How many records are in it stands in its comment; None for a ruin. `path` is where it is to be.
    Raises Unwritable, Stopped.
    """
    progress = progress or Progress()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as made:
        for name, data in progress.over(_("Packing it"), held.items(), len(held)):
            member = zipfile.ZipInfo(name, max(at.timetuple()[:6], _EARLIEST))
            member.external_attr = (_PLAIN_FILE | files.FILE_MODE) << 16
            made.writestr(member, data, zipfile.ZIP_DEFLATED, _LEVEL)
        made.comment = json.dumps({"kam": records}).encode() if records is not None else b""
    data = whole.getvalue()
    whole.close()
    with _members(data, path, of_ruin=records is None) as (found, members):
        if [member.filename for member in members] != list(held):
            raise not_as_written(path)
        if not all(_is_same(found, member, held[member.filename]) for member in members):
            raise not_as_written(path)
    return data


def unpack(data: bytes, name: str, *, of_ruin: bool = False) -> Held:
    """The files out of the zip called `name`, each of them whole; of a ruin, whatever files they are.

    Raises Invalid for what holds other things than a book, Damaged for what is not as it was written.
    """
    with _members(data, name, of_ruin=of_ruin) as (found, members):
        return {member.filename: _content(found, member) for member in members}


@contextmanager
def _members(
    data: bytes, name: str, *, of_ruin: bool
) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """What is in the zip called `name`, which holds a book. Raises as `unpack` does."""
    with _told(name), zipfile.ZipFile(io.BytesIO(data)) as found:
        if _is_cut(data):
            raise zipfile.BadZipFile
        members = found.infolist()
        for problem in chain(_excess(members), () if of_ruin else _oddities(members)):
            raise Invalid(
                _("{name} is no backup of kam: {problem}").format(name=clean(name), problem=problem)
            )
        yield found, members


@frozen
class Glance:
    """What the end of a zip tells."""

    mark: str
    """That of the files in it, as `mark_of` has it."""

    records: Mapping[str, int] | None
    """Table to the number of its records; None where that is not told."""


def glance(path: str) -> Glance | None:
    """What the end of the zip at `path` tells of all of it; None where it is not whole."""
    fd = files.open_read(path)
    try:
        size = files.stamp_of(fd)[1]
        tail = files.read(fd, _TAIL, max(0, size - _TAIL))
    finally:
        files.close(fd)
    if _is_cut(tail):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(tail)) as found:
            members, comment = found.infolist(), found.comment
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    # The places of the members are counted from the end: where a part is missing, the first is off.
    if not members or min(member.header_offset for member in members) != len(tail) - size:
        return None
    mark = _mark((member.filename, member.CRC, member.file_size) for member in members)
    return Glance(mark, _records(comment))


def _is_cut(tail: bytes) -> bool:
    """Whether the end of a zip is missing: its last record says how long the comment behind it is."""
    end = tail.rfind(_END_RECORD)
    return end < 0 or end + 22 + int.from_bytes(tail[end + 20 : end + 22], "little") != len(tail)


def _mark(told: Iterable[tuple[str, int, int]]) -> str:
    return hashlib.blake2b(repr(sorted(told)).encode(), digest_size=6).hexdigest()


def _records(comment: bytes) -> Mapping[str, int] | None:
    try:
        told = json.loads(comment)["kam"]
        return {table: int(told[table]) for table in SCHEMAS if table in told}
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _excess(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    """What nobody should unpack."""
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        yield _("it is too large to be a book.")


def _oddities(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    """What no backup of a book has in it."""
    names = [member.filename for member in members]
    if JOURNAL not in names:
        yield _("there is no {file} in it.").format(file=JOURNAL)
    for name in names:
        if not belongs(name):
            yield _("{file} is no file of a book.").format(file=clean(name))
        if names.count(name) > 1:
            yield _("{file} is in it twice.").format(file=clean(name))
    for member in members:
        if member.flag_bits & _ENCRYPTED or member.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            yield _("{file} is packed in a way that kam does not use.").format(file=clean(member.filename))


def _content(found: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with found.open(member) as stream:
        data = stream.read(member.file_size)
        if stream.read(1) or len(data) != member.file_size:
            raise zipfile.BadZipFile(member.filename)
    return data


def _is_same(found: zipfile.ZipFile, member: zipfile.ZipInfo, content: bytes) -> bool:
    """Whether a member is these bytes; looked at some at a time, as another copy of a book is large."""
    at = 0
    with found.open(member) as stream:
        while some := stream.read(_AT_ONCE):
            if content[at : at + len(some)] != some:
                return False
            at += len(some)
    return at == len(content)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Says what the zip library finds wrong as Damaged."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as problem:
        raise Damaged(
            _("{name} is damaged: it is not as it was written, or no zip at all.").format(name=clean(name)),
            take_another(),
        ) from problem


def take_another() -> str:
    """What to do about a damaged backup."""
    return _("Nothing was changed. Take another backup: kam backup list shows them.")


def not_as_written(path: str) -> Unwritable:
    """The error for what did not come back from the disk as it went there."""
    return Unwritable(
        _("The backup {path} was not read back as it was written.").format(path=path),
        _("It was not kept. Look at the disk; kam backup --output puts one elsewhere."),
    )
