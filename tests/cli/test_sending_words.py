"""`kam digest --send`: once a day by each channel, marked when it has gone, and never lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from shell_run import Kam


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "kam"


def test_it_goes_once_a_day_however_often_it_is_asked_for(
    full: Kam, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = full("digest", "--send", "stdout")
    assert first.out.startswith("Sun 22 Nov 2026: ")
    again = full("digest", "--send", "stdout")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert full("digest", "--send", "stdout", "--force").out == first.out
    monkeypatch.setenv("KAM_NOW", "2026-11-23T00:01:00")
    assert full("digest", "--send", "stdout").out.startswith("Mon 23 Nov 2026: ")


def test_nothing_to_say_is_nothing_sent_and_later_today_there_may_be(kam: Kam, state: Path) -> None:
    assert kam("digest", "--send", "stdout").out == ""
    kam("remind", "today", "18:00", "call Liisa")
    assert "call Liisa" in kam("digest", "--send", "stdout").out


def test_a_file_is_written_whole_for_its_owner_alone(full: Kam, state: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "today.txt"
    ran = full("digest", "--send", f"file:{target}")
    assert (ran.code, ran.out) == (0, "")
    assert target.read_text("utf-8").startswith("Sun 22 Nov 2026: ")
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_one_and_a_pipe_is_not_replaced(full: Kam, state: Path, tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "real.txt", tmp_path / "link.txt", tmp_path / "pipe"
    link.symlink_to(target)
    os.mkfifo(pipe)
    assert full("digest", "--send", f"file:{link}").code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("Sun 22 Nov 2026: ")
    ran = full("digest", "--send", f"file:{pipe}")
    assert (ran.code, ran.err) == (1, f"{pipe} cannot be written: it is no plain file.\n")
    assert pipe.is_fifo()


def test_what_failed_is_not_marked_and_the_other_channels_still_get_theirs(
    full: Kam, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = full("digest", "--send", "desktop, stdout")
    assert ran.code == 1
    assert ran.out.startswith("Sun 22 Nov 2026: ")
    assert ran.err.startswith("The desktop did not take the notification: there is no notify-send here.\n")
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert full("digest", "--send", "desktop,stdout").out == ""
    (sent,) = (json.loads(file.read_bytes()) for file in state.rglob("sent.json"))
    assert sent["channels"].keys() == {"desktop", "stdout"}


def test_a_state_that_cannot_be_read_is_told_and_the_digest_still_goes(full: Kam, state: Path) -> None:
    full("digest", "--send", "stdout")
    (file,) = state.rglob("sent.json")
    file.write_text("rubbish", "utf-8")
    ran = full("digest", "--send", "stdout")
    assert ran.out.startswith("Sun 22 Nov 2026: ")
    assert "could not be read, so it begins anew" in ran.err
    assert full("digest", "--send", "stdout").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--send", "pigeon"), "pigeon is no channel; there are mail, desktop, stdout, apprise,"),
        (("--send", ","), "No channel is named"),
        (("--send", "file:"), "file: is no channel"),
        (("--send", "stdout", "--date", "tomorrow"), "--send sends today's digest as a letter"),
        (("--send", "mail"), "Mail needs the setting mail_server, which is empty."),
    ],
)
def test_what_cannot_be_sent_is_told(full: Kam, state: Path, words: tuple[str, ...], said: str) -> None:
    ran = full("digest", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
