"""Putting a timer into the system and taking it out again, by the system's own commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from kam_tui.delivery.timers import Job, Plan, cron_line, launchd, systemd, time_in, windows, with_cron_line
from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.errors import NotSent, Unwritable
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

SCHEDULERS = ("systemd", "cron", "launchd", "windows")
"""The schedulers that kam can write a timer for."""

PATIENCE = 60.0
"""Seconds that a command of the system may take."""


def usual_scheduler() -> str:
    """The scheduler of this computer."""
    if sys.platform == "darwin":
        return "launchd"
    if sys.platform == "win32":
        return "windows"
    return "systemd" if shutil.which("systemctl") and os.path.isdir("/run/systemd/system") else "cron"


def plan_of(job: Job, scheduler: str, folder: str) -> Plan:
    """A job in the words of a scheduler that keeps files; `folder` is where kam keeps its own state."""
    home = os.path.expanduser("~")
    if scheduler == "launchd":
        return launchd(job, home, getattr(os, "getuid", int)())
    if scheduler == "windows":
        return windows(job, folder)
    return systemd(job, home, os.environ.get("XDG_CONFIG_HOME", ""))


def printed(job: Job, scheduler: str, folder: str) -> list[tuple[str, str]]:
    """What would be put in: where, and its text."""
    if scheduler == "cron":
        return [("crontab", cron_line(job) + "\n")]
    found = plan_of(job, scheduler, folder).files.items()
    return [
        (path, content.decode("utf-16" if scheduler == "windows" else "utf-8")) for path, content in found
    ]


def install(job: Job, scheduler: str, folder: str) -> list[str]:
    """Put it in, in place of what was there of the same name; what was done, a sentence each.

    Raises Unwritable where a file cannot be written, NotSent where the system refuses. Then all is as it was.
    """
    if scheduler == "cron":
        known = _crontab(job)
        _set_crontab(with_cron_line(known, job))
        return [_("The crontab has the line: {line}").format(line=clean(cron_line(job)))]
    plan = plan_of(job, scheduler, folder)
    before = {path: _content(path) for path in plan.files}
    if scheduler == "launchd" and any(map(os.path.exists, plan.files)):
        _try_all(plan.disable)  # an agent that is loaded cannot be loaded again
    try:
        for path, content in plan.files.items():
            _write(path, content)
        for command in plan.enable:
            _run(command)
    except BaseException:
        _put_back(plan, before)
        raise
    said = [_("Wrote {path}.").format(path=clean(path)) for path in plan.files]
    said.append(_("It runs each day at {time}.").format(time=f"{job.hour:02}:{job.minute:02}"))
    return said + ([plan.advice] if plan.advice else [])


def _put_back(plan: Plan, before: Mapping[str, bytes | None]) -> None:
    """All as it was before an attempt that failed, as far as it can be: an earlier timer runs again."""
    was_there = any(content is not None for content in before.values())
    if not was_there:
        _stop(plan)
    for path, content in before.items():
        with suppress(OSError, Unwritable):
            if content is None:
                os.unlink(path)
            else:
                _write(path, content)
    _try_all(plan.enable if was_there else plan.refresh)


def _stop(plan: Plan) -> list[str]:
    """Have it run no more; what the system refused, a sentence each."""
    said = _try_all(plan.disable)
    for path in plan.links:
        with suppress(OSError):
            os.unlink(path)
    return said


def _content(path: str) -> bytes | None:
    """What is in a file; None where there is none. Raises Unwritable where nobody may look."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise _unwritable(path, problem) from None


def _write(path: str, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as problem:
        raise _unwritable(path, problem) from None


def uninstall(job: Job, scheduler: str, folder: str) -> list[str]:
    """Take it out; what was done, a sentence each. Nothing where it was not in."""
    if scheduler == "cron":
        known = _crontab(job) if shutil.which("crontab") else ""
        left = with_cron_line(known, job, wanted=False)
        if len(left.splitlines()) == len(known.splitlines()):
            return []
        _set_crontab(left)
        return [_("The line is gone from the crontab.")]
    plan = plan_of(job, scheduler, folder)
    there = [path for path in plan.files if os.path.lexists(path)]
    if not there:
        return []
    problems = _stop(plan)
    for path in there:
        try:
            os.unlink(path)
        except OSError as problem:
            raise _unwritable(path, problem) from None
    problems += _try_all(plan.refresh)
    return [_("Removed {path}.").format(path=clean(path)) for path in there] + problems


def installed(name: str, scheduler: str, folder: str) -> tuple[int, int] | None:
    """The time at which the timer of that name runs; None where there is none."""
    job = Job(name, (), 0, 0)
    try:
        if scheduler == "cron":
            lines = _crontab(job).splitlines() if shutil.which("crontab") else []
            texts = [line for line in lines if line.endswith(f" # {name}")]
        else:
            texts = []
            for path in plan_of(job, scheduler, folder).files:
                with open(path, "rb") as file:
                    texts.append(file.read().decode("utf-16" if scheduler == "windows" else "utf-8"))
    except (OSError, UnicodeDecodeError, NotSent):
        return None
    return next(filter(None, (time_in(scheduler, text) for text in texts)), None)


def _crontab(job: Job) -> str:
    """The crontab as it is; empty where there is none yet. Raises NotSent."""
    if shutil.which("crontab") is None:
        raise NotSent(
            _("There is no crontab program here."),
            _("Put this line where your cron reads it: {line}").format(line=cron_line(job)),
        )
    ran = _ran(("crontab", "-l"))
    if ran.returncode and b"no crontab" not in ran.stderr:
        raise _refused(("crontab", "-l"), ran.returncode, ran.stderr)
    return ran.stdout.decode("utf-8", "surrogateescape") if not ran.returncode else ""


def _set_crontab(text: str) -> None:
    _run(("crontab", "-"), text.encode("utf-8", "surrogateescape"))


def _try_all(commands: Sequence[Sequence[str]]) -> list[str]:
    """Run them whatever becomes of them; what they refused, a sentence each."""
    said = []
    for command in commands:
        try:
            _run(command)
        except NotSent as problem:
            said.append(str(problem))
    return said


def _run(command: Sequence[str], text: bytes = b"") -> None:
    ran = _ran(command, text)
    if ran.returncode:
        raise _refused(command, ran.returncode, ran.stderr)


def _ran(command: Sequence[str], text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """A command that has run, however it ended. Raises NotSent where it did not, or takes for ever."""
    try:
        return subprocess.run(command, input=text, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise _refused(command, 0, _("it did not answer in time").encode()) from None
    except OSError as problem:
        raise _refused(command, 0, str(problem.strerror).encode()) from None


def _refused(command: Sequence[str], code: int, text: bytes) -> NotSent:
    said = shorten(clean(text.decode("utf-8", "replace"), multiline=True), 200)
    said = said or _("it ended with {code}").format(code=code)
    return NotSent(
        _("The system refused {command}: {said}.").format(
            command=clean(" ".join(command)), said=said.rstrip(".")
        ),
        _("All is as it was. kam schedule --print shows what is to be put in by hand."),
    )


def _unwritable(path: str, problem: OSError) -> Unwritable:
    return Unwritable(
        _("{path} cannot be written: {problem}.").format(path=clean(path), problem=problem.strerror)
    )
