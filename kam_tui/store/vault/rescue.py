"""Rescue: the files of a sound book take the place of those of one that cannot be read.

The journal goes first and comes last. In between stands one that nobody takes for a journal, so that
whatever stops this half way, the book is damaged to all who read it, and never an empty one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit
from kam_tui.domain.erasure import ERASURE, Erasure
from kam_tui.domain.errors import KamError
from kam_tui.i18n import _
from kam_tui.store import files
from kam_tui.store.erasing import erase
from kam_tui.store.folder import JOURNAL, Folder
from kam_tui.store.layout import file_name, key_of
from kam_tui.store.records import Records
from kam_tui.store.tables import TableFile
from kam_tui.store.vault import bundle
from kam_tui.store.vault.bundle import Held
from kam_tui.usecases import erasing
from kam_tui.usecases.marking import erased
from kam_tui.usecases.redacting import Reach

UNFINISHED = b"A restore was cut short here. Do it again: kam restore\n"
"""What stands in the place of the journal meanwhile."""


def put_in_place(folder: Folder, held: Held) -> None:
    """Make these files the book; whoever calls holds the lock alone. Raises Unwritable.

    Files of the folder that are no part of a book are left as they are.
    """
    written = {name: f"{folder.file(name)}.restored-{os.getpid()}.tmp" for name in held}
    with files.writing(folder.path):
        try:
            for name, temporary in written.items():
                files.write_new(temporary, [held[name]])
            folder.replace_whole(folder.journal, [UNFINISHED])
            for name in files.names(folder.path):
                if bundle.belongs(name) and name not in (*held, JOURNAL):
                    files.remove(folder.file(name))
            for name in sorted(held.keys() - {JOURNAL}):
                files.replace(written[name], folder.file(name))
            files.sync_folder(folder.path)
            files.replace(written[JOURNAL], folder.journal)
            files.sync_folder(folder.path)
        finally:
            for temporary in written.values():
                files.remove(temporary)


def erasures_in(folder: Folder) -> list[Erasure]:
    """Who was erased from a book that may be damaged: as much of it as can still be read."""
    try:
        known = Records(folder.newest()).load(ERASURE.table)
        return [each for each in known.values() if isinstance(each, Erasure)]
    except KamError:
        pass
    try:
        file = TableFile(folder.file(file_name(ERASURE.table)), ERASURE.table)
        return [ERASURE.decode(document) for _key, document in file.documents()]
    except (KamError, OSError):
        return []


def erase_again(folder: Folder, erasures: Sequence[Erasure], at: datetime, by: str) -> None:
    """Take those out of a book who were erased elsewhere, and have it know them as erased."""
    book = Book(Records(folder.newest()))
    missing = [each for each in erasures if each.id not in book.erasures]
    # Who was erased from this book itself, and is in it again, is there rightly.
    is_erased = erased(Book.of(*book.accounts.values(), *missing))
    for contact in list(book.contacts.values()):
        if erasure := is_erased(contact):
            erase(folder, _decide(contact.id, erasure, at), at, by)
    snapshot = folder.newest()
    known = Book(Records(snapshot)).erasures
    if new := [each for each in missing if each.id not in known]:
        edits = [(ERASURE.table, str(key_of(each.id)), None, ERASURE.encode(each)) for each in new]
        what = _("Took over who was erased from the damaged book")
        folder.write(snapshot, {"at": at.isoformat(), "by": by, "what": what, "edits": edits})


def _decide(
    contact_id: str, erasure: Erasure, at: datetime
) -> Callable[[Book, Callable[[str], Iterable[Edit]]], erasing.Erasing]:
    def decide(book: Book, edits_near: Callable[[str], Iterable[Edit]]) -> erasing.Erasing:
        known = erasing.versions(contact_id, book, edits_near(contact_id))
        return erasing.erase(book, at, known, Reach(erasure.names, erasure.entries), erasure)

    return decide
