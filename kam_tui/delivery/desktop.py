"""A notification on the desktop, by the platform's own program, whose refusal is a failure.

The text is data: what the platform reads as markup or as a script is escaped.
"""

from __future__ import annotations

import base64
import html
import subprocess
import sys

from kam_tui.domain.errors import NotSent
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _

PATIENCE = 20.0
"""Seconds that the program may take."""

LINES = 10
"""Lines of a letter that a notification shows: it is no place for more."""

_TOAST = (
    "$ErrorActionPreference = 'Stop'\n"
    "[Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications,"
    " ContentType = WindowsRuntime] > $null\n"
    "$xml = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument,"
    " ContentType = WindowsRuntime]::new()\n"
    "$xml.LoadXml('{xml}')\n"
    "$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)\n"
    "[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier("
    "'{{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}}\\WindowsPowerShell\\v1.0\\powershell.exe').Show($toast)\n"
)


def notify(letter: Letter, platform: str = sys.platform) -> None:
    """Return when the desktop has taken it. Raises NotSent."""
    command = command_of(letter, platform)
    try:
        ran = subprocess.run(
            command, capture_output=True, timeout=PATIENCE, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        raise _failed(
            _("there is no {program} here").format(program=command[0]),
            _("Install it (on Debian: libnotify-bin), or use another channel.")
            if command[0] == "notify-send"
            else "",
        ) from None
    except subprocess.TimeoutExpired:
        raise _failed(_("{program} did not answer in time").format(program=command[0])) from None
    except OSError as problem:
        raise _failed(f"{command[0]}: {problem.strerror}") from None
    if ran.returncode:
        said = shorten(clean(ran.stderr.decode("utf-8", "replace"), multiline=True), 200)
        raise _failed(
            _("{program} ended with {code}").format(program=command[0], code=ran.returncode)
            + (f": {said}" if said else "")
        )


def command_of(letter: Letter, platform: str) -> list[str]:
    """The command line that shows it on a platform of Python's `sys.platform`."""
    title = shorten(clean(letter.subject), 200)
    lines = [line for line in clean(letter.text, multiline=True).split("\n") if line.strip()]
    body = "\n".join(shorten(line, 300) for line in lines[:LINES])
    if len(lines) > LINES:
        body += "\n…"
    if platform == "darwin":
        script = f"display notification {_applescript(body)} with title {_applescript(title)}"
        return ["osascript", "-e", script]
    if platform == "win32":
        texts = "".join(f"<text>{_ascii_xml(text)}</text>" for text in (title, body))
        xml = f'<toast><visual><binding template="ToastGeneric">{texts}</binding></visual></toast>'
        script = _TOAST.format(xml=xml)
        encoded = base64.b64encode(script.encode("utf-16-le")).decode("ascii")
        return ["powershell.exe", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]
    # The body may hold markup (freedesktop.org notifications 1.2), the title never does.
    return ["notify-send", "--app-name=kam", "--", title, html.escape(body, quote=False)]


def _applescript(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _ascii_xml(text: str) -> str:
    """XML that PowerShell can hold in single quotes, of which it knows five kinds."""
    return html.escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii").replace("\n", "&#10;")


def _failed(what: str, hint: str = "") -> NotSent:
    return NotSent(
        _("The desktop did not take the notification: {what}.").format(what=what.rstrip(".")), hint
    )
