"""Timers: each scheduler's own words, with every path quoted; put in, put in again, taken out."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kam_tui.delivery import installing
from kam_tui.delivery.timers import (
    Job,
    cron_line,
    launchd,
    read_time,
    systemd,
    time_in,
    windows,
    with_cron_line,
)
from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.errors import Invalid, NotSent, Unwritable

NASTY = """/home/anna/my "books" 100% $HOME 'x' \\ & <y> åä"""
JOB = Job(
    "kam-digest-b00k",
    (sys.executable, "-m", "kam_tui", "--book", NASTY, "digest", "--send", "mail"),
    7,
    30,
    {"KAM_CONFIG": NASTY},
)


def test_the_systemd_units_are_as_systemd_itself_wants_them(tmp_path: Path) -> None:
    plan = systemd(JOB, str(tmp_path), "")
    service, timer = (content.decode() for content in plan.files.values())
    assert "OnCalendar=*-*-* 07:30:00\nPersistent=true\n" in timer
    escaped = """/home/anna/my \\"books\\" 100%% $$HOME 'x' \\\\ & <y> åä"""
    assert f' "--book" "{escaped}" "digest" "--send" "mail"\n' in service
    assert f'Environment="KAM_CONFIG={escaped.replace("$$", "$")}"\n' in service
    assert {Path(path).parent for path in plan.files} == {tmp_path / ".config" / "systemd" / "user"}
    if shutil.which("systemd-analyze"):
        for path, content in plan.files.items():
            (tmp_path / Path(path).name).write_bytes(content)
        for path in plan.files:
            file = tmp_path / Path(path).name
            ran = subprocess.run(
                ["systemd-analyze", "verify", "--man=no", str(file)], capture_output=True, text=True
            )
            assert (ran.returncode, ran.stderr) == (0, "")
        when = timer.partition("OnCalendar=")[2].partition("\n")[0]
        ran = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True)
        assert "Normalized form: *-*-* 07:30:00" in ran.stdout


def test_a_crontab_line_runs_what_it_should(tmp_path: Path) -> None:
    said = tmp_path / "said"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$KAM_CONFIG" "$@" > {said}\n', "utf-8")
    program.chmod(0o755)
    line = cron_line(Job("kam-digest-b00k", (str(program), NASTY), 7, 5, {"KAM_CONFIG": NASTY}))
    head, command = line.split(" * * * ", 1)
    assert head == "5 7-19"
    assert "%" not in command.replace("\\%", "")
    subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], check=True)
    assert said.read_text("utf-8").splitlines() == [NASTY, NASTY]


@pytest.mark.parametrize(("hour", "hours"), [(0, "0-12"), (11, "11-23"), (22, "22-23"), (23, "23")])
def test_cron_tries_again_the_same_day_alone(hour: int, hours: str) -> None:
    assert cron_line(Job("kam", ("kam",), hour, 0)) == f"0 {hours} * * * kam # kam"


def test_a_crontab_has_the_line_once_and_keeps_all_others() -> None:
    others = "MAILTO=anna\n# my own\n0 1 * * * backup # kam-digest-other\n"
    once = with_cron_line(others, JOB)
    assert once == others + cron_line(JOB) + "\n"
    later = Job(JOB.name, JOB.command, 8, 0, JOB.environment)
    assert with_cron_line(once, later) == others + cron_line(later) + "\n"
    assert with_cron_line(once, JOB, wanted=False) == others


def test_launchd_gets_a_property_list() -> None:
    plan = launchd(JOB, "/Users/anna", 501)
    ((path, content),) = plan.files.items()
    assert path == "/Users/anna/Library/LaunchAgents/kam-digest-b00k.plist"
    read = plistlib.loads(content)
    assert read["ProgramArguments"] == list(JOB.command)
    assert read["EnvironmentVariables"] == {"KAM_CONFIG": NASTY}
    assert read["StartCalendarInterval"][0] == {"Hour": 7, "Minute": 30}
    assert len(read["StartCalendarInterval"]) == 13
    assert plan.disable == (("launchctl", "bootout", "gui/501/kam-digest-b00k"),)


@pytest.mark.parametrize(("hour", "duration"), [(12, "PT11H"), (22, "PT1H"), (23, None)])
def test_windows_tries_again_the_same_day_alone(hour: int, duration: str | None) -> None:
    ((_path, content),) = windows(Job("kam", ("kam",), hour, 0), "C:\\state").files.items()
    found = ElementTree.fromstring(content).iter()
    assert next((each.text for each in found if each.tag.endswith("}Duration")), None) == duration


def test_windows_gets_a_task() -> None:
    ((_path, content),) = windows(JOB, "C:\\state").files.items()
    task = ElementTree.fromstring(content)
    ns = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    assert task.findtext(f".//{ns}StartBoundary") == "2026-01-01T07:30:00"
    assert task.findtext(f".//{ns}StartWhenAvailable") == "true"
    assert task.findtext(f".//{ns}Repetition/{ns}Duration") == "PT12H"
    assert task.findtext(f".//{ns}Command") == sys.executable
    arguments = task.findtext(f".//{ns}Arguments")
    assert arguments == subprocess.list2cmdline(JOB.command[1:])


@pytest.mark.parametrize("scheduler", installing.SCHEDULERS)
def test_the_time_of_a_timer_can_be_read_back(scheduler: str, tmp_path: Path) -> None:
    texts = installing.printed(JOB, scheduler, str(tmp_path))
    assert [time_in(scheduler, text) for _path, text in texts if time_in(scheduler, text)] == [(7, 30)]
    assert time_in(scheduler, "something else") is None


def test_a_path_that_no_scheduler_can_hold_is_refused() -> None:
    with pytest.raises(Invalid, match="cannot be put into a timer"):
        Job("kam", ("kam", "a\nb"), 7, 0)


@pytest.mark.parametrize("text", ["", "7", "7:60", "24:00", "7:30:00", "-1:00", "seven", "٧:30"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is no time of day"):
        read_time(text)


def test_a_time_of_day_is_read() -> None:
    assert (read_time("7:30"), read_time(" 00:05 ")) == ((7, 30), (0, 5))


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)


def test_systemd_is_told_to_start_it_and_to_stop_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    log = tmp_path / "log"
    program(tmp_path, "systemctl", f'echo "$*" >> {log}')
    for _again in range(2):
        said = installing.install(JOB, "systemd", str(tmp_path))
    assert said[-2:] == [
        "It runs each day at 07:30.",
        "It runs while you are logged in; with loginctl enable-linger also when you are not.",
    ]
    files = sorted((tmp_path / "config" / "systemd" / "user").iterdir())
    assert [file.name for file in files] == ["kam-digest-b00k.service", "kam-digest-b00k.timer"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert installing.installed(JOB.name, "systemd", str(tmp_path)) == (7, 30)
    enabled = ["--user daemon-reload", f"--user enable {JOB.name}.timer", f"--user restart {JOB.name}.timer"]
    assert log.read_text("utf-8").splitlines() == enabled * 2
    assert len(installing.uninstall(JOB, "systemd", str(tmp_path))) == 2
    assert log.read_text("utf-8").splitlines()[6:] == [
        f"--user disable --now {JOB.name}.timer",
        "--user daemon-reload",
    ]
    assert installing.installed(JOB.name, "systemd", str(tmp_path)) is None
    assert installing.uninstall(JOB, "systemd", str(tmp_path)) == []


def test_a_refusal_of_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    program(tmp_path, "systemctl", "exit 0")
    installing.install(JOB, "systemd", str(tmp_path))
    program(tmp_path, "systemctl", "echo 'Failed to connect to bus' >&2; exit 1")
    said = installing.uninstall(JOB, "systemd", str(tmp_path))
    assert sum(sentence.startswith("Removed ") for sentence in said) == 2
    assert any("Failed to connect to bus" in sentence for sentence in said)


@pytest.mark.parametrize("step", ["daemon-reload", "enable", "restart"])
@pytest.mark.parametrize("was_there", [False, True])
def test_what_the_system_refuses_to_start_is_not_left_half_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, was_there: bool
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder, log = tmp_path / "config" / "systemd" / "user", tmp_path / "log"
    wants = folder / "timers.target.wants"
    program(tmp_path, "systemctl", "exit 0")
    if was_there:
        installing.install(replace(JOB, hour=6), "systemd", str(tmp_path))
    link = f"mkdir -p {wants} && ln -sf ../{JOB.name}.timer {wants}"
    program(
        tmp_path,
        "systemctl",
        f"""echo "$2" >> {log}
            if [ "$2" = {step} ]; then echo "Failed to {step}" >&2; exit 1; fi
            if [ "$2" = enable ]; then {link}; fi""",
    )
    with pytest.raises(NotSent, match=f"refused systemctl --user {step}.*: Failed to {step}"):
        installing.install(JOB, "systemd", str(tmp_path))
    assert installing.installed(JOB.name, "systemd", str(tmp_path)) == ((6, 30) if was_there else None)
    left = [path.name for path in folder.rglob("*") if path.is_symlink() or path.is_file()]
    assert bool(left) == was_there
    told = log.read_text("utf-8").split()
    assert told[told.index(step) + 1 :][:1] == ["daemon-reload" if was_there else "disable"]


def test_a_timer_of_which_a_file_cannot_be_written_is_not_left_half_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "systemd" / "user"

    def full_disk(path: str, content: bytes) -> None:
        if path.endswith(".timer"):
            raise OSError(ENOSPC, "No space left on device")
        write_whole(path, content)

    monkeypatch.setattr(installing, "write_whole", full_disk)
    with pytest.raises(Unwritable, match="timer cannot be written: No space left on device"):
        installing.install(JOB, "systemd", str(tmp_path))
    assert list(folder.iterdir()) == []


def test_a_crontab_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(installing, "PATIENCE", 0.05)
    program(tmp_path, "crontab", "exec sleep 20")
    with pytest.raises(NotSent, match="refused crontab -l: it did not answer in time"):
        installing.install(JOB, "cron", str(tmp_path))


def test_the_crontab_is_changed_through_its_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    table = tmp_path / "table"
    program(
        tmp_path,
        "crontab",
        f'if [ "$1" = -l ]; then [ -f {table} ] && exec cat {table}; echo no crontab >&2; exit 1; fi\n'
        f"cat > {table}",
    )
    assert installing.uninstall(JOB, "cron", str(tmp_path)) == []
    for _again in range(2):
        installing.install(JOB, "cron", str(tmp_path))
    assert table.read_text("utf-8") == cron_line(JOB) + "\n"
    assert installing.installed(JOB.name, "cron", str(tmp_path)) == (7, 30)
    assert installing.uninstall(JOB, "cron", str(tmp_path)) == ["The line is gone from the crontab."]
    assert table.read_text("utf-8") == ""


def test_a_crontab_that_cannot_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    program(tmp_path, "crontab", f'[ "$1" = -l ] || touch {tmp_path}/written; echo not allowed >&2; exit 1')
    with pytest.raises(NotSent, match="refused crontab -l: not allowed"):
        installing.install(JOB, "cron", str(tmp_path))
    assert not (tmp_path / "written").exists()


def test_without_a_crontab_program_the_line_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotSent, match="There is no crontab program here") as refused:
        installing.install(JOB, "cron", str(tmp_path))
    assert cron_line(JOB) in refused.value.hint
