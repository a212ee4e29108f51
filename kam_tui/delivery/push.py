"""What apprise sends for kam: to phones, chats and whatever else it knows. An extra, loaded when it is used.

An address of apprise is a secret as a rule (`tgram://TOKEN/CHAT`): it is shown nowhere, not even where it is
wrong. Of what a service says, all that stands in the address is left out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from kam_tui.delivery.password import printed_by, words_of
from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _


def addresses_of(command: str) -> list[str]:
    """What the command of the settings prints: an address on each line; `#` begins a remark.

    Raises Invalid for no command, NotSent where it fails or prints none.
    """
    if not command:
        raise Invalid(
            _("Nobody can be asked for the addresses of apprise."),
            _('Set apprise_command, such as "pass show apprise"; or use the channel apprise:URL.'),
        )
    words = words_of("apprise_command", command)

    def failed(what: str) -> NotSent:
        return NotSent(
            _("The addresses of apprise could not be had from {program}: {what}.").format(
                program=clean(words[0]), what=clean(what).rstrip(".")
            ),
            _("Nothing was sent by apprise. See to the setting apprise_command."),
        )

    lines = (line.strip() for line in printed_by(words, failed).splitlines())
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise failed(_("it printed nothing"))
    return found


def push(letter: Letter, addresses: Sequence[str]) -> None:
    """Return when every address has taken it. Raises Invalid for what is no address, and without apprise;
    NotSent where one did not take it: the others have it then."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(app_id="kam", app_desc="kam", app_url="")
    ways = []
    for number, address in enumerate(addresses, 1):
        way = apprise.Apprise(asset=asset)
        with _Heard():
            if not way.add(address):
                raise Invalid(
                    _("Address {number} of apprise ({scheme}) is none that it knows.").format(
                        number=number, scheme=scheme_of(address)
                    ),
                    _("It is written as the pages of apprise say, such as tgram://TOKEN/CHAT."),
                )
        ways.append((way, address))
    problems = []
    for way, address in ways:
        with _Heard() as heard:
            taken = way.notify(title=letter.subject, body=letter.text, body_format="text")
        if not taken:
            problems.append(f"{scheme_of(address)}: {_without(address, heard.last)}".rstrip(": "))
    if problems:
        raise NotSent(
            _("apprise could not send it: {problems}.").format(problems="; ".join(problems).rstrip("."))
        )


def scheme_of(address: str) -> str:
    """The kind of service that an address is of, which is no secret; empty where it tells none."""
    scheme, mark, _rest = address.partition("://")
    return scheme if mark and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}", scheme) else ""


class _Heard(logging.Handler):
    """Hears what apprise logs while it works, and keeps it from everybody else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""
        self._logger = logging.getLogger("apprise")

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the newest line."""
        self.last = record.getMessage()

    def __enter__(self) -> _Heard:
        self._known = self._logger.propagate
        self._logger.propagate = False
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_problem: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = self._known


def _without(address: str, said: str) -> str:
    """What was said, without any part of the address but its scheme."""
    parts = re.split(r"[/:@?&=,;]+", address.partition("://")[2])
    for part in sorted({*parts, *map(unquote, parts)}, key=len, reverse=True):
        if len(part) > 3:
            said = said.replace(part, "…")
    return shorten(clean(said), 200)


def _apprise() -> Any:
    """The library. Raises Invalid where it is not installed."""
    try:
        import apprise
    except ImportError:
        raise Invalid(
            _("The channel apprise needs the library apprise, which is not installed."),
            _("pip install 'kam-tui[apprise]' brings it."),
        ) from None
    return apprise
