"""Timers: how each operating system is told to run kam once a day, as text, with the commands that put it in.

The timer may fire as often as it likes, and miss a day: what has gone today does not go again, and the next
digest tells what the missed one would have. So each is made to try again later where its system can.
"""

from __future__ import annotations

import os
import plistlib
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _

HOURS = 12
"""Hours after its time in which a failed or missed digest is tried again, once an hour, the same day."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run, and when."""

    name: str
    """`kam-digest-` and the short name of the book: one job for each book."""

    command: tuple[str, ...]
    """The program and its arguments."""

    hour: int
    """The local time at which it runs."""

    minute: int
    """Minutes past the hour."""

    environment: Mapping[str, str] = field(default_factory=dict)
    """What has to be set for it, as it is set where the job is made."""

    def __post_init__(self) -> None:
        """Raise Invalid for a path with a line end or another control in it, which no scheduler can hold."""
        for text in (*self.command, *self.environment.values()):
            if not text.isprintable():
                raise Invalid(_("{text} cannot be put into a timer.").format(text=clean(text)))


@dataclass(frozen=True, slots=True)
class Plan:
    """A job in the words of one scheduler."""

    files: Mapping[str, bytes]
    """Path to content."""

    enable: tuple[tuple[str, ...], ...] = ()
    """Command lines that start it once the files are there."""

    disable: tuple[tuple[str, ...], ...] = ()
    """Command lines that stop it before the files go."""

    refresh: tuple[tuple[str, ...], ...] = ()
    """Command lines that tell the scheduler that the files have gone."""

    links: tuple[str, ...] = ()
    """What the scheduler puts beside them when it starts it, and may leave there, pointing nowhere."""

    advice: str = ""
    """What the person should know, as a sentence."""


def systemd(job: Job, home: str, config: str) -> Plan:
    """A user's timer and service (systemd.timer(5), systemd.service(5)).

    A run that was missed while the machine was off is made up for; a failed one is tried again.
    """
    folder = os.path.join(config or os.path.join(home, ".config"), "systemd", "user")
    unit = f"{job.name}.timer"
    return Plan(
        {
            os.path.join(folder, f"{job.name}.service"): _service(job).encode(),
            os.path.join(folder, unit): _timer(job).encode(),
        },
        (
            ("systemctl", "--user", "daemon-reload"),
            ("systemctl", "--user", "enable", unit),
            ("systemctl", "--user", "restart", unit),
        ),
        (("systemctl", "--user", "disable", "--now", unit),),
        (("systemctl", "--user", "daemon-reload"),),
        (os.path.join(folder, "timers.target.wants", unit),),
        _("It runs while you are logged in; with loginctl enable-linger also when you are not."),
    )


def _service(job: Job) -> str:
    program, *rest = job.command or ("",)
    words = " ".join([_systemd_quoted(program, dollar="$"), *map(_systemd_quoted, rest)])
    settings = [f"{name}={value}" for name, value in sorted(job.environment.items())]
    lines = [
        "[Unit]",
        "Description=kam: the daily digest",
        f"StartLimitIntervalSec={HOURS}h",
        f"StartLimitBurst={HOURS}",
        "",
        "[Service]",
        "Type=oneshot",
        *(f"Environment={_systemd_quoted(each, dollar='$')}" for each in settings),
        f"ExecStart={words}",
        "Restart=on-failure",
        "RestartSec=30min",
    ]
    return "\n".join(lines) + "\n"


