"""Standard error and the keyboard: what goes wrong, what needs an answer. Nothing here is data."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum

from kam_tui.domain.errors import (
    Ambiguous,
    Busy,
    Conflict,
    Damaged,
    Invalid,
    KamError,
    NotFound,
    Stopped,
    TooNew,
)  # fmt: skip
from kam_tui.domain.text import clean, cut, shorten
from kam_tui.i18n import _


class ExitCode(IntEnum):
    """What a script can rely on. Documented in `kam --help` and docs/cli.md."""

    OK = 0
    """Done, or nothing to do."""
    ERROR = 1
    """It failed: the disk refused, or `kam doctor` found something."""
    INVALID = 2
    """The command line, a date or a field cannot be taken as it is. Nothing was written."""
    NOT_FOUND = 3
    """Nothing answers to the name. Nothing was written."""
    CONFLICT = 4
    """Several answer to the name, or somebody else changed or holds the book. Nothing was written."""
    DAMAGED = 5
    """A file of the book cannot be read, or a newer kam wrote it. Nothing was written."""
    INTERRUPTED = 130
    """Stopped from the keyboard."""
    UNREAD = 141
    """Whoever read the output has gone away."""


CODES: dict[type[KamError], ExitCode] = {
    Invalid: ExitCode.INVALID,
    NotFound: ExitCode.NOT_FOUND,
    Ambiguous: ExitCode.CONFLICT,
    Conflict: ExitCode.CONFLICT,
    Busy: ExitCode.CONFLICT,
    Damaged: ExitCode.DAMAGED,
    TooNew: ExitCode.DAMAGED,
    Stopped: ExitCode.INTERRUPTED,
}
"""Error to exit code; what is not named here is `ERROR`."""

_LONG = re.compile(r"\S{1000,}")
"""A word that is longer than one that a person reads."""


class Cancelled(KamError):
    """The person thought better of it."""

    def __init__(self) -> None:
        super().__init__(_("Cancelled. Nothing was written."))


def code_of(error: KamError) -> ExitCode:
    """The exit code of an error."""
    return next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), ExitCode.ERROR)


def tell(error: KamError) -> None:
    """What went wrong, and what to do next. What is longer than a person reads is cut."""
    if isinstance(error, Stopped):
        break_in(str(error))
        return
    say(_LONG.sub(lambda word: shorten(word[0], 60), str(error)))
    if error.hint:
        say(error.hint)


def say(text: str) -> None:
    """A line of narration."""
    _write(clean(text, multiline=True) + "\n")


def break_off() -> None:
    """Begin a new line beneath the ^C that a terminal shows."""
    if sys.stderr is not None and sys.stderr.isatty():
        _write("\n")


def break_in(text: str) -> None:
    """A line beneath what stands there."""
    break_off()
    say(text)


def pass_by(text: str) -> None:
    """A line that takes the place of the one before, on a terminal; an empty one leaves nothing there."""
    if sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        room = os.get_terminal_size(sys.stderr.fileno()).columns - 1
        _write("\r\x1b[K" + cut(clean(text), max(1, room)))
        sys.stderr.flush()


def can_ask() -> bool:
    """Whether a person sits at the keyboard and reads along; a script is never asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str) -> str:
    """The answer to a question; empty for Enter alone and for the end of input."""
    _write(clean(question) + " ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        _write("\n")
    return clean(line)


def ask_secret(question: str) -> str:
    """The answer to a question, which is not shown as it is typed; as it is, not even its ends trimmed."""
    import getpass

    try:
        return getpass.getpass(clean(question) + " ")
    except EOFError:
        _write("\n")
        return ""


def confirm(question: str) -> bool:
    """Whether the person agrees; Enter alone does not."""
    return ask(question + " " + _("[y/N]")).casefold() in ("y", "yes", "k", _("yes"))


def must_agree(question: str, hint: str, *, agreed: bool) -> None:
    """Return when the person wants it, or has `agreed` already.

    Raises Invalid with the hint where nobody can be asked, and Cancelled.
    """
    if agreed:
        return
    if not can_ask():
        raise Invalid(_("Nothing was written: nobody can be asked here."), hint)
    if not confirm(question):
        raise Cancelled


def choose(question: str, options: Sequence[str]) -> int:
    """Number of the option chosen, from 0. Raises Cancelled for Enter alone."""
    say(question)
    for number, option in enumerate(options, 1):
        _write(f"  {number}  {clean(option)}\n")
    while answer := ask(_("Which one? Enter cancels.")):
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return int(answer) - 1
        say(_("{answer} is not a number from 1 to {last}.").format(answer=answer, last=len(options)))
    raise Cancelled


def read_input() -> str:
    """All of standard input, as text. Raises Invalid for what is not UTF-8."""
    try:
        return read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(
            _("Standard input is not UTF-8 text."), _("Convert it first, or give a file.")
        ) from None


def read_bytes() -> bytes:
    """All of standard input, as it is; nothing where it is closed."""
    return sys.stdin.buffer.read() if sys.stdin else b""


def _write(text: str) -> None:
    if sys.stderr is None:  # closed by whoever started kam: nobody listens
        return
    if sys.stdout is not None:  # into one file, both come in the order in which they were said
        with suppress(OSError, ValueError):
            sys.stdout.flush()
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
