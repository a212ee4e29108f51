"""The text goes to the clipboard whole, by the program that the desktop has, and as no part of a command."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kam_tui.delivery import clipboard

TEXT = "-n --help; $(touch x) 'Łódź'\nsecond line"


def install(folder: Path, name: str, does: str = 'cat > "$0.got"') -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return folder / f"{name}.got"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "bin"
    own.mkdir()
    (own / "cat").symlink_to("/bin/cat")
    monkeypatch.setenv("PATH", str(own) + os.pathsep + "/nowhere")
    return own


@pytest.mark.parametrize(
    ("program", "platform", "env"),
    [
        ("wl-copy", "linux", {"WAYLAND_DISPLAY": "w"}),
        ("xclip", "linux", {"DISPLAY": ":0"}),
        ("xsel", "linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}),
        ("pbcopy", "darwin", {}),
    ],
)
def test_the_program_of_the_desktop_is_given_the_text(
    folder: Path, program: str, platform: str, env: dict[str, str]
) -> None:
    got = install(folder, program)
    assert clipboard.put(TEXT, platform, env)
    assert got.read_text("utf-8") == TEXT


def test_windows_is_given_text_that_keeps_its_letters(folder: Path) -> None:
    got = install(folder, "clip.exe")
    assert clipboard.put(TEXT, "linux", {"WSL_DISTRO_NAME": "Debian"})
    assert got.read_bytes().decode("utf-16") == TEXT


def test_the_next_program_is_tried_where_one_fails(folder: Path) -> None:
    install(folder, "xclip", "exit 1")
    got = install(folder, "xsel")
    assert clipboard.put(TEXT, "linux", {"DISPLAY": ":0"})
    assert got.read_text("utf-8") == TEXT


def test_without_a_desktop_nothing_is_started(folder: Path) -> None:
    got = [install(folder, name) for name in ("wl-copy", "xclip", "xsel", "pbcopy")]
    assert not clipboard.put(TEXT, "linux", {})
    assert not any(each.exists() for each in got)


def test_a_desktop_without_such_a_program_takes_nothing(folder: Path) -> None:
    assert not clipboard.put(TEXT, "linux", {"DISPLAY": ":0"})
