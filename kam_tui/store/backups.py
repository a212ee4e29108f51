"""Backups: whole copies of a book, kept in a folder within it."""

from __future__ import annotations

import os

from kam_tui.store import files
from kam_tui.store.snapshot import Snapshot

FOLDER = "backups"
"""Where they are kept."""


def keep_older(path: str, snapshot: Snapshot) -> None:
    """Copy a book that is about to be migrated; the lock is held by whoever calls. Raises Unwritable."""
    if snapshot.is_older:
        keep_copy(path, f"schema-{snapshot.version}-change-{snapshot.number}")


def keep_copy(path: str, name: str) -> str:
    """Copy the files of the book at `path` to a backup of this name, and return where it is.

    A backup of that name that is there already is whole, and is left alone. The lock is held by
    whoever calls. Raises Unwritable.
    """
    backups = os.path.join(path, FOLDER)
    target = os.path.join(backups, name)
    if os.path.isdir(target):
        return target
    unfinished = f"{target}.{os.getpid()}.tmp"
    with files.writing(backups):
        files.make_folder(backups)
        files.make_folder(unfinished)
        for file in files.names(path):
            if file.endswith((".json", ".jsonl")):
                data = files.read_whole(os.path.join(path, file))
                files.write_new(os.path.join(unfinished, file), [data])
        files.sync_folder(unfinished)
        files.replace(unfinished, target)
        files.sync_folder(backups)
    return target
