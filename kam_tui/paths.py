"""Where kam keeps things: the platform's own folders, or where the environment says.

Thirty lines of our own in place of a library: they are on the path of every capture, and the
library costs more start-up time than the capture itself.
"""

from __future__ import annotations

import os
import sys

APP = "kam"


def config_file() -> str:
    """The settings file: `$KAM_CONFIG`, else `config.toml` in the platform's folder for settings."""
    return os.environ.get("KAM_CONFIG") or os.path.join(
        _folder("XDG_CONFIG_HOME", ".config", "Library/Application Support", "APPDATA"), "config.toml"
    )


def book_folder(configured: str = "") -> str:
    """The folder of the book: `$KAM_BOOK`, else what the settings say, else the platform's data folder."""
    return os.path.expanduser(
        os.environ.get("KAM_BOOK")
        or configured
        or os.path.join(
            _folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "LOCALAPPDATA"), "book"
        )
    )


def state_folder() -> str:
    """Where it is kept what was sent when: not the book's folder, which other machines may share."""
    return _folder("XDG_STATE_HOME", ".local/state", "Library/Application Support", "LOCALAPPDATA")


def _folder(xdg: str, linux: str, mac: str, windows: str) -> str:
    home = os.path.expanduser("~")
    if os.environ.get(xdg):
        return os.path.join(os.environ[xdg], APP)
    if sys.platform == "darwin":
        return os.path.join(home, mac, APP)
    if sys.platform == "win32":
        return os.path.join(os.environ.get(windows) or home, APP)
    return os.path.join(home, linux, APP)
