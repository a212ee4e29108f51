"""`kam watch`: stays, and says each timed reminder at its minute, until it is stopped."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256

from kam_tui.cli import diagnostics, output
from kam_tui.cli.sending import channels_of
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.delivery.channels import below_others, called, deliver
from kam_tui.delivery.ringing import Ringer
from kam_tui.domain.book import Book
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.letter import Letter
from kam_tui.i18n import _
from kam_tui.session import Session

NAP = 2.0
"""Seconds between two looks at the clock: never one long sleep, which a suspend or a new time would upset."""

PAUSE = 60.0
"""Seconds before the next try after something failed."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """By which channel."""
    parser.add_argument(
        "--channel",
        metavar=_("CHANNEL"),
        default="desktop",
        help=_("how it rings; several with commas (default: desktop)"),
    )
    parser.add_argument(
        "--once", action="store_true", help=_("look once and end: what came due since the last look rings")
    )


def run(shell: Shell, args: Arguments) -> int:
    """Watch until the keyboard or the system says stop."""
    if shell.out.as_json and not args.once:
        raise Invalid(_("kam watch has no end, so it has no JSON but with --once."))
    session = shell.session
    channels = channels_of(shell, args.channel)
    ringers = [
        Ringer(session.outbox, name, session.settings, partial(_send, shell, name)) for name in channels
    ]
    with session.outbox.turn():
        if said := session.outbox.mend():
            diagnostics.say(said)
    if args.once:
        book = session.read()
        rung = sum(ringer.look(book, session.now()) for ringer in ringers)
        if shell.out.as_json:
            shell.out.json({"rung": rung})
        return 0
    names = ", ".join(map(called, channels))
    diagnostics.say(_("Watching; timed reminders ring by {names}.").format(names=names))
    diagnostics.say(_("Ctrl+C ends it."))
    try:
        watch(session, ringers)
    except KeyboardInterrupt:
        diagnostics.break_in(_("Ended. What comes due from now on rings when kam watch runs again."))
    return 0


def watch(session: Session, ringers: Sequence[Ringer], sleep: Callable[[float], None] = time.sleep) -> None:
    """Look at the book and at the clock, again and again. It ends by an exception alone."""
    book: Book | None = None
    told: set[str] = set()
    while True:
        problems: list[KamError] = []
        try:
            book = session.read() if book is None else session.refresh(book)
        except KamError as problem:
            problems.append(problem)
        for ringer in ringers:
            try:
                if book is not None:
                    ringer.look(book, session.now())
            except KamError as problem:
                problems.append(problem)
        for each in problems:
            if str(each) not in told:
                diagnostics.tell(each)
        told = {str(each) for each in problems}
        sleep(PAUSE if problems else NAP)


def _send(shell: Shell, channel: str, letter: Letter, key: str) -> None:
    session = shell.session
    own = f"kam.{session.outbox.id}.{sha256(key.encode()).hexdigest()[:16]}"
    show, now = partial(_show, shell, letter.subject), session.now()
    if channel.startswith("file:"):
        letter = below_others(channel, letter, now.date())
    deliver(channel, letter, session.settings, now, own, show)


def _show(shell: Shell, subject: str, text: str) -> None:
    shell.out.line(subject)
    shell.out.text(text.rstrip("\n"), indent=2)
    output.flush()
