"""Formulas: text that a spreadsheet would run is marked on the way out, and the mark taken off on the way in.

The mark is an apostrophe. Plain numbers and phone numbers are left alone: nothing runs them, and
an apostrophe would spoil them.
"""

from __future__ import annotations

import re

MARK = "'"
"""What stands before a text that must not be taken for a formula."""

_STARTS = tuple("=@\uff1d\uff20\uff0b\uff0d")  # the last four as East Asian keyboards write them

_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?|\+(?: *\d){7,} *")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may run this text."""
    if text[:1] in ("\t", "\r"):
        return True
    first = text.lstrip()[:1]
    return first in _STARTS or (first in ("+", "-") and not _PLAIN.fullmatch(text.strip()))


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs; `unguarded` gives the text back."""
    return MARK + text if is_formula(text.lstrip(MARK)) else text


def unguarded(cell: str) -> str:
    """The text of a cell, without the mark that keeps it from being run."""
    return cell[1:] if cell.startswith(MARK) and is_formula(cell.lstrip(MARK)) else cell
