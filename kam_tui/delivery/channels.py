"""Channels: by which ways a letter can go, one table."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import date, datetime

from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.settings import Settings

CHANNELS = ("mail", "desktop", "stdout", "apprise", "file:PATH", "apprise:URL")
"""As a person names them."""

APPRISE = "apprise:"
"""What an address of apprise stands behind."""


def read_channels(text: str) -> list[str]:
    """The channels of `mail, desktop`, each once; a file's path made whole. Raises Invalid."""
    found: list[str] = []
    for word in filter(None, map(str.strip, text.split(","))):
        path = word.removeprefix("file:") if word.startswith("file:") else ""
        if APPRISE in text and not (word in CHANNELS or path or "://" in word.removeprefix(APPRISE)):
            raise Invalid(
                _("The channels cannot be told apart."),
                _("A comma within an address of apprise is written %2C."),
            )
        if word not in CHANNELS[:4] and not path and not word.startswith(APPRISE):
            raise Invalid(
                _("{text} is no channel; there are {names}.").format(
                    text=_shown(word), names=", ".join(CHANNELS)
                )
            )
        found.append(f"file:{os.path.abspath(os.path.expanduser(path))}" if path else word)
    if not found:
        raise Invalid(_("No channel is named; there are {names}.").format(names=", ".join(CHANNELS)))
    return list(dict.fromkeys(found))


def called(channel: str) -> str:
    """How a channel is told and remembered: an address of apprise is a secret, so it goes by a short mark."""
    address = channel.removeprefix(APPRISE)
    if address == channel:
        return channel
    mark = hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{APPRISE}{_shown(address)}{mark}"


def _shown(word: str) -> str:
    """What a person typed for a channel; of an address, its scheme alone."""
    scheme, mark, _rest = word.partition("://")
    return clean(f"{scheme}{mark}") if mark else clean(word)


def deliver(
    channel: str, letter: Letter, settings: Settings, now: datetime, name: str, show: Callable[[str], None]
) -> None:
    """Return when the channel has taken the letter. `name` is its own; `show` writes on standard output.

    Raises NotSent, and Invalid where the settings do not suffice.
    """
    if channel == "mail":
        from kam_tui.delivery.mail import MailWay, send_mail  # loads the whole of SMTP and TLS

        send_mail(letter, MailWay.of(settings), now, name)
    elif channel == "desktop":
        from kam_tui.delivery.desktop import notify

        notify(letter)
    elif channel.startswith("apprise"):
        from kam_tui.delivery.push import addresses_of, push

        address = channel.removeprefix(APPRISE)
        push(letter, addresses_of(settings.apprise_command) if address == channel else [address])
    elif channel == "stdout":
        show(letter.text)
    else:
        path = channel.removeprefix("file:")
        is_page = letter.html and path.lower().endswith((".html", ".htm"))
        try:
            write_whole(path, (letter.html if is_page else letter.text).rstrip("\n") + "\n")
        except OSError as problem:
            raise NotSent(
                _("{path} cannot be written: {problem}.").format(path=clean(path), problem=problem.strerror)
            ) from None


def below_others(channel: str, letter: Letter, day: date) -> Letter:
    """A letter as it goes into a file that keeps those of before: beneath them, with its day and its subject.

    Raises NotSent where the file cannot be read.
    """
    path, before = channel.removeprefix("file:"), ""
    try:
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                before = file.read()
    except (OSError, UnicodeDecodeError) as problem:
        raise NotSent(
            _("{path} cannot be read: {problem}.").format(path=clean(path), problem=problem)
        ) from None
    own = "".join(f"  {line}\n" for line in letter.text.splitlines())
    return Letter(letter.subject, f"{before}{show_day(day)} {letter.subject}\n{own}")
