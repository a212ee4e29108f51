"""Nothing of the developer's own machine reaches a test: home, settings, book, clock zone, colours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: a busy machine must not fail one.
settings.register_profile("kam", deadline=None)
settings.load_profile("kam")

for folder in ("", "tui"):
    sys.path.insert(0, str(Path(__file__).parent / folder))
pytest_plugins = ("shell_run", "kept_pictures")


@pytest.fixture(autouse=True)
def _own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("KAM_BOOK", "KAM_CONFIG", "KAM_NOW", "NO_COLOR", "COLUMNS", "LINES", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "Europe/Helsinki")
    monkeypatch.setenv("USER", "tester")
