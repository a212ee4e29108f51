"""Secrets, such as the password of the mail server: kam keeps none, and asks a program that does."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable
from functools import partial

from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

PATIENCE = 60.0
"""Seconds that the program may take; some ask a person first."""

KEYRING = ("keyring", "get", "kam")
"""What is asked where the settings name no command; the user's name follows."""


def password_of(command: str, user: str) -> str:
    """The first line that the command prints. It runs without a shell.

    Raises Invalid where there is nobody to ask, NotSent where the command fails.
    """
    words = words_of("mail_password_command", command) if command else [*KEYRING, user]
    if not command and shutil.which(KEYRING[0]) is None:
        raise Invalid(
            _("Nobody can be asked for the mail password of {user}.").format(user=clean(user)),
            _('Set mail_password_command, such as "pass show mail", or install keyring.'),
        )
    password = printed_by(words, partial(_failed, words[0])).partition("\n")[0].rstrip("\r")
    if not password:
        raise _failed(words[0], _("it printed nothing"))
    return password


def printed_by(words: list[str], failed: Callable[[str], NotSent]) -> str:
    """What a program that keeps a secret prints. Raises what `failed` makes of what went wrong."""
    try:
        ran = subprocess.run(
            words, capture_output=True, timeout=PATIENCE, stdin=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired:
        raise failed(_("it took too long")) from None
    except (OSError, ValueError) as problem:
        raise failed(str(getattr(problem, "strerror", None) or problem)) from None
    if ran.returncode:
        said = shorten(clean(ran.stderr.decode("utf-8", "replace"), multiline=True), 200)
        raise failed(said or _("it ended with {code}").format(code=ran.returncode))
    return ran.stdout.decode("utf-8", "replace")


def words_of(setting: str, command: str) -> list[str]:
    """The program of a setting and its arguments. Raises Invalid where its quotes do not match."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise Invalid(_("Setting {name}: its quotes do not match.").format(name=setting))
    return words


def _failed(program: str, what: str) -> NotSent:
    return NotSent(
        _("The mail password could not be had from {program}: {what}.").format(
            program=clean(program), what=clean(what).rstrip(".")
        ),
        _("Nothing was sent. See to the setting mail_password_command."),
    )
