"""`kam digest`: the day's reminders as one text; silent when there are none, as a daily job should be."""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime

from kam_tui.cli import output, sending
from kam_tui.cli.asking import the_party
from kam_tui.cli.keeping import keep_daily
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import zone_name
from kam_tui.domain.dates.when import read_when, show_day
from kam_tui.domain.errors import Invalid
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean
from kam_tui.formats.digest import FORMATS, letter, write
from kam_tui.formats.digest_json import document
from kam_tui.i18n import _
from kam_tui.rules.digest import DAYS, Digest, digest
from kam_tui.session import Session

FARTHEST = 3660
"""Days from today to the farthest day that a digest is made for, and that it looks ahead."""

LAST = "last"
"""In place of a day: when a digest was last sent."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Which day, about whom, and in what form."""
    parser.add_argument("--date", metavar=_("DAY"), default="", help=_("for another day than today"))
    parser.add_argument(
        "--days",
        metavar=_("N"),
        default=str(DAYS),
        help=_("days to look ahead; {count} unless said otherwise").format(count=DAYS),
    )
    parser.add_argument(
        "--since",
        metavar=_("DAY"),
        default="",
        help=_("show apart what was missed since then; last: since one was last sent"),
    )
    parser.add_argument(
        "--for", dest="about", metavar=_("NAME"), default="", help=_("only about this account or person")
    )
    parser.add_argument("--always", action="store_true", help=_("say so when there is nothing to say"))
    parser.add_argument("--format", choices=tuple(FORMATS), default="")
    parser.add_argument("--output", default="", metavar=_("FILE"), help=_("standard output without it"))
    parser.add_argument("--overwrite", action="store_true", help=_("write over a file that is there"))
    sending.add_flags(parser)


def run(shell: Shell, args: Arguments) -> int:
    """Print the digest, write it to a file, or send it."""
    session = shell.session
    days = _number(args.days)
    if args.send:
        if args.since or args.about or args.format or args.output:
            raise Invalid(
                _("--send sends the whole digest as a letter, without --since, --for, --format and --output.")
            )
        try:
            return sending.send_digest(
                shell, args, lambda since: _letter(session, days, since, always=args.always)
            )
        finally:
            keep_daily(session)
    target = "" if args.output == "-" else args.output
    name = _format(shell, args, target)
    now = session.now()
    day = _day(args.date, session, now) if args.date else now.date()
    if abs((day - now.date()).days) > FARTHEST:
        raise Invalid(_("--date takes a day within ten years, not {day}.").format(day=show_day(day)))
    since = _since(args.since, session, now, day)
    book = session.read()
    about = _ids(book, args.about) if args.about else ()
    found = digest(book, session.settings, day, days, since, about, zone_name(now))
    # A person waits for an answer; a job stays silent.
    is_asked = args.always or (shell.out.is_terminal and not target)
    if name == "json" or is_asked or not found.empty:
        _put(shell, found, name, target, overwrite=args.overwrite)
    output.flush()
    keep_daily(session)
    return 0


def show(shell: Shell, found: Digest, name: str) -> None:
    """Print the digest in a format."""
    if name == "json":
        shell.out.json(document(found))
    else:
        shell.out.text(write(name, found))


def _put(shell: Shell, found: Digest, name: str, target: str, *, overwrite: bool) -> None:
    if not target:
        show(shell, found, name)
        return
    from kam_tui.cli import files

    files.write(target, write(name, found) + "\n", overwrite=overwrite)
    if shell.out.as_json:
        shell.out.json({"file": os.path.abspath(target), "format": name})
    else:
        shell.out.line(_("Wrote {path}.").format(path=target))


def _letter(session: Session, days: int, since: date | None, *, always: bool) -> Letter | None:
    """Today's digest as a letter; None where there is nothing to say."""
    now = session.now()
    found = digest(session.read(), session.settings, now.date(), days, since, here=zone_name(now))
    return letter(found) if always or not found.empty else None


def _format(shell: Shell, args: Arguments, target: str) -> str:
    """The format that is asked for: by its name, by the file's, else text. Raises Invalid for two."""
    by_name = [name for name, known in FORMATS.items() if target.casefold().endswith(known.endings)]
    name = args.format or (by_name[0] if by_name else "json" if shell.out.as_json else "text")
    if shell.out.as_json and not target and name != "json":
        raise Invalid(
            _("--json and --format {name} cannot both be on standard output.").format(name=name),
            _("Give a file with --output, or leave --json out."),
        )
    return str(name)


def _day(text: str, session: Session, now: datetime, *, past: bool = False) -> date:
    return read_when(text, session.settings.reading.at(now, past=past)).day


def _since(text: str, session: Session, now: datetime, day: date) -> date | None:
    """The day of the last look; None where there was none. Raises Invalid for a day that is still to come."""
    if text.strip().casefold() == LAST:
        sent = [channel.digest for channel in session.outbox.channels().values() if channel.digest]
        # A clock that was wrong may have marked days to come.
        days = [at.astimezone(now.tzinfo).date() for at in sent]
        return max((each for each in days if each <= day), default=None)
    since = _day(text, session, now, past=True) if text else None
    if since and since > day:
        raise Invalid(
            _("--since takes a day up to the day of the digest, not {day}.").format(day=show_day(since)),
            _("Write it like --since friday or --since 2026-11-20; or --since last."),
        )
    return since


def _ids(book: Book, text: str) -> set[str]:
    """The account and all its people, or the one person."""
    party = the_party(book, text)
    people = book.people(party.id, archived=True) if isinstance(party, Account) else []
    return {party.id, *(person.id for person in people)}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) > FARTHEST:
        raise Invalid(
            _("--days takes a number of days from 0 to {most}, not {text}.").format(
                most=FARTHEST, text=clean(text)
            )
        )
    return int(text)
