"""The clipboard of the desktop, by the platform's own programs, which are given the text and no command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

PATIENCE = 3.0
"""Seconds that a program may take to read the text."""


def put(text: str, platform: str = sys.platform, env: Mapping[str, str] = os.environ) -> bool:
    """Put a text on the clipboard of the desktop; False where there is none that takes it."""
    return any(_given(command, text) for command in commands(platform, env))


def commands(platform: str, env: Mapping[str, str]) -> Iterator[list[str]]:
    """The programs that may do it here, the best first; each reads the text from its standard input."""
    if platform == "darwin":
        yield ["pbcopy"]
    elif platform == "win32" or env.get("WSL_DISTRO_NAME"):
        yield ["clip.exe"]
    elif env.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if env.get("DISPLAY") and platform not in ("darwin", "win32"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]


def _given(command: list[str], text: str) -> bool:
    program = shutil.which(command[0])
    if program is None:
        return False
    # clip.exe takes what begins with a mark for UTF-16, and anything else for an old code page.
    data = text.encode("utf-16") if command[0] == "clip.exe" else text.encode()
    try:
        ran = subprocess.run(
            [program, *command[1:]],
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0
