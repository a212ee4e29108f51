"""`kam schedule`: have the system send the digest each day; print, put in, take out or try that out."""

from __future__ import annotations

import argparse
import os
import sys

from kam_tui.cli import sending
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.delivery import installing
from kam_tui.delivery.channels import APPRISE
from kam_tui.delivery.timers import Job, read_time
from kam_tui.delivery.told import job_name
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _
from kam_tui.session import Session

PASSED_ON = ("KAM_CONFIG", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
"""What of the surroundings decides where kam keeps things."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """What to do, when, by which channel, and for which scheduler."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--print", action="store_true", help=_("show what would be put in, the default"))
    what.add_argument("--install", action="store_true", help=_("put it in, in place of an earlier one"))
    what.add_argument("--uninstall", action="store_true", help=_("take it out"))
    what.add_argument("--test", action="store_true", help=_("send a test by the channel now"))
    parser.add_argument("--time", metavar=_("TIME"), default="", help=_("when, such as 07:30"))
    parser.add_argument(
        "--channel", metavar=_("CHANNEL"), default="", help=_("where it goes; several with commas")
    )
    parser.add_argument(
        "--for", dest="scheduler", choices=installing.SCHEDULERS, help=_("for another scheduler than usual")
    )


def run(shell: Shell, args: Arguments) -> int:
    """Print, install, uninstall or test."""
    session = shell.session
    channels = sending.channels_of(shell, args.channel or session.settings.channels)
    if args.test:
        _tell(shell, [sending.send_test(shell, channels)])
        return 0
    if any(name.startswith(APPRISE) for name in channels):
        raise Invalid(
            _("An address of apprise would stand in the timer, for others to read."),
            _("Have apprise_command print it, and use the channel apprise."),
        )
    scheduler = args.scheduler or installing.usual_scheduler()
    job = _job(session, channels, args.time)
    folder = session.outbox.folder
    if args.uninstall:
        done = installing.uninstall(job, scheduler, folder)
        _tell(shell, done or [_("There was no timer of kam for this book.")])
    elif args.install:
        if scheduler != installing.usual_scheduler():
            raise Invalid(
                _("{scheduler} is not the scheduler of this computer.").format(scheduler=scheduler),
                _("With --print kam shows what belongs into it."),
            )
        _check(session, channels)
        _tell(shell, installing.install(job, scheduler, folder))
    else:
        _print(shell, installing.printed(job, scheduler, folder))
    return 0


def _job(session: Session, channels: list[str], time: str) -> Job:
    hour, minute = read_time(time or session.settings.digest_time)
    outbox = session.outbox
    # -P keeps a folder that happens to be called kam_tui from being taken for the program.
    program = (sys.executable, "-P", "-m", "kam_tui", "--book", outbox.book)
    command = (*program, "digest", "--send", ",".join(channels))
    environment = {name: os.path.abspath(os.environ[name]) for name in PASSED_ON if os.environ.get(name)}
    return Job(job_name(outbox), command, hour, minute, environment)


def _check(session: Session, channels: list[str]) -> None:
    """Raise Invalid now rather than each morning where the settings do not suffice."""
    if "mail" in channels:
        from kam_tui.delivery.mail import MailWay

        MailWay.of(session.settings)


def _print(shell: Shell, files: list[tuple[str, str]]) -> None:
    if shell.out.as_json:
        shell.out.json(dict(files))
        return
    for path, text in files:
        shell.out.line(Styled(f"# {path}", "dim"))
        shell.out.text(text.rstrip("\n"))
        if path != files[-1][0]:
            shell.out.line()


def _tell(shell: Shell, sentences: list[str]) -> None:
    if shell.out.as_json:
        shell.out.json({"done": sentences})
    else:
        for sentence in sentences:
            shell.out.line(sentence)
