"""Versions: what another copy of the book holds, compared with the history of this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kam_tui.domain.change import Record

Key = tuple[str, str]
"""Table and id of a record."""


@dataclass(frozen=True, slots=True)
class Version:
    """What another copy of the book says of one record."""

    theirs: Record | None
    """As it is there; None where it was removed there."""

    base: Record | None
    """As it was in both; None where it was in neither, or that is not known."""

    @property
    def record(self) -> Record:
        """The record as it is there, or was before it was removed."""
        record = self.theirs or self.base
        if record is None:
            raise ValueError("a version needs a record")
        return record


@dataclass(frozen=True, slots=True)
class Former:
    """A record that was removed from the book."""

    record: Record
    """As it was."""

    is_undone: bool
    """Whether it went by taking back what had made it."""


@dataclass(frozen=True, slots=True)
class Other:
    """What another copy of the book, or of a file of it, holds that may not be in the book."""

    name: str
    """What the copy is called."""

    versions: tuple[Version, ...]
    """The records that were changed there, each once."""

    formers: Mapping[Key, Former]
    """All that was removed from the book, as far as its history tells."""

    warnings: tuple[str, ...] = ()
    """What is to be known of the copy, a sentence each."""
