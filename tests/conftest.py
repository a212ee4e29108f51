"""Nothing of the developer's own machine reaches a test: home, settings, book, clock zone, colours."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: a busy machine must not fail one.
settings.register_profile("kam", deadline=None)
settings.load_profile("kam")

# What is young is looked through less often than by default, which took a twentieth of the time.
gc.set_threshold(10_000, 10, 5)

# Thousands of small books are written: in memory, where there is such a place, each file takes no time.
if os.access("/dev/shm", os.W_OK | os.X_OK):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

for folder in ("", "tui"):
    sys.path.insert(0, str(Path(__file__).parent / folder))
pytest_plugins = ("shell_run", "kept_pictures")


@pytest.fixture(autouse=True)
def _own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    for name in ("KAM_BOOK", "KAM_CONFIG", "KAM_NOW", "NO_COLOR", "COLUMNS", "LINES", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "Europe/Helsinki")
    monkeypatch.setenv("USER", "tester")
    yield
    # A program of its own may keep the collector off or freeze what it has; many in one process may not.
    gc.unfreeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: while a test waits for another program, others go on."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """Look for what was left once, and not again at each step of the way out."""
    gc.collect()
    gc.freeze()
