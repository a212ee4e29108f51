"""Erasure: that somebody was erased from the book, told so that nobody can read who it was.

It is what keeps an import from bringing them back: what identified them is there as marks, which are
compared with the marks of whoever an import brings, and which cannot be turned back into a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam_tui.domain.fields import CREATED, ID, NOTHING, Field, Schema
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import FLAG, TEXT, WORDS


@frozen
class Erasure:
    """A person who was erased."""

    id: str
    """Own id, `x-…`; it has nothing to do with that of the person."""
    created: date
    """The day they were erased."""
    salt: str = ""
    """The random key of the marks, in hexadecimal; erasures of one book have the same."""
    marks: tuple[str, ...] = ()
    """8 bytes of BLAKE2b each, in hexadecimal, of what told who they were; in no order that tells more."""
    names: bool = False
    """Whether their first or last name was erased as well where it stood alone."""
    entries: bool = False
    """Whether what was with them alone was erased as well where it named an account."""
    extra: Mapping[str, Any] = NOTHING
    """What no field knows."""


ERASURE = Schema(
    Erasure,
    "erasures",
    (
        ID,
        CREATED,
        Field("salt", TEXT),
        Field("marks", WORDS),
        Field("names", FLAG),
        Field("entries", FLAG),
    ),
)
"""The fields of an erasure."""
