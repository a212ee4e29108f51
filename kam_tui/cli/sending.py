"""`--send`: the daily digest by a channel, once a day, however often it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from kam_tui.cli import diagnostics, output
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.delivery.channels import CHANNELS, called, deliver, read_channels
from kam_tui.domain.errors import Invalid, KamError, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.i18n import _

Write = Callable[[date | None], Letter | None]
"""Writes the digest of what happened since a day (None: since nobody knows when); None: nothing to say."""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """By which channels, and whether although it has gone today."""
    parser.add_argument(
        "--send",
        metavar=_("CHANNEL"),
        default="",
        help=_("send it, once a day: {names}; several with commas").format(names=", ".join(CHANNELS)),
    )
    parser.add_argument("--force", action="store_true", help=_("send it although it has gone today"))


def send_digest(shell: Shell, args: Arguments, write: Write) -> int:
    """Send the digest by each channel that has not taken one today; silent where nothing is to be done.

    Where a channel fails the others still get it; then raises what went wrong.
    """
    if args.date or shell.out.as_json:
        raise Invalid(_("--send sends today's digest as a letter; it goes without --date and --json."))
    session = shell.session
    problems: list[KamError] = []
    names = read_channels(args.send)
    with session.outbox.turn():
        _mend(shell)
        for name in names:
            try:
                _send(shell, name, write, force=args.force)
            except (NotSent, Invalid) as problem:
                problems.append(problem)
    for each in problems[:-1]:
        diagnostics.tell(each)
    if problems:
        raise problems[-1]
    return 0


def channels_of(shell: Shell, text: str) -> list[str]:
    """The channels a person names. Raises Invalid for what is none, and for two that would both print."""
    names = read_channels(text)
    if shell.out.as_json and "stdout" in names:
        raise Invalid(_("--json and the channel stdout cannot both be on standard output."))
    return names


def send_test(shell: Shell, names: list[str]) -> str:
    """Send a letter that says that it is a test; it stands for no digest. Says so in a sentence.

    Raises NotSent."""
    session = shell.session
    now = session.now()
    letter = Letter(
        _("A test of kam"),
        _("This is a test that you asked for. The daily digest will come this way."),
    )
    for name in names:
        deliver(name, letter, session.settings, now, f"kam.test.{now:%Y%m%d%H%M%S%f}", shell.out.text)
    return _("The test went by {channels}.").format(channels=", ".join(map(called, names)))


def _send(shell: Shell, name: str, write: Write, *, force: bool) -> None:
    session = shell.session
    now = session.now()
    last = session.outbox.channel(name).digest
    since = last.astimezone(now.tzinfo).date() if last else None
    if since == now.date() and not force:
        return
    # What is marked in days to come was marked by a clock that was wrong.
    letter = write(since if since and since <= now.date() else None)
    if letter is None:
        return
    own = f"kam.{session.outbox.id}.{now:%Y-%m-%d}" + (f".{now:%H%M%S%f}" if force else "")
    deliver(name, letter, session.settings, now, own, shell.out.text)
    output.flush()
    session.outbox.mark_digest(name, session.now())


def _mend(shell: Shell) -> None:
    if said := shell.session.outbox.mend():
        diagnostics.say(said)
