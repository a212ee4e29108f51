"""Pictures of screens, compared with those that are kept."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kam_tui.tui.app import KamApp


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[KamApp, str], None]:
    """Compare a picture of the screen with the one that is kept; KAM_UPDATE_PICTURES=1 keeps a new one."""

    def check(app: KamApp, name: str) -> None:
        file = Path(__file__).parent / "tui" / "pictures" / f"{name}.svg"
        picture = re.sub(r"terminal-\d+", "terminal-0", app.export_screenshot(simplify=True))
        if os.environ.get("KAM_UPDATE_PICTURES"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(picture, "utf-8")
        assert picture == file.read_text("utf-8"), f"{file} differs; look at it, then KAM_UPDATE_PICTURES=1"

    return check
