"""The folder of a book: how its files become a Snapshot, and how one more change is written.

Whoever calls holds the lock. What stands in no journal line is not in the book; what has been
written whole and synced is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Conflict, Damaged, Invalid
from kam_tui.domain.ids import new_id
from kam_tui.i18n import _
from kam_tui.store import files, migrations
from kam_tui.store.journal import Line, Past, scan, seal, ways_out
from kam_tui.store.kept import Kept
from kam_tui.store.layout import table_name
from kam_tui.store.lock import Lock
from kam_tui.store.misfits import missing, refuse_misfits
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.tables import TableFile

Seal = Callable[[bytes], bytes]
"""Makes bytes unreadable for all but who has the key."""

JOURNAL, LOCK = "journal.jsonl", "lock"


class Folder:
    """One book's files."""

    def __init__(self, path: str) -> None:
        self.path = path
        """The folder."""
        self.journal = self.file(JOURNAL)
        """The changes since the last compaction."""
        self.lock = Lock(self.file(LOCK))
        """Whoever reads takes it shared, whoever writes takes it alone."""
        self._kept = Kept(self.journal)
        self.seal: Seal | None = None
        """What backups of the book are sealed with; None for not at all."""

    def close(self) -> None:
        """Let go of the files that are kept open to be written."""
        self._kept.close()
        self.lock.kept.close()

    def file(self, name: str) -> str:
        """The path of a file of the book."""
        return os.path.join(self.path, name)

    @property
    def exists(self) -> bool:
        """Whether there is a book, whole or not. Raises Invalid where a file stands in the place of its
        folder."""
        with files.reading(self.path):
            if files.stamp(self.journal) is not None or self._table_names() or self._has_history:
                return True
        self._refuse_file()
        return False

    def make(self, last: Snapshot | None = None) -> None:
        """Make the folder, so that there can be a lock in it. The book is begun by the first change.

        Raises Invalid where a file stands in the way, and Damaged where there was a book (`last`).
        """
        if files.is_folder(self.path):
            return
        self.refuse_gone(last)
        self._refuse_file()
        with files.writing(self.path):
            files.make_folder(self.path)

    def is_unchanged(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot is still the newest state: a look at the files' stamps, without the lock."""
        with files.reading(self.path):
            return files.stamp(self.journal) == snapshot.stamp and self._same_files(snapshot)

    def refuse_gone(self, last: Snapshot | None) -> None:
        """Raise Damaged where there was a book, and now there is none: it is not begun anew unasked."""
        if last is None or last.head is None:
            return
        with files.reading(self.path):
            gone = files.stamp(self.journal) is None
        if gone:
            raise Damaged(
                _("The book at {folder} is no longer there.").format(folder=self.path),
                _("It was moved or deleted while kam had it open. Put it back, or start kam again."),
            )

    def newest(self, last: Snapshot | None = None) -> Snapshot:
        """The book as it is now; `last` itself where nothing changed. Raises Damaged or TooNew."""
        if last is not None and self.is_unchanged(last):
            return last
        self.refuse_gone(last)
        with files.reading(self.path):
            return (last and self._grown(last)) or self._read()

    def between(self, old: Snapshot, new: Snapshot) -> list[Line] | None:
        """The changes that lead from one state to a later one; None where they do not tell it all,
        since a file was written by something else than kam, or somebody was erased."""
        if old.head is None or new.head is None or old.head.fields["book"] != new.head.fields["book"]:
            return None
        for table in {*old.files, *new.files}:
            was, now = old.files.get(table), new.files.get(table)
            same = was and now and was.stamp == now.stamp
            if not same and not (now and now.as_written and (not was or was.number < now.number)):
                return None
        try:
            lines = self._since(old, new)
        except Damaged:  # A part of the history is gone, or a compaction has just let it go.
            return None
        return lines if lines is not None and len(lines) == new.number - old.number else None

    def write(self, snapshot: Snapshot, fields: dict[str, Any]) -> Snapshot:
        """Add one change to the newest state. It is on the disk when this returns, or nothing is.

        `fields` is all of a line but its number and version, as JSON gives it back. Raises Unwritable,
        Conflict where somebody wrote in spite of the lock, and ValueError or TypeError for what JSON
        cannot hold.
        """
        number = snapshot.number + 1
        fields = {"n": number, "v": migrations.SCHEMA, **fields}
        raw = seal(fields)
        with files.writing(self.path):
            if files.stamp(self.journal) != snapshot.stamp:
                raise Conflict(
                    _("{folder} was written by another program at the same moment.").format(folder=self.path),
                    _("Nothing was written. Do it again."),
                )
            if snapshot.head is None:
                snapshot = self._begin()
            if snapshot.stamp and snapshot.stamp[1] > snapshot.end:
                self._put_aside_torn(self.journal, snapshot.end)
            stamp = self._append(raw + b"\n", snapshot)
        line = Line(raw, number, fields)
        return snapshot.grown((line,), snapshot.end + len(raw) + 1, stamp)

    def head_line(
        self,
        number: int,
        book: str,
        tables: dict[str, int],
        past: Past,
        seals: Mapping[str, int] | None = None,
        last: int = 0,
    ) -> bytes:
        """A journal's first line: the change it begins after and its seal (`last`), the last change that
        each table file holds, with its seal, and where the changes before it are."""
        told = {"file": past.file, "size": past.size}
        head = {"n": number, "v": migrations.SCHEMA, "book": book, "tables": tables, "past": told}
        return seal(head | {"seals": seals or {}, "seal": last}) + b"\n"

    def replace_whole(self, path: str, parts: Iterable[bytes]) -> None:
        """Write a file anew so that at any moment it is the old one or the new one."""
        temporary = f"{path}.{os.getpid()}.tmp"
        files.write_new(temporary, parts)
        files.replace(temporary, path)
        files.sync_folder(self.path)

    def old_lines(self, snapshot: Snapshot) -> Iterator[Line]:
        """The changes that compaction moved to the history, newest first. Raises Damaged."""
        from kam_tui.store.history import lines_backwards

        return lines_backwards(self.file(snapshot.past.file), snapshot.past.size)

    def _since(self, old: Snapshot, new: Snapshot) -> list[Line] | None:
        """The changes after `old`; None where they do not follow it, or somebody was erased."""
        lines: list[Line] = []
        for line in chain(reversed(new.lines), self.old_lines(new)):
            if line.number <= old.number:
                if old.lines and line.raw != old.lines[-1].raw:
                    return None
                break
            if line.past:
                return None
            lines.append(line)
        return lines[::-1]

    def _put_aside_torn(self, path: str, end: int) -> None:
        """Move what a write that was cut short left behind `end` to a file of its own."""
        torn = files.read_whole(path)[end:]
        count = 1
        while files.stamp(f"{path}.torn-{count}") is not None:
            count += 1
        files.write_new(f"{path}.torn-{count}", [torn])
        files.sync_folder(self.path)
        fd = files.open_write(path)
        try:
            files.truncate(fd, end)
            files.sync(fd)
        finally:
            files.close(fd)

    def _append(self, data: bytes, snapshot: Snapshot) -> files.Stamp:
        fd, inode = self._kept.take(snapshot.stamp and snapshot.stamp[0])
        try:
            stamp = files.append_to(fd, data, snapshot.end)
        except BaseException:
            files.close(fd)
            raise
        self._kept.give_back(fd, inode)
        return stamp

    def _begin(self) -> Snapshot:
        self.replace_whole(self.journal, [self.head_line(0, new_id("b"), {}, Past("history.jsonl", 0))])
        return self._read()

    def _same_files(self, snapshot: Snapshot) -> bool:
        known = snapshot.files.values()
        return [files.stamp(file.path) for file in known] == [file.stamp for file in known]

    def _table_names(self) -> dict[str, str]:
        found = {name: table_name(name) for name in files.names(self.path)}
        return {table: self.file(name) for name, table in found.items() if table}

    def _grown(self, last: Snapshot) -> Snapshot | None:
        """`last` with what was appended since; None where anything else happened."""
        stamp = files.stamp(self.journal)
        if stamp is None or last.stamp is None or stamp[0] != last.stamp[0] or not self._same_files(last):
            return None
        known = last.last_line
        fd = files.open_read(self.journal)
        try:
            data = files.read(fd, stamp[1], last.end - len(known))
        finally:
            files.close(fd)
        if not data.startswith(known):
            return None
        found = scan(data[len(known) :], self.journal, last.number, len(last.lines) + 2)
        return last.grown(found.lines, last.end + found.length, stamp)

    def _read(self) -> Snapshot:
        self._kept.close()
        names = self._table_names()
        stamp = files.stamp(self.journal)
        if stamp is None:
            if names or self._has_history:
                raise missing(self.journal)
            self._refuse_file()
            return Snapshot(self.journal, None, {})
        found = scan(files.read_whole(self.journal), self.journal)
        if not found.lines or "book" not in found.lines[0].fields:
            raise Damaged(
                _("{path} does not begin as a journal does.").format(path=self.journal),
                ways_out(),
            )
        head, *lines = found.lines
        migrations.refuse_newer(head.version, self.journal)
        if lines:
            migrations.refuse_newer(lines[-1].version, self.journal)
        tables = {table: self._opened(path, table, head) for table, path in names.items()}
        whole = {table: file for table, file in tables.items() if file}
        snapshot = Snapshot(self.journal, head, whole, tuple(lines), found.length, stamp)
        refuse_misfits(snapshot)
        return snapshot

    def _opened(self, path: str, table: str, head: Line) -> TableFile | None:
        """A table's file. None for one that nobody asked for and that is none: a sync tool's copy may have
        a name like a table's, and is not to make the book unreadable. Raises Damaged."""
        try:
            return TableFile(path, table)
        except Damaged:
            if table in SCHEMAS or table in head.fields["tables"]:
                raise
            return None

    @property
    def _has_history(self) -> bool:
        from kam_tui.store.history import is_history

        return any(map(is_history, files.names(self.path)))

    def _refuse_file(self) -> None:
        """Raise Invalid where a file stands in the place of the book's folder."""
        if found := files.in_the_way(self.path):
            raise Invalid(
                _("{path} is no folder, so a book cannot be there.").format(path=found),
                _("Give another place with --book, $KAM_BOOK or the settings."),
            )
