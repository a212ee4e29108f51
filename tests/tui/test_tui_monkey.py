from __future__ import annotations

from pathlib import Path

import pytest
from monkey_kit import play


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_a_monkey_at_the_keyboard_breaks_and_loses_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no program of this computer is opened
    monkeypatch.chdir(tmp_path)
    assert (await play(100, seed)).endswith("all taken back")