def _timer(job: Job) -> str:
    lines = [
        "[Unit]",
        "Description=kam: the daily digest",
        "",
        "[Timer]",
        f"OnCalendar=*-*-* {job.hour:02}:{job.minute:02}:00",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def _systemd_quoted(text: str, dollar: str = "$$") -> str:
    """One word (systemd.syntax(7)); `%` begins a specifier, and `$` a variable in arguments."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", dollar)
    return f'"{text}"'


def cron_line(job: Job) -> str:
    """The line of a crontab (crontab(5)): at its time and each hour after, as cron makes up for nothing."""
    last = min(23, job.hour + HOURS)
    hours = f"{job.hour}-{last}" if last > job.hour else str(job.hour)
    settings = [f"{name}={value}" for name, value in sorted(job.environment.items())]
    words = [*(["env", *settings] if settings else []), *job.command]
    # A bare % ends the command of a crontab line.
    return f"{job.minute} {hours} * * * " + shlex.join(words).replace("%", "\\%") + f" # {job.name}"


def with_cron_line(crontab: str, job: Job, *, wanted: bool = True) -> str:
    """A crontab with the job's line in it once, or without it; all other lines as they are."""
    rest = [line for line in crontab.splitlines() if not line.endswith(f" # {job.name}")]
    lines = [*rest, cron_line(job)] if wanted else rest
    return "".join(f"{line}\n" for line in lines)


def launchd(job: Job, home: str, user_id: int) -> Plan:
    """A user's agent (launchd.plist(5)). What is missed in sleep runs on waking; after that, each hour."""
    path = os.path.join(home, "Library", "LaunchAgents", f"{job.name}.plist")
    hours = range(job.hour, min(23, job.hour + HOURS) + 1)
    content: dict[str, object] = {
        "Label": job.name,
        "ProgramArguments": list(job.command),
        "StartCalendarInterval": [{"Hour": hour, "Minute": job.minute} for hour in hours],
    }
    if job.environment:
        content["EnvironmentVariables"] = dict(job.environment)
    return Plan(
        {path: plistlib.dumps(content)},
        (("launchctl", "bootstrap", f"gui/{user_id}", path),),
        (("launchctl", "bootout", f"gui/{user_id}/{job.name}"),),
    )


def windows(job: Job, folder: str) -> Plan:
    """A task of the Task Scheduler (its schema of version 1.2), which runs once the machine is on."""
    path = os.path.join(folder, f"{job.name}.xml")
    program, *rest = job.command or ("",)
    hours = min(HOURS, 23 - job.hour)  # tomorrow has its own
    text = _TASK.format(
        hour=job.hour,
        minute=job.minute,
        again=_REPETITION.format(hours=hours) if hours else "",
        program=escape(program),
        arguments=escape(" ".join(map(_windows_quoted, rest))),
    )
    return Plan(
        {path: text.encode("utf-16")},
        (("schtasks", "/Create", "/TN", job.name, "/XML", path, "/F"),),
        (("schtasks", "/Delete", "/TN", job.name, "/F"),),
    )


_REPETITION = "      <Repetition><Interval>PT1H</Interval><Duration>PT{hours}H</Duration></Repetition>\n"

_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>kam: the daily digest</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
{again}      <StartBoundary>2026-01-01T{hour:02}:{minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT10M</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec><Command>{program}</Command><Arguments>{arguments}</Arguments></Exec>
  </Actions>
</Task>
"""


def _windows_quoted(text: str) -> str:
    """One argument, as programs of Windows split them."""
    import subprocess

    return subprocess.list2cmdline([text])


_TIMES = {
    "systemd": r"OnCalendar=\*-\*-\* (?P<hour>\d\d):(?P<minute>\d\d)",
    "cron": r"^(?P<minute>\d+) (?P<hour>\d+)",
    "launchd": r"<key>Hour</key>\s*<integer>(?P<hour>\d+)</integer>"
    r"\s*<key>Minute</key>\s*<integer>(?P<minute>\d+)<",
    "windows": r"<StartBoundary>[-\d]+T(?P<hour>\d\d):(?P<minute>\d\d)",
}


def time_in(scheduler: str, text: str) -> tuple[int, int] | None:
    """Hour and minute that a timer's text says; None where it says none, as one edited by hand may."""
    found = re.search(_TIMES[scheduler], text)
    return (int(found["hour"]), int(found["minute"])) if found else None


def read_time(text: str) -> tuple[int, int]:
    """Hour and minute of `07:30`. Raises Invalid."""
    hours, mark, minutes = text.strip().partition(":")
    sound = mark and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hours, minutes))
    if not sound or int(hours) > 23 or int(minutes) > 59:
        raise Invalid(_("{text} is no time of day such as 07:30.").format(text=text or '""'))
    return int(hours), int(minutes)
