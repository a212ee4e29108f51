"""Channels: by which ways a letter can go, one table."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.settings import Settings

CHANNELS = ("mail", "desktop", "stdout", "file:PATH")
"""As a person names them."""


def read_channels(text: str) -> list[str]:
    """The channels of `mail, desktop`, each once; a file's path made whole. Raises Invalid."""
    found: list[str] = []
    for word in filter(None, map(str.strip, text.split(","))):
        path = word.removeprefix("file:") if word.startswith("file:") else ""
        if word not in CHANNELS[:3] and not path:
            raise Invalid(
                _("{text} is no channel; there are {names}.").format(
                    text=clean(word), names=", ".join(CHANNELS)
                )
            )
        found.append(f"file:{os.path.abspath(os.path.expanduser(path))}" if path else word)
    if not found:
        raise Invalid(_("No channel is named; there are {names}.").format(names=", ".join(CHANNELS)))
    return list(dict.fromkeys(found))


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
