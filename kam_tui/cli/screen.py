"""The screen, opened from the shell on a book, which is read while the screen is still being loaded."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

from kam_tui import session

if TYPE_CHECKING:
    from kam_tui.session import Session
    from kam_tui.tui.first_read import FirstRead

BLINK = 0.15
"""Seconds that the screen is not begun, so that the book is read alone."""


def show(book: str = "", place: str = "", name: str = "", *, is_demo: bool = False) -> bool:
    """Open the screen on a book: at a place, or on whom a name means. Returns when the person leaves it:
    whether they want to look around in the demo meanwhile, and then come back."""
    # What is made while the app starts stays: looking through it for rubbish only delays the first paint.
    gc.disable()
    opened = session.open_session(book, "tui")
    try:
        record_id = ""
        if name:
            from kam_tui.cli.asking import the_party

            record_id = the_party(opened.read(), name).id
            place = "account" if record_id.startswith("a-") else "contact"
        begun = _begun(opened)
        load_asyncio()
        from kam_tui.tui.app import run_app

        return run_app(opened, place, record_id, is_demo=is_demo, begun=begun)
    finally:
        opened.close(tidy=False)  # done while the screen was open


def _begun(opened: Session) -> FirstRead:
    """The book, where reading it takes but a blink, else what is being read. Raises what the store raises."""
    from kam_tui.tui.first_read import FirstRead

    begun = FirstRead(opened)
    begun.wait(BLINK)
    return begun


def load_asyncio() -> None:
    """Load asyncio without TLS: it takes several milliseconds, and nobody here speaks it through asyncio."""
    if "ssl" in sys.modules:
        return
    without: dict[str, Any] = {"ssl": None}
    sys.modules.update(without)
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]  # who sends mail loads it when it is needed
