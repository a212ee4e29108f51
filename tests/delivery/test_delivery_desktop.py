"""A notification: the text escaped for each platform, and a refusal that is told."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kam_tui.delivery.desktop import LINES, command_of, notify
from kam_tui.domain.errors import NotSent
from kam_tui.domain.letter import Letter

NASTY = Letter("--help 'x' \"y\" <b>", 'Åsa said “it’s” <b>$HOME</b> & `id` \\ "so"\n\x1b[31mred')


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A `notify-send` that does as the script says."""
    file = folder / "notify-send"
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_linux_gets_a_plain_title_and_a_body_without_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    program(tmp_path, monkeypatch, f'printf "%s\\n" "$@" > {said}')
    notify(NASTY, "linux")
    assert said.read_text("utf-8").splitlines() == [
        "--app-name=kam",
        "--",
        "--help 'x' \"y\" <b>",
        'Åsa said “it’s” &lt;b&gt;$HOME&lt;/b&gt; &amp; `id` \\ "so"',
        "red",
    ]


def test_a_refusal_is_a_failure_with_the_programs_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, "echo 'Cannot autolaunch D-Bus' >&2; exit 1")
    with pytest.raises(NotSent, match="notify-send ended with 1: Cannot autolaunch D-Bus"):
        notify(NASTY, "linux")


def test_no_such_program_is_a_failure_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotSent, match="there is no notify-send here") as refused:
        notify(NASTY, "linux")
    assert "libnotify" in refused.value.hint


def test_macos_gets_a_script_whose_texts_stay_texts() -> None:
    program, flag, script = command_of(NASTY, "darwin")
    assert (program, flag) == ("osascript", "-e")
    found = re.fullmatch(r'display notification ("(?:[^"\\]|\\.)*") with title ("(?:[^"\\]|\\.)*")', script)
    assert found is not None
    assert json.loads(found[1]) == 'Åsa said “it’s” <b>$HOME</b> & `id` \\ "so"\nred'
    assert json.loads(found[2]) == NASTY.subject


def test_windows_gets_a_script_of_plain_letters_whose_texts_stay_texts() -> None:
    *_start, encoded = command_of(NASTY, "win32")
    script = base64.b64decode(encoded).decode("utf-16-le")
    assert script.isascii()
    found = re.search(r"LoadXml\('([^']*)'\)", script)
    assert found is not None
    title, body = (each.text for each in ElementTree.fromstring(found[1]).iter("text"))
    assert title == NASTY.subject
    assert body == 'Åsa said “it’s” <b>$HOME</b> & `id` \\ "so"\nred'
    assert script.count("'") == 6


def test_a_long_letter_is_cut_with_a_sign() -> None:
    body = command_of(Letter("Many", "\n\n".join(map(str, range(50)))), "linux")[-1]
    assert body.splitlines() == [*map(str, range(LINES)), "…"]
