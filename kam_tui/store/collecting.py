"""Collecting: nobody looks for garbage while much is made that is none.

Each such look would halt all threads, the longer the more there is: for a tenth of a second among a hundred
thousand documents.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """While it lasts, Python's collector does nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
