"""Opening a mail, a telephone call or a web page in the program that the person has for it.

What the book says is data: it becomes an address of a known sort with everything else in it encoded, never a
path, an option or a line for a shell.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from kam_tui.domain.errors import NotSent
from kam_tui.domain.identity import mail_key
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

PATIENCE = 1.0
"""Seconds that the program is watched for a failure; it may run on for as long as it likes."""

SCHEMES = ("http", "https", "mailto", "tel")
"""Sorts of addresses that are opened."""

_HOST = r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+\.?|localhost|\[[0-9a-f:.]+\]"
_PATH = "/~:@!$&'()*+,;=-._%"


def mail_address(text: str) -> str:
    """The `mailto:` address (RFC 6068) of a mail address; empty where it is none."""
    address = text.strip().removeprefix("mailto:")
    return "mailto:" + quote(address, safe="@.+-_") if mail_key(address) else ""


def call_address(text: str) -> str:
    """The `tel:` address (RFC 3966) of a telephone number; empty where it is none."""
    number = re.split(r"(?i)\s*(?:ext|x|;)", text.strip().removeprefix("tel:"))[0].replace("(0)", "")
    digits = ("+" if number.lstrip(" (").startswith("+") else "") + re.sub(r"[^0-9*#]", "", number)
    return "tel:" + quote(digits, safe="+*") if len(re.sub(r"\D", "", digits)) >= 3 else ""


def page_address(text: str) -> str:
    """The address of a web page, with `https` where none is said; empty where it is none."""
    text = text.strip()
    if not re.match(r"(?i)https?://", text):
        if re.match(r"(?i)[a-z][a-z0-9+.-]*:(?!\d)", text):
            return ""
        text = "https://" + text
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
        name = parts.hostname or ""
        host = f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
    except ValueError:  # and UnicodeError, which is one
        return ""
    if not re.fullmatch(_HOST, host) or parts.username or parts.password or re.search(r"\s", text):
        return ""
    path, query, rest = (quote(part, safe=_PATH + "?") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), host + port, path, query, rest))


def bare(address: str) -> str:
    """The mail address or the number in an address, as a person types it; a page's is as it is."""
    scheme, _colon, rest = address.partition(":")
    return unquote(rest) if scheme in ("mailto", "tel") else address


def has_desktop(platform: str = sys.platform, env: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a desktop here that could open something: not over ssh, not on a bare console."""
    if platform in ("darwin", "win32"):
        return "SSH_CONNECTION" not in env
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def open_address(address: str, platform: str = sys.platform) -> None:
    """Have the desktop open an address of one of `SCHEMES`. Raises NotSent."""
    if address.partition(":")[0] not in SCHEMES:
        raise _failed(address, _("it is neither mail, telephone nor web page"))
    if platform == "win32":
        _start(address)
        return
    program = "open" if platform == "darwin" else _opener()
    try:
        process = subprocess.Popen(
            [program, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as problem:
        missing = _("there is no {program} here").format(program=program)
        said = missing if isinstance(problem, FileNotFoundError) else problem.strerror or str(problem)
        raise _failed(address, said) from None
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.returncode = 0  # it is the browser itself by now, and its own master
        return
    if code:
        raise _failed(address, _("{program} ended with {code}").format(program=program, code=code))


def _opener() -> str:
    """The program that opens things on this Linux: that of the desktop, or of Windows around it."""
    return next((name for name in ("xdg-open", "wslview") if shutil.which(name)), "xdg-open")


def _start(address: str) -> None:
    try:
        os.startfile(address)  # type: ignore[attr-defined,unused-ignore]
    except OSError as problem:
        raise _failed(address, str(problem.strerror or problem)) from None


def _failed(address: str, why: str) -> NotSent:
    return NotSent(
        _("{address} could not be opened: {why}.").format(
            address=shorten(clean(address), 200), why=why.rstrip(".")
        ),
        _("y copies it."),
    )
