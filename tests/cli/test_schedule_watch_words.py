"""`kam schedule` and `kam watch`, and what `kam doctor` tells of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui.cli.commands import watch
from kam_tui.delivery import installing


@pytest.fixture(autouse=True)
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that is the whole of $PATH but for the shell, with a crontab in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/bin")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(installing, "usual_scheduler", lambda: "cron")
    monkeypatch.setattr("kam_tui.delivery.told.usual_scheduler", lambda: "cron")
    table = tmp_path / "table"
    program = folder / "crontab"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = - ] && exec cat > {table}\n[ -f {table} ] && exec cat {table}\n'
        "echo no crontab for anna >&2\nexit 1\n",
        "utf-8",
    )
    program.chmod(0o755)
    return folder


def test_it_prints_what_would_be_put_in_and_writes_nothing(kam: Kam, book: Path, tmp_path: Path) -> None:
    ran = kam("schedule", "--time", "6:05", "--channel", "mail, desktop")
    assert ran.code == 0
    heading, line = ran.out.splitlines()
    assert heading == "# crontab"
    assert line.startswith(f"5 6-18 * * * env KAM_CONFIG={tmp_path}/config.toml ")
    assert f"{sys.executable} -P -m kam_tui --book {book} digest --send mail,desktop # kam-digest-" in line
    assert not (tmp_path / "table").exists()


def test_for_another_scheduler_it_prints_alone(kam: Kam) -> None:
    assert "OnCalendar=*-*-* 07:30:00" in kam("schedule", "--for", "systemd").out
    assert kam("schedule", "--for", "launchd", "--json").json
    ran = kam("schedule", "--for", "windows", "--install")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "windows is not the scheduler of this computer.")


def test_it_is_put_in_told_of_and_taken_out(
    full: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert full("schedule", "--install", "--time", "8:15", "--channel", "stdout").code == 0
    assert (tmp_path / "table").read_text("utf-8").startswith("15 8-20 * * * ")
    assert "· The next digest goes on Mon 23 Nov 2026 at 08:15, by cron." in full("doctor").out
    monkeypatch.setenv("KAM_NOW", "2026-11-22T08:14")
    assert "· The next digest goes on Sun 22 Nov 2026 at 08:15, by cron." in full("doctor").out
    assert full("schedule", "--uninstall").out == "The line is gone from the crontab.\n"
    assert full("schedule", "--uninstall").out == "There was no timer of kam for this book.\n"
    assert "digest" not in full("doctor").out


def test_the_doctor_says_when_the_last_digest_went(full: Kam) -> None:
    full("digest", "--send", "stdout")
    ran = full("doctor")
    assert "· The last digest by stdout went on Sun 22 Nov 2026 at 14:03." in ran.out
    assert "· No timer sends the digest by itself; kam schedule --install sets one up." in ran.out


def test_a_timer_that_could_never_send_is_not_put_in(kam: Kam, tmp_path: Path) -> None:
    ran = kam("schedule", "--install", "--channel", "mail")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Mail needs the setting mail_server, which is empty.")
    assert not (tmp_path / "table").exists()


def test_a_test_goes_by_the_channel_and_counts_for_no_digest(full: Kam, programs: Path) -> None:
    ran = full("schedule", "--test", "--channel", "desktop")
    assert (ran.code, ran.err.splitlines()[0]) == (
        1,
        "The desktop did not take the notification: there is no notify-send here.",
    )
    ran = full("schedule", "--test", "--channel", "stdout")
    assert ran.out.endswith("The test went by stdout.\n")
    assert full("digest", "--send", "stdout").out != ""


@pytest.mark.parametrize("words", [("--time", "25:00"), ("--channel", "pigeon"), ("--print", "--install")])
def test_what_cannot_be_scheduled_is_told(kam: Kam, words: tuple[str, ...]) -> None:
    assert kam("schedule", *words).code == 2


@pytest.mark.parametrize(
    "text",
    [
        'digest_time = "7.30"',
        'digest_time = ""',
        'quiet_from = "22:00"',
        'quiet_until = "24:00"',
        'mail_security = "ssl"',
    ],
)
def test_settings_that_make_no_sense_are_refused(kam: Kam, book: Path, text: str) -> None:
    (book.parent / "config.toml").write_text(text + "\n", "utf-8")
    ran = kam("schedule")
    assert ran.code == 2
    assert text.split(" ")[0] in ran.err


def test_what_rings_into_a_file_stands_below_what_rang_before(
    full: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "rung.txt"
    for clock in ("15:10", "15:20"):
        assert full("remind", "@acme", f"today {clock}", f"call at {clock}").code == 0
    for clock in ("15:15", "15:25"):
        monkeypatch.setenv("KAM_NOW", f"2026-11-22T{clock}")
        assert full("watch", "--once", "--channel", f"file:{log}").code == 0
    heads = [line for line in log.read_text("utf-8").splitlines() if not line.startswith(" ")]
    assert heads == [
        "Sun 22 Nov 2026 15:10 Acme Oy: call at 15:10",
        "Sun 22 Nov 2026 15:20 Acme Oy: call at 15:20",
    ]
    log.write_bytes(b"\xff")
    full("remind", "@acme", "today 15:30", "call")
    monkeypatch.setenv("KAM_NOW", "2026-11-22T15:31")
    ran = full("watch", "--once", "--channel", f"file:{log}")
    assert (ran.code, log.read_bytes()) == (1, b"\xff")
    assert "rung.txt cannot be read" in ran.err


def test_the_watch_rings_until_the_keyboard_says_stop(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch.watch, "__defaults__", (sleep,))
    monkeypatch.setenv("KAM_NOW", "2026-11-22T16:00:01")
    ran = full("watch", "--channel", "stdout")
    assert ran.code == 0
    assert ran.out.startswith("16:00 Acme Oy: call about the contract\n  Reminder set on Sun 22 Nov 2026.")
    assert ran.out.count("16:00") == 1
    assert ran.err.splitlines()[0] == "Watching; timed reminders ring by stdout."
    assert ran.err.splitlines()[-1].startswith("Ended.")


def test_one_look_says_what_came_due_since_the_last(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    assert full("watch", "--once", "--channel", "stdout").out == ""
    monkeypatch.setenv("KAM_NOW", "2026-11-22T17:00")
    assert full("watch", "--once", "--channel", "stdout").out.startswith("16:00 Acme Oy: call about the")
    assert full("watch", "--once", "--channel", "stdout").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("watch", "--json"), "kam watch has no end"),
        (("watch", "--json", "--once", "--channel", "stdout"), "--json and the channel stdout"),
        (("schedule", "--json", "--test", "--channel", "stdout"), "--json and the channel stdout"),
    ],
)
def test_json_is_one_object_or_refused(kam: Kam, words: tuple[str, ...], said: str) -> None:
    ran = kam(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
