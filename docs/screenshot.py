"""Draw the pictures of the README: the demo book, as it is on a fixed day."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kam_tui.domain.change import Change, add
from kam_tui.formats.demo import demo_book
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store.store import Store
from kam_tui.tui.app import KamApp

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 18, 8, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
PICTURES: dict[str, tuple[str, ...]] = {
    "today": (),
    "account": ("2", "down", "enter"),
    "agenda": ("4", "c"),
}
"""Name of a picture to the keys that lead to it."""


async def draw(name: str, keys: tuple[str, ...], size: tuple[int, int]) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/book")
        records = demo_book(NOW.date(), "Europe/Helsinki")
        change = Change("The demo book", tuple(add(record) for record in records))
        store.update(lambda _book: change, NOW, "demo@docs")
        app = KamApp(Session(store, Settings(), lambda: NOW, "tui"))
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.5)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.3)
            svg = app.export_screenshot(title="kam")
        store.close()
    return re.sub(r"terminal-\d+", f"kam-{name}", svg)


def main() -> int:
    """Write every picture beside this file."""
    for name, keys in PICTURES.items():
        (HERE / f"{name}.svg").write_text(asyncio.run(draw(name, keys, (120, 30))), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
