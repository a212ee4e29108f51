"""`kam note` and `kam log`: one line is kept, and said back with its absolute dates."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeGuard

from kam_tui.cli import diagnostics
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.account import CUSTOMER, Account
from kam_tui.domain.activity import ACTIVITY_KINDS, NOTE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Record, table_of
from kam_tui.domain.errors import Ambiguous, Invalid, NotFound
from kam_tui.domain.kind_words import kind_called
from kam_tui.domain.reminder import Reminder
from kam_tui.domain.residence import zone_for
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.usecases import capture

if TYPE_CHECKING:
    import argparse

    from kam_tui.domain.promise import Promise


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """The kind, for `log`, and the line."""
    if word == "log":
        parser.add_argument("kind", metavar=_("KIND"), help=", ".join(ACTIVITY_KINDS))
    else:
        parser.set_defaults(kind="")
    parser.add_argument(
        "--template",
        default="",
        metavar=_("NAME"),
        help=_("a line of your settings, with the text in its blanks"),
    )
    parser.add_argument(
        "--amount",
        default="",
        metavar=_("AMOUNT"),
        help=_("what it cost or brings, such as 45 EUR; of a gift, sale or invoice the text may say it"),
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar=_("TEXT"),
        help=_(
            "@name an account or a person, +tag or #tag a tag, on: friday when it was, sale: in front of it "
            "what it was, remind: tue 14:00 what to do next, promise: fri what was promised; - reads "
            "standard input"
        ),
    )


def run(shell: Shell, args: Arguments) -> int:
    """Keep the line and say what was understood; where there is none, let the person write it."""
    kind = kind_of(args.kind) if args.kind else NOTE
    if not args.words and kind in ACTIVITY_KINDS and diagnostics.can_ask():
        from kam_tui.cli.writing import write_line

        return write_line(shell, kind, args.template, lambda text, kind: keep(shell, text, kind, args.amount))
    if not args.words and kind == NOTE and not args.template:
        raise Invalid(
            _("There is nothing to note down yet."),
            _("Write it behind kam note, or write kam note - to take what comes in by a pipe."),
        )
    text = diagnostics.read_input() if args.words == ["-"] else _typed(args.words)
    if args.template:
        from kam_tui.cli.writing import fill

        text, kind = fill(shell, args.template, text, kind)
    return keep(shell, text, kind, args.amount)


def _typed(words: Sequence[str]) -> str:
    """The words of a command line as a text, also where Python's locale could not read them."""
    text = " ".join(words)
    with suppress(UnicodeError):
        return text if text.isprintable() else os.fsencode(text).decode()
    return text


def keep(shell: Shell, text: str, kind: str, amount: str = "") -> int:
    """Keep a line and say what was understood. Raises what `capture.capture` and the store raise."""
    session = shell.session
    try:
        book, change = session.run(capture.capture, text, session.settings, kind, amount)
    except (NotFound, Ambiguous):
        if not diagnostics.can_ask():
            raise
        from kam_tui.cli.asking import settled

        text = settled(
            shell,
            text,
            lambda book, line: capture.understand(book, session.now(), line, session.settings, kind),
        )
        book, change = session.run(capture.capture, text, session.settings, kind, amount)
    return shell.did(book, change, echo(book, change))


def kind_of(typed: str) -> str:
    """The kind of activity that a word means; the word itself where it means none."""
    return kind_called(typed) or typed


def echo(book: Book, change: Change) -> str:
    """What a capture has understood, in one line."""
    from kam_tui.domain.dates.when import show_moment

    records = [edit.record for edit in change.edits]
    kept = next(each for each in records if isinstance(each, Activity | Reminder) or _is_promise(each))
    parts = [_whom(book, kept)]
    if isinstance(kept, Activity):
        parts.append(show_moment(kept.when))
    parts += [f"#{tag}" for tag in getattr(kept, "tags", ())]
    if isinstance(kept, Activity) and kept.amount:
        parts.append(kept.amount)
    if isinstance(kept, Activity) and kept.text:
        parts.append(shorten(kept.text, 60))
    account = book.accounts.get(kept.account_id or "")
    if account and account.archived:
        parts.append(_("{name} is archived").format(name=account.name))
    there = zone_for(book, kept.account_id, kept.contact_ids)
    for record in records:
        if isinstance(record, Reminder):
            again = ""
            if record.rule:
                from kam_tui.domain.dates.recurrence import describe

                again = f" ({describe(record.rule)})"
            parts.append(
                _("reminder {when}: {text}").format(
                    when=show_moment(record.due, record.zone or there) + again, text=record.text
                )
            )
        elif _is_promise(record):
            said = _("promised by {when}: {text}")
            parts.append(said.format(when=show_moment(record.due, there), text=record.text))
        elif isinstance(record, Account) and record.status == CUSTOMER:
            parts.append(_("{name} is a customer now").format(name=record.name))
    return " · ".join(parts)


def _is_promise(record: Record) -> TypeGuard[Promise]:
    """Whether it is a promise, told without loading what that is."""
    return table_of(record) == "promises"


def _whom(book: Book, kept: Activity | Reminder | Promise) -> str:
    account = book.name_of("accounts", kept.account_id) if kept.account_id else ""
    people = ", ".join(book.name_of("contacts", each) for each in kept.contact_ids)
    is_log = isinstance(kept, Activity) and kept.kind != NOTE
    did = _(ACTIVITY_KINDS[kept.kind].label) if isinstance(kept, Activity) and is_log else _("Noted")
    if account and people:
        return _("{did} for {account}, with {people}").format(did=did, account=account, people=people)
    if account:
        return _("{did} for {account}").format(did=did, account=account)
    return _("{did} with {people}").format(did=did, people=people) if people else did
